"""Marks where two quotes differ, character by character, the way an editor would: whole words first, then letters.

Reads: two quotes. Writes: the places in each that the other one does not have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Places = tuple[tuple[int, int], ...]

# Below this share of common characters two words are other words, and marking single letters would only confuse.
ALIKE = 0.5

# Quotes longer than this (in tokens) are compared by their common ends only: 2,000 tokens take about 10 ms.
LONGEST = 4000

_TOKENS = re.compile(r"\w{1,200}|\s{1,200}|[^\w\s]")


def differing_places(left: str, right: str) -> tuple[Places, Places]:
    """The stretches of `left` that `right` does not have, and the other way round, in code points.

    >>> differing_places("tel. 116006", "tel. 16006")
    (((6, 7),), ())
    >>> differing_places("Penal Code", "Criminal Code")
    (((0, 5),), ((0, 8),))
    >>> differing_places("the same", "the same")
    ((), ())
    """
    if left == right:
        return (), ()
    a, b = _TOKENS.findall(left), _TOKENS.findall(right)
    if len(a) > LONGEST or len(b) > LONGEST:
        return _between_common_ends(left, right)
    a_at, b_at = _starts(a), _starts(b)
    a_places: list[tuple[int, int]] = []
    b_places: list[tuple[int, int]] = []
    for tag, a0, a1, b0, b1 in _blocks(a, b):
        if tag == "equal":
            continue
        one, two = left[a_at[a0] : a_at[a1]], right[b_at[b0] : b_at[b1]]
        inner = _letters(one, two) if one and two else None
        if inner is None:
            inner = (((0, len(one)),) if one else ()), (((0, len(two)),) if two else ())
        a_places += [(a_at[a0] + s, a_at[a0] + e) for s, e in inner[0]]
        b_places += [(b_at[b0] + s, b_at[b0] + e) for s, e in inner[1]]
    return _joined(a_places), _joined(b_places)


def _blocks(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Opcodes over tokens, neighbouring changes taken together so that a reworded phrase is one mark."""
    from rapidfuzz.distance import Indel

    merged: list[tuple[str, int, int, int, int]] = []
    for op in Indel.opcodes(a, b):
        tag = "equal" if op.tag == "equal" else "replace"
        if merged and tag == merged[-1][0]:
            _, a0, _, b0, _ = merged[-1]
            merged[-1] = (tag, a0, op.src_end, b0, op.dest_end)
        else:
            merged.append((tag, op.src_start, op.src_end, op.dest_start, op.dest_end))
    return merged


def _letters(one: str, two: str) -> tuple[Places, Places] | None:
    """The differing letters of two stretches of one word each; None where they are too unlike to compare so."""
    from rapidfuzz.distance import Levenshtein

    if Levenshtein.normalized_similarity(one, two) < ALIKE:
        return None
    a: list[tuple[int, int]] = []
    b: list[tuple[int, int]] = []
    for op in Levenshtein.opcodes(one, two):
        if op.tag != "equal":
            a.append((op.src_start, op.src_end))
            b.append((op.dest_start, op.dest_end))
    return _joined(a), _joined(b)


def _between_common_ends(left: str, right: str) -> tuple[Places, Places]:
    """What lies between the longest common beginning and the longest common end."""
    shorter = min(len(left), len(right))
    head = 0
    while head < shorter and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < shorter - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    return _joined([(head, len(left) - tail)]), _joined([(head, len(right) - tail)])


def _starts(tokens: Sequence[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def _joined(places: Sequence[tuple[int, int]]) -> Places:
    """Without empty places, touching ones made one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(p for p in places if p[0] < p[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
