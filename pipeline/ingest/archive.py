"""A zip archive of reports: a report in it is named as `archive.zip!/folder/report.docx`, and unpacked by itself.

Reads: a .zip file. Writes: one report of it, in a folder that the caller chose and nowhere else.

What an archive says of its sizes is not believed, and a name that points out of the archive ends the reading.
"""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from pipeline.errors import UnreadableReport
from pipeline.ingest.detect import SUFFIXES
from pipeline.ingest.package import BROKEN, TooLarge, open_archive, read_entry

# Between the archive's path and the report's name in it.
MARK = "!/"

# Bytes of the archive, and of one report, as for a report that is in no archive.
MOST_ARCHIVE = 500 * 1024 * 1024
MOST_REPORT = 50 * 1024 * 1024


def is_in_archive(place: str) -> bool:
    """Whether a place names a report inside an archive.

    >>> is_in_archive("in/reports.zip!/a.docx"), is_in_archive("in/reports.zip")
    (True, False)
    """
    return f".zip{MARK}" in place.lower()


def reports_in(path: Path) -> tuple[str, ...]:
    """The places of the reports in an archive, in its order. Raises UnreadableReport where it is not to be opened."""
    with _opened(path) as archive:
        return tuple(f"{path}{MARK}{entry.filename}" for entry in _entries(archive, path))


def unpack_report(place: str, folder: Path) -> Path:
    """Writes the report at `place` into `folder`, and returns its path. Raises UnreadableReport."""
    cut = place.lower().index(f".zip{MARK}") + len(".zip")
    path, name = Path(place[:cut]), place[cut + len(MARK) :]
    with _opened(path) as archive:
        entry = next((e for e in _entries(archive, path) if e.filename == name), None)
        if entry is None:
            raise UnreadableReport(place, "is not in the archive", "Check the name.")
        try:
            report = read_entry(archive, entry, MOST_REPORT)
        except TooLarge as error:
            raise UnreadableReport(place, "has over 50 MB", "Split it.") from error
        except BROKEN as error:
            raise UnreadableReport(place, "is damaged in the archive", "Pack it anew.") from error
    target = folder / PurePosixPath(name.replace("\\", "/")).name
    target.write_bytes(report)
    return target


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        if path.stat().st_size > MOST_ARCHIVE:
            raise UnreadableReport(str(path), f"has over {MOST_ARCHIVE >> 20} MB", "Split it.")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableReport(str(path), "no such file", "Check the name.") from error
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise UnreadableReport(str(path), problem, "Check the name and the rights.") from error
    return open_archive(content, str(path))


def _entries(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    """The reports, hidden and system files left out."""
    found: list[zipfile.ZipInfo] = []
    kinds = SUFFIXES - {".zip"}
    for entry in archive.infolist():
        parts = PurePosixPath(entry.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in entry.filename[:2]:
            problem = f"holds a file that would be put outside of it ({entry.filename[:60]!r})"
            raise UnreadableReport(str(path), problem, "Do not trust this archive.")
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts.parts)
        # Archives within archives are left alone: they are how bombs are built.
        if not entry.is_dir() and not hidden and parts.suffix.lower() in kinds:
            found.append(entry)
    if not found:
        raise UnreadableReport(str(path), "holds no report", f"It may hold: {', '.join(sorted(kinds))}.")
    return found
