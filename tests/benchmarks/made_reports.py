"""Reports of any length for the benchmarks, from the samples and the sentences of `data/corpus`.

A page has 350 words. Counts are varied, so that no report says the same as another; numbers of acts stay.
"""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent.parent / "data"

WORDS_A_PAGE = 350

# A number before a word is a count; after `nr.`, `No.`, `neni` or `Article` it names an act and stays.
_COUNT = re.compile(r"(?<![\w.,/#-])(?<!nr\. )(?<!No\. )(?<!neni )(?<!Article )[1-9]\d{1,2}(?= [a-zë]{3})")

# Every so many paragraphs: one of a sample, a heading, one in the other language.
_SAMPLE, _HEADING, _OTHER = 6, 9, 7


@cache
def _corpus() -> tuple[tuple[tuple[str, str], ...], ...]:
    """Each file's (Albanian, English) sentences, in their order."""
    files = []
    for path in sorted((DATA / "corpus").glob("*.tsv")):
        rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        files.append(tuple((row[0], row[1]) for row in rows if len(row) >= 2))
    return tuple(f for f in files if len(f) > 3)


@cache
def _samples() -> tuple[str, ...]:
    paths = sorted((DATA / "samples").glob("*.txt"))
    return tuple(line for p in paths for line in p.read_text("utf-8").splitlines() if len(line) > 80)


def made_report(pages: int, seed: int) -> str:
    """A report of `pages` pages, the same for the same seed; odd seeds are mostly English, even ones Albanian."""
    chance = random.Random(seed)
    side = seed % 2
    title = ("Raporti vjetor i Bashkisë Liria", "Annual Report of the Municipality of Liria")[side]
    paragraphs = [f"{title} {2010 + seed % 14}"]
    words = 0
    files = list(_corpus())
    chance.shuffle(files)
    places = [(file, at) for at in range(0, 400, 3) for file in files if at < len(file)]
    for n, (file, at) in enumerate(places * (1 + pages * WORDS_A_PAGE // 300_000)):
        if words >= pages * WORDS_A_PAGE:
            break
        if n % _HEADING == 0:
            paragraphs.append(("KAPITULLI", "CHAPTER")[side] + f" {n // _HEADING + 1}")
        if n % _SAMPLE == 0:
            paragraphs.append(_COUNT.sub(lambda m: str(chance.randint(10, 999)), chance.choice(_samples())))
            words += len(paragraphs[-1].split())
        chosen = side if n % _OTHER else 1 - side
        text = " ".join(row[chosen] for row in file[at : at + 3])
        paragraphs.append(_COUNT.sub(lambda m: str(chance.randint(10, 999)), text))
        words += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs) + "\n"


def write_reports(folder: Path, count: int, pages: int, seed: int = 1) -> Path:
    """`count` text reports of `pages` pages each in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        (folder / f"report-{n + 1:05d}.txt").write_text(made_report(pages, seed + n), "utf-8")
    return folder
