"""Markdown: headings, lists, tables and paragraphs; the signs of the markup are not read as text.

Reads: the text of an .md file. Writes: Reading.

Written forms: `# Heading`, `Heading` over `====`, `- item`, `1. item`, `> quotation`, `| cell | cell |`, fenced code,
`**bold**`, `[words](address)`, `![picture](address)`, HTML tags and comments.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.ingest.blocks import Piece, Reading, count_letters, with_table_heads
from pipeline.model import Location, PassageKind

MEDIA_TYPE = "text/markdown"

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*$")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_QUOTE = re.compile(r" {0,3}>\s?")
_DEFINITION = re.compile(r" {0,3}\[[^\]]{1,200}\]:\s*\S+")

_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,12}(?:\s[^<>]{0,300})?/?>")
_BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]{0,1000})\](?:\([^()\s]{0,1000}(?:\s+\"[^\"]{0,300}\")?\)|\[[^\[\]]{0,200}\])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,1000})>")
_STRONG = re.compile(r"(?<![\w*\\])(\*{1,3}|~~)(?=\S)([^*~]{1,2000}?)(?<=\S)\1(?![\w*])")
_UNDERSCORED = re.compile(r"(?<![\w\\])(_{1,3})(?=\S)([^_]{1,2000}?)(?<=\S)\1(?!\w)")
_CODE = re.compile(r"(`+)(.{1,2000}?)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(slots=True)
class _Page:
    """Pieces so far, and the paragraph that is open."""

    pieces: list[Piece] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    kind: PassageKind = "paragraph"
    marker: str = ""
    level: int | None = None
    line: int = 0
    tables: int = 0


def read_markdown(text: str) -> Reading:
    """The document's text."""
    page = _Page()
    lines = _COMMENT.sub("", text).splitlines()
    start = _after_front_matter(lines)
    i = start
    fence = ""
    while i < len(lines):
        line = lines[i]
        if fence or (mark := _FENCE.match(line)):
            closing = bool(fence) and line.strip().startswith(fence)
            fence = "" if closing else fence or mark.group(1)[:3]  # type: ignore[union-attr]
            if not closing and not _FENCE.match(line):
                _flush(page)
                page.open.append(line)
                _flush(page, plain=True)
            i += 1
            continue
        following = lines[i + 1] if i + 1 < len(lines) else ""
        if "|" in line and "-" in following and "|" in following and _DIVIDER.match(following):
            _flush(page)
            i = _table(page, lines, i)
            continue
        _line(page, line)
        i += 1
    _flush(page)
    letters = sum(count_letters(p.text) for p in page.pieces)
    return Reading(MEDIA_TYPE, tuple(with_table_heads(page.pieces)), (), letters)


def _after_front_matter(lines: Sequence[str]) -> int:
    """Where the text begins after a block of settings between two lines `---`."""
    if not lines or lines[0].strip() != "---":
        return 0
    end = next((i for i, line in enumerate(lines[1:60], 1) if line.strip() in ("---", "...")), 0)
    return end + 1 if end and all(":" in x or x.startswith((" ", "-")) or not x.strip() for x in lines[1:end]) else 0


def _line(page: _Page, line: str) -> None:
    line = _QUOTE.sub("", line)
    if not line.strip() or (_RULE.match(line) and not (page.open and _UNDERLINE.match(line))):
        _flush(page)
        return
    if _DEFINITION.match(line):
        _flush(page)
        return
    if page.open and page.kind == "paragraph" and (under := _UNDERLINE.match(line)):
        page.kind, page.level = "heading", 1 if under.group(1)[0] == "=" else 2
        _flush(page)
        return
    if heading := _HEADING.match(line):
        _flush(page)
        page.kind, page.level = "heading", len(heading.group(1))
        page.open.append(heading.group(2) or "")
        _flush(page)
        return
    if item := _ITEM.match(line):
        _flush(page)
        indent, marker, rest = item.groups()
        page.kind, page.level = "list_item", len(indent.expandtabs(4)) // 2 + 1
        page.marker = f"{marker} " if marker[0].isdigit() else ""
        page.open.append(rest)
        return
    page.open.append(line)
    if line.endswith(("  ", "\\")):
        page.open[-1] = line.rstrip(" \\") + "\n"


def _flush(page: _Page, *, plain: bool = False) -> None:
    """Ends the open paragraph."""
    words = ""
    for line in page.open:
        words += ("" if not words or words.endswith("\n") else " ") + (line if plain else line.lstrip())
    text = words if plain else inline(words)
    if text.strip():
        page.pieces.append(Piece(page.marker + text.strip(), page.kind, level=page.level))
    page.open.clear()
    page.kind, page.marker, page.level = "paragraph", "", None


def _table(page: _Page, lines: Sequence[str], at: int) -> int:
    """Reads a table that begins at a line, and returns the line after it."""
    page.tables += 1
    row = 0
    while at < len(lines) and "|" in lines[at] and lines[at].strip():
        if not (row == 1 and _DIVIDER.match(lines[at])):
            row += 1
            for column, cell in enumerate(_cells(lines[at]), 1):
                kind: PassageKind = "table_header" if row == 1 else "table_cell"
                place = Location(table=page.tables, row=row, column=column)
                page.pieces.append(Piece(inline(cell).strip(), kind, place))
        at += 1
    return at


def _cells(line: str) -> Iterator[str]:
    """The cells between the bars of a row; an escaped bar is text."""
    stripped = line.strip()
    stripped = stripped[1:] if stripped.startswith("|") else stripped
    stripped = stripped[:-1] if stripped.endswith("|") and not stripped.endswith("\\|") else stripped
    for cell in re.split(r"(?<!\\)\|", stripped):
        yield cell.replace("\\|", "|")


def inline(text: str) -> str:
    """The words without the signs of the markup.

    >>> inline("**Neni 5** i [Kodit](http://k.al), `x` dhe \\\\*yll\\\\*")
    'Neni 5 i Kodit, x dhe *yll*'
    """
    text = _BREAK.sub("\n", text)
    text = _LINK.sub(r"\1", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _CODE.sub(r"\2", text)
    for _ in range(2):
        text = _UNDERSCORED.sub(r"\2", _STRONG.sub(r"\2", text))
    text = _TAG.sub("", text)
    return html.unescape(_ESCAPED.sub(r"\1", text))
