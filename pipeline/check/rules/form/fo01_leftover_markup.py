"""Markup or field codes are left in the text.

Why a reviewer should care: readers see signs that mean nothing, and a program that reads the text stumbles over them.

Not flagged: the tags of a table that was saved with its markup, as long as each is closed; a multiplication sign or an
asterisk that leads to a note; angle brackets around numbers.

Source: text copied out of web pages, wikis and word processors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.wording import grouped
from pipeline.model import Finding, Passage, Severity, Span
from pipeline.segment.markup import find_tags
from pipeline.spans import span_of

RULE = Rule(
    id="FO01",
    name="form.leftover-markup",
    kind="markup_artifact",
    issue_type="markup",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Në tekst kanë mbetur shenja formatimi ose kode fushash.",
    why_sq="Lexuesi sheh shenja pa kuptim, dhe një program që e lexon tekstin ngec tek ato.",
    examples=(
        Flags(
            "Activities on the International Day of ⟦*Safer Internet*⟧ have been organized for several years.",
            why="asterisks of a lost italic",
        ),
        Flags("Shih tabelën ⟦Error! Reference source not found.⟧ për shpërndarjen e rasteve.", why="kod fushe"),
        Flags("Ankesat u shqyrtuan nga zyra ⟦&nbsp;⟧ brenda afatit prej 30 ditësh.", why="hapësirë e HTML-së"),
        Passes("Figures marked * are provisional, and a room of 4 * 5 metres is large enough.", why="a note sign"),
        Passes("Children aged <14 and persons >65 are counted apart.", why="less than, more than"),
    ),
)

_LEFTOVER = re.compile(
    r"""
    \*{1,3}[^\W_][^*\n]{0,80}[^\s*]\*{1,3}(?!\w)            # *Safer Internet*  **bold**
  | (?<!\w)__[^\W_][^_\n]{0,80}__(?!\w)
  | \bError!\s(?:Reference\ssource|Bookmark)\snot\s(?:found|defined)\.?
  | \bGabim!\s[^\n.]{0,60}nuk\su\sgjet\.?
  | \{\s?(?:PAGEREF|HYPERLINK|MERGEFIELD|TOC|REF|SEQ)\b[^}\n]{0,120}\}
  | \[/?(?:b|i|u|url|quote|img)(?:=[^\]\n]{0,80})?\]
  | &(?:nbsp|amp|lt|gt|quot|apos|euml|ccedil|laquo|raquo|ndash|mdash|hellip);
  | \\n(?=[A-Z\s])
  | \[\[[^\[\]\n]{1,80}\]\] | \{\{[^{}\n]{1,80}\}\} | <<[^<>\n]{1,80}>>      # [[TABLE 5 HERE]]
  | \blorem\sipsum\b
    """,
    re.VERBOSE,
)
# Tags that stand alone by right.
_VOID = frozenset({"br", "hr"})


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: list[tuple[str, Span]] = []
    for passage in context.passages:
        if passage.kind == "page_furniture":
            continue
        places.extend(_in_source(passage, context))
        places.extend(_in_copies(passage, context))
    places.extend(_unclosed(context))
    for key, spans in grouped(places).items():
        written = spans[0].exact if key == "<>" else key
        yield finding(
            RULE,
            f"“{written}” is markup that was left in the text{_times(spans, written)}.",
            f"“{written}” është formatim i mbetur në tekst{_times_sq(spans, written)}.",
            spans,
            found=written,
            suggestion=written.strip("*_") if written[0] in "*_" else None,
        )


def _times(spans: Sequence[Span], written: str) -> str:
    count = sum(s.exact == written for s in spans)
    return f", {count} times" if count > 1 else ""


def _times_sq(spans: Sequence[Span], written: str) -> str:
    count = sum(s.exact == written for s in spans)
    return f", {count} herë" if count > 1 else ""


def _in_source(passage: Passage, context: CheckContext) -> Iterator[tuple[str, Span]]:
    """Leftovers in the passage as read: the segmenter has taken some out of its text."""
    source = context.document.source_text
    inside_table = passage.kind in ("table_cell", "table_header")
    for match in _LEFTOVER.finditer(source, passage.start, passage.end):
        written = match.group()
        if written.startswith("&") and inside_table and "<" in source[max(0, passage.start - 8) : passage.start]:
            continue
        yield written, span_of(source, passage.doc_id, match.start(), match.end())


def _in_copies(passage: Passage, context: CheckContext) -> Iterator[tuple[str, Span]]:
    """The same words without their asterisks in the passage's copy, for the reviewer to compare."""
    for match in _LEFTOVER.finditer(passage.text):
        words = match.group().strip("*_")
        for copy in context.copies_of.get(passage.passage_id, ()) if match.group()[0] in "*_" else ():
            other_id = copy.passage_id if copy.of_passage_id == passage.passage_id else copy.of_passage_id
            other = context.by_id[other_id].passage
            at = other.text.find(words)
            if at >= 0:
                yield match.group(), context.quote(other, at, at + len(words))


def _unclosed(context: CheckContext) -> Iterator[tuple[str, Span]]:
    """Tags of plain text that are opened and never closed, or closed and never opened, cell by cell."""
    source = context.document.source_text
    if context.document.blocks or "<" not in source:
        return
    at = 0
    for cell in source.replace("\n", "\t").split("\t"):
        open_tags: list[tuple[str, int, int]] = []
        tags = find_tags(source, at, at + len(cell))
        if tags and not any(tag.block and tag.name not in _VOID for tag in tags):
            # Text that is not laid out in markup otherwise: each tag was left over.
            for tag in tags:
                yield "<>", span_of(source, context.document.doc_id, tag.start, tag.end)
            tags = []
        for tag in tags:
            if tag.name in _VOID:
                continue
            if not tag.closing:
                open_tags.append((tag.name, tag.start, tag.end))
                continue
            last = max((n for n, t in enumerate(open_tags) if t[0] == tag.name), default=None)
            if last is not None:
                del open_tags[last]
        for name, start, end in open_tags:
            # An item or a paragraph needs no closing tag in HTML; a list, a font or an emphasis does.
            if name not in ("p", "li", "td", "th", "tr"):
                yield source[start:end], span_of(source, context.document.doc_id, start, end)
        at += len(cell) + 1
