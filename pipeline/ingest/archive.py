"""A zip archive of reports: each report in it unpacked to a file of its own, nothing put anywhere else.

Reads: a .zip file. Writes: files in a folder that the caller chose.

What an archive says of its sizes is not believed, and a name that points out of the folder ends the reading.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pipeline.errors import UnreadableReport
from pipeline.ingest.detect import SUFFIXES
from pipeline.ingest.package import BROKEN, TooLarge, open_archive, read_entry

# Bytes of one report, as for a report that is no archive.
MOST_REPORT = 50 * 1024 * 1024


def reports_in(path: Path, content: bytes) -> tuple[str, ...]:
    """The names of the reports in an archive, in order. Raises UnreadableReport where it is not to be opened."""
    return tuple(entry.filename for entry in _entries(open_archive(content, str(path)), str(path)))


def unpack_reports(path: Path, content: bytes, folder: Path) -> Iterator[tuple[str, Path]]:
    """Writes each report of an archive below `folder` and yields its name in the archive and its path.

    Raises UnreadableReport where the archive is broken, a bomb, encrypted, or names a place outside of itself;
    nothing is written then.
    """
    archive = open_archive(content, str(path))
    entries = _entries(archive, str(path))
    for number, entry in enumerate(entries, 1):
        try:
            report = read_entry(archive, entry, MOST_REPORT)
        except TooLarge as error:
            raise UnreadableReport(f"{path}, {entry.filename}", "has over 50 MB", "Split it.") from error
        except BROKEN as error:
            raise UnreadableReport(f"{path}, {entry.filename}", "is damaged in the archive", "Pack it anew.") from error
        # A folder for each: two reports in one archive may have one name.
        place = folder / f"{number:04d}"
        place.mkdir()
        target = place / PurePosixPath(entry.filename.replace("\\", "/")).name
        target.write_bytes(report)
        yield entry.filename, target


def _entries(archive: zipfile.ZipFile, place: str) -> list[zipfile.ZipInfo]:
    """The reports, hidden and system files left out."""
    found: list[zipfile.ZipInfo] = []
    for entry in archive.infolist():
        parts = PurePosixPath(entry.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0][:2]:
            problem = f"holds a file that would be put outside of it ({entry.filename[:60]!r})"
            raise UnreadableReport(place, problem, "Do not trust this archive.")
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts.parts)
        # Archives within archives are left alone: they are how bombs are built.
        if not entry.is_dir() and not hidden and parts.suffix.lower() in SUFFIXES - {".zip"}:
            found.append(entry)
    if not found:
        raise UnreadableReport(place, "holds no report", f"It may hold: {', '.join(sorted(SUFFIXES - {'.zip'}))}.")
    return found
