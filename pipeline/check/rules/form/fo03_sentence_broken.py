"""A sentence breaks off, or is broken by a new paragraph or page.

Why a reviewer should care: the rest of the sentence is lost, or the reader takes its second half for a new statement.

Not flagged: headings, list items and table cells that carry no full stop by habit; an item that ends with a colon or
a semicolon; a paragraph that begins with a small letter after a colon.

Source: texts cut at the end of a page or by a lost line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.series import label_of
from pipeline.check.streams import is_head, streams
from pipeline.languages import fold
from pipeline.model import Finding, Passage, Severity, Span
from pipeline.segment.lists import read_marker
from pipeline.text_analysis import split_sentences

# Words that cannot end a sentence, folded.
_OPEN_EN = frozenset(
    """the of and to in for with by on at from a an or that its their our this these into under between
    has have had is are was were be been will shall should would could can may must not than if while because
    whether""".split()
)
_OPEN_SQ = frozenset(
    """i e te se ne per me nga dhe ose qe nje kjo ky keto kete ketij kesaj ndaj mbi nen ndermjet sipas eshte jane ka
    kane ishte kishte do duhet mund nuk sepse nese duke""".split()
)
# Words: a shorter passage is a heading or a cell.
_WORDS = 6
# Words quoted on either side of the break.
_TAIL, _HEAD = 3, 4

RULE = Rule(
    id="FO03",
    name="form.sentence-broken",
    kind="truncated_text",
    issue_type="grammar",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një fjali këputet, ose e ndan një paragraf a faqe e re.",
    why_sq="Pjesa tjetër e fjalisë ka humbur, ose lexuesi e merr gjysmën e dytë për një pohim të ri.",
    examples=(
        Flags(
            "The companies are committed to the protection of children and young ⟦people from unlawful⟧\n\n"
            "⟦harmful contents in electronic⟧ communications.",
            why="a paragraph break inside a sentence",
        ),
        Flags(
            "Bashkia nuk do ta financojë strehëzën vitin e ardhshëm, sepse marrëveshja ka dhënë rezultate dhe numri "
            "⟦i shtretërve është⟧\n\nKAPITULLI II",
            why="fjalia këputet",
        ),
        Passes("The partners are:\n\nthe police and the prosecution office of the district.", why="after a colon"),
        Passes(
            "The plan has these objectives:\n1. Protection of the victims of violence and of their children\n"
            "2. Punishment of the offenders under the law in force",
            why="items without a full stop",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    found: dict[str, list[list[Span]]] = {}
    for row in streams(context):
        for key, spans in _breaks(row, context):
            found.setdefault(key, []).append(spans)
    for key, places in found.items():
        first = places[0]
        spans = [span for one in places for span in one]
        quoted = "” / “".join(s.exact for s in first)
        if len(first) > 1:
            message = f"A sentence is broken in the middle: “{quoted}”. Join the two parts."
            message_sq = f"Një fjali është ndarë në mes: “{quoted}”. Bashkoni të dyja pjesët."
        else:
            message = f"The sentence breaks off after “{quoted}”. Find the missing end."
            message_sq = f"Fjalia këputet pas “{quoted}”. Gjeni fundin që mungon."
        severity = Severity.MAJOR if len(first) == 1 else None
        if key.startswith("."):
            severity = Severity.TRIVIAL
            message = f"The last sentence has no closing sign: “{quoted}”. See whether its end is lost."
            message_sq = f"Fjalia e fundit nuk ka shenjë mbyllëse: “{quoted}”. Shihni nëse i ka humbur fundi."
        yield finding(RULE, message, message_sq, spans, severity=severity)


def _breaks(row: Sequence[Passage], context: CheckContext) -> Iterator[tuple[str, list[Span]]]:
    for n, passage in enumerate(row):
        if len(passage.text.split()) < _WORDS or not _unfinished(passage.text):
            continue
        following = row[n + 1] if n + 1 < len(row) else None
        if is_head(passage) and not (following is not None and _quoted_over(passage.text, following.text)):
            if _open_word(passage):
                span = context.quote(passage, *_tail(passage))
                yield span.exact, [span]
            continue
        if following is not None and _goes_on(passage, following):
            tail, head = _tail(passage), _head(following)
            spans = [context.quote(passage, *tail), context.quote(following, *head)]
            yield spans[0].exact + "|" + spans[1].exact, spans
        elif _open_word(passage):
            span = context.quote(passage, *_tail(passage))
            yield span.exact, [span]
        elif _without_stop(passage, context):
            span = context.quote(passage, *_tail(passage))
            yield "." + span.exact, [span]


def _without_stop(passage: Passage, context: CheckContext) -> bool:
    """Several sentences, of which the last one only has no closing sign, and no copy that has it."""
    if passage.kind not in ("paragraph", "table_cell") or passage.passage_id in context.copies_of:
        return False
    if label_of(passage) is not None or passage.text.rstrip()[-1].isupper():
        # A caption: `Table 2. Expenses of the library, in ALL`.
        return False
    bounds = split_sentences(passage.text, passage.lang)
    last = passage.text[bounds[-1][0] :]
    return len(bounds) >= 2 and len(last.split()) >= _WORDS and passage.text.rstrip()[-1].isalpha()


def _unfinished(text: str) -> bool:
    stripped = text.rstrip().rstrip("\"”’')»")
    return bool(stripped) and stripped[-1] not in ".;:!?…" and not stripped.isupper()


def _goes_on(passage: Passage, following: Passage) -> bool:
    """The next passage begins as the middle of a sentence."""
    text = following.text.lstrip()
    if passage.lang != following.lang or is_head(following) or not text:
        return False
    if read_marker(text) is not None or (read_marker(passage.text) is not None and not _open_word(passage)):
        return False
    if text[0].islower() and len(passage.text.split()) >= _WORDS:
        return not _addressed(text)
    return _quoted_over(passage.text, text)


def _quoted_over(before: str, after: str) -> bool:
    """An open quotation that the next passage closes."""
    opened = _quotes(before) % 2 == 1 or _curly(before) > 0
    closed = _quotes(after) % 2 == 1 or _curly(after) < 0
    return opened and closed


def _addressed(text: str) -> bool:
    first = text.split()[0]
    return "@" in first or "." in first.rstrip(".,;:") or "/" in first


def _quotes(text: str) -> int:
    return text.count('"')


def _curly(text: str) -> int:
    return len(re.findall("[“„«]", text)) - len(re.findall("[”»]", text))


def _open_word(passage: Passage) -> bool:
    # A case ending after a hyphen (`BE-së`) is no word.
    words = re.findall(r"(?<![\w\-’'])[^\W\d_]+(?![\w\-’'])", passage.text[-40:])
    if not words or not passage.text.rstrip().endswith(words[-1]) or not passage.text.rstrip()[-1].isalpha():
        return False
    last = fold(words[-1])
    known = _OPEN_SQ if passage.lang == "sq" else _OPEN_EN if passage.lang == "en" else _OPEN_SQ & _OPEN_EN
    return last in known and (words[-1].islower())


def _tail(passage: Passage) -> tuple[int, int]:
    text = passage.text.rstrip()
    starts = [m.start() for m in re.finditer(r"\S+", text)]
    return starts[-min(_TAIL, len(starts))], len(text)


def _head(passage: Passage) -> tuple[int, int]:
    places = [m.span() for m in re.finditer(r"\S+", passage.text)][:_HEAD]
    return places[0][0], places[-1][1]
