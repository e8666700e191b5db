"""Words of the other language are left inside a sentence.

Why a reviewer should care: the sentence cannot be read by whoever knows one language only, and the words are often the
name of an offence or an order.

Not flagged: names, titles and quoted words; a term in brackets after its translation; words that both languages use
(online, internet, lekë); the Latin of lawyers.

Source: drafts translated by hand or machine, in which a word that was not understood was kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.languages import fold
from pipeline.lexicon import lexicon
from pipeline.model import Finding, Passage, Severity, Span

# Words: a shorter passage is a cell or a heading, perhaps in both languages.
_SENTENCE = 6

RULE = Rule(
    id="TR02",
    name="translation.words-left-untranslated",
    kind="untranslated_passage",
    issue_type="untranslated",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Brenda një fjalie kanë mbetur fjalë të gjuhës tjetër.",
    why_sq="Fjalinë nuk e lexon dot kush di vetëm njërën gjuhë, dhe fjalët shpesh emërtojnë një vepër ose një akt.",
    examples=(
        Flags(
            "In every case the victim receives a copy of the ⟦urdhër mbrojtjeje⟧ within 48 hours.",
            why="two Albanian words",
        ),
        Flags("The workshop was held on Tuesday (⟦dt. 10.06.2014⟧) with lecturers of the school.", why="dt. for dated"),
        Flags(
            "Gjykata vendosi që viktima ka të drejtë ⟦to be accompanied by the coordinator⟧ në çdo seancë.",
            why="fjalë anglisht në fjali shqipe",
        ),
        Passes("The fine is 5,000 lekë for each day, and the note verbale was sent to the embassy.", why="at home"),
        Passes(
            "Ngacmimi në internet (cyberbullying) dhe faqet online janë pjesë e programit.", why="fjalë të huazuara"
        ),
        Passes("The offence of “kallëzim i rremë” is defined in the code.", why="a quoted term"),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    found: dict[str, list[Span]] = {}
    single: dict[str, bool] = {}
    for passage in context.passages:
        for start, end, _ in passage.foreign:
            end = _with_date(passage.text, start, end)
            words = passage.text[start:end]
            if _named(passage, start, end, context) or not _tells(passage, start, end):
                continue
            key = fold(words)
            span = context.quote(passage, start, end)
            spans = found.setdefault(key, [])
            spans.extend(s for s in (span, *_in_copies(passage, start, end, context)) if s not in spans)
            single[key] = (len(words.split()) < 2 and lexicon("sq").knows(words)) or words.startswith("dt.")
    for key, spans in found.items():
        quoted = spans[0].exact
        yield finding(
            RULE,
            f"“{quoted}” is left in the other language. Put in the translation.",
            f"“{quoted}” ka mbetur në gjuhën tjetër. Vendosni përkthimin.",
            spans,
            found=quoted,
            severity=Severity.MINOR if single[key] else None,
        )


def _tells(passage: Passage, start: int, end: int) -> bool:
    """Words inside a sentence; a lone one must be Albanian beyond doubt, by its ë or ç or by a slip (`verpra`)."""
    text, words = passage.text, passage.text[start:end]
    if len(text.split()) < _SENTENCE or text[:start].rstrip().endswith("/") or text[end:].lstrip().startswith("/"):
        return False
    lone = len(words.split()) == 1 and words != "dt." and not words.startswith("dt. ")
    return not lone or any(c in "ëç" for c in words) or not lexicon("sq").knows(words)


def _with_date(text: str, start: int, end: int) -> int:
    """`dt. 10.06.2014`: the abbreviation with its date."""
    if text[start:end] != "dt.":
        return end
    at = end
    while at < len(text) and (text[at].isdigit() or text[at] in " .,/"):
        at += 1
    return len(text[:at].rstrip(" .,"))


def _named(passage: Passage, start: int, end: int, context: CheckContext) -> bool:
    """The words are part of a mention that the glossary knows: a name, not something left over."""
    from pipeline.model import TermMention

    span = context.quote(passage, start, end)
    return any(
        isinstance(m, TermMention) and m.kind == "institution" and m.span.overlaps(span)
        for m in context.by_id[passage.passage_id].mentions
    )


def _in_copies(passage: Passage, start: int, end: int, context: CheckContext) -> Iterator[Span]:
    """What stands for the words in the passage's copies, where that is something else."""
    for copy in context.copies_of.get(passage.passage_id, ()):
        own_left = copy.of_passage_id == passage.passage_id
        other = context.by_id[copy.passage_id if own_left else copy.of_passage_id].passage
        touched = [
            ((d.right_start, d.right_end) if own_left else (d.left_start, d.left_end))
            for d in copy.differences
            if (d.left_start < end and start < d.left_end if own_left else d.right_start < end and start < d.right_end)
        ]
        if touched:
            first, last = min(a for a, _ in touched), max(b for _, b in touched)
            if first < last:
                yield context.quote(other, first, last)
