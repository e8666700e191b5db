"""Which passages may be copies of each other, in n log n: fingerprints of word runs, sorted and joined.

Reads: word numbers of passages. Writes: pairs of positions with the fingerprints they share.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of every few neighbouring word runs the one with the smallest hash
is kept, so that two texts with a long enough run in common share a fingerprint, wherever it stands. That finds
fragments and merged passages, which MinHash over whole passages does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

# Words in a run.
RUN = 3
# Neighbouring runs of which one is kept: common runs of RUN + WINDOW - 1 = 6 words are always found.
WINDOW = 4
# Words: a shorter passage keeps every run, and runs of two words besides, to survive one changed word.
SHORT = 12
# Passages: a run in more of them is a phrase of the trade, and says nothing.
COMMON = 48
# Earlier passages looked at for each fingerprint: bounds the work by a multiple of the text's length.
BACK = 6
# Candidates verified for each passage.
TOP = 8


def candidate_pairs(texts: Sequence[Sequence[int]]) -> dict[int, list[tuple[int, int]]]:
    """For each passage the earlier ones that may be its copies, as (position, shared fingerprints), best first."""
    import numpy as np

    hashes, owners = _fingerprints(texts)
    if not len(hashes):
        return {}
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    keep = np.ones(len(hashes), dtype=bool)
    keep[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
    hashes, owners = hashes[keep], owners[keep]
    first = np.concatenate(([True], hashes[1:] != hashes[:-1]))
    group = np.cumsum(first) - 1
    sizes = np.bincount(group)
    fit = (sizes[group] >= 2) & (sizes[group] <= COMMON)
    group, owners = group[fit], owners[fit]
    codes: list[Any] = []
    for back in range(1, BACK + 1):
        same = group[back:] == group[:-back]
        codes.append((owners[back:][same].astype(np.int64) << 32) | owners[:-back][same].astype(np.int64))
    if not codes:
        return {}
    pairs, shared = np.unique(np.concatenate(codes), return_counts=True)
    found: dict[int, list[tuple[int, int]]] = {}
    later, earlier = (pairs >> 32).tolist(), (pairs & 0xFFFFFFFF).tolist()
    for j, i, times in zip(later, earlier, shared.tolist(), strict=True):
        found.setdefault(j, []).append((i, times))
    for j, row in found.items():
        row.sort(key=lambda pair: (-pair[1], pair[0]))
        del row[TOP:]
        found[j] = row
    return found


def _fingerprints(texts: Sequence[Sequence[int]]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Hashes of the kept word runs, and the position of the passage that each is from."""
    import numpy as np

    lengths = np.fromiter((len(t) for t in texts), dtype=np.int64, count=len(texts))
    total = int(lengths.sum())
    empty = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    if total < RUN:
        return empty
    words = np.fromiter((w for t in texts for w in t), dtype=np.uint64, count=total)
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    scrambled = _scramble(words + np.uint64(1))
    runs = _runs(scrambled, RUN)
    inside = owners[RUN - 1 :] == owners[: len(runs)]
    short = lengths[owners[: len(runs)]] < SHORT
    kept = inside & (short | _smallest(runs, owners[: len(runs)], inside))
    pairs = _runs(scrambled, 2) ^ np.uint64(0x9E3779B97F4A7C15)
    inside_two = (owners[1:] == owners[: len(pairs)]) & (lengths[owners[: len(pairs)]] < SHORT)
    return (
        np.concatenate((runs[kept], pairs[inside_two])),
        np.concatenate((owners[: len(runs)][kept], owners[: len(pairs)][inside_two])),
    )


def _runs(scrambled: np.ndarray[Any, Any], size: int) -> np.ndarray[Any, Any]:
    """One hash for each run of `size` words, in order."""
    import numpy as np

    count = len(scrambled) - size + 1
    mixed = scrambled[:count].copy()
    for n in range(1, size):
        mixed = _scramble(mixed * np.uint64(31) + scrambled[n : n + count])
    return mixed


def _scramble(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """SplitMix64's finisher: spreads neighbouring numbers over all 64 bits."""
    import numpy as np

    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    result: np.ndarray[Any, Any] = mixed ^ (mixed >> np.uint64(31))
    return result


def _smallest(
    runs: np.ndarray[Any, Any], owners: np.ndarray[Any, Any], inside: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """True for a run that is the smallest of some window of WINDOW neighbours in its own passage."""
    import numpy as np

    count = len(runs)
    largest = np.uint64(0xFFFFFFFFFFFFFFFF)
    values = np.where(inside, runs, largest)
    kept = np.zeros(count, dtype=bool)
    if count < WINDOW:
        return inside.copy()
    windows = np.lib.stride_tricks.sliding_window_view(values, WINDOW)
    at = windows.argmin(axis=1) + np.arange(len(windows))
    kept[at] = True
    result: np.ndarray[Any, Any] = kept & inside
    return result
