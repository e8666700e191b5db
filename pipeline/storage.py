"""Where reports come from and runs go: folders of this machine, or addresses such as s3:// through fsspec.

Reads: paths and addresses. Writes: local files for the stages, and run folders where they belong.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ExportError, UnreadableReport
from pipeline.ingest.archive import is_in_archive, unpack_report

# `s3://bucket/x`, not `C:\x`: an address has a scheme of at least two letters.
_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]+://", re.IGNORECASE)

# Folder beside the run folders with what only the program reads: names, locks, decisions, facts.
PRIVATE = ".dygjuhe"

CHECK_ADDRESS = "Check the address, its keys, and that the extra for it is installed."


def is_address(place: str) -> bool:
    """Whether `place` is for fsspec and not for the file system.

    >>> is_address("s3://reports/2023"), is_address("reports/2023"), is_address("C:/reports")
    (True, False, False)
    """
    return bool(_ADDRESS.match(place))


@contextmanager
def exclusive(lock: Path) -> Iterator[None]:
    """Holds a file lock; waits while another process holds it. A killed process releases it with its end.

    Raises ExportError where the lock's folder cannot be made or written.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        stream = lock.open("a")
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise ExportError(str(lock.parent), problem, "Choose another --out folder.") from error
    with stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(stream, fcntl.LOCK_UN)


def write_whole(path: Path, content: bytes) -> None:
    """Puts `content` at `path` so that a reader sees the old file or the new one, never half of one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".partial")
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise ExportError(str(path), problem, "Make room, or choose another folder.") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(aside, path)
    except OSError as error:
        Path(aside).unlink(missing_ok=True)
        problem = f"cannot be written ({error.strerror})"
        raise ExportError(str(path), problem, "Make room, or choose another folder.") from error


@dataclass(frozen=True, slots=True)
class Output:
    """The folder that run folders go to. `local` is where they are made; `address` where they are put, if elsewhere."""

    local: Path
    address: str = ""

    def record(self, name: str) -> dict[str, Any] | None:
        """What run.json of the run folder `name` says; None where there is no complete run."""
        try:
            if not self.address:
                text = (self.local / name / "run.json").read_text(encoding="utf-8")
            else:
                with _filesystem(self.address) as (files, root):
                    text = files.cat_file(f"{root}/{name}/run.json").decode()
            found = json.loads(text)
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def publish(self, folder: Path) -> str:
        """Puts a finished run folder at the address, run.json last so that a half upload is no run; its place."""
        if not self.address:
            return str(folder)
        try:
            with _filesystem(self.address) as (files, root):
                target = f"{root}/{folder.name}"
                files.makedirs(target, exist_ok=True)
                for path in sorted(folder.iterdir(), key=lambda p: p.name == "run.json"):
                    files.put_file(str(path), f"{target}/{path.name}")
        except OSError as error:
            place = f"{self.address}/{folder.name}"
            raise ExportError(place, f"cannot be written ({error})", CHECK_ADDRESS) from error
        shutil.rmtree(folder)
        return f"{self.address.rstrip('/')}/{folder.name}"


@contextmanager
def output_of(place: str) -> Iterator[Output]:
    """The output at a folder or an address; what an address needs locally is private and removed at the end."""
    if not is_address(place) or place.startswith("file://"):
        yield Output(Path(place.removeprefix("file://")))
        return
    with tempfile.TemporaryDirectory(prefix="dygjuhe-") as folder:
        yield Output(Path(folder), place)


@contextmanager
def fetched(place: str) -> Iterator[Path]:
    """A local path with the bytes of a report; a download is private and removed at the end.

    Raises UnreadableReport where an address cannot be read.
    """
    if not is_address(place) and not is_in_archive(place):
        yield Path(place)
        return
    with tempfile.TemporaryDirectory(prefix="dygjuhe-") as folder:
        if not is_address(place):
            yield unpack_report(place, Path(folder))
            return
        path = Path(folder) / place.rsplit("/", 1)[-1]
        try:
            with _filesystem(place) as (files, source):
                files.get_file(source, str(path))
        except (OSError, ValueError, ImportError) as error:
            problem = f"cannot be read ({type(error).__name__}: {str(error)[:100]})"
            raise UnreadableReport(place, problem, CHECK_ADDRESS) from error
        yield path


def listed(place: str) -> list[str]:
    """The addresses of the files at or below an address, in order of name; globs are allowed."""
    try:
        with _filesystem(place) as (files, root):
            scheme = place.split("://", 1)[0]
            found = files.glob(root) if any(c in root for c in "*?[") else files.find(root)
            return [f"{scheme}://{p}" for p in sorted(found)]
    except (OSError, ValueError, ImportError) as error:
        problem = f"cannot be listed ({type(error).__name__}: {str(error)[:100]})"
        raise UnreadableReport(place, problem, CHECK_ADDRESS) from error


@contextmanager
def _filesystem(place: str) -> Iterator[tuple[Any, str]]:
    """The fsspec file system of an address, and the path in it."""
    import fsspec

    files, path = fsspec.core.url_to_fs(place)
    yield files, str(path).rstrip("/")
