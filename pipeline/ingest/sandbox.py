"""A reader in a process of its own, with limits: a hostile or broken file cannot take the program along.

Reads: a file's bytes, on the child's standard input. Writes: Reading, as JSON on its standard output; or an error.

The child starts without the caller's environment, opens no file of the report, may hold 3 GB and compute for two
minutes, and is killed with everything it started when it has been silent for too long or says too much. A line that
is a single full stop is a sign of life: it is sent after each page that was read from its picture.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pipeline.errors import UnreadableReport
from pipeline.ingest.blocks import Reading, from_rows, to_rows

ROOT = Path(__file__).resolve().parent.parent.parent
"""The folder that `pipeline` lies in."""

_SIMPLER = "Open it in the program that wrote it, save it again or as a PDF, and try that file."


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use."""

    memory: int = 3 * 1024**3
    """Bytes of address space; libraries take 0.2 GB, a 300-page report 0.4 GB, reading a picture 0.6 GB."""
    processor: int = 120
    """Seconds of computing; a 1,000-page report takes about 15."""
    silence: float = 150.0
    """Seconds without an answer or a sign of life."""
    total: float = 7200.0
    """Seconds in all; reading 1,000 pages from pictures takes about that."""
    answer: int = 256 * 1024**2
    """Bytes of the answer; a 1,000-page report has 10 MB."""
    file: int = 64 * 1024**2
    """Bytes of a file that the child or what it starts writes."""


def read_in_child(format_name: str, content: bytes, name: str, limits: Limits | None = None) -> Reading:
    """What the reader of `format_name` makes of the file. Raises UnreadableReport, also where the child dies."""
    limits = limits or Limits()
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8",
                   "OMP_THREAD_LIMIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    for kept in ("TESSDATA_PREFIX", "VIRTUAL_ENV", "LD_LIBRARY_PATH"):
        if kept in os.environ:
            environment[kept] = os.environ[kept]
    order = [format_name, name, json.dumps(_numbers(limits))]
    command = [sys.executable, "-s", "-P", "-m", "pipeline.ingest.sandbox", *order]
    try:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            start_new_session=True,
        )  # fmt: skip
    except (OSError, ValueError) as error:
        raise UnreadableReport(name, "no process could be started to read it", "Free memory, and try again.") from error
    try:
        answer = _talk(child, content, name, limits)
    finally:
        _end(child)
    return _understood(answer, name, child.returncode)


def _numbers(limits: Limits) -> list[int]:
    return [limits.memory, limits.processor, limits.file]


def _talk(child: subprocess.Popen[bytes], content: bytes, name: str, limits: Limits) -> bytes:
    """Hands the file over and returns the last line that the child says."""
    assert child.stdin is not None
    assert child.stdout is not None
    os.set_blocking(child.stdin.fileno(), False)
    os.set_blocking(child.stdout.fileno(), False)
    answer = bytearray()
    unsent = memoryview(content)
    started = heard = time.monotonic()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdin, selectors.EVENT_WRITE)
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            now = time.monotonic()
            wait = min(heard + limits.silence, started + limits.total) - now
            if wait <= 0:
                problem = f"could not be read within {now - started:.0f} seconds"
                raise UnreadableReport(name, problem, "Split it, or save it in another format.")
            for key, _ in selector.select(wait):
                if key.fileobj is child.stdin:
                    unsent = _sent(child.stdin, unsent)
                    if not unsent:
                        selector.unregister(child.stdin)
                        with contextlib.suppress(BrokenPipeError):
                            child.stdin.close()
                    continue
                piece = os.read(child.stdout.fileno(), 1 << 20)
                if not piece:
                    return bytes(answer)
                heard = time.monotonic()
                answer += piece
                while answer.startswith(b".\n"):
                    del answer[:2]
                if len(answer) > limits.answer:
                    raise UnreadableReport(name, "holds more text than a report", "Split it.")


def _sent(pipe: IO[bytes], unsent: memoryview) -> memoryview:
    """What is still to be sent after some was; nothing where the child does not listen any more."""
    try:
        return unsent[os.write(pipe.fileno(), unsent[: 1 << 20]) :]
    except BlockingIOError:
        return unsent
    except BrokenPipeError:
        return unsent[:0]


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kills what is left of the child and its own children, and waits for it."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(0.5 if child.stdout is None else 0.05)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError, OSError):
                pipe.close()
    child.wait()


def _understood(answer: bytes, name: str, status: int) -> Reading:
    if not answer.strip():
        problem = "took too much memory or time to read" if status in (-9, -24, 137) else "stopped the reader"
        raise UnreadableReport(name, f"{problem} (its process ended with {status})", _SIMPLER)
    try:
        value: dict[str, Any] = json.loads(answer)
        if "error" in value:
            raise UnreadableReport(*map(str, value["error"]))
        return from_rows(value)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableReport(name, "stopped the reader in the middle of its answer", _SIMPLER) from error


# What the child does ---------------------------------------------------------------------------------------------


def reader_of(format_name: str) -> Callable[[bytes, str], Reading]:
    """The reader of a format, imported only now."""
    if format_name == "docx":
        from pipeline.ingest.docx import read_docx as read
    elif format_name == "pdf":
        from pipeline.ingest.pdf import read_pdf as read
    elif format_name == "html":
        from pipeline.ingest.html import read_html as read
    elif format_name == "odt":
        from pipeline.ingest.office import count_odt as read
    elif format_name == "xlsx":
        from pipeline.ingest.spreadsheet import read_xlsx as read
    else:
        raise ValueError(f"no reader for {format_name}")
    return read


def alive() -> None:
    """Tells the parent that work goes on; only in a child."""
    if os.environ.get("DYGJUHE_CHILD"):
        os.write(1, b".\n")


def _main(arguments: list[str]) -> None:
    format_name, name, limits = arguments
    memory, processor, file_size = json.loads(limits)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["DYGJUHE_CHILD"] = "1"
    # Standard output carries the answer alone: what a library prints must not get into it.
    output = os.dup(1)
    content = sys.stdin.buffer.read()
    try:
        answer = to_rows(reader_of(format_name)(content, name))
    except UnreadableReport as error:
        answer = {"error": [error.place, error.problem, error.remedy]}
    except (MemoryError, RecursionError) as error:
        answer = {"error": [name, f"is too large or too deep to read ({type(error).__name__})", "Split it."]}
    except Exception as error:
        problem = f"cannot be read: its content is not what the format allows ({type(error).__name__})"
        answer = {"error": [name, problem, _SIMPLER]}
    with os.fdopen(output, "wb") as stream:
        stream.write(json.dumps(answer).encode("ascii"))


if __name__ == "__main__":
    _main(sys.argv[1:])
