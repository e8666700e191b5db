"""Pages that are pictures, read by Tesseract in Albanian and English where it is installed.

Reads: a picture of a page. Writes: the lines of its paragraphs with how sure Tesseract is of each word.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache

from pipeline.errors import UnreadableReport

# Dots an inch: what Tesseract is trained for.
RESOLUTION = 300
# Seconds for one page; a dense one takes about 10 on a small machine.
_SECONDS = 100
# 0 to 100. Words that Tesseract is less sure of are counted for the reader.
LOW = 60.0
_WANTED = ("sqi", "eng")

INSTALL = "Install tesseract-ocr with tesseract-ocr-sqi and tesseract-ocr-eng, or save it with its text."


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The paragraphs of a page, each a tuple of lines, and the confidence of every word, 0 to 100."""

    paragraphs: tuple[tuple[str, ...], ...]
    confidences: tuple[float, ...]


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Of Albanian and English those that the installed Tesseract reads; empty where there is none."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    try:
        command = [program, "--list-langs"]
        shown = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    installed = shown.split()
    return tuple(lang for lang in _WANTED if lang in installed)


def read_picture(picture: bytes, place: str) -> ReadPage:
    """What is written on a picture (PNM or PNG). Raises UnreadableReport where Tesseract fails or takes too long."""
    command = [
        shutil.which("tesseract") or "tesseract", "stdin", "stdout", "--dpi", str(RESOLUTION),
        "-l", "+".join(languages()), "--psm", "3", "-c", "tessedit_create_tsv=1",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=_SECONDS, check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise UnreadableReport(place, f"its picture could not be read within {_SECONDS} seconds", INSTALL) from error
    except OSError as error:
        raise UnreadableReport(place, "is a picture, and Tesseract could not be started", INSTALL) from error
    if done.returncode:
        raise UnreadableReport(place, f"is a picture that Tesseract could not read (status {done.returncode})", INSTALL)
    return parse_words(done.stdout.decode("utf-8", "replace"))


def parse_words(table: str) -> ReadPage:
    """Tesseract's table of words as paragraphs.

    >>> head = "level page_num block_num par_num line_num word_num left top width height conf text".replace(" ", chr(9))
    >>> row = "5 1 1 1 1 1 0 0 9 9 91.5 Neni".replace(" ", chr(9))
    >>> parse_words(head + chr(10) + row)
    ReadPage(paragraphs=(('Neni',),), confidences=(91.5,))
    """
    paragraphs: dict[tuple[str, str], dict[str, list[str]]] = {}
    confidences: list[float] = []
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        if row.get("level") != "5" or not word:
            continue
        lines = paragraphs.setdefault((row["block_num"], row["par_num"]), {})
        lines.setdefault(row["line_num"], []).append(word)
        try:
            confidences.append(float(row["conf"]))
        except ValueError:
            confidences.append(0.0)
    found = tuple(tuple(" ".join(words) for words in lines.values()) for lines in paragraphs.values())
    return ReadPage(found, tuple(confidences))
