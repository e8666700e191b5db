"""Several items stand in one line or cell without anything between them.

Why a reviewer should care: the second item is read as a part of the first, and neither a person nor a program can tell
where one ends.

Not flagged: an enumeration inside a sentence (`a) theft, b) fraud and c) forgery`); institutions joined by a comma, a
semicolon or “and”.

Source: lists and table cells whose line breaks were lost.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import AnnotatedPassage, Finding, Passage, Severity, Span, TermMention
from pipeline.segment.lists import read_marker
from pipeline.spans import span_of

RULE = Rule(
    id="FO02",
    name="form.items-run-together",
    kind="truncated_text",
    issue_type="formatting",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Disa pika qëndrojnë në një rresht ose kutizë pa asgjë midis tyre.",
    why_sq="Pika e dytë lexohet si pjesë e së parës, dhe askush nuk e dallon ku mbaron njëra.",
    examples=(
        Flags(
            '- i) Article 14 of the Code "Interference in data"\n'
            '- j) Article 15 of the Code "Interference in ⟦systems" k)⟧ Article 16 of the Code "Misuse of equipment"',
            why="two items in one line",
        ),
        Flags(
            "1. Qendra i merr të gjitha ⟦njoftimet 2.⟧ Linja telefonike është pa pagesë", why="dy pika në një rresht"
        ),
        Passes(
            "The offences are a) theft by force, b) computer fraud and c) forgery of documents.",
            why="inside a sentence",
        ),
        Passes("1. As point 2 of the Order says, the unit reports each month.", why="a reference to a point"),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    source = context.document.source_text
    passages = [p for p in context.passages if p.kind != "page_furniture"]
    first: Passage | None = None
    for before, passage in itertools.pairwise(passages):
        if first is None or first.location.line != before.location.line:
            first = before
        # An enumeration inside a sentence begins without a marker: `The tasks are: a) ...; b) ...`.
        if _merged(before, passage, source) and _begins_with(first, passage):
            marker = read_marker(passage.text)
            start = _last_word(source, before)
            end = passage.start + (marker.end if marker else 1)
            quoted = source[start:end].rstrip()
            yield finding(
                RULE,
                f"Two list items stand in one line: “{quoted}”. Put the second one on a line of its own.",
                f"Dy pika të listës qëndrojnë në një rresht: “{quoted}”. Vendoseni të dytën në rresht më vete.",
                [span_of(source, passage.doc_id, start, start + len(quoted))],
            )
    yield from _cells(context)


def _merged(before: Passage, passage: Passage, source: str) -> bool:
    """Plain list items of one line; in a table with markup the tags tell the items apart."""
    if passage.kind != "list_item" or before.location.line != passage.location.line:
        return False
    marker = read_marker(passage.text)
    between = source[before.end : passage.start]
    return marker is not None and marker.style in ("letter", "number") and not marker.bullet and between.isspace()


def _begins_with(first: Passage, passage: Passage) -> bool:
    a, b = read_marker(first.text), read_marker(passage.text)
    return a is not None and b is not None and a.style == b.style


def _last_word(source: str, before: Passage) -> int:
    at = before.end
    while at > before.start and not source[at - 1].isspace():
        at -= 1
    return at


def _cells(context: CheckContext) -> Iterator[Finding]:
    """Institutions that follow one another in a cell with only a space between; one finding for all cells."""
    places: list[Span] = []
    for annotated in context.annotated:
        if annotated.passage.kind == "table_cell":
            places.extend(_run_together(annotated, context))
    if places:
        first = places[0].exact
        yield finding(
            RULE,
            f"Institutions run together without a separator in {len(places)} cell{'s' if len(places) > 1 else ''}: "
            f"“{first[:120]}”. Put each on a line of its own.",
            f"Institucionet qëndrojnë ngjitur pa ndarje në {len(places)} kutiz{'a' if len(places) > 1 else 'ë'}: "
            f"“{first[:120]}”. Vendosni secilin në rresht më vete.",
            places,
        )


def _run_together(annotated: AnnotatedPassage, context: CheckContext) -> Iterator[Span]:
    passage = annotated.passage
    named = [m.span for m in annotated.mentions if isinstance(m, TermMention) and m.kind == "institution"]
    named = [s for s in named if not any(o != s and o.start <= s.start and s.end <= o.end for o in named)]
    source = context.document.source_text
    together = [
        (a, b) for a, b in itertools.pairwise(named)
        if a.end < b.start and source[a.end : b.start].isspace() and b.exact[:1].isupper() and len(a.exact.split()) > 1
    ]  # fmt: skip
    if together:
        yield span_of(source, passage.doc_id, together[0][0].start, together[-1][1].end)
