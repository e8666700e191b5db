"""The report's own Word file with its translations after each paragraph or in its place; layout and styles kept.

Reads: Run and the Word file it was made from. Writes: a .docx file.

The file is read again in the way it was read for the run, so that each translation finds its paragraph by place and
not by its words. What a machine has drafted is shaded until a person has approved it.
"""

from __future__ import annotations

import bisect
import copy
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pipeline.errors import ExportError, UnreadableReport
from pipeline.export.rows import mark_of
from pipeline.export.wordml import LANG_TAGS
from pipeline.export.xml_text import xml_text, zipped
from pipeline.ingest.blocks import Piece, assemble, count_letters, tidy
from pipeline.model import Run, TranslationUnit

if TYPE_CHECKING:
    from pipeline.ingest.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Words of automatic numbers, Albanian and English: `Neni %1` becomes `Article %1` where the text is replaced.
_NUMBER_WORDS = (
    ("Neni", "Article"), ("Kreu", "Chapter"), ("Kapitulli", "Chapter"), ("Pjesa", "Part"), ("Seksioni", "Section"),
    ("Titulli", "Title"), ("Pika", "Point"), ("Paragrafi", "Paragraph"), ("Aneksi", "Annex"), ("Shtojca", "Annex"),
    ("Tabela", "Table"), ("Figura", "Figure"), ("Veprimi", "Action"), ("Masa", "Measure"), ("Objektivi", "Objective"),
)  # fmt: skip

# Background of a machine's draft, and the colour of an added translation; RRGGBB.
_DRAFT, _ADDED = "FDF5DF", "4A5560"


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph of the file, the automatic number that Word puts before it, and its translation."""

    paragraph: Any
    number: str
    text: str
    draft: bool


def write_original(run: Run, original: Path, path: Path, *, target: Literal["sq", "en"], replace: bool = False) -> int:
    """Writes `original` with the translations into `target` that `run` has; returns how many there were.

    Each is put after its paragraph, or with `replace` in its place. A paragraph without a translation, already in
    `target`, or with its counterpart elsewhere in the report stays as it is. Raises ExportError where the file is
    not the one that the run was made from.
    """
    package = _opened(run, original)
    places = list(_places(run, package, target))
    changed = {id(place.paragraph.getroottree().getroot()) for place in places}
    if replace:
        changed |= _numbers_translated(package, target)
    for place in places:
        if replace:
            _put_in(place, target)
        else:
            place.paragraph.addnext(_beside(place, target))
    for root in package.trees.values():
        if id(root) in changed:
            _renew_fallbacks(root)
    from lxml import etree

    parts: list[tuple[str, bytes | str]] = []
    for name in package.archive.namelist():
        tree = package.trees.get(name)
        if tree is not None and id(tree) in changed:
            parts.append((name, bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))))
        else:
            parts.append((name, package.read(name)))
    path.write_bytes(zipped(parts))
    return len(places)


def _renew_fallbacks(tree: Any) -> None:
    """Text boxes stand twice in a file, for new programs and for old ones: the second is made like the first."""
    for both in tree.iter(f"{_MC}AlternateContent"):
        choice = both.find(f"{_MC}Choice//{_W}txbxContent")
        fallback = both.find(f"{_MC}Fallback//{_W}txbxContent")
        if choice is not None and fallback is not None:
            fallback[:] = [copy.deepcopy(child) for child in choice]


def _opened(run: Run, original: Path) -> Package:
    from pipeline.ingest.detect import format_of
    from pipeline.ingest.package import open_package

    try:
        content = original.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise ExportError(str(original), problem, "Name the report's Word file.") from error
    if hashlib.sha256(content).hexdigest()[:16] != run.document.doc_id:
        remedy = "Name the file that the run was made from, or run the report again."
        raise ExportError(str(original), "is not the file this run was made from", remedy)
    try:
        if format_of(content, original.name) != "docx":
            raise ExportError(str(original), "is no Word file (.docx)", "Only .docx can keep its layout.")
        return open_package(content, original.name)
    except UnreadableReport as error:
        raise ExportError(str(original), error.problem, error.remedy) from error


def _places(run: Run, package: Package, target: str) -> Iterator[_Place]:
    """The paragraphs that have a translation, in the file's order."""
    from pipeline.ingest.docx import read_package

    pieces = [p for p in read_package(package).pieces if tidy(p.text)]
    source, blocks = assemble(pieces)
    if source != run.document.source_text:
        remedy = "Run the report again, without masks, and export that run."
        raise ExportError(package.name, "is read otherwise than this run has it", remedy)
    starts = [block.start for block in blocks]
    of_block: dict[int, list[TranslationUnit]] = {}
    for unit in _units(run, target):
        of_block.setdefault(max(0, bisect.bisect_right(starts, unit.start) - 1), []).append(unit)
    for index, units in sorted(of_block.items()):
        piece = pieces[index]
        if piece.origin is None:
            continue
        text = " ".join(unit.target_text for unit in units)
        draft = any(mark_of(unit) in ("machine", "memory") for unit in units)
        yield _Place(piece.origin, _number(piece), text, draft)


def _units(run: Run, target: str) -> Iterator[TranslationUnit]:
    """Whole passages that were translated into `target`; counterparts stand in the file already."""
    bounds = {p.passage_id: (p.start, p.end) for p in run.passages}
    for unit in run.units:
        whole = bounds[unit.passage_id] == (unit.start, unit.end)
        if whole and unit.target_lang == target and unit.target_text.strip() and unit.origin != "aligned":
            yield unit


def _number(piece: Piece) -> str:
    """The automatic number at the start of a piece's text; empty where there is none."""
    if not piece.made:
        return ""
    words = piece.text.split(" ")
    end = next((n for n in range(1, len(words) + 1) if count_letters(" ".join(words[:n])) >= piece.made), 0)
    return " ".join(words[:end])


def _put_in(place: _Place, target: str) -> None:
    """The translation in the paragraph's first run with text; the other runs keep what is not text."""
    own = [t for t in place.paragraph.iter(f"{_W}t") if _is_own(t, place.paragraph)]
    if not own:
        # Nothing but an automatic number, which speaks the language already, or but symbols.
        return
    text = _without_lead(place.text, place.number, target)
    if not text:
        # A draft that is nothing but the number has lost the words: the report's own stay.
        return
    _empty_lead_in(place.paragraph)
    _drop_fields(place.paragraph)
    for element in own[1:]:
        element.text = ""
    for name in ("tab", "br", "cr"):
        for element in list(place.paragraph.iter(f"{_W}{name}")):
            in_run = element.getparent().tag == f"{_W}r" and _paragraph_of(element) is place.paragraph
            if in_run and element.get(f"{_W}type") != "page":
                element.getparent().remove(element)
    own[0].text = xml_text(text)
    own[0].set(_SPACE, "preserve")
    _mark(own[0].getparent(), place.draft, target)


def _numbers_translated(package: Package, target: str) -> set[int]:
    """Puts the words of automatic numbers into the target language; which trees it changed."""
    changed: set[int] = set()
    for name in package.names:
        if name.startswith("word/numbering") and name.endswith(".xml"):
            tree = package.tree(name)
            for level in tree.iter(f"{_W}lvlText"):
                old = level.get(f"{_W}val") or ""
                new = number_in(old, target)
                if new != old:
                    level.set(f"{_W}val", new)
                    changed.add(id(tree))
    return changed


def number_in(number: str, target: str) -> str:
    """An automatic number with its words in the target language, in capitals where they were.

    >>> number_in("Neni 5", "en"), number_in("KREU II", "en"), number_in("Article %1", "sq"), number_in("a)", "en")
    ('Article 5', 'CHAPTER II', 'Neni %1', 'a)')
    """
    words = dict(_NUMBER_WORDS) if target == "en" else {en: sq for sq, en in reversed(_NUMBER_WORDS)}
    known = {old.casefold(): new for old, new in words.items()}
    parts = number.split(" ")
    for i, part in enumerate(parts):
        new = known.get(part.casefold())
        if new is not None:
            parts[i] = new.upper() if part.isupper() else new if part[:1].isupper() else new.lower()
    return " ".join(parts)


def _without_lead(text: str, number: str, target: str) -> str:
    """A translation without the number that Word will put before it; all of it where it begins otherwise."""
    if not number:
        return text
    for lead in (number, number_in(number, target), number.rsplit(" ", 1)[-1]):
        if text.casefold().startswith(lead.casefold()) and not text[len(lead) : len(lead) + 1].isalnum():
            return text[len(lead) :].lstrip(" .:")
    return text


def _empty_lead_in(paragraph: Any) -> None:
    """Empties the paragraphs before this one whose ends were deleted: their words were read as its own."""
    before = paragraph.getprevious()
    while before is not None and before.tag == f"{_W}p" and before.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
        for element in before.iter(f"{_W}t"):
            element.text = ""
        before = before.getprevious()


def _drop_fields(paragraph: Any) -> None:
    """Takes the codes of fields out: updating them would bring the old words back."""
    marks = [m for m in paragraph.iter(f"{_W}fldChar") if _paragraph_of(m) is paragraph]
    kinds = [m.get(f"{_W}fldCharType") for m in marks]
    if kinds.count("begin") != kinds.count("end"):
        # A field that reaches over several paragraphs, such as a table of contents.
        return
    codes = [c for c in paragraph.iter(f"{_W}instrText") if _paragraph_of(c) is paragraph]
    for element in [*marks, *codes]:
        element.getparent().remove(element)


def _is_own(text: Any, paragraph: Any) -> bool:
    """Whether a text shows in the paragraph itself: not in a box in it, and not deleted."""
    for above in text.iterancestors():
        if above is paragraph:
            return True
        if above.tag in (f"{_W}p", f"{_W}del", f"{_W}moveFrom"):
            return False
    return False


def _paragraph_of(element: Any) -> Any:
    """The paragraph that the element stands in: not that of a text box around it."""
    return next((a for a in element.iterancestors(f"{_W}p")), None)


def _mark(run: Any, draft: bool, target: str) -> None:
    """Shades a draft, and says which language the run is in."""
    from lxml import etree

    properties = run.find(f"{_W}rPr")
    if properties is None:
        properties = etree.Element(f"{_W}rPr")
        run.insert(0, properties)
    for name in ("shd", "lang") if draft else ("lang",):
        for old in properties.findall(f"{_W}{name}"):
            properties.remove(old)
    if draft:
        shade = etree.SubElement(properties, f"{_W}shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", _DRAFT)):
            shade.set(f"{_W}{key}", value)
    etree.SubElement(properties, f"{_W}lang").set(f"{_W}val", LANG_TAGS[target])


def _without_number(paragraph: Any) -> None:
    """Switches automatic numbering off, also where the style has it."""
    from lxml import etree

    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        paragraph.insert(0, properties)
    old = properties.find(f"{_W}numPr")
    if old is not None:
        properties.remove(old)
    numbering = etree.Element(f"{_W}numPr")
    etree.SubElement(numbering, f"{_W}numId").set(f"{_W}val", "0")
    # The order of a paragraph's properties is fixed: style, keeping with the next, and then the number.
    first = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
    before = {f"{_W}{name}" for name in first}
    at = sum(1 for child in properties if child.tag in before)
    properties.insert(at, numbering)


def _beside(place: _Place, target: str) -> Any:
    """A paragraph of the same style with the translation, without a number of its own."""
    from lxml import etree

    new = etree.Element(f"{_W}p")
    properties = place.paragraph.find(f"{_W}pPr")
    if properties is not None:
        kept = copy.deepcopy(properties)
        for name in ("sectPr", "rPr", "pPrChange"):
            for element in kept.findall(f"{_W}{name}"):
                kept.remove(element)
        new.append(kept)
    _without_number(new)
    run = etree.SubElement(new, f"{_W}r")
    formatting = etree.SubElement(run, f"{_W}rPr")
    etree.SubElement(formatting, f"{_W}i")
    etree.SubElement(formatting, f"{_W}color").set(f"{_W}val", _ADDED)
    text = etree.SubElement(run, f"{_W}t")
    text.set(_SPACE, "preserve")
    text.text = xml_text(place.text)
    _mark(run, place.draft, target)
    return new
