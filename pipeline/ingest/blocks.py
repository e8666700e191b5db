"""Pieces of a structured document put together as its source text and the blocks in it.

Reads: Piece. Writes: the source text and Block, in code points of it.

One piece a line; the cells of a table's row are separated by tabs, as many as there are columns between them, so
that the text reads as the table does. A cell of several paragraphs is several pieces with the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.model import Block, Lang, Location, PassageKind

# Line ends and the blanks around them; a form feed or vertical tab is a line end to Word and to PDF.
_LINE_ENDS = re.compile(r"[ \t]*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029])\s*")
_BLANKS = re.compile(r"[ \t]+")
# Lone surrogates stand in broken PDF fonts; no encoding can write them.
_SURROGATES = re.compile("[\ud800-\udfff]")

# Columns: a cell further right than this is not spelled out in tabs; broken tables claim millions.
_MOST_TABS = 64

# Part of the letters and digits in the file that must be in the blocks; below it a note names the difference.
COVERAGE = 0.999


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, list item or cell paragraph of the document, in reading order."""

    text: str
    kind: PassageKind = "paragraph"
    location: Location = field(default_factory=Location)
    lang_hint: Lang | None = None
    level: int | None = None
    made: int = 0
    """Letters and digits in `text` that the file does not hold as text: automatic numbers."""
    origin: Any = field(default=None, compare=False, repr=False)
    """The paragraph's element in the file's tree, for who writes into the file again; it stays in its process."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader of one format hands back."""

    media_type: str
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()
    letters: int = 0
    """Letters and digits that a simple count finds in the file, what was left out on purpose taken off."""


@dataclass(slots=True)
class _Growing:
    """The text as it grows, and how long it is."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def count_letters(text: str) -> int:
    """Letters and digits in `text`.

    >>> count_letters("Neni 5/1, ë!")
    7
    """
    return sum(map(str.isalnum, text))


# `3`, `- 3 -`, `iv`, `Faqe 3 nga 12`, `Page 3 of 12`, `3/12`
_PAGE_NUMBER = re.compile(
    r"\W{0,4}(?:(?:faqe|faqja|page|fq\.?|p\.?)\s{0,3})?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s{0,3}(?:/|nga|of|prej)\s{0,3}\d{1,4})?\W{0,4}",
    re.IGNORECASE,
)


def is_page_number(text: str) -> bool:
    """Whether a line says nothing but the number of its page.

    >>> is_page_number("Faqe 3 nga 12"), is_page_number("Raporti 2014")
    (True, False)
    """
    return _PAGE_NUMBER.fullmatch(text) is not None or not any(map(str.isalnum, text))


def tidy(text: str) -> str:
    """The piece's text on one line with single blanks.

    >>> tidy("Neni\\t5 \\r\\n Qëllimi ")
    'Neni 5 Qëllimi'
    """
    if _SURROGATES.search(text):
        text = _SURROGATES.sub("\ufffd", text)
    return _BLANKS.sub(" ", _LINE_ENDS.sub(" ", text)).strip()


def assemble(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The source text of the pieces, and their blocks. Pieces without a character are passed over.

    >>> row = [Piece("a", location=Location(table=1, row=1, column=c)) for c in (1, 3)]
    >>> assemble([Piece("Titull"), *row])[0]
    'Titull\\na\\t\\ta\\n'
    """
    text = _Growing()
    blocks: list[Block] = []
    before: Location | None = None
    for piece in pieces:
        words = tidy(piece.text)
        if not words:
            continue
        here = piece.location
        if before is not None:
            text.add(_separator(before, here))
        if here.column is not None and (before is None or not _same_row(before, here)):
            text.add("\t" * min(here.column - 1, _MOST_TABS))
        start = text.length
        text.add(words)
        blocks.append(Block(start, text.length, piece.kind, here, piece.lang_hint, piece.level))
        before = here
    if text.parts:
        text.add("\n")
    return "".join(text.parts), tuple(blocks)


def _same_row(one: Location, other: Location) -> bool:
    return one.table is not None and (one.table, one.row, one.part) == (other.table, other.row, other.part)


def _separator(before: Location, here: Location) -> str:
    if not _same_row(before, here) or before.column is None or here.column is None or here.column <= before.column:
        return "\n"
    return "\t" * min(here.column - before.column, _MOST_TABS)


def coverage_note(reading: Reading) -> str | None:
    """A sentence naming what is missing where the pieces hold fewer letters than the file; None where they do."""
    held = sum(count_letters(p.text) - p.made for p in reading.pieces)
    if reading.letters <= 0 or held >= reading.letters * COVERAGE:
        return None
    lost = reading.letters - held
    share = 100 * held / reading.letters
    letters = f"{lost} of the file's {reading.letters} letters and digits"
    return f"{letters} were not read ({share:.1f} % were). Compare the text."


# Words of a first row that names its columns; a longer cell says something of its own.
_HEADER_WORDS = 8
_LEAD = r"\W*(?:(?:në|ne|gjuha|teksti|versioni)\s)?"
_SQ_COLUMN = re.compile(_LEAD + r"(?:shqip|shqipe|albanian|sq|alb|al)(?:\s(?:version|text))?\W*", re.IGNORECASE)
_EN_COLUMN = re.compile(_LEAD + r"(?:english|anglisht|angleze|en|eng)(?:\s(?:version|text))?\W*", re.IGNORECASE)


def column_language(heading: str) -> Lang | None:
    """The language that a column's heading names.

    >>> column_language("Shqip"), column_language("English version"), column_language("Emri")
    ('sq', 'en', None)
    """
    if _SQ_COLUMN.fullmatch(heading):
        return "sq"
    return "en" if _EN_COLUMN.fullmatch(heading) else None


def names_columns(cells: Sequence[str], has_rows_below: bool) -> bool:
    """Whether a table's first row names its columns: short, filled, without figures and full stops."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not has_rows_below or len(filled) < 2 or len(filled) < len(cells) - 1:
        return False
    return all(
        len(cell.split()) <= _HEADER_WORDS and not cell.endswith((".", ";"))
        and not (any(c.isdigit() for c in cell) and not any(c.isalpha() for c in cell) and not _is_year(cell))
        for cell in filled
    )  # fmt: skip


def _is_year(cell: str) -> bool:
    return len(cell) == 4 and cell.isdigit() and cell[:2] in ("19", "20")


def with_table_heads(pieces: Sequence[Piece], declared: frozenset[tuple[int, int]] = frozenset()) -> list[Piece]:
    """The pieces with header rows told from cells, and columns headed `Shqip`, `English` giving their language.

    `declared` are (table, row) that the document itself marks as header rows; a table without any is judged by
    its first row.
    """
    rows: dict[int, dict[int, list[Piece]]] = {}
    for piece in pieces:
        place = piece.location
        if place.table is not None and place.row is not None:
            rows.setdefault(place.table, {}).setdefault(place.row, []).append(piece)
    heads: set[tuple[int, int]] = set(declared)
    marked = {table for table, _ in declared}
    hints: dict[tuple[int, int], Lang] = {}
    for table, by_row in rows.items():
        first = min(by_row)
        if table not in marked and names_columns([p.text for p in by_row[first]], len(by_row) > 1):
            heads.add((table, first))
        cells = [p for row, cells in by_row.items() if (table, row) in heads for p in cells]
        found = {p.location.column: lang for p in cells if p.location.column and (lang := column_language(p.text))}
        if len(by_row) > 1 and set(found.values()) == {"sq", "en"}:
            hints.update({(table, column): lang for column, lang in found.items() if column is not None})
    return [_headed(piece, heads, hints) for piece in pieces]


def _headed(piece: Piece, heads: set[tuple[int, int]], hints: dict[tuple[int, int], Lang]) -> Piece:
    place = piece.location
    if place.table is None or place.row is None:
        return piece
    if (place.table, place.row) in heads:
        return replace(piece, kind="table_header") if piece.kind in ("table_cell", "paragraph") else piece
    hint = hints.get((place.table, place.column or 0))
    return replace(piece, lang_hint=hint) if hint and piece.lang_hint is None else piece


def to_rows(reading: Reading) -> dict[str, Any]:
    """The reading as JSON can hold it."""
    rows = [
        [p.text, p.kind, p.lang_hint, p.level, p.made, p.location.page, p.location.table, p.location.row,
         p.location.column, p.location.part]
        for p in reading.pieces
    ]  # fmt: skip
    return {"media_type": reading.media_type, "pieces": rows, "notes": reading.notes, "letters": reading.letters}


def from_rows(value: dict[str, Any]) -> Reading:
    """The reading that `to_rows` wrote."""
    pieces = tuple(
        Piece(text, kind, Location(None, page, table, row, column, part), hint, level, made)
        for text, kind, hint, level, made, page, table, row, column, part in value["pieces"]
    )
    return Reading(value["media_type"], pieces, tuple(value["notes"]), value["letters"])
