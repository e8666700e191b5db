"""PDF files: text in reading order with its page, tables as cells, running heads told from text, scans by Tesseract.

Reads: the bytes of a .pdf. Writes: Reading.

A page without text that shows a picture is a scan. Where Tesseract is not installed it is named and not passed over;
a file of nothing but scans is then an error, never an empty success.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import mean
from typing import Any

from pipeline.errors import UnreadableReport
from pipeline.ingest import ocr
from pipeline.ingest.blocks import Piece, Reading, count_letters, is_page_number, with_table_heads
from pipeline.ingest.pdf_layout import Paragraph, in_columns, is_heading, join_lines, paragraphs, with_markers
from pipeline.ingest.pdf_tables import Table, aligned_tables, drawn_lines, rows_of, ruled_tables
from pipeline.ingest.pdf_words import PageText, Run, read_page
from pipeline.ingest.sandbox import alive
from pipeline.model import Location, PassageKind

MEDIA_TYPE = "application/pdf"

REPAIR = "Open it in a PDF reader, print it to a new PDF, and name that file."

# Pages of one report; more is an archive.
_MOST_PAGES = 5000

# Letters on a page below which it is asked whether it is a picture: a stamp or a page number over a scan.
_FEW_LETTERS = 25

# Share of the page that a picture covers at least on a scan.
_COVERED = 0.5

# Share of a page's signs without a meaning in Unicode from which its text is no text.
_UNREADABLE = 0.2

# Lines at the top and at the bottom of a page that may be running heads, and pages that must share them.
_EDGE_LINES = 3
_SHARED_PAGES = 3

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}")
_COMPOUND = re.compile(r"\w+-\w+")

# Height of small type against that of the text: notes at the foot of a page.
_SMALL = 0.87


@dataclass(frozen=True, slots=True)
class _Page:
    """A page taken apart: its text, the lines of running heads and feet, and the lines it draws."""

    number: int
    text: PageText
    heads: tuple[Run, ...]
    feet: tuple[Run, ...]
    runs: tuple[Run, ...]
    drawn: tuple[list[Any], list[Any]]


def read_pdf(content: bytes, name: str) -> Reading:
    """The document's text. Raises UnreadableReport where it is encrypted, broken, or only pictures nobody can read."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise _unopened(name, str(error)) from error
    try:
        return _read(document, name)
    except pdfium.PdfiumError as error:
        raise UnreadableReport(name, "is a damaged PDF", REPAIR) from error
    finally:
        document.close()


def _unopened(name: str, message: str) -> UnreadableReport:
    if "assword" in message or "ecurity" in message:
        return UnreadableReport(name, "is protected with a password", "Save it without a password.")
    return UnreadableReport(name, "is a damaged PDF", REPAIR)


def _read(document: Any, name: str) -> Reading:
    count = len(document)
    if not 0 < count <= _MOST_PAGES:
        raise UnreadableReport(name, f"has {count} pages; the limit is {_MOST_PAGES}", "Split it.")
    texts: list[PageText] = []
    drawn: list[tuple[list[Any], list[Any]]] = []
    scans: list[int] = []
    for index in range(count):
        page = document[index]
        text = read_page(page)
        if _is_scan(page, text):
            scans.append(index + 1)
        texts.append(text)
        drawn.append(drawn_lines(page, text.height))
        page.close()
    if len(scans) == count and not ocr.languages():
        raise UnreadableReport(name, "is a scan: its pages are pictures without text", ocr.INSTALL)
    furniture = _furniture(texts, frozenset(scans))
    body = _body_height(texts)
    compounds = _compounds(texts)
    read, notes = _read_scans(document, scans, name)
    pieces: list[Piece] = []
    tables = 0
    letters = 0
    for number, (text, lines) in enumerate(zip(texts, drawn, strict=True), 1):
        if number in read:
            own = read[number]
            letters += sum(count_letters(p.text) for p in own)
        elif number in scans:
            own = []
        else:
            heads, feet, runs = _parted(text.runs, furniture[number - 1])
            page = _Page(number, text, heads, feet, runs, lines)
            own, tables = _page_pieces(page, tables, body, compounds)
            letters += text.letters
        _add_page(pieces, own)
    if len(scans) < count:
        notes += _font_notes(texts)
    return Reading(MEDIA_TYPE, tuple(with_table_heads(_titled(pieces))), tuple(notes), letters)


def _is_scan(page: Any, text: PageText) -> bool:
    """Whether the page's words are in a picture, or in a font that does not say which letters it has."""
    signs = sum(len(w.text) for r in text.runs for w in r.words)
    if text.unreadable > _UNREADABLE * max(1, signs) and text.unreadable > _FEW_LETTERS:
        return bool(ocr.languages())
    if text.letters >= _FEW_LETTERS:
        return False
    area = text.width * text.height
    import pypdfium2.raw as raw

    for picture in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if abs(right - left) * abs(top - bottom) >= _COVERED * area:
            return True
    return False


def _read_scans(document: Any, scans: Sequence[int], name: str) -> tuple[dict[int, list[Piece]], list[str]]:
    """What Tesseract reads on the pages that are pictures, and notes on how sure it is."""
    if not scans:
        return {}, []
    if not ocr.languages():
        return {}, [f"{_pages(scans)} in pictures, which were not read. {ocr.INSTALL}"]
    read: dict[int, list[Piece]] = {}
    notes: list[str] = []
    for number in scans:
        page = document[number - 1]
        bitmap = page.render(scale=ocr.RESOLUTION / 72, grayscale=True)
        found = ocr.read_picture(_as_pnm(bitmap), name)
        bitmap.close()
        page.close()
        alive()
        read[number] = [_read_paragraph(lines, number) for lines in found.paragraphs]
        if found.confidences:
            low = sum(c < ocr.LOW for c in found.confidences)
            notes.append(
                f"Page {number} is a picture; it was read by Tesseract ({'+'.join(ocr.languages())}): "
                f"{len(found.confidences)} words, confidence {mean(found.confidences):.0f} of 100, "
                f"{low} words below {ocr.LOW:.0f}. Compare it with the picture."
            )
        else:
            notes.append(f"Page {number} is a picture in which no words were found.")
    return read, notes


def _as_pnm(bitmap: Any) -> bytes:
    """A grey picture as PGM, which needs no library: rows of bytes after a line with the size."""
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    grey = bytes(bitmap.buffer)
    rows = grey if stride == width else b"".join(grey[y * stride : y * stride + width] for y in range(height))
    return f"P5\n{width} {height}\n255\n".encode() + rows


def _read_paragraph(lines: Sequence[str], page: int) -> Piece:
    text = lines[0] if lines else ""
    for line in lines[1:]:
        text = join_lines(text, line)
    upper = text.isupper() and len(text.split()) <= 14
    return Piece(text, "heading" if upper else "paragraph", Location(page=page))


def _pages(numbers: Sequence[int]) -> str:
    """`The words of page 3 are`, `The words of pages 3, 7 are`; a long list is cut."""
    shown = ", ".join(map(str, numbers[:12])) + (f" and {len(numbers) - 12} more" if len(numbers) > 12 else "")
    return f"The words of {'page' if len(numbers) == 1 else 'pages'} {shown} are"


def _font_notes(texts: Sequence[PageText]) -> list[str]:
    """Pages whose font hides its letters: they are read as boxes."""
    hidden = [n for n, t in enumerate(texts, 1) if t.unreadable > _FEW_LETTERS]
    return [f"{_pages(hidden)} partly in a font that does not tell its letters. Compare them."] if hidden else []


def _edges(text: PageText) -> tuple[list[list[Run]], list[list[Run]]]:
    """The first and the last lines of a page; those near its middle are none of either."""
    rows = rows_of(text.runs)
    top = [row for row in rows[:_EDGE_LINES] if row[0].middle < 0.2 * text.height]
    bottom = [row for row in rows[-_EDGE_LINES:] if row[0].middle > 0.8 * text.height and row not in top]
    return top, bottom


def _key(row: Sequence[Run]) -> str:
    """A line as running heads compare: figures and roman page numbers change from page to page."""
    text = " ".join(r.text for r in row).casefold()
    return "#" if _ROMAN.fullmatch(text) else _DIGITS.sub("#", text)


def _furniture(texts: Sequence[PageText], scans: frozenset[int]) -> list[frozenset[int]]:
    """For each page the ids of the runs that are running heads, running feet and page numbers."""
    edges = [([], []) if n in scans else _edges(t) for n, t in enumerate(texts, 1)]
    shared: list[Counter[tuple[str, int]]] = [Counter(), Counter()]
    for sides in edges:
        for side in (0, 1):
            shared[side].update({(_key(row), round(row[0].middle / 4)) for row in sides[side]})
    with_text = sum(bool(top or bottom) for top, bottom in edges)
    wanted = min(_SHARED_PAGES, max(2, with_text))
    found: list[frozenset[int]] = []
    for number, sides in enumerate(edges, 1):
        ids: set[int] = set()
        for side in (0, 1):
            rows = sides[side] if side == 0 else list(reversed(sides[side]))
            for nth, row in enumerate(rows):
                key, at = _key(row), round(row[0].middle / 4)
                times = max(shared[side][(key, at + d)] for d in (-1, 0, 1))
                text = " ".join(r.text for r in row)
                lonely = nth == 0 and is_page_number(text) and (with_text > 1 or text.strip(" -–") == str(number))
                if times >= wanted or lonely:
                    ids.update(id(run) for run in row)
        found.append(frozenset(ids))
    return found


def _parted(runs: Sequence[Run], furniture: frozenset[int]) -> tuple[tuple[Run, ...], tuple[Run, ...], tuple[Run, ...]]:
    """Heads, feet and the other runs of a page."""
    own = tuple(r for r in runs if id(r) not in furniture)
    edge = [r for r in runs if id(r) in furniture]
    if not own:
        return tuple(edge), (), ()
    middle = (min(r.y0 for r in own) + max(r.y1 for r in own)) / 2
    return tuple(r for r in edge if r.middle < middle), tuple(r for r in edge if r.middle >= middle), own


def _body_height(texts: Sequence[PageText]) -> float:
    """The height of the type that most letters are set in, in points."""
    heights: Counter[float] = Counter()
    for text in texts:
        for run in text.runs:
            heights[round(run.height * 4) / 4] += sum(len(w.text) for w in run.words)
    return heights.most_common(1)[0][0] if heights else 0.0


def _compounds(texts: Sequence[PageText]) -> frozenset[str]:
    """Words that the file writes with a hyphen inside a line: at a line's end they keep it."""
    words = (w.text.casefold().strip(".,;:()\"“”„") for t in texts for r in t.runs for w in r.words if "-" in w.text)
    return frozenset(w for w in words if _COMPOUND.fullmatch(w))


def _page_pieces(page: _Page, tables: int, body: float, compounds: frozenset[str]) -> tuple[list[Piece], int]:
    """The pieces of a page in reading order, and the number of tables so far."""
    place = Location(page=page.number)
    pieces = [_line_piece(row, place) for row in rows_of(page.heads)]
    ruled, rest = ruled_tables(page.runs, *page.drawn)
    aligned, rest = aligned_tables(with_markers(rest))
    for group in in_columns([*rest, *ruled, *aligned]):
        waiting: list[Run] = []
        for item in group:
            if isinstance(item, Run):
                waiting.append(item)
                continue
            pieces += _text_pieces(waiting, page, body, compounds)
            waiting = []
            tables += 1
            pieces += _table_pieces(item, tables, place, compounds)
        pieces += _text_pieces(waiting, page, body, compounds)
    pieces += [_line_piece(row, place) for row in rows_of(page.feet)]
    return pieces, tables


def _line_piece(row: Sequence[Run], place: Location) -> Piece:
    return Piece(" ".join(r.text for r in row), "page_furniture", place)


def _text_pieces(runs: Sequence[Run], page: _Page, body: float, compounds: frozenset[str]) -> Iterator[Piece]:
    for paragraph in paragraphs(runs, compounds):
        kind = _kind(paragraph, page.text.height, body)
        level = 1 if kind == "heading" else None
        yield Piece(paragraph.text, kind, Location(page=page.number), None, level)


def _kind(paragraph: Paragraph, height: float, body: float) -> PassageKind:
    if is_heading(paragraph, body):
        return "heading"
    if paragraph.height < _SMALL * body and paragraph.y0 > 0.6 * height:
        return "note"
    return "list_item" if paragraph.marked else "paragraph"


def _table_pieces(table: Table, number: int, place: Location, compounds: frozenset[str]) -> Iterator[Piece]:
    for (row, column), runs in sorted(table.cells.items()):
        for paragraph in paragraphs(runs, compounds):
            here = replace(place, table=number, row=row, column=column)
            yield Piece(paragraph.text, "table_cell", here)


def _add_page(pieces: list[Piece], own: list[Piece]) -> None:
    """Adds the pieces of the next page; a paragraph that goes on over the page's end is made whole."""
    last = next((i for i in range(len(pieces) - 1, -1, -1) if pieces[i].kind != "page_furniture"), None)
    first = next((i for i, p in enumerate(own) if p.kind != "page_furniture"), None)
    if last is not None and first is not None and _runs_on(pieces[last], own[first]):
        pieces[last] = replace(pieces[last], text=join_lines(pieces[last].text, own[first].text))
        own = own[:first] + own[first + 1 :]
    pieces.extend(own)


def _runs_on(above: Piece, below: Piece) -> bool:
    """Whether a paragraph is cut by the end of a page: no full stop before it, a small letter after it."""
    if above.kind not in ("paragraph", "list_item") or below.kind != "paragraph" or above.location.page is None:
        return False
    return above.text[-1:] not in ".!?:;”\"»" and below.text[:1].islower()


def _titled(pieces: list[Piece]) -> list[Piece]:
    """The first headings of a report, before anything else, are its title where more follow."""
    opening = 0
    while opening < len(pieces) and pieces[opening].kind in ("heading", "page_furniture"):
        opening += 1
    heads = [i for i in range(opening) if pieces[i].kind == "heading" and pieces[i].location.page == 1]
    titles = heads[:-1] if len(heads) > 1 else heads
    return [replace(p, kind="title", level=None) if i in titles else p for i, p in enumerate(pieces)]
