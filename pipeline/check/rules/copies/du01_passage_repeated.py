"""A passage stands a second time, word for word.

Why a reviewer should care: a paragraph that was pasted twice makes the reader look for a difference that is not there,
and the next editor corrects only one of the two.

Not flagged: a table that repeats the text of the narrative, which is a way of laying out a report; headings, names,
table cells and short standing phrases; a form that is filled in twice.

Source: drafting practice: a statement stands once in a document, and other places refer to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.streams import is_head
from pipeline.model import Copy, Finding, Passage, Severity
from pipeline.text_analysis import split_sentences

# Words: a shorter sentence may come back on purpose.
_WORDS = 10
# Words: the same for a sentence inside two paragraphs.
_SENTENCE_WORDS = 14
# Copies close together: more of them are a section that stands twice, and one finding for all.
_SECTION = 4

RULE = Rule(
    id="DU01",
    name="copies.passage-repeated",
    kind="passage_duplicate",
    issue_type="duplication",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një pasazh qëndron dy herë, fjalë për fjalë.",
    why_sq="Lexuesi kërkon një ndryshim që nuk ekziston, dhe kush e redakton tekstin ndreq vetëm njërin nga të dy.",
    examples=(
        Flags(
            "⟦The members of the council met once a month in the town hall and sent the minutes to the prefect.⟧\n"
            "The budget of the council was spent on repairs of two schools.\n"
            "⟦The members of the council met once a month in the town hall and sent the minutes to the prefect.⟧",
            why="one paragraph pasted twice",
        ),
        Flags(
            "⟦Gjatë vitit drejtoria organizoi gjashtë takime me mësuesit dhe prindërit e shkollave të qarkut.⟧\n"
            "Takimet u ndoqën nga shoqëria civile.\n"
            "⟦Gjatë vitit drejtoria organizoi gjashtë takime me mësuesit dhe prindërit e shkollave të qarkut.⟧",
            why="i njëjti paragraf dy herë",
        ),
        Passes(
            "Measures\tInstitution\n"
            "Training of the staff of the unit\tMinistry of Education, Sports and Youth of the Republic of Albania\n"
            "Leaflets for parents\tMinistry of Education, Sports and Youth of the Republic of Albania",
            why="a cell that names who is responsible comes back by right",
        ),
        Passes(
            "The deadline for complaints is thirty days.\nThe office is open on working days.\n"
            "The deadline for complaints is thirty days.",
            why="a short standing sentence",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    found = [copy for copy in context.copies if _repeats(copy, context)]
    for group in _sections(found, context):
        first, last = (context.by_id[i].passage for i in (group[0].of_passage_id, group[0].passage_id))
        anchors = [context.quote(p, 0, len(p.text)) for p in (first, last)]
        if len(group) >= _SECTION:
            message = (
                f"A section of {len(group)} passages stands twice, word for word; it begins with “{first.text[:80]}”. "
                "Keep one, or say why it is repeated."
            )
            message_sq = (
                f"Një pjesë me {len(group)} pasazhe qëndron dy herë, fjalë për fjalë; fillon me “{first.text[:80]}”. "
                "Mbani njërën, ose thoni pse përsëritet."
            )
            yield finding(RULE, message, message_sq, anchors, severity=Severity.TRIVIAL)
            continue
        for copy in group:
            a, b = (context.by_id[i].passage for i in (copy.of_passage_id, copy.passage_id))
            yield finding(
                RULE,
                f"“{_short(a.text)}” stands twice, word for word. Keep one of the two.",
                f"“{_short(a.text)}” qëndron dy herë, fjalë për fjalë. Mbani njërën nga të dyja.",
                [context.quote(p, 0, len(p.text)) for p in (a, b)],
            )
    yield from _sentences(context)


def _sentences(context: CheckContext) -> Iterator[Finding]:
    """A long sentence that stands in two paragraphs which are no copies of each other."""
    copied = {i for copy in context.copies for i in (copy.of_passage_id, copy.passage_id)}
    met: dict[str, tuple[Passage, int, int]] = {}
    for passage in context.passages:
        if not _is_text(passage) or passage.passage_id in copied:
            continue
        for start, end in split_sentences(passage.text, passage.lang):
            sentence = passage.text[start:end]
            if len(sentence.split()) < _SENTENCE_WORDS:
                continue
            earlier = met.setdefault(" ".join(sentence.lower().split()), (passage, start, end))
            if earlier[0] is not passage:
                yield finding(
                    RULE,
                    f"“{_short(sentence)}” stands twice, word for word. Keep one of the two.",
                    f"“{_short(sentence)}” qëndron dy herë, fjalë për fjalë. Mbani njërën nga të dyja.",
                    [context.quote(*earlier), context.quote(passage, start, end)],
                )


def _repeats(copy: Copy, context: CheckContext) -> bool:
    a, b = (context.by_id[i].passage for i in (copy.of_passage_id, copy.passage_id))
    if copy.differences or (copy.left_start, copy.left_end) != (0, len(a.text)) or a.text.strip() != b.text.strip():
        return False
    return len(b.text.split()) >= _WORDS and all(_is_text(p) for p in (a, b))


def _is_text(passage: Passage) -> bool:
    said = passage.kind in ("paragraph", "list_item") and not is_head(passage) and passage.location.part is None
    return said and passage.text.rstrip().endswith((".", "!", "?", ";", "”", '"'))


def _sections(copies: list[Copy], context: CheckContext) -> list[list[Copy]]:
    """The copies, those together that run on side by side."""
    groups: list[list[Copy]] = []
    for copy in copies:
        if groups:
            last = groups[-1][-1]
            steps = [
                context.by_id[i].passage.number - context.by_id[j].passage.number
                for i, j in ((copy.passage_id, last.passage_id), (copy.of_passage_id, last.of_passage_id))
            ]
            if all(0 < step <= 4 for step in steps):
                groups[-1].append(copy)
                continue
        groups.append([copy])
    return groups


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "..."
