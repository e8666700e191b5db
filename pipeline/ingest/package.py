"""Office packages and XML opened as what a stranger may have made: bounded, without DTDs, entities or network.

Reads: bytes. Writes: parts and element trees.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import UnreadableReport

# Files in one package. A report of 1,000 pages with a picture on each has about 1,100.
MOST_ENTRIES = 10_000
# Bytes of all files unpacked. The text of 1,000 pages is about 30 MB of XML.
MOST_BYTES = 512 * 1024 * 1024
# Bytes of one part that is parsed.
MOST_PART = 128 * 1024 * 1024
# Unpacked to packed, for parts over a megabyte. XML of Word shrinks 10 to 40 times, a bomb 1,000 times.
MOST_RATIO = 200
_RATIO_FROM = 1024 * 1024

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)  # fmt: skip

# What Python raises for an entry that is damaged, encrypted or packed in a way it does not know.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)

REPAIR = "Open it in the program that wrote it and save it again."


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: the last word of the relation's type, and the part's name in the package."""

    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """A zip of parts, opened after its sizes were checked."""

    name: str
    archive: zipfile.ZipFile
    names: frozenset[str] = field(default=frozenset())
    trees: dict[str, etree._Element] = field(default_factory=dict)
    """The parts that were parsed, so that a change to one is there when it is read again."""

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises UnreadableReport where it is damaged."""
        try:
            return read_entry(self.archive, self.archive.getinfo(part), MOST_PART)
        except KeyError as error:
            raise UnreadableReport(self.name, f"has no part {part}", REPAIR) from error
        except TooLarge as error:
            problem = f"its part {part} unpacks to over {MOST_PART >> 20} MB"
            raise UnreadableReport(self.name, problem, "Split it.") from error
        except BROKEN as error:
            raise UnreadableReport(self.name, f"its part {part} is damaged", REPAIR) from error

    def tree(self, part: str) -> etree._Element:
        """The root element of a part, always the same one."""
        if part not in self.trees:
            self.trees[part] = parse_xml(self.read(part), f"{self.name}, {part}")
        return self.trees[part]

    def relations(self, part: str) -> dict[str, Relation]:
        """What `part` points to inside the package, by relation id."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self.names:
            return {}
        found: dict[str, Relation] = {}
        for item in self.tree(rels):
            if item.get("TargetMode") == "External":
                continue
            target = item.get("Target", "")
            inside = posixpath.normpath(posixpath.join(folder, target))
            target = target.lstrip("/") if target.startswith("/") else inside
            found[item.get("Id", "")] = Relation(item.get("Type", "").rsplit("/", 1)[-1], target)
        return found

    def related(self, part: str, kind: str) -> Iterator[str]:
        """The parts of a kind that `part` points to and the package holds."""
        for relation in self.relations(part).values():
            if relation.kind == kind and relation.target in self.names:
                yield relation.target


class TooLarge(Exception):
    """An entry that unpacks to more than it may."""


def open_archive(content: bytes, name: str) -> zipfile.ZipFile:
    """The zip in `content`, its entries checked. Raises UnreadableReport where it is broken or a bomb."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError, EOFError) as error:
        raise UnreadableReport(name, "is damaged: it has no readable table of its parts", REPAIR) from error
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise UnreadableReport(name, f"holds {len(entries)} files; the limit is {MOST_ENTRIES}", "Split it.")
    if sum(e.file_size for e in entries) > MOST_BYTES:
        raise UnreadableReport(name, f"unpacks to over {MOST_BYTES >> 20} MB", "Take out pictures, or split it.")
    for entry in entries:
        if entry.file_size > _RATIO_FROM and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
            problem = f"{entry.filename!r} in it unpacks to over {MOST_RATIO} times its size"
            raise UnreadableReport(name, problem, "It is no report; do not open it.")
        if entry.flag_bits & 1:
            raise UnreadableReport(name, f"{entry.filename!r} in it needs a password", "Save it without a password.")
    return archive


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """The bytes of an entry, unpacked no further than `limit`; what its header claims is not believed."""
    with archive.open(entry) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise TooLarge(entry.filename)
    return content


def open_package(content: bytes, name: str) -> Package:
    """The package in `content`; see `open_archive`."""
    archive = open_archive(content, name)
    return Package(name, archive, frozenset(archive.namelist()))


def parse_xml(content: bytes, place: str) -> etree._Element:
    """The root of an XML part. Raises UnreadableReport where it is broken, nested too deep or has a DOCTYPE."""
    for strict, usual in _STRICT:
        if strict in content:
            content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    if b"<!DOCTYPE" in content[:4096] or "<!DOCTYPE".encode("utf-16-le") in content[:8192]:
        raise UnreadableReport(place, "has a DOCTYPE, which no office program writes", "Do not trust this file.")
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        problem = "is nested too deep" if "depth" in str(error) else f"is no valid XML ({_short(error)})"
        raise UnreadableReport(place, problem, REPAIR) from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableReport(place, "has a DOCTYPE, which no office program writes", "Do not trust this file.")
    return root


def _short(error: Exception) -> str:
    """The parser's message without quotations of the file."""
    return str(error).split(":")[0].split(",")[0][:80]
