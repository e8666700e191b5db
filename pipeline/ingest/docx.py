"""Word documents as a reader sees them: body, tables, boxes, notes, headers; numbers written out, changes accepted.

Reads: the bytes of a .docx, .docm or .dotx. Writes: Reading.

Inserted text is read and deleted text is not; of fields the results are read, of hyperlinks the words. Macros are
never run. Notes, comments, headers and footers stand after the body, each with its part named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from pipeline.errors import UnreadableReport
from pipeline.ingest.blocks import Piece, Reading, count_letters, is_page_number, with_table_heads
from pipeline.ingest.numbering import Numbering, W, is_on, number, read_numbering, symbol, value_of
from pipeline.ingest.package import REPAIR, Package, open_package
from pipeline.ingest.word_styles import Styles, read_styles
from pipeline.model import Location, PassageKind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# What tracked changes take away, and what says nothing.
_GONE = frozenset(
    f"{W}{name}"
    for name in """del moveFrom delText instrText delInstrText rt pPr rPr tblPr sectPr bookmarkStart bookmarkEnd
    sdtPr""".split()
)
_CHANGES = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
          f"{W}softHyphen": "\u00ad"}  # fmt: skip
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"})
# Words: a line all in bold type that is no longer than this and ends without a stop is a heading.
_HEADING_WORDS = 12

_COUNTED = etree.XPath(
    "//w:t[not(ancestor::w:del or ancestor::w:moveFrom or ancestor::mc:Fallback or ancestor::w:rt"
    " or ancestor::w:tr/w:trPr/w:del or parent::w:r/w:rPr/w:vanish)]"
    " | //m:t[not(ancestor::w:del or ancestor::w:moveFrom)]",
    namespaces={"w": W[1:-1], "mc": _MC[1:-1], "m": _M[1:-1]},
)


@dataclass(slots=True)
class _Words:
    """The words of one paragraph while it is walked."""

    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    bold: bool = True


@dataclass(slots=True)
class _Body:
    """What a walk over the parts of one document carries along."""

    styles: Styles
    numbering: Numbering
    part: str | None = None
    page: int | None = None
    tables: int = 0
    fields: list[bool] = field(default_factory=list)
    """For each field that is open, whether its result has begun; before that stands its code."""
    waiting: str = ""
    """Text of a paragraph whose end mark was deleted: it runs on into the next."""
    hidden: int = 0
    heads: set[tuple[int, int]] = field(default_factory=set)


def read_docx(content: bytes, name: str) -> Reading:
    """The document's text. Raises UnreadableReport where the package is broken, hostile or empty."""
    return read_package(open_package(content, name))


def read_package(package: Package) -> Reading:
    """The text of an opened document; each piece knows its paragraph in the package's trees."""
    name = package.name
    main = next(package.related("", "officeDocument"), "word/document.xml")
    if main not in package.names:
        raise UnreadableReport(name, "is a zip, but no Word document", REPAIR)
    root = package.tree(main)
    styles = read_styles(_part(package, main, "styles"))
    body = _Body(styles, read_numbering(_part(package, main, "numbering"), styles.lists))
    if next(root.iter(f"{W}lastRenderedPageBreak"), None) is not None:
        body.page = 1
    pieces: list[Piece] = []
    letters = 0
    changes = 0
    for tree, part in _texts(package, main, root):
        body.part, body.waiting = part, ""
        body.fields.clear()
        own = list(_blocks(body, tree, Location(part=part)))
        if body.waiting:
            own.append(Piece(body.waiting, "paragraph", Location(part=part)))
        if part in ("header", "footer"):
            own = [_furniture(p) for p in own]
            known = {(p.text, p.location.part) for p in pieces}
            fresh = [p for p in own if (p.text, p.location.part) not in known]
            if not fresh:
                continue
            letters -= _letters(own) - _letters(fresh)
            own = fresh
        elif part is not None:
            own = [replace(p, kind="note") if p.kind in ("paragraph", "list_item", "heading") else p for p in own]
        pieces += own
        letters += _counted(tree)
        changes += sum(1 for _ in tree.iter(*_CHANGES))
    drawn = list(_drawn_parts(package, main))
    pieces += drawn
    letters += sum(count_letters(p.text) for p in drawn)
    notes = tuple(_notes(package, root, body, changes))
    return Reading(MEDIA_TYPE, tuple(with_table_heads(pieces, frozenset(body.heads))), notes, letters)


def _counted(tree: etree._Element) -> int:
    """Letters and digits of the tree's text elements, found by one query and not by the walk that reads them."""
    found: Any = _COUNTED(tree)
    return sum(count_letters(t.text or "") for t in found)


def _letters(pieces: list[Piece]) -> int:
    return sum(count_letters(p.text) - p.made for p in pieces)


def _part(package: Package, main: str, kind: str) -> etree._Element | None:
    part = next(package.related(main, kind), None)
    return None if part is None else package.tree(part)


def _texts(package: Package, main: str, root: etree._Element) -> Iterator[tuple[etree._Element, str | None]]:
    """The trees that hold text, in the order they are read, each with its part's name."""
    body = root.find(f"{W}body")
    yield (root if body is None else body), None
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")):
        for part in package.related(main, kind):
            tree = package.tree(part)
            for note in tree.findall(f"{W}{tag}"):
                if note.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                    tree.remove(note)
            yield tree, tag
    relations = package.relations(main)
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for reference in root.iter(f"{W}{kind}Reference"):
            relation = relations.get(reference.get(f"{_R}id", ""))
            if relation is not None and relation.target in package.names and relation.target not in seen:
                seen.add(relation.target)
                yield package.tree(relation.target), kind


def _furniture(piece: Piece) -> Piece:
    """A line of a header or footer: page numbers are furniture, words are to be checked like any others."""
    kind: PassageKind = "page_furniture" if is_page_number(piece.text) else "note"
    return replace(piece, kind=kind) if piece.location.table is None else piece


def _blocks(body: _Body, parent: etree._Element, place: Location) -> Iterator[Piece]:
    """The paragraphs and tables below `parent`, whatever wraps them."""
    for child in parent:
        tag = child.tag
        if tag == f"{W}p":
            yield from _paragraph(body, child, place)
        elif tag == f"{W}tbl":
            yield from _table(body, child)
        elif tag == f"{_MC}AlternateContent":
            yield from _blocks(body, _choice(child), place)
        elif tag not in _GONE:
            yield from _blocks(body, child, place)


def _paragraph(body: _Body, paragraph: etree._Element, place: Location) -> Iterator[Piece]:
    properties = paragraph.find(f"{W}pPr")
    if body.page is not None and place.part is None:
        place = replace(place, page=body.page)
    words = _Words()
    _walk(body, paragraph, words)
    text = body.waiting + "".join(words.parts)
    body.waiting = ""
    mark = None if properties is None else properties.find(f"{W}rPr")
    if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
        body.waiting = text
    else:
        for piece in _finished(body, properties, text, words, place):
            yield replace(piece, origin=paragraph)
    for box in words.boxes:
        outer, body.fields = body.fields, []
        yield from _blocks(body, box, Location(part=body.part or "text_box", page=place.page))
        body.fields = outer


def _finished(
    body: _Body, properties: etree._Element | None, text: str, words: _Words, place: Location
) -> Iterator[Piece]:
    style = body.styles.get(value_of(properties, "pStyle"))
    list_id, ilvl = _list_of(body, properties)
    label = body.numbering.next(list_id, ilvl) if list_id else None
    shown = text.strip()
    if not shown and (label is None or label.bullet or not label.text):
        return
    outline = value_of(properties, "outlineLvl")
    level = style.heading if outline is None else number(outline, 9) + 1
    kind: PassageKind = "paragraph"
    if place.table is not None:
        kind, level = "table_cell", None
    elif style.is_title:
        kind, level = "title", None
    elif level is not None and level <= 9:
        kind = "heading"
    elif label is not None and not (label.text and _heads_article(label.text, shown)):
        kind, level = "list_item", label.level
    elif label is not None or (words.bold and _looks_like_heading(shown)):
        kind, level = "heading", label.level if label else None
    else:
        level = None
    prefix = f"{label.text} " if label and label.text else ""
    yield Piece(prefix + shown, kind, place, None, level, count_letters(prefix))


def _heads_article(label: str, text: str) -> bool:
    """Whether an automatic number with words in it, `Neni 5`, `Article 5`, heads its own line."""
    return any(len(word) > 2 and word.isalpha() for word in label.split()) and len(text.split()) <= _HEADING_WORDS


def _looks_like_heading(text: str) -> bool:
    return bool(text) and "\n" not in text and text[-1] not in ".;:,!?" and len(text.split()) <= _HEADING_WORDS


def _list_of(body: _Body, properties: etree._Element | None) -> tuple[str, int]:
    """The list and its level, from 0, that the paragraph belongs to; empty where it belongs to none."""
    name = value_of(properties, "pStyle")
    style = body.styles.get(name)
    direct = None if properties is None else properties.find(f"{W}numPr")
    list_id = value_of(direct, "numId")
    ilvl = value_of(direct, "ilvl")
    if list_id is None:
        list_id = style.list_id
    if list_id in (None, "", "0"):
        return "", 0
    if ilvl is not None:
        return list_id, number(ilvl, 0)
    if style.list_level is not None and list_id == style.list_id:
        return list_id, style.list_level
    return list_id, body.numbering.level_of_style(list_id, style.list_style or name or "")


def _choice(alternate: etree._Element) -> etree._Element:
    """Of the renderings of one drawing the first that Word takes; the old one where only that holds text."""
    choice = alternate.find(f"{_MC}Choice")
    fallback = alternate.find(f"{_MC}Fallback")
    if choice is None or (fallback is not None and not _has_text(choice) and _has_text(fallback)):
        return fallback if fallback is not None else alternate
    return choice


def _has_text(element: etree._Element) -> bool:
    return next(element.iter(f"{W}t"), None) is not None


def _walk(body: _Body, element: etree._Element, words: _Words) -> None:
    """Adds the words below `element` as they show."""
    for child in element:
        tag = child.tag
        if tag == f"{W}r":
            _run(body, child, words)
        elif tag == f"{_M}t":
            words.parts.append(child.text or "")
        elif tag in _DRAWN:
            _drawing(child, words)
        elif tag not in _GONE and tag not in (f"{W}p", f"{W}tbl"):
            _walk(body, child, words)


def _run(body: _Body, run: etree._Element, words: _Words) -> None:
    properties = run.find(f"{W}rPr")
    vanished = properties is not None and is_on(properties.find(f"{W}vanish"))
    bold = properties is not None and is_on(properties.find(f"{W}b"))
    for child in run:
        tag = child.tag
        if tag == f"{W}fldChar":
            _field(body, child.get(f"{W}fldCharType", ""))
        elif body.fields and not all(body.fields):
            continue
        elif tag == f"{W}t":
            text = child.text or ""
            if vanished:
                body.hidden += count_letters(text)
            else:
                words.parts.append(text.replace("\n", " ").replace("\t", " "))
                words.bold = words.bold and (bold or not text.strip())
        elif tag == f"{W}lastRenderedPageBreak":
            body.page = (body.page or 1) + 1
        elif tag in _SIGNS:
            words.parts.append(_SIGNS[tag])
        elif tag == f"{W}sym":
            words.parts.append(symbol(int(child.get(f"{W}char", "2022")[:4], 16) if _is_hex(child) else 0x2022))
        elif tag in _DRAWN:
            _drawing(child, words)
        elif tag not in _GONE:
            _walk(body, child, words)


def _is_hex(sign: etree._Element) -> bool:
    text = sign.get(f"{W}char", "")
    return 0 < len(text) <= 4 and all(c in "0123456789abcdefABCDEF" for c in text)


def _field(body: _Body, kind: str) -> None:
    if kind == "begin":
        body.fields.append(False)
    elif kind == "separate" and body.fields:
        body.fields[-1] = True
    elif kind == "end" and body.fields:
        body.fields.pop()


def _drawing(element: etree._Element, words: _Words) -> None:
    """Keeps the text boxes in a drawing for after the paragraph."""
    if element.tag == f"{_MC}AlternateContent":
        element = _choice(element)
    if element.tag == f"{W}txbxContent":
        words.boxes.append(element)
        return
    for child in element:
        _drawing(child, words)


def _table(body: _Body, table: etree._Element) -> Iterator[Piece]:
    body.tables += 1
    this = body.tables
    for r, row in enumerate(_inside(table, f"{W}tr"), 1):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        if properties is not None and is_on(properties.find(f"{W}tblHeader")):
            body.heads.add((this, r))
        column = 1 + number(value_of(properties, "gridBefore"), 0)
        for cell in _inside(row, f"{W}tc"):
            shape = cell.find(f"{W}tcPr")
            yield from _blocks(body, cell, Location(table=this, row=r, column=column, part=body.part))
            column += max(1, number(value_of(shape, "gridSpan"), 1))


def _inside(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those that controls and changes wrap."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag not in _GONE and child.tag not in (f"{W}tc", f"{W}tbl", f"{W}p"):
            yield from _inside(child, wanted)


def _drawn_parts(package: Package, main: str) -> Iterator[Piece]:
    """Words in diagrams and charts, which are parts of their own."""
    for kind, part_name in (("diagramData", "diagram"), ("chart", "chart")):
        for part in package.related(main, kind):
            tree = package.tree(part)
            for paragraph in tree.iter(f"{_A}p"):
                yield Piece("".join(t.text or "" for t in paragraph.iter(f"{_A}t")), "note", Location(part=part_name))
            names = (v.text or "" for c in tree.iter(f"{_C}strCache") for v in c.iter(f"{_C}v"))
            for words in dict.fromkeys(names):
                yield Piece(words, "note", Location(part=part_name))


def _notes(package: Package, root: etree._Element, body: _Body, changes: int) -> Iterator[str]:
    if changes:
        yield f"The file has {changes} tracked changes; it was read as if all were accepted."
    if next(root.iter(f"{W}commentReference"), None) is not None:
        yield "The file has comments; they stand after the text."
    if body.hidden:
        yield f"{body.hidden} letters of hidden text were left out."
    if any(n.lower().endswith("vbaproject.bin") for n in package.names):
        yield "The file holds macros; they were not run."
    pictures = sum(n.startswith("word/media/") for n in package.names)
    if pictures:
        yield f"Words in the file's {pictures} pictures were not read."
    embedded = sum(n.startswith("word/embeddings/") for n in package.names) + len(root.findall(f".//{W}altChunk"))
    if embedded:
        yield f"{embedded} documents inside the file were not read."
