"""The installed translation packages: where they lie, whether they are whole, which one is best for a direction.

Reads: Settings, folders of Argos packages. Writes: InstalledPackage.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.settings import ROOT, Settings
from pipeline.translate.model_file import Damaged, check_model

BUNDLED = ROOT / "data" / "models"
"""The program's own model: `packages/` in it, and `manifest.json` with the checksum of every file."""

RECORD = "dygjuhe.json"
"""What we write into a package that we install: where it came from and the checksum of every file."""

# Bytes of metadata.json, dygjuhe.json or manifest.json; a real one has under 10,000.
MOST_METADATA_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """An Argos package on this machine, not yet trusted."""

    path: Path
    model: Path
    """Folder with model.bin, config.json and the vocabulary."""
    pieces: Path
    """sentencepiece.model or bpe.model."""
    source: str
    target: str
    name: str
    version: str
    target_prefix: str = ""
    score: float | None = None
    """chrF (0 to 100) on the test set that the package names; None where it names none."""
    bundled: bool = False

    @property
    def pair(self) -> str:
        return f"{self.source}-{self.target}"


def user_folder() -> Path:
    """Where `dygjuhe models install` puts packages: DYGJUHE_MODELS, else the user's data folder."""
    own = os.environ.get("DYGJUHE_MODELS")
    if own:
        return Path(own).expanduser()
    base = os.environ.get("XDG_DATA_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    return (Path(base) if base else Path.home() / ".local" / "share") / "dygjuhe" / "packages"


def folders(settings: Settings) -> tuple[Path, ...]:
    """The folders that are searched, the first preferred: the one chosen or the user's, then the bundled one."""
    return (Path(settings.models).expanduser() if settings.models else user_folder(), BUNDLED)


def find_packages(settings: Settings) -> tuple[InstalledPackage, ...]:
    """Every translation package in the folders, in the order of preference; unreadable ones are left out."""
    found: list[InstalledPackage] = []
    for folder in folders(settings):
        here = [p for path in _candidates(folder) if (p := _readable(path, folder == BUNDLED)) is not None]
        found += sorted(here, key=_goodness)
    return tuple(found)


def broken_packages(settings: Settings) -> Iterator[tuple[Path, ModelError]]:
    """The folders that look like a package and cannot be read as one, each with what is wrong."""
    for folder in folders(settings):
        for path in _candidates(folder):
            try:
                read_package(path, folder == BUNDLED)
            except ModelError as error:
                yield path, error


def best_package(packages: Sequence[InstalledPackage], source: str, target: str) -> InstalledPackage | None:
    """The first package for the direction, in the order of `find_packages`; None where there is none."""
    return next((p for p in packages if p.source == source and p.target == target), None)


def _goodness(package: InstalledPackage) -> tuple[float, tuple[int, ...], str]:
    """Sorts the best first: highest recorded score, then highest version, then name."""
    version = tuple(-int(part) for part in package.version.split(".") if part.isdigit())
    return (-(package.score or 0.0), version, package.path.name)


def _candidates(folder: Path) -> list[Path]:
    """Folders with a metadata.json: the folder itself, those in it, or those in its `packages/`."""
    if (folder / "metadata.json").is_file():
        return [folder]
    places = [folder / "packages"] if (folder / "packages").is_dir() else [folder]
    try:
        # A name with a dot before it is a package that is just being installed.
        found = (p.parent for place in places for p in place.glob("*/metadata.json"))
        return sorted(p for p in found if not p.name.startswith("."))
    except OSError:
        return []


def _readable(path: Path, bundled: bool) -> InstalledPackage | None:
    try:
        return read_package(path, bundled)
    except ModelError:
        return None


def read_package(path: Path, bundled: bool = False) -> InstalledPackage | None:
    """The package in `path`; None where it is one of another type (sentence splitter). Raises ModelError."""
    metadata = read_json(path / "metadata.json")
    if metadata.get("type", "translate") != "translate":
        return None
    source, target = metadata.get("from_code"), metadata.get("to_code")
    if not isinstance(source, str) or not isinstance(target, str) or not source or not target or source == target:
        raise ModelError(str(path), "does not say which languages it translates", "Get the package anew.")
    model, pieces = _parts(path, metadata)
    scores = metadata.get("scores")
    score = scores.get("chrf") if isinstance(scores, dict) else metadata.get("score")
    return InstalledPackage(
        path=path, model=model, pieces=pieces, source=source, target=target,
        name=str(metadata.get("engine") or metadata.get("name") or metadata.get("code") or f"argos-{source}_{target}"),
        version=str(metadata.get("package_version") or "0"), target_prefix=str(metadata.get("target_prefix") or ""),
        score=float(score) if isinstance(score, int | float) else None, bundled=bundled,
    )  # fmt: skip


def _parts(path: Path, metadata: dict[str, Any]) -> tuple[Path, Path]:
    """The model's folder and the tokenizer's file, in the package or in the folder it shares. Raises ModelError."""
    shared = metadata.get("shared_model")
    homes = [path]
    if isinstance(shared, str) and shared:
        homes.append(path / shared)
    limit = path.resolve().parent.parent
    for home in homes:
        for pieces in (home / "sentencepiece.model", home / "bpe.model"):
            model = home / "model"
            if not model.is_dir() or not pieces.is_file():
                continue
            if not all(p.resolve().is_relative_to(limit) for p in (model, pieces)):
                raise ModelError(str(path), "points outside its own folder", "Get the package from a source you trust.")
            # A link that was unpacked as a file of a few bytes holds the link's text.
            if home is path and shared and pieces.stat().st_size < 256:
                continue
            return model, pieces
    raise ModelError(str(path), "lacks its model or its tokenizer", "Get the package anew.")


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in a small file. Raises ModelError."""
    try:
        if path.stat().st_size > MOST_METADATA_BYTES:
            raise ModelError(str(path), "is far too long for what it should hold", "Get the package anew.")
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ModelError(str(path), "cannot be read", "Get the package anew.") from error
    if not isinstance(value, dict):
        raise ModelError(str(path), "holds no record", "Get the package anew.")
    return value


def files_of(package: InstalledPackage) -> tuple[Path, ...]:
    """The files that a translation depends on."""
    return (*sorted(p for p in package.model.iterdir() if p.is_file()), package.pieces)


def recorded_checksums(package: InstalledPackage) -> dict[Path, str]:
    """The SHA-256 that was recorded of each file, by its real path; empty where nothing was."""
    if (package.path / RECORD).is_file():
        rows = read_json(package.path / RECORD).get("files", {})
        return {(package.path / name).resolve(): str(row.get("sha256")) for name, row in rows.items()}
    for home in (package.path.parent, package.path.parent.parent):
        if (home / "manifest.json").is_file():
            return {(home / name).resolve(): digest for name, digest in manifest_rows(home / "manifest.json")}
    return {}


def manifest_rows(path: Path) -> list[tuple[str, str]]:
    """(file, sha256) of each row in a `manifest.json`, which lists files or maps them. Raises ModelError."""
    files = read_json(path).get("files", [])
    if isinstance(files, dict):
        return [(str(k), str(v.get("sha256") if isinstance(v, dict) else v)) for k, v in files.items()]
    return [(str(row["file"]), str(row["sha256"])) for row in files if isinstance(row, dict) and "file" in row]


def file_checksum(path: Path) -> str:
    """SHA-256 of the file, kept while its size and time of change stay."""
    status = path.stat()
    return _file_checksum(str(path), status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=256)
def _file_checksum(path: str, size: int, changed: int) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while chunk := stream.read(2**20):
            digest.update(chunk)
    return digest.hexdigest()


def checksum(package: InstalledPackage) -> str:
    """SHA-256 over all of the package's files: two packages with the same one translate alike."""
    digest = hashlib.sha256(package.target_prefix.encode() + b"\0")
    for path in files_of(package):
        digest.update(f"{path.name}\0{file_checksum(path)}\0".encode())
    return digest.hexdigest()


def engine_name(package: InstalledPackage) -> str:
    """Name, version, direction and checksum, as units name their engine."""
    name = package.name if package.version in package.name else f"{package.name} {package.version}"
    return f"{name} {package.pair} sha256:{checksum(package)[:16]}"


def check_package(package: InstalledPackage) -> bool:
    """Whether checksums were recorded, and all agree. Raises ModelError where the package is damaged."""
    recorded = recorded_checksums(package)
    remedy = f"Remove it (`dygjuhe models remove {package.pair}`) and install it anew."
    for path in files_of(package):
        wanted = recorded.get(path.resolve())
        if recorded and wanted is None:
            raise ModelError(str(package.path), f"holds {path.name}, which was not there when it was installed", remedy)
        if wanted is not None and file_checksum(path) != wanted:
            raise ModelError(str(package.path), f"has a {path.name} that has changed since it was installed", remedy)
    try:
        check_model(package.model)
    except Damaged as error:
        raise ModelError(str(package.path), str(error), remedy) from error
    return bool(recorded)
