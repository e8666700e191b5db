"""OpenDocument, RTF and old Word files: turned into .docx by LibreOffice where it is installed, and read as that.

Reads: the bytes of an .odt, .rtf or .doc. Writes: Reading.

LibreOffice runs without a window, with a profile of its own that is thrown away, so that no macro, extension or
setting of the user takes part, and is ended with everything it started when it takes too long.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.errors import UnreadableReport
from pipeline.ingest.blocks import Reading, count_letters
from pipeline.ingest.package import open_package
from pipeline.ingest.sandbox import read_in_child

# Seconds for one file; its first start with a new profile takes 3 to 10.
SECONDS = 180

MEDIA_TYPES = {
    "odt": "application/vnd.oasis.opendocument.text", "rtf": "application/rtf", "doc": "application/msword",
}  # fmt: skip

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

_NAMES = {"odt": "an OpenDocument text", "rtf": "an RTF file", "doc": "a Word file of before 2007"}
_OTHERWISE = "Save it as .docx in the program that wrote it, and name that file."


def program() -> str | None:
    """LibreOffice's command, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def read_office(format_name: str, content: bytes, name: str) -> Reading:
    """The document's text. Raises UnreadableReport where LibreOffice is absent, fails or takes too long."""
    command = program()
    if command is None:
        problem = f"is {_NAMES[format_name]}, which LibreOffice reads, and that is not installed"
        raise UnreadableReport(name, problem, f"Install libreoffice-writer, or: {_OTHERWISE}")
    with tempfile.TemporaryDirectory(prefix="dygjuhe-") as folder:
        converted = _converted(command, Path(folder), format_name, content, name)
    reading = read_in_child("docx", converted, name)
    note = f"The file was turned into .docx by LibreOffice ({format_name}), and read as that."
    # What LibreOffice lost on the way shows only against the file itself.
    own = read_in_child("odt", content, name).letters if format_name == "odt" else 0
    letters = max(reading.letters, own)
    return replace(reading, media_type=MEDIA_TYPES[format_name], notes=(note, *reading.notes), letters=letters)


def count_odt(content: bytes, name: str) -> Reading:
    """The letters of an OpenDocument text, without those that tracked changes took away; no pieces. In a child."""
    root = open_package(content, name).tree("content.xml")
    text = root.find(f".//{_OFFICE}body/{_OFFICE}text")
    letters = 0
    if text is not None:
        letters = _letters(text) - sum(_letters(gone) for gone in text.iter(f"{_TEXT}tracked-changes"))
    return Reading(MEDIA_TYPES["odt"], (), (), letters)


def _letters(element: Any) -> int:
    return sum(count_letters(text) for text in element.itertext())


def _converted(command: str, folder: Path, format_name: str, content: bytes, name: str) -> bytes:
    source = folder / f"report.{format_name}"
    source.write_bytes(content)
    done = folder / "out" / "report.docx"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    arguments = [
        command, "--headless", "--norestore", "--nolockcheck", "--nodefault", profile,
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(done.parent), str(source),
    ]  # fmt: skip
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    try:
        child = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise UnreadableReport(name, "LibreOffice could not be started to read it", _OTHERWISE) from error
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnreadableReport(name, f"LibreOffice did not read it within {SECONDS} seconds", _OTHERWISE) from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    try:
        return done.read_bytes()
    except OSError as error:
        raise UnreadableReport(name, "LibreOffice could not read it (is it damaged?)", _OTHERWISE) from error
