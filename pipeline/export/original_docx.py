"""The original Word file with its translations after each paragraph or in its place; layout, tables and styles kept.

Reads: Run and the Word file it was made from. Writes: a Word file.
"""

from __future__ import annotations

import copy
import hashlib
import io
import zipfile
from collections import deque
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import ExportError
from pipeline.export.xml_text import xml_text, zipped
from pipeline.model import Run

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# Longest automatic number in front of a paragraph, in characters: "Article 293/ç "; longer is other text.
NUMBER_LENGTH = 15

# Parts of a Word file that hold text a reader sees.
_TEXT_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


def write_original(run: Run, original: Path, path: Path, *, target: Literal["sq", "en"], replace: bool = False) -> None:
    """Writes `original` with the translations into `target` that `run` has.

    Each is put after its paragraph in grey italics, or with `replace` in its place with the paragraph's first
    formatting. A paragraph without a translation, or already in `target`, stays as it is. Raises ExportError where
    the file is not the one that the run was made from.
    """
    try:
        content = original.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise ExportError(str(original), problem, "Name the report's Word file.") from error
    if hashlib.sha256(content).hexdigest()[:16] != run.document.doc_id:
        remedy = "Name the file that the run was made from, or run the report again."
        raise ExportError(str(original), "is not the file this run was made from", remedy)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise ExportError(str(original), "is no Word file (.docx)", "Only .docx can keep its layout.") from error
    waiting = _translations(run, target)
    parts: list[tuple[str, bytes | str]] = []
    with archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name in _TEXT_PARTS or name.startswith(("word/header", "word/footer")):
                part = _translated_part(part, waiting, replace)
            parts.append((name, part))
    path.write_bytes(zipped(parts))


def _translations(run: Run, target: str) -> dict[str, deque[str]]:
    """Source text -> its translations in reading order; the same text may have several, one a place."""
    found: dict[str, deque[str]] = {}
    for unit in run.units:
        if unit.target_lang == target and unit.target_text.strip():
            found.setdefault(_key(unit.source_text), deque()).append(unit.target_text)
    return found


def _key(text: str) -> str:
    """Text as it is compared between the file and the run: words only, since numbering is not in the file's text."""
    return " ".join(text.split())


def _translated_part(part: bytes, waiting: dict[str, deque[str]], replace: bool) -> bytes:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(part, parser)
    for paragraph in list(root.iter(f"{_W}p")):
        text = _key("".join(t.text or "" for t in paragraph.iter(f"{_W}t")))
        translation = _take(text, waiting)
        if translation is None:
            continue
        if replace:
            _replace_text(paragraph, translation)
        else:
            paragraph.addnext(_new_paragraph(paragraph, translation))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _take(text: str, waiting: dict[str, deque[str]]) -> str | None:
    """The translation of a paragraph's text; automatic numbering in front of the run's text is allowed for."""
    if not text:
        return None
    numbered = (k for k in waiting if k.endswith(text) and len(k) - len(text) < NUMBER_LENGTH)
    key = text if text in waiting else next(numbered, None)
    if key is None:
        return None
    translations = waiting[key]
    return translations.popleft() if len(translations) > 1 else translations[0]


def _replace_text(paragraph: Any, translation: str) -> None:
    """Puts the translation into the first run with text and empties the others."""
    first = True
    for text in paragraph.iter(f"{_W}t"):
        text.text = xml_text(translation) if first else ""
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        first = False


def _new_paragraph(paragraph: Any, translation: str) -> Any:
    """A paragraph of the same style with the translation in grey italics; numbering is not repeated."""
    from lxml import etree

    new = etree.Element(f"{_W}p")
    properties = paragraph.find(f"{_W}pPr")
    if properties is not None:
        kept = copy.deepcopy(properties)
        for name in ("numPr", "sectPr", "rPr"):
            for element in kept.findall(f"{_W}{name}"):
                kept.remove(element)
        new.append(kept)
    run = etree.SubElement(new, f"{_W}r")
    formatting = etree.SubElement(run, f"{_W}rPr")
    etree.SubElement(formatting, f"{_W}i")
    etree.SubElement(formatting, f"{_W}color").set(f"{_W}val", "566069")
    text = etree.SubElement(run, f"{_W}t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = xml_text(translation)
    return new
