"""Web pages: the text a reader came for, without menus and other boilerplate, with tables, lists and `lang` kept.

Reads: the bytes of an .html file. Writes: Reading.

What is left out as boilerplate is counted in a note. Nothing is loaded: no script, style, picture or other page.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.errors import UnreadableReport
from pipeline.ingest.blocks import Piece, Reading, count_letters, with_table_heads
from pipeline.ingest.text import decode
from pipeline.model import Lang, Location, PassageKind

MEDIA_TYPE = "text/html"

# `<meta charset="utf-8">`, `<meta http-equiv=... content="text/html; charset=windows-1250">`, `<?xml encoding="..."?>`
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)

# Elements whose words no reader sees.
_UNSEEN = frozenset("script style noscript template head title meta link svg math canvas audio video iframe object "
                    "select option button datalist map".split())  # fmt: skip

# Elements that say by their name that they are not the text.
_BOILERPLATE = frozenset("nav footer aside form dialog menu".split())
_BOILERPLATE_ROLES = frozenset("navigation banner contentinfo search complementary menu menubar dialog".split())
_BOILERPLATE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|cookies?|footer|social|share|sharing|advert|ads|popup|"
    r"newsletter|pagination|skip-?link)(?:$|[\s_-])",
    re.IGNORECASE,
)

# Elements that begin a piece of text of their own.
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody td tfoot th
    thead tr ul""".split()
)

# A page whose boilerplate is more than this share of its words has been misjudged: all of it is read.
_MOST_BOILERPLATE = 0.75

# Elements within elements: deeper pages are made to break readers.
_DEEPEST = 400


@dataclass(slots=True)
class _Walk:
    """What a walk over the page carries along."""

    keep_all: bool
    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tables: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page the walk is."""

    kind: PassageKind = "paragraph"
    lang: Lang | None = None
    level: int | None = None
    location: Location = field(default_factory=Location)
    marker: str = ""
    depth: int = 0


def read_html(content: bytes, name: str) -> Reading:
    """The page's text. Raises UnreadableReport where there is none or it is nested too deep."""
    from lxml import html as parser

    text, notes = _decoded(content, name)
    # An XML declaration in a text that is decoded already confuses the parser.
    text = re.sub(r"^\s{0,200}<\?xml[^>]{0,300}\?>", "", text)
    try:
        root = parser.document_fromstring(text, parser=parser.HTMLParser(no_network=True, huge_tree=False))
    except Exception as error:
        problem = f"is no web page that can be read ({type(error).__name__})"
        raise UnreadableReport(name, problem, "Save it anew.") from error
    for kept in (False, True):
        walk = _Walk(kept)
        _visit(walk, root, _Place(lang=_language(root.get("lang") or root.get(f"{_XML}lang"))))
        _flush(walk, _Place())
        held = sum(count_letters(p.text) - p.made for p in walk.pieces)
        if kept or walk.left_out <= _MOST_BOILERPLATE * (held + walk.left_out):
            break
    if walk.left_out:
        notes.append(f"{walk.left_out} letters of menus and other boilerplate were left out.")
    letters = sum(count_letters(t) for t in _seen_texts(root)) - walk.left_out
    return Reading(MEDIA_TYPE, tuple(with_table_heads(walk.pieces)), tuple(notes), letters)


_XML = "{http://www.w3.org/XML/1998/namespace}"


def _decoded(content: bytes, name: str) -> tuple[str, list[str]]:
    """The text, in the encoding that the markup names; where that is wrong, as a text file is read, with a note."""
    declared = _CHARSET.search(content[:4096])
    if declared and not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = declared.group(1).decode("ascii", "replace").lower()
        # What pages call latin-1 is Windows-1252, as every browser reads it.
        encoding = "cp1252" if encoding in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else encoding
        try:
            return content.decode(encoding), [] if encoding.startswith("utf") else [f"The page is in {encoding}."]
        except (LookupError, UnicodeDecodeError):
            wrong = [f"The page says it is in {encoding}, and is not."]
    else:
        wrong = []
    try:
        text, note = decode(content)
    except UnicodeDecodeError as error:
        problem = f"is in no encoding we know (byte {error.start})"
        raise UnreadableReport(name, problem, "Save it as UTF-8 in the program that wrote it.") from error
    return text, wrong + ([note] if note else [])


def _language(tag: str | None) -> Lang | None:
    """Albanian or English of a `lang` attribute such as `sq`, `sq-AL`, `en_GB`."""
    if not tag:
        return None
    short = re.split(r"[-_]", tag.strip().casefold())[0]
    return {"sq": "sq", "alb": "sq", "sqi": "sq", "en": "en", "eng": "en"}.get(short)  # type: ignore[return-value]


def _name(element: Any) -> str:
    """The element's name; empty for comments and the like."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _is_boilerplate(element: Any, name: str) -> bool:
    if name in ("body", "html", "main", "article", "table", "td", "tr", "th"):
        return False
    if name in _BOILERPLATE or (element.get("role") or "").lower() in _BOILERPLATE_ROLES:
        return True
    return bool(_BOILERPLATE_NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or element.get("aria-hidden") == "true"


def _visit(walk: _Walk, element: Any, place: _Place) -> None:
    """Gathers the words below an element; blocks end the piece that is open."""
    name = _name(element)
    if not name or name in _UNSEEN or _is_hidden(element):
        return
    if place.depth > _DEEPEST:
        raise UnreadableReport("", "is nested too deep", "Save it anew.")
    if not walk.keep_all and _is_boilerplate(element, name):
        walk.left_out += sum(count_letters(t) for t in _seen_texts(element))
        return
    lang = _language(element.get("lang") or element.get(f"{_XML}lang")) or place.lang
    inside = replace(place, lang=lang, depth=place.depth + 1)
    block = name in _BLOCKS
    if lang != place.lang and not block:
        # A phrase in the other language stays in its sentence; only whole blocks give a hint.
        inside = replace(inside, lang=place.lang)
    if block:
        _flush(walk, place)
        inside = _inside_block(walk, element, name, inside)
    if name == "table":
        _table(walk, element, inside)
        return
    if name == "br":
        walk.words.append("\n")
    if element.text:
        walk.words.append(element.text)
    for child in element:
        _visit(walk, child, inside)
        if child.tail:
            walk.words.append(child.tail)
    if block:
        _flush(walk, inside)


def _inside_block(walk: _Walk, element: Any, name: str, place: _Place) -> _Place:
    """The place inside a block: what it makes of its text."""
    if len(name) == 2 and name[0] == "h" and name[1].isdigit():
        kind: PassageKind = "heading"
        return replace(place, kind=kind, level=int(name[1]), marker="")
    if name in ("ul", "ol"):
        deeper = (place.level or 0) + 1 if place.kind == "list_item" else 1
        return replace(place, level=deeper, kind="list_item", marker="")
    if name == "li":
        return replace(place, kind="list_item", level=place.level or 1, marker=_marker(element))
    if name in ("caption", "figcaption") and place.location.table is None:
        return replace(place, kind="paragraph", marker="")
    return place


def _marker(item: Any) -> str:
    """The number that a browser shows before an item of an ordered list; nothing before one of an unordered list."""
    parent = item.getparent()
    if parent is None or _name(parent) != "ol":
        return ""
    try:
        value = int(parent.get("start") or 1)
    except ValueError:
        value = 1
    for sibling in parent:
        if _name(sibling) == "li":
            with contextlib.suppress(ValueError):
                value = int(sibling.get("value") or value)
            if sibling is item:
                break
            value += 1
    from pipeline.ingest.numbering import format_counter

    forms = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    return f"{format_counter(value, forms.get(parent.get('type') or '', 'decimal'))}. "


def _flush(walk: _Walk, place: _Place) -> None:
    """Ends the open piece: white space as a browser shows it."""
    lines = [" ".join(line.split(" ")) for line in _shown("".join(walk.words)).split("\n")]
    walk.words.clear()
    text = "\n".join(line.strip() for line in lines if line.strip())
    if text:
        kind = "table_cell" if place.location.table is not None and place.kind == "paragraph" else place.kind
        made = count_letters(place.marker)
        level = place.level if kind in ("heading", "list_item") else None
        walk.pieces.append(Piece(place.marker + text, kind, place.location, place.lang, level, made))


def _shown(text: str) -> str:
    """White space but for the no-break space and our own line breaks, collapsed.

    >>> _shown(" a  b ")
    ' a b '
    """
    return re.sub(r"[ \t\r\f\v]+", " ", text)


def _table(walk: _Walk, table: Any, place: _Place) -> None:
    """A table's rows and cells; one that only lays the page out, with one column or blocks in it, is no table."""
    rows = list(_rows(table))
    if max((len(_cells(row)) for row in rows), default=0) < 2 or table.get("role") == "presentation":
        for row in rows:
            for cell in _cells(row):
                _cell(walk, cell, replace(place, location=Location()))
        return
    walk.tables += 1
    number = walk.tables
    for caption in table:
        if _name(caption) == "caption":
            _cell(walk, caption, replace(place, location=Location()))
    taken: dict[int, int] = {}
    for r, row in enumerate(rows, 1):
        column = 1
        lang = _language(row.get("lang")) or place.lang
        for cell in _cells(row):
            while taken.get(column, 0) >= r:
                column += 1
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            kind: PassageKind = "table_header" if _name(cell) == "th" and (r == 1 or _all_heads(row)) else "paragraph"
            here = Location(table=number, row=r, column=column)
            _cell(walk, cell, replace(place, kind=kind, location=here, level=None, marker="", lang=lang))
            for covered in range(column, column + width):
                if height > 1:
                    taken[covered] = r + height - 1
            column += width


def _cell(walk: _Walk, cell: Any, place: _Place) -> None:
    _visit(walk, cell, place)
    _flush(walk, place)


def _all_heads(row: Any) -> bool:
    return all(_name(c) == "th" for c in _cells(row))


def _span(cell: Any, name: str) -> int:
    """Rows or columns that a cell covers; nonsense counts as one."""
    text = (cell.get(name) or "1").strip()
    return min(int(text), 100) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) else 1


def _rows(table: Any) -> Iterator[Any]:
    """The table's own rows, not those of tables inside it."""
    for child in table:
        name = _name(child)
        if name == "tr":
            yield child
        elif name in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _cells(row: Any) -> list[Any]:
    return [c for c in row if _name(c) in ("td", "th")]


def _seen_texts(root: Any) -> Iterator[str]:
    """Every text below an element that a reader could see: what coverage is counted against."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = _name(element)
        if not name or name in _UNSEEN or _is_hidden(element):
            continue
        if element.text:
            yield element.text
        for child in element:
            waiting.append(child)
            if child.tail:
                yield child.tail
