"""Reads a report's file into a Document: one file a format, chosen by content.

Reads: a file. Writes: Document.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from pipeline.errors import UnreadableReport
from pipeline.ingest.blocks import Reading, assemble, coverage_note
from pipeline.ingest.detect import FAMILY, SUFFIXES, format_of
from pipeline.ingest.normalise import find_repairs
from pipeline.ingest.text import decode
from pipeline.model import Block, Document
from pipeline.spans import apply_repairs

__all__ = ["LARGEST", "SUFFIXES", "read_bytes", "read_document"]

# Largest file taken, in bytes. A report of 1,000 pages as text is about 3 MB.
LARGEST = 50 * 1024 * 1024


def read_document(path: Path) -> Document:
    """The report at `path`. Raises UnreadableReport naming the file, the reason and the remedy."""
    content = read_bytes(path)
    if not content.strip():
        raise UnreadableReport(str(path), "is empty", "Check that it was saved, and name the right file.")
    try:
        return _document(content, path)
    except UnreadableReport as error:
        # A reader knows the file's name; the user may have several of that name.
        place = str(path) + error.place.removeprefix(path.name) if error.place.startswith(path.name) else error.place
        raise UnreadableReport(place, error.problem, error.remedy) from error


def _document(content: bytes, path: Path) -> Document:
    format_name = format_of(content, path.name)
    if format_name == "txt":
        text, note = decoded(content, path.name)
        return _with_repairs(content, path.name, "text/plain", text, (), (note,) if note else ())
    reading = _reading(format_name, content, path)
    text, blocks = assemble(reading.pieces)
    if not any(c.isalnum() for c in text):
        remedy = "If it holds pictures of pages, save it as a PDF, and name that file."
        raise UnreadableReport(path.name, "holds no text", remedy)
    notes = [*reading.notes]
    if FAMILY.get(path.suffix.lower(), format_name) != format_name:
        notes.insert(0, f"The file is called {path.suffix}, but is {format_name.upper()}; it was read as that.")
    if lost := coverage_note(reading):
        notes.append(lost)
    return _with_repairs(content, path.name, reading.media_type, text, blocks, tuple(notes))


def _reading(format_name: str, content: bytes, path: Path) -> Reading:
    """What the format's reader makes of the file: of plain formats here, of the others in a process of their own."""
    if format_name in ("md", "csv"):
        text, note = decoded(content, path.name)
        if format_name == "md":
            from pipeline.ingest.markdown import read_markdown

            reading = read_markdown(text)
        else:
            from pipeline.ingest.spreadsheet import read_csv

            reading = read_csv(text, path.name)
        return replace(reading, notes=((note,) if note else ()) + reading.notes)
    if format_name == "zip":
        problem = "is an archive of files, not a report"
        remedy = "Give it the ending .zip, and each report in it is read; or unpack it."
        raise UnreadableReport(path.name, problem, remedy)
    if format_name in ("odt", "rtf", "doc"):
        from pipeline.ingest.office import read_office

        return read_office(format_name, content, path.name)
    from pipeline.ingest.sandbox import read_in_child

    return read_in_child(format_name, content, path.name)


def decoded(content: bytes, name: str) -> tuple[str, str | None]:
    """The text of the bytes, and a note on their encoding. Raises UnreadableReport where none fits."""
    try:
        text, note = decode(content)
    except UnicodeDecodeError as error:
        remedy = "Save it as UTF-8 in the program that wrote it."
        raise UnreadableReport(name, f"is in no encoding we know (byte {error.start})", remedy) from error
    if not text.strip():
        raise UnreadableReport(name, "is empty", "Check that it was saved, and name the right file.")
    return text, note


def _with_repairs(
    content: bytes, name: str, media_type: str, text: str, blocks: tuple[Block, ...], notes: tuple[str, ...]
) -> Document:
    repairs = find_repairs(text)
    clean, _ = apply_repairs(text, repairs)
    damaged = sum(r.kind != "soft_hyphen" for r in repairs)
    if damaged:
        notes = (*notes, f"{damaged} damaged characters were repaired for reading; the source text keeps them.")
    doc_id = hashlib.sha256(content).hexdigest()[:16]
    return Document(doc_id, name, media_type, text, clean, repairs, blocks, notes)


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises UnreadableReport where it is missing, no file, too large or not readable."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableReport(str(path), "is no file", "Name a report, or the folder of several.")
        if size > LARGEST:
            raise UnreadableReport(str(path), f"has {size / 2**20:.0f} MB; the limit is 50", "Split the report.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableReport(str(path), "no such file", "Check the name.") from error
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise UnreadableReport(str(path), problem, "Check the name and the rights.") from error
