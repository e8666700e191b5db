"""Installs and removes translation packages: from a file without a network, from Argos's index when asked to.

A package is an unsigned zip from anywhere: it is unpacked beside, bounded and without links, checked, and only then
put in place with the checksum of every file.

Reads: .argosmodel files. Writes: InstalledPackage.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Any

from pipeline.errors import ModelError
from pipeline.settings import Settings
from pipeline.translate.models import (
    RECORD,
    InstalledPackage,
    check_package,
    file_checksum,
    files_of,
    find_packages,
    folders,
    read_package,
)

INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
"""The list of official Argos packages; only `install PAIR --from-index` and `list --index` ask for it."""

# Entries in a package; one with Stanza's data has some 30.
MOST_ENTRIES = 500
# Bytes unpacked; a large model has 600 MB.
MOST_BYTES = 2 * 2**30
# Unpacked to packed: weights hardly shrink, texts by 10; a bomb has over 1,000.
MOST_RATIO = 100
# Bytes of the index and of a package that are fetched at most.
MOST_INDEX_BYTES, MOST_FETCHED_BYTES = 5 * 2**20, 2**30
# Seconds without an answer before a download is given up.
PATIENCE = 30


def install_file(path: Path, settings: Settings, source: str = "") -> InstalledPackage:
    """Installs the `.argosmodel` file, over a package of the same name. Raises ModelError; nothing is half done."""
    with _aside(folders(settings)[0]) as aside:
        unpack(path, aside)
        return put_in_place(_only_package(aside, path), settings, source or path.name)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder in the packages' folder that is gone afterwards: moving out of it is one step."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = Path(mkdtemp(prefix=".installing-", dir=folder))
    except OSError as error:
        raise ModelError(str(folder), f"cannot be written ({error.strerror})", "Choose another folder.") from error
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def unpack(path: Path, to: Path) -> None:
    """Unpacks the zip into `to`. Raises ModelError for links, paths that lead out, and sizes out of all proportion."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_sizes(path, entries)
            left = MOST_BYTES
            for entry in entries:
                target = to / _safe_name(path, entry)
                if entry.is_dir():
                    target.mkdir(parents=True, exist_ok=True)
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                left -= _copy(path, archive, entry, target, left)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise _bad(path, f"is no readable package ({str(error)[:120]})") from error
    except OSError as error:
        raise ModelError(str(path), f"cannot be unpacked ({error.strerror or error})", "Check the file.") from error


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise _bad(path, f"holds {len(entries)} files")
    whole = sum(e.file_size for e in entries)
    packed = max(1, sum(e.compress_size for e in entries))
    if whole > MOST_BYTES or whole > packed * MOST_RATIO:
        raise _bad(path, f"would grow from {packed} to {whole} bytes")
    names = [e.filename.casefold() for e in entries]
    if len(set(names)) != len(names):
        raise _bad(path, "holds two files of one name")
    if any(e.flag_bits & 1 for e in entries):
        raise _bad(path, "is encrypted")


def _safe_name(path: Path, entry: zipfile.ZipInfo) -> PurePosixPath:
    name = PurePosixPath(entry.filename)
    mode = entry.external_attr >> 16
    if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_IFMT(mode) == 0):
        raise _bad(path, f"holds a link or a device: {entry.filename[:80]!r}")
    if name.is_absolute() or ".." in name.parts or "\\" in entry.filename or ":" in entry.filename or not name.parts:
        raise _bad(path, f"would write outside its folder: {entry.filename[:80]!r}")
    return name


def _copy(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> int:
    """Copies one entry and returns its bytes; what the entry states of its size is not believed."""
    copied = 0
    with archive.open(entry) as stream, target.open("xb") as out:
        while chunk := stream.read(2**20):
            copied += len(chunk)
            if copied > min(left, entry.file_size):
                raise _bad(path, f"holds more than it states in {entry.filename[:80]!r}")
            out.write(chunk)
    return copied


def _bad(path: Path, problem: str) -> ModelError:
    return ModelError(str(path), problem, "Get the package from a source you trust.")


def _only_package(folder: Path, path: Path) -> Path:
    found = [p.parent for p in folder.glob("metadata.json")] + [p.parent for p in folder.glob("*/metadata.json")]
    if len(found) != 1:
        raise _bad(path, "is no Argos package (it needs one metadata.json)")
    return found[0]


def put_in_place(folder: Path, settings: Settings, source: str) -> InstalledPackage:
    """Checks the unpacked package, records its checksums and moves it to the packages' folder. Raises ModelError."""
    package = read_package(folder)
    if package is None:
        raise ModelError(source, "is no translation package", "Install one that translates.")
    for code in (package.source, package.target):
        if not re.fullmatch(r"[a-z]{2,3}", code):
            raise ModelError(source, f"is for the language {code[:20]!r}, which is no code", "Get the package anew.")
    (folder / RECORD).unlink(missing_ok=True)
    check_package(package)
    rows = {
        p.relative_to(folder).as_posix(): {"bytes": p.stat().st_size, "sha256": file_checksum(p)}
        for p in files_of(package)
    }
    record = {"source": source, "files": rows}
    (folder / RECORD).write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    home = folders(settings)[0]
    version = re.sub(r"[^0-9A-Za-z]+", "_", package.version)[:20]
    target = home / f"translate-{package.source}_{package.target}-{version}"
    old = home / f".replaced-{target.name}"
    try:
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            os.rename(target, old)
        os.rename(folder, target)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise ModelError(str(target), f"cannot be written ({error.strerror})", "Choose another folder.") from error
    found = read_package(target)
    assert found is not None
    return found


def remove_packages(pair: str, settings: Settings) -> list[Path]:
    """Removes the packages of a direction that were installed (not the bundled one), and returns where they were.

    Raises ModelError where there is none.
    """
    home = folders(settings)[0]
    found = [p for p in find_packages(settings) if p.pair == pair and not p.bundled]
    if not found:
        bundled = any(p.pair == pair for p in find_packages(settings))
        problem = "only the program's own model translates it" if bundled else "no package translates it"
        raise ModelError(pair, problem, "`dygjuhe models list` shows what is installed.")
    for package in found:
        if package.path.resolve().parent != home.resolve():
            raise ModelError(str(package.path), f"does not lie in {home}", "Remove the folder by hand.")
        shutil.rmtree(package.path)
    return [p.path for p in found]


Fetch = Callable[[str, int], bytes]


def fetch(address: str, most: int) -> bytes:
    """The bytes at an https address. Raises ModelError; the only function here that uses the network."""
    import urllib.error
    import urllib.request

    if not address.startswith("https://"):
        raise ModelError(address[:200], "is no https address", "Install the package from a file.")
    request = urllib.request.Request(address, headers={"User-Agent": "dygjuhe"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            content: bytes = answer.read(most + 1)
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise ModelError(
            address[:200], f"cannot be reached ({reason})",
            "Without a network, get the .argosmodel file another way and run `dygjuhe models install FILE`.",
        ) from error  # fmt: skip
    if len(content) > most:
        raise ModelError(address[:200], f"is larger than {most} bytes", "Install the package from a file.")
    return content


def read_index(get: Fetch = fetch) -> list[dict[str, Any]]:
    """The official packages of Argos's index. Raises ModelError."""
    try:
        rows = json.loads(get(INDEX, MOST_INDEX_BYTES))
    except ValueError as error:
        raise ModelError(INDEX, "is no list of packages", "Install the package from a file.") from error
    return (
        [r for r in rows if isinstance(r, dict) and r.get("type", "translate") == "translate"]
        if isinstance(rows, list)
        else []
    )


def install_from_index(pair: str, settings: Settings, get: Fetch = fetch) -> InstalledPackage:
    """Fetches the newest official package of the direction and installs it. Raises ModelError."""
    source, _, target = pair.partition("-")
    rows = [r for r in read_index(get) if (r.get("from_code"), r.get("to_code")) == (source, target)]
    if not rows:
        raise ModelError(pair, "is not in Argos's index", "Install a package from a file.")
    newest = max(rows, key=lambda r: [int(p) for p in re.findall(r"\d{1,6}", str(r.get("package_version", "0")))])
    links = [str(link) for link in newest.get("links", []) if str(link).startswith("https://")]
    if not links:
        raise ModelError(pair, "has no https address in Argos's index", "Install a package from a file.")
    home = folders(settings)[0]
    with _aside(home) as aside:
        archive = aside / "package.argosmodel"
        archive.write_bytes(get(links[0], MOST_FETCHED_BYTES))
        inner = aside / "unpacked"
        inner.mkdir()
        unpack(archive, inner)
        return put_in_place(_only_package(inner, archive), settings, links[0])
