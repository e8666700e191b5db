"""Reads a report's file into a Document: one file a format, chosen by content.

Reads: a file. Writes: Document.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.errors import UnreadableReport
from pipeline.ingest.normalise import find_repairs
from pipeline.ingest.text import decode, is_binary
from pipeline.model import Document
from pipeline.spans import apply_repairs

# Largest file taken, in bytes. A report of 1,000 pages as text is about 3 MB.
LARGEST = 50 * 1024 * 1024

SUFFIXES = frozenset({".txt"})
"""Endings of the files that are taken from a folder."""


def read_document(path: Path) -> Document:
    """The report at `path`. Raises UnreadableReport naming the file, the reason and the remedy."""
    content = read_bytes(path)
    if is_binary(content):
        raise UnreadableReport(str(path), "is binary, not a report's text", "Save it as text, Word or PDF, and name that file.")
    try:
        text, note = decode(content)
    except UnicodeDecodeError as error:
        remedy = "Save it as UTF-8 in the program that wrote it."
        raise UnreadableReport(str(path), f"is in no encoding we know (byte {error.start})", remedy) from error
    if not text.strip():
        raise UnreadableReport(str(path), "is empty", "Check that it was saved, and name the right file.")
    repairs = find_repairs(text)
    clean, _ = apply_repairs(text, repairs)
    notes = [note] if note else []
    if repairs:
        notes.append(f"{len(repairs)} damaged characters were repaired for reading; the source text keeps them.")
    return Document(hashlib.sha256(content).hexdigest()[:16], path.name, "text/plain", text, clean, repairs, (), tuple(notes))


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
        raise UnreadableReport(str(path), f"cannot be read ({error.strerror})", "Check the name and the rights.") from error
