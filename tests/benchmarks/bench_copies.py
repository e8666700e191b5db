"""Near-duplicate search at 1,000, 10,000 and 100,000 passages, beside rapidfuzz brute force and datasketch.

Run: `python tests/benchmarks/bench_copies.py [count ...]`. Prints seconds, the growth of time against n log n, peak
memory, and how many of the planted copies each finds. Each size runs in a process of its own, for its own peak.
"""

from __future__ import annotations

import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable

from pipeline.align.copies import find_copies
from pipeline.model import Passage, short_hash

SIZES = (1_000, 10_000, 100_000)
# Brute force compares all pairs: its time at larger sizes is reckoned from this many passages.
BRUTE_SIZE = 2_000
SYLLABLES = [
    a + b
    for a in ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "th", "nj"]
    for b in ["a", "e", "i", "o", "u", "ë"]
]


def made_passages(count: int, seed: int = 7) -> tuple[list[Passage], set[tuple[int, int]]]:
    """Passages of 15 to 60 words over a vocabulary of Zipf's kind; one in ten repeats an earlier one with a fault."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(20_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    texts: list[list[str]] = []
    planted: set[tuple[int, int]] = set()
    for n in range(count):
        if n > 20 and chance.random() < 0.1:
            source = chance.randrange(0, n - 10)
            text = list(texts[source])
            fault = chance.random()
            at = chance.randrange(len(text))
            if fault < 0.4:
                text[at] = str(chance.randint(100, 999))
            elif fault < 0.7:
                del text[at]
            elif len(text) > 24:
                text = text[len(text) // 2 :]
            planted.add((source, n))
        else:
            text = chance.choices(words, weights, k=chance.randint(15, 60))
        texts.append(text)
    passages: list[Passage] = []
    at = 0
    for n, text in enumerate(texts, 1):
        line = " ".join(text).capitalize() + "."
        passage = Passage(short_hash(line, str(n)), "bench", n, at, at + len(line), line, "paragraph", lang="sq")
        passages.append(passage)
        at += len(line) + 1
    return passages, planted


def ours(passages: list[Passage]) -> set[tuple[int, int]]:
    place = {p.passage_id: n for n, p in enumerate(passages)}
    return {(place[c.of_passage_id], place[c.passage_id]) for c in find_copies(passages)}


def with_datasketch(passages: list[Passage]) -> set[tuple[int, int]]:
    """MinHash of word triples, 128 permutations, LSH at 0.6: the usual recipe."""
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=0.6, num_perm=128)
    found = set()
    for n, passage in enumerate(passages):
        words = passage.text.lower().split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i : i + 3]).encode() for i in range(max(1, len(words) - 2))])
        found |= {(int(i), n) for i in lsh.query(sketch)}
        lsh.insert(str(n), sketch)
    return found


def with_rapidfuzz(passages: list[Passage]) -> set[tuple[int, int]]:
    """All pairs by `fuzz.ratio` over the texts, at 80."""
    from rapidfuzz import fuzz, process

    texts = [p.text for p in passages]
    found = set()
    for start in range(0, len(texts), 500):
        scores = process.cdist(texts[start : start + 500], texts, scorer=fuzz.ratio, score_cutoff=80, workers=2)
        for row, values in enumerate(scores):
            found |= {(int(i), start + row) for i in values.nonzero()[0] if i < start + row}
    return found


METHODS: dict[str, Callable[[list[Passage]], set[tuple[int, int]]]] = {
    "dygjuhe": ours, "datasketch": with_datasketch, "rapidfuzz": with_rapidfuzz,
}  # fmt: skip


def measure(method: str, count: int) -> dict[str, float]:
    passages, planted = made_passages(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    found = METHODS[method](passages)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # A copy of a copy may be told of the first one: it counts where the later passage was found at all.
    later = {j for _, j in found}
    return {
        "seconds": round(seconds, 2), "peak_mib": round(peak / 1024), "own_mib": round((peak - before) / 1024),
        "planted": len(planted), "found": sum(j in later for _, j in planted), "reported": len(found),
    }  # fmt: skip


def main() -> None:
    sizes = [int(a) for a in sys.argv[1:]] or list(SIZES)
    before: tuple[int, float] | None = None
    for count in sizes:
        for method in METHODS:
            count_run = BRUTE_SIZE if method == "rapidfuzz" and count > 10000 else count
            code = f"import json;from bench_copies import measure;print(json.dumps(measure({method!r},{count_run})))"
            out = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True,
                env={"PYTHONPATH": f"{sys.path[0]}:{sys.path[0]}/../.."},
            ).stdout  # fmt: skip
            result = json.loads(out)
            if count_run != count:
                factor = (count / count_run) ** 2
                result = {"seconds": round(result["seconds"] * factor, 1), "reckoned_from": count_run}
            note = ""
            if method == "dygjuhe":
                if before is not None:
                    grown = result["seconds"] / max(before[1], 0.01)
                    ideal = count * math.log(count) / (before[0] * math.log(before[0]))
                    note = f"  time x {grown:.1f}, n log n x {ideal:.1f}"
                before = (count, result["seconds"])
            print(f"{count:>7} {method:<11} {json.dumps(result)}{note}", flush=True)


if __name__ == "__main__":
    main()
