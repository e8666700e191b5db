"""What a file is, by its content; its ending is believed only where several formats look alike.

Reads: bytes and a name. Writes: the name of a format.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from pipeline.errors import UnreadableReport
from pipeline.ingest.text import is_binary

Format = Literal["txt", "md", "csv", "html", "pdf", "docx", "xlsx", "odt", "rtf", "doc", "zip"]

SUFFIXES = frozenset({
    ".txt", ".md", ".csv", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".odt", ".rtf",
    ".doc", ".zip",
})  # fmt: skip
"""Endings of the files that are taken from a folder."""

FAMILY = {
    ".md": "md", ".markdown": "md", ".csv": "csv", ".tsv": "csv", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf", ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".odt": "odt",
    ".rtf": "rtf", ".doc": "doc", ".zip": "zip", ".txt": "txt",
}  # fmt: skip
"""The format that an ending promises."""

_NOT_TEXT = frozenset({".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".odt", ".doc", ".zip", ".pdf"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,50})?(?:<!--.{0,2000}?-->\s{0,50}){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)

# Files that people send for reports, by how they begin.
_KNOWN = (
    (b"\x89PNG", "is a picture (PNG)"), (b"\xff\xd8\xff", "is a picture (JPEG)"), (b"GIF8", "is a picture (GIF)"),
    (b"II*\0", "is a picture (TIFF)"), (b"MM\0*", "is a picture (TIFF)"), (b"MZ", "is a program, not a report"),
    (b"\x7fELF", "is a program, not a report"), (b"Rar!", "is a RAR archive"), (b"7z\xbc\xaf", "is a 7-Zip archive"),
    (b"\x1f\x8b", "is a gzip archive"), (b"ID3", "is a sound recording"), (b"SQLite format", "is a database"),
)  # fmt: skip
_PICTURE = "Save it as a PDF, so that its words can be read, and name that file."
_ARCHIVE = "Unpack it, and name the folder."
_TAKEN = "Save it as text, Word or PDF, and name that file."


def format_of(content: bytes, name: str) -> Format:
    """The format of the file. Raises UnreadableReport naming what it is where it is no report.

    >>> format_of(b"%PDF-1.4 ...", "raport.docx"), format_of(b"Neni 5", "raport.txt")
    ('pdf', 'txt')
    """
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_format(content, name)
    if content.startswith(_OLE):
        return _ole_format(content, name)
    if content.startswith(b"{\\rtf"):
        return "rtf"
    for mark, problem in _KNOWN:
        if content.startswith(mark) and (len(mark) > 3 or is_binary(content)):
            remedy = _PICTURE if "picture" in problem else _ARCHIVE if "archive" in problem else _TAKEN
            raise UnreadableReport(name, problem, remedy)
    if is_binary(content):
        raise UnreadableReport(name, "is binary, not a report's text", _TAKEN)
    if _looks_like_html(content):
        return "html"
    if suffix in _NOT_TEXT and content.strip():
        raise UnreadableReport(name, f"is no {suffix[1:].upper()} file, whatever its name says", "Ask for it again.")
    if suffix in (".html", ".htm", ".xhtml"):
        return "html"
    if suffix in (".md", ".markdown"):
        return "md"
    return "csv" if suffix in (".csv", ".tsv") else "txt"


def _looks_like_html(content: bytes) -> bool:
    head = content[:8192]
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return bool(_HTML.match(head[2:].decode(encoding, "replace")))
    return bool(_HTML.match(head.decode("utf-8-sig", "replace")))


def _zip_format(content: bytes, name: str) -> Format:
    """Office formats are zips; which one, the names of their parts tell."""
    from pipeline.ingest.package import open_archive

    names = set(open_archive(content, name).namelist())
    if "word/document.xml" in names or any(n.startswith("word/") for n in names):
        return "docx"
    if any(n.startswith("xl/") for n in names):
        if any(n.endswith(".bin") and "workbook" in n for n in names):
            raise UnreadableReport(name, "is a binary Excel workbook (.xlsb)", "Save it as .xlsx, and name that file.")
        return "xlsx"
    if any(n.startswith("ppt/") for n in names):
        raise UnreadableReport(name, "is a PowerPoint presentation", "Save it as a PDF, and name that file.")
    if "content.xml" in names and ("mimetype" in names or "META-INF/manifest.xml" in names):
        return "odt"
    return "zip"


def _ole_format(content: bytes, name: str) -> Format:
    """Files of Office before 2007, and encrypted ones of any year."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise UnreadableReport(name, "is protected with a password", "Save it without a password.")
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook") or holds("Book"):
        problem = "is a workbook of Excel before 2007 (.xls)"
        raise UnreadableReport(name, problem, "Save it as .xlsx, and name that file.")
    if holds("PowerPoint Document"):
        raise UnreadableReport(name, "is a PowerPoint presentation", "Save it as a PDF, and name that file.")
    raise UnreadableReport(name, "is binary, not a report's text", _TAKEN)
