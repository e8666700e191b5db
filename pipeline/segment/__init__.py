"""Cuts a document into passages: title, heading, paragraph, list item, table cell, furniture; nothing is lost.

Reads: Document. Writes: Passage.

Every character of `Document.source_text` lies in exactly one passage or is white space between two. Leftover
tags and other things that say nothing are passages of kind `page_furniture`, which later stages pass over; a
tag inside a passage is a repair of it (`markup`), so that its text reads as words.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Document, Lang, Location, Passage, PassageKind, Repair, short_hash
from pipeline.segment.lines import Line, continues, furniture_lines, kind_of, split_lines, wrap_width
from pipeline.segment.lists import merged_items, read_marker
from pipeline.segment.markup import Tag, find_entities, find_tags, pieces
from pipeline.spans import apply_repairs, line_of, line_starts, trimmed

__all__ = ["split_passages"]

# Words: a longer first row says something, and heads no column.
_HEADER_WORDS = 6


NOWHERE = Location()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage in the making, in code points of the source."""

    start: int
    end: int
    kind: PassageKind
    location: Location = NOWHERE
    hint: Lang | None = None
    tags: tuple[Tag, ...] = ()
    whole: bool = False
    """Not to be cut further: a table header, furniture."""


def split_passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in reading order; a structured format's own blocks are kept as they are."""
    source = document.source_text
    found = _block_pieces(document) if document.blocks else _text_pieces(source)
    cut = [part for piece in found for part in _cut_items(source, piece)]
    return _as_passages(document, _with_the_rest(source, cut))


def _block_pieces(document: Document) -> list[_Piece]:
    """The reader's blocks in order, each clipped at the one before it."""
    found: list[_Piece] = []
    at = 0
    for block in sorted(document.blocks, key=lambda b: (b.start, b.end)):
        start = max(at, block.start)
        if start < block.end:
            whole = block.kind in ("page_furniture", "table_header", "title")
            found.append(_Piece(start, block.end, block.kind, block.location, block.lang_hint, whole=whole))
            at = block.end
    return found


def _text_pieces(source: str) -> list[_Piece]:
    """Pieces of plain text: paragraphs of lines, and tables of rows."""
    lines = split_lines(source)
    furniture = furniture_lines(lines)
    tags = [find_tags(line.text) if "<" in line.text else [] for line in lines]
    rows = [not line.blank and _is_row(line.text, bool(tags[i])) for i, line in enumerate(lines)]
    _fill_rows(lines, rows)
    width = wrap_width([line for i, line in enumerate(lines) if not rows[i] and i not in furniture])
    found: list[_Piece] = []
    tables = _Tables(lines, rows)
    i = 0
    while i < len(lines):
        line = lines[i]
        if line.blank:
            i += 1
        elif i in furniture:
            found.append(_Piece(line.start, line.end, "page_furniture", Location(line=line.number), whole=True))
            i += 1
        elif rows[i]:
            found.extend(tables.cells(i, tags[i]))
            i += 1
        elif any(tag.block for tag in tags[i]):
            found.extend(_marked_up(line, tags[i]))
            i += 1
        else:
            last = i
            while (
                last + 1 < len(lines)
                and last + 1 not in furniture
                and not rows[last + 1]
                and continues(lines[last].text, lines[last + 1].text, width)
            ):
                last += 1
            inside = tuple(_moved(tag, lines[j].start) for j in range(i, last + 1) for tag in tags[j])
            alone = (i == 0 or lines[i - 1].blank) and (last + 1 == len(lines) or lines[last + 1].blank)
            text = source[line.start : lines[last].end]
            found.append(
                _Piece(line.start, lines[last].end, kind_of(text, alone), Location(line=line.number), tags=inside)
            )
            i = last + 1
    return _with_titles(source, found)


def _fill_rows(lines: Sequence[Line], rows: list[bool]) -> None:
    """Marks rows with one filled cell, where the line before or after is a row with as many cells."""
    filled = [i for i, line in enumerate(lines) if not line.blank]
    for order in (filled, filled[::-1]):
        for before, i in itertools.pairwise(order):
            cells = lines[i].text.count("\t")
            if (
                rows[before]
                and not rows[i]
                and cells
                and cells == lines[before].text.count("\t")
                and abs(i - before) == 1
            ):
                rows[i] = True


def _with_titles(source: str, found: list[_Piece]) -> list[_Piece]:
    """Of the headings that open a report, all but the last are its title; a lone one before text is too."""
    opening = 0
    while opening < len(found) and found[opening].kind == "heading":
        piece = found[opening]
        if read_marker(source[piece.start : piece.end]) is not None:
            break
        opening += 1
    titles = opening - 1 if opening > 1 else opening
    return [replace(piece, kind="title") if i < titles else piece for i, piece in enumerate(found)]


def _moved(tag: Tag, by: int) -> Tag:
    return replace(tag, start=tag.start + by, end=tag.end + by)


def _is_row(text: str, tagged: bool) -> bool:
    """A table row: cells parted by tabs. A tab after a list marker, or as indentation, makes none.

    A row with empty cells is one where its filled cells hold markup.
    """
    if "\t" not in text:
        return False
    cells = [cell for cell in text.split("\t") if cell.strip()]
    if len(cells) == 1:
        return tagged and text.strip("\t") != text
    marker = read_marker(cells[0] + " x")
    return not (len(cells) == 2 and marker is not None and not cells[0][marker.end :].strip())


def _marked_up(line: Line, tags: Sequence[Tag]) -> Iterator[_Piece]:
    for start, end, inside, before in pieces(list(tags), 0, len(line.text)):
        if line.text[start:end].strip():
            kind: PassageKind = "heading" if before[:1] == "h" and before[1:].isdigit() else "paragraph"
            if kind == "paragraph":
                kind = "list_item" if before == "li" else kind_of(line.text[start:end], False)
            yield _Piece(
                line.start + start, line.start + end, kind, Location(line=line.number),
                tags=tuple(_moved(tag, line.start) for tag in inside),
            )  # fmt: skip


class _Tables:
    """The rows of a plain text in their tables; a header that comes back on the next page continues its table."""

    def __init__(self, lines: Sequence[Line], rows: Sequence[bool]) -> None:
        self.lines = lines
        times = Counter(line.text.strip() for i, line in enumerate(lines) if rows[i])
        self.place: dict[int, tuple[int, int, bool]] = {}
        table = row = 0
        header = ""
        last = -1
        for i, line in enumerate(lines):
            if not rows[i]:
                continue
            text = line.text.strip()
            goes_on = last >= 0 and all(lines[j].blank for j in range(last + 1, i)) and i - last <= 1
            if not goes_on and not (header and text == header):
                table, row, header = table + 1, 0, ""
            row += 1
            following = i + 1 < len(lines) and rows[i + 1]
            heads = text == header or (row == 1 and (following or times[text] > 1) and _heads(line.text))
            if heads:
                header = text
            self.place[i] = (table, row, heads)
            last = i

    def cells(self, i: int, tags: Sequence[Tag]) -> Iterator[_Piece]:
        line = self.lines[i]
        table, row, heads = self.place[i]
        start = 0
        for column, cell in enumerate(line.text.split("\t"), 1):
            end = start + len(cell)
            location = Location(line=line.number, table=table, row=row, column=column)
            kind: PassageKind = "table_header" if heads else "table_cell"
            own = [tag for tag in tags if start <= tag.start and tag.end <= end]
            for first, last, inside, _ in pieces(own, start, end):
                if line.text[first:last].strip():
                    moved = tuple(_moved(tag, line.start) for tag in inside)
                    yield _Piece(line.start + first, line.start + last, kind, location, tags=moved, whole=heads)
            start = end + 1


def _heads(text: str) -> bool:
    """A first row that names its columns: short, filled, without figures and without a full stop."""
    cells = [cell.strip() for cell in text.split("\t")]
    filled = [cell for cell in cells if cell]
    return (
        len(filled) >= 2
        and len(filled) >= len(cells) - 1
        and "<" not in text
        and all(len(cell.split()) <= _HEADER_WORDS and not cell.endswith(".") for cell in filled)
        and not any(cell.replace(".", "").replace(",", "").isdigit() and len(cell) != 4 for cell in filled)
    )


def _cut_items(source: str, piece: _Piece) -> Iterator[_Piece]:
    """The piece, cut where several list items were run into one."""
    if piece.whole:
        yield piece
        return
    text = source[piece.start : piece.end]
    lead = len(text) - len(text.lstrip())
    inside = [range(tag.start, tag.end) for tag in piece.tags]
    cuts = [piece.start + lead + cut for cut in merged_items(text[lead:])]
    cuts = [cut for cut in cuts if not any(cut in place for place in inside)]
    bounds = [piece.start, *cuts, piece.end]
    for n, (start, end) in enumerate(itertools.pairwise(bounds)):
        tags = tuple(tag for tag in piece.tags if start <= tag.start and tag.end <= end)
        kind = piece.kind
        if cuts and kind in ("paragraph", "heading", "list_item"):
            kind = "list_item" if n or read_marker(source[start:end]) else kind
        yield replace(piece, start=start, end=end, tags=tags, kind=kind)


def _without_edge_tags(source: str, piece: _Piece) -> _Piece:
    """The piece without white space and inline tags at its ends."""
    start, end, tags = piece.start, piece.end, list(piece.tags)
    while True:
        start, end = trimmed(source, start, end)
        if tags and tags[0].start <= start < tags[0].end:
            start = tags.pop(0).end
        elif tags and tags[-1].start < end <= tags[-1].end:
            end = tags.pop().start
        else:
            break
        if start >= end:
            break
    return replace(piece, start=start, end=max(start, end), tags=tuple(t for t in tags if t.start >= start))


def _with_the_rest(source: str, found: Iterable[_Piece]) -> list[_Piece]:
    """The pieces trimmed, and everything between them that is not white space as furniture."""
    result: list[_Piece] = []
    starts = line_starts(source)
    at = 0

    def furniture(start: int, end: int) -> None:
        start, end = trimmed(source, start, end)
        if start < end:
            place = Location(line=line_of(starts, start))
            result.append(_Piece(start, end, "page_furniture", place, whole=True))

    for piece in found:
        piece = _without_edge_tags(source, piece)
        if piece.start >= piece.end:
            continue
        furniture(at, piece.start)
        if piece.location.line is None:
            place = replace(piece.location, line=line_of(starts, piece.start))
            piece = replace(piece, location=place)
        result.append(piece)
        at = piece.end
    furniture(at, len(source))
    return result


def _as_passages(document: Document, found: Sequence[_Piece]) -> tuple[Passage, ...]:
    source = document.source_text
    met: Counter[str] = Counter()
    passages: list[Passage] = []
    repairs = list(document.repairs)
    next_repair = 0
    for number, piece in enumerate(_clear_of_repairs(found, repairs), 1):
        own: list[Repair] = []
        while next_repair < len(repairs) and repairs[next_repair].start < piece.end:
            if repairs[next_repair].start >= piece.start:
                own.append(repairs[next_repair])
            next_repair += 1
        own = _with_markup(source, piece, own)
        moved = tuple(replace(r, start=r.start - piece.start, end=r.end - piece.start) for r in own)
        read = source[piece.start : piece.end]
        text = apply_repairs(read, moved)[0] if moved else read
        met[text] += 1
        passages.append(
            Passage(
                passage_id=short_hash(text, str(met[text])),
                doc_id=document.doc_id,
                number=number,
                start=piece.start,
                end=piece.end,
                text=text,
                kind=piece.kind,
                location=piece.location,
                repairs=moved,
                lang_hint=piece.hint,
            )
        )
    return tuple(passages)


def _clear_of_repairs(found: Sequence[_Piece], repairs: Sequence[Repair]) -> Iterator[_Piece]:
    """The pieces with their ends moved out of any repair, which is made whole or not at all."""
    at = 0
    i = 0
    for piece in found:
        start, end = max(at, piece.start), piece.end
        while i < len(repairs) and repairs[i].end <= start:
            i += 1
        j = i
        while j < len(repairs) and repairs[j].start < end:
            start = min(start, repairs[j].start) if repairs[j].start >= at else start
            end = max(end, repairs[j].end)
            j += 1
        if start < end:
            yield replace(piece, start=start, end=end)
            at = end


def _with_markup(source: str, piece: _Piece, repairs: list[Repair]) -> list[Repair]:
    """The repairs of a piece with those that take its tags and character references away."""
    if piece.kind == "page_furniture":
        return repairs
    extra = [Repair(tag.start, tag.end, source[tag.start : tag.end], "", "markup") for tag in piece.tags]
    extra += [
        Repair(start, end, source[start:end], meant, "character_reference")
        for start, end, meant in find_entities(source, piece.start, piece.end)
    ]
    free = [e for e in extra if not any(e.start < r.end and r.start < e.end for r in repairs)]
    return sorted([*repairs, *free], key=lambda r: r.start)
