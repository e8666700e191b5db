"""A file that crashes, hangs, floods or fills the memory costs its own process and nothing else."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from pipeline.errors import UnreadableReport
from pipeline.ingest import sandbox
from pipeline.ingest.sandbox import Limits, read_in_child

READERS = {
    "hang": "import time\ndef read(content, name):\n    time.sleep(60)\n",
    "spin": "def read(content, name):\n    while True:\n        pass\n",
    "memory": "def read(content, name):\n    return [bytearray(1 << 30) for _ in range(64)]\n",
    "crash": "import ctypes\ndef read(content, name):\n    ctypes.string_at(0)\n",
    "flood": "import os\ndef read(content, name):\n    while True:\n        os.write(1, b'x' * 65536)\n",
    "print": "from pipeline.ingest.blocks import Piece, Reading\n"
    "def read(content, name):\n    return Reading('text/plain', (Piece(content.decode()),))\n",
    "raise": "def read(content, name):\n    raise KeyError('secret words of the report')\n",
    "fork": "import os, time\ndef read(content, name):\n    os.fork()\n    time.sleep(60)\n",
}


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Children that run the readers above in place of a format's."""
    for name, code in READERS.items():
        (tmp_path / f"reader_{name}.py").write_text(code)
    main = (
        "import importlib, sys\nfrom pipeline.ingest import sandbox\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "sandbox.reader_of = lambda name: importlib.import_module('reader_' + name).read\n"
        "sandbox._main(sys.argv[1:])\n"
    )
    script = tmp_path / "child.py"
    script.write_text(main)
    real = subprocess.Popen

    def start(command: list[str], **more: object) -> subprocess.Popen[bytes]:
        return real([command[0], str(script), *command[5:]], **more)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(sandbox.subprocess, "Popen", start)
    return tmp_path


@pytest.mark.parametrize(
    ("reader", "limits", "problem"),
    [
        ("hang", Limits(silence=1.0), "could not be read within"),
        ("spin", Limits(processor=1, silence=20), "process ended with"),
        ("memory", Limits(memory=1 << 30), "too large or too deep to read (MemoryError)"),
        ("crash", Limits(), "stopped the reader"),
        ("flood", Limits(answer=1 << 20), "holds more text than a report"),
        ("raise", Limits(), "not what the format allows (KeyError)"),
    ],
)
def test_a_reader_that_goes_wrong_is_named(child: Path, reader: str, limits: Limits, problem: str) -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableReport) as refused:
        read_in_child(reader, b"x", "raport.docx", limits)
    assert problem in str(refused.value)
    assert "secret" not in str(refused.value)
    assert time.monotonic() - start < 15


def test_a_reader_that_goes_right_is_believed(child: Path) -> None:
    words = "Neni 5 \u0001 \u2028 fund " * 20_000
    assert read_in_child("print", words.encode(), "raport.docx").pieces[0].text == words


def test_what_a_child_starts_ends_with_it(child: Path) -> None:
    with pytest.raises(UnreadableReport):
        read_in_child("fork", b"x", "raport.docx", Limits(silence=1.0))
    time.sleep(0.2)
    shown = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=False).stdout
    assert str(child / "child.py") not in shown


def test_a_child_knows_nothing_of_its_callers_environment(child: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    (child / "reader_print.py").write_text(
        "import os\nfrom pipeline.ingest.blocks import Piece, Reading\n"
        "def read(content, name):\n    return Reading('t', (Piece(' '.join(os.environ)),))\n"
    )
    assert "SECRET_TOKEN" not in read_in_child("print", b"", "x").pieces[0].text
    assert "SECRET_TOKEN" in os.environ
