"""Passages of one language that say the same twice: whole, as a fragment, or merged; with every difference named.

Reads: Passage. Writes: Copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.align.candidates import SHORT, candidate_pairs
from pipeline.align.differences import differences
from pipeline.align.words import words_of
from pipeline.languages import fold
from pipeline.model import Copy, Difference, Passage
from pipeline.segment.lists import read_marker
from pipeline.settings import Settings

_WORDS = re.compile(r"[^\W_]+")
# Share of the longer passage that the shorter must reach to be compared with it as a whole.
_WHOLE = 0.72
# Share of the longer passage that is left where words were lost, and share of the rest that must agree.
_SHORTENED, _KEPT = 0.55, 0.95
# Words: the least that a fragment of a longer passage has.
_FRAGMENT_WORDS = 7
# 0 to 100: a fragment, or a pair that stands alone, must agree this much.
_ALONE_SCORE = 82.0
# Words: a shorter pair that stands alone is a phrase that both passages use.
_ALONE_WORDS = 8
# Passages on either side in which another copied pair supports this one.
_NEAR = 4
# Passages: nearer than this, two alike are items of one list, not copies.
_LIST = 4
# Words: a copied neighbour that has fewer is a phrase that comes back by right.
_SAME_WORDS = 6
# Words: the least that a short paragraph merged into a longer one has.
_REST_WORDS = 3
# Passages in which a paragraph cut at the end of a page may go on: other cells and a header stand between.
_CARRY = 6
# Kinds of difference that change no word.
_FORM = frozenset({"spacing", "case", "punctuation", "accent"})


@dataclass(frozen=True, slots=True)
class _Text:
    """An eligible passage; `words` are numbers, the same for the same folded word."""

    passage: Passage
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    """Two positions that agree; the bounds are word positions."""

    earlier: int
    later: int
    score: float
    left: tuple[int, int]
    right: tuple[int, int]
    whole: bool


def find_copies(passages: Sequence[Passage], settings: Settings | None = None) -> tuple[Copy, ...]:
    """The copies in reading order of the later passage.

    A later passage has one whole counterpart, the earliest of the best; a fragment points at the part it repeats,
    and a passage that merges several earlier ones has a copy for each.
    """
    settings = settings or Settings()
    texts = _eligible(passages, settings.copy_words)
    originals, repeats = _identical(texts)
    copies = [_copy_of(texts[i], texts[j]) for j, i in repeats]
    matches = _matches(texts, originals, settings)
    support = _supported(matches, repeats, texts)
    by_later: dict[int, list[_Match]] = {}
    for match in matches:
        by_later.setdefault(match.later, []).append(match)
    for own in by_later.values():
        taken = [m for m in own if _accepted(m, texts, support) is not None]
        rest = [*_left_over(taken, texts), *_carried_on(taken, texts, by_later)]
        for match in (*_without_rest(taken, rest), *rest):
            copy = _accepted(match, texts, support, match in rest)
            if copy is not None:
                copies.append(copy)
    place = {p.passage_id: p.number for p in passages}
    return tuple(sorted(copies, key=lambda c: (place[c.passage_id], place[c.of_passage_id])))


def _eligible(passages: Sequence[Passage], least: int) -> list[_Text]:
    numbers: dict[str, int] = {}
    texts: list[_Text] = []
    for passage in passages:
        if passage.kind in ("page_furniture", "table_header"):
            continue
        marker = read_marker(passage.text)
        found = _WORDS.findall(fold(passage.text[marker.end :] if marker else passage.text))
        if len(found) >= least:
            texts.append(_Text(passage, tuple(numbers.setdefault(word, len(numbers)) for word in found)))
    return texts


def _identical(texts: Sequence[_Text]) -> tuple[list[int], list[tuple[int, int]]]:
    """Positions of the first of each text by its words, and (later, first) of the others."""
    first: dict[tuple[int, ...], int] = {}
    originals: list[int] = []
    repeats: list[tuple[int, int]] = []
    for n, text in enumerate(texts):
        earlier = first.setdefault(text.words, n)
        if earlier == n:
            originals.append(n)
        else:
            repeats.append((n, earlier))
    return originals, repeats


def _copy_of(earlier: _Text, later: _Text) -> Copy:
    """A copy whose words are the same; its form may differ."""
    left, right = earlier.passage.text, later.passage.text
    found = () if left == right else differences(left, right)
    return Copy(later.passage.passage_id, earlier.passage.passage_id, 100.0, found, 0, len(left))


def _matches(texts: Sequence[_Text], originals: Sequence[int], settings: Settings) -> list[_Match]:
    """What agrees at `copy_score` or above: for each later passage its best whole match, or its parts."""
    pairs = candidate_pairs([texts[n].words for n in originals])
    found: list[_Match] = []
    for j, row in pairs.items():
        later = originals[j]
        wholes: list[_Match] = []
        parts: list[_Match] = []
        for i, shared in row:
            match = _compared(texts, originals[i], later, shared, settings.copy_score)
            if match is not None:
                (wholes if match.whole else parts).append(match)
        if wholes:
            best = max(m.score for m in wholes)
            # The earliest among the nearly best: a later one is a copy of a copy.
            near = [m for m in wholes if m.score >= best - 0.01]
            found.append(min(near, key=lambda m: m.earlier))
            found.extend(
                m for m in _apart(parts) if best < 90 and len(texts[m.earlier].words) >= len(texts[later].words)
            )
        else:
            found.extend(_apart(parts))
    return found


def _compared(texts: Sequence[_Text], i: int, j: int, shared: int, least: float) -> _Match | None:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    a, b = texts[i], texts[j]
    if not _one_language(a.passage, b.passage):
        return None
    short, long = sorted((len(a.words), len(b.words)))
    if short >= _WHOLE * long:
        common = LCSseq.similarity(a.words, b.words)
        score = 100.0 * common / short if short >= 0.9 * long else 200.0 * common / (short + long)
        if score >= least:
            return _Match(i, j, score, (0, len(a.words)), (0, len(b.words)), True)
    if short >= _SHORTENED * long and short >= _ALONE_WORDS:
        # One copy has lost some words from its middle, and nothing else.
        common = LCSseq.similarity(a.words, b.words)
        ends = a.words[0] == b.words[0] and a.words[-1] == b.words[-1]
        if ends and common >= _KEPT * short:
            return _Match(i, j, 200.0 * common / (short + long), (0, len(a.words)), (0, len(b.words)), True)
    # A short fragment shares few fingerprints with the longer text, which keeps one of every few.
    if short < _FRAGMENT_WORDS or short == long or shared < (1 if short < SHORT else 2):
        return None
    within = fuzz.partial_ratio_alignment(a.words, b.words, score_cutoff=least)
    if within is None:
        return None
    left, right = (within.src_start, within.src_end), (within.dest_start, within.dest_end)
    common = LCSseq.similarity(a.words[slice(*left)], b.words[slice(*right)])
    score = 100.0 * common / short
    return _Match(i, j, score, left, right, False) if score >= _ALONE_SCORE else None


def _one_language(a: Passage, b: Passage) -> bool:
    return a.lang == b.lang or "und" in (a.lang, b.lang) or "mixed" in (a.lang, b.lang)


def _apart(parts: Sequence[_Match]) -> list[_Match]:
    """Parts that do not claim the same words of the later passage, best first."""
    chosen: list[_Match] = []
    for match in sorted(parts, key=lambda m: (-m.score, m.earlier)):
        if all(match.right[1] <= m.right[0] or m.right[1] <= match.right[0] for m in chosen):
            chosen.append(match)
    return chosen


def _left_over(taken: Sequence[_Match], texts: Sequence[_Text]) -> list[_Match]:
    """Short neighbours of the earlier passage that the later one has merged in, where longer words were found."""
    if not taken:
        return []
    from rapidfuzz.distance import Indel, LCSseq

    later = taken[0].later
    free: list[tuple[int, int]] = []
    if taken[0].whole:
        codes = Indel.opcodes(texts[taken[0].earlier].words, texts[later].words)
        free = [(c.dest_start, c.dest_end) for c in codes if c.tag == "insert"]
    else:
        at = 0
        for match in sorted(taken, key=lambda m: m.right):
            free.append((at, match.right[0]))
            at = match.right[1]
        free.append((at, len(texts[later].words)))
    met = {m.earlier for m in taken}
    near = sorted({m.earlier + step for m in taken for step in (-2, -1, 1, 2)} - met)
    found: list[_Match] = []
    for start, end in free:
        run = texts[later].words[start:end]
        if len(run) < _REST_WORDS:
            continue
        best: _Match | None = None
        for i in near:
            if not 0 <= i < later or not 0.6 * len(run) <= len(texts[i].words) <= 1.6 * len(run):
                continue
            score = 100.0 * LCSseq.similarity(texts[i].words, run) / min(len(run), len(texts[i].words))
            if score >= _ALONE_SCORE and (best is None or score > best.score):
                best = _Match(i, later, score, (0, len(texts[i].words)), (start, end), False)
        if best is not None:
            found.append(best)
    return found


def _carried_on(taken: Sequence[_Match], texts: Sequence[_Text], by_later: dict[int, list[_Match]]) -> list[_Match]:
    """Short neighbours of the later passage that carry on what it lacks of the earlier one: a cut at a page's end."""
    from rapidfuzz.distance import Indel, LCSseq

    found: list[_Match] = []
    for match in (m for m in taken if m.whole):
        words = texts[match.earlier].words
        for code in Indel.opcodes(words, texts[match.later].words):
            run = words[code.src_start : code.src_end]
            if code.tag != "delete" or len(run) < _REST_WORDS:
                continue
            for k in range(match.later + 1, match.later + 1 + _CARRY):
                if not match.earlier < k < len(texts) or k in by_later:
                    continue
                own = texts[k].words
                if 0.6 * len(run) <= len(own) <= 1.6 * len(run):
                    score = 100.0 * LCSseq.similarity(own, run) / min(len(run), len(own))
                    if score >= _ALONE_SCORE:
                        bounds = (code.src_start, code.src_end)
                        found.append(_Match(match.earlier, k, score, bounds, (0, len(own)), False))
                        break
    return found


def _without_rest(taken: Sequence[_Match], rest: Sequence[_Match]) -> list[_Match]:
    """The matches, a whole one narrowed where its beginning or end belongs to another copy."""
    narrowed: list[_Match] = []
    for match in taken:
        left, right = match.left, match.right
        for other in rest if match.whole else ():
            if other.later == match.later:
                right = _narrowed(right, other.right)
            elif other.earlier == match.earlier:
                left = _narrowed(left, other.left)
        changed = (left, right) != (match.left, match.right) and left[0] < left[1] and right[0] < right[1]
        narrowed.append(replace(match, left=left, right=right, whole=False) if changed else match)
    return narrowed


def _narrowed(bounds: tuple[int, int], taken: tuple[int, int]) -> tuple[int, int]:
    """The bounds without `taken`, where that lies at one of their ends."""
    start, end = bounds
    if taken[0] <= start < taken[1]:
        return taken[1], end
    if taken[0] < end <= taken[1]:
        return start, taken[0]
    return bounds


def _supported(
    matches: Sequence[_Match], repeats: Sequence[tuple[int, int]], texts: Sequence[_Text]
) -> frozenset[tuple[int, int]]:
    """Pairs beside which a pair of neighbours agrees word for word: a whole section stands twice."""
    pairs = {(m.earlier, m.later) for m in matches if m.later - m.earlier > _LIST}
    same = {(i, j) for j, i in repeats if j - i > _LIST}
    same |= {(m.earlier, m.later) for m in matches if m.score >= 99.9 and m.later - m.earlier > _LIST}
    same = {(i, j) for i, j in same if min(len(texts[i].words), len(texts[j].words)) >= _SAME_WORDS}
    near: set[tuple[int, int]] = set()
    for i, j in pairs | same:
        for up in range(-_NEAR, _NEAR + 1):
            for along in range(-_NEAR, _NEAR + 1):
                if (up or along) and up * along >= 0 and (i + up, j + along) in same:
                    near.add((i, j))
    return frozenset(near)


def _accepted(
    match: _Match, texts: Sequence[_Text], support: frozenset[tuple[int, int]], sure: bool = False
) -> Copy | None:
    earlier, later = texts[match.earlier].passage, texts[match.later].passage
    left_bounds = _characters(earlier.text, match.left) if not match.whole else None
    right_bounds = _characters(later.text, match.right) if not match.whole else None
    found = differences(earlier.text, later.text, left_bounds, right_bounds)
    if not sure and not _is_copy(match, texts, found, (match.earlier, match.later) in support):
        return None
    start, end = left_bounds or (0, len(earlier.text))
    return Copy(later.passage_id, earlier.passage_id, round(match.score, 1), found, start, end)


def _is_copy(match: _Match, texts: Sequence[_Text], found: Sequence[Difference], supported: bool) -> bool:
    """Whether alike passages are one that was copied, and not two that are built alike.

    `In 2013 the police registered 25 cases.` and `In 2014 the police registered 31 cases.` are two statements;
    so are the items of one list.
    """
    told = [d for d in found if d.kind not in _FORM]
    if supported:
        return True
    words = min(len(texts[match.earlier].words), len(texts[match.later].words))
    if match.later - match.earlier <= _LIST and told:
        # Neighbours: one sentence of a row of alike ones, unless a single word was touched.
        return words >= 2 * _ALONE_WORDS and len(told) == 1 and told[0].kind in ("word", "missing", "added")
    if not told:
        return words >= _ALONE_WORDS
    if words < _ALONE_WORDS or match.score < _ALONE_SCORE:
        return False
    figures = sum(d.kind in ("figure", "reference") for d in told)
    if figures >= 2 and figures == len(told):
        return False
    return len(told) <= max(2, words // 8)


def _characters(text: str, bounds: tuple[int, int]) -> tuple[int, int]:
    """Where the words from `bounds[0]` to before `bounds[1]` stand, with the sign that closes the last one."""
    marker = read_marker(text)
    places = [m.span() for m in _WORDS.finditer(text, marker.end if marker else 0)]
    first, last = places[bounds[0]][0], places[bounds[1] - 1][1]
    if bounds[0] == 0:
        first = 0
    if bounds[1] == len(places):
        return first, len(text)
    while last < len(text) and not text[last].isspace() and not text[last].isalnum():
        last += 1
    return first, last


def word_count(text: str) -> int:
    """Words of a passage, signs not counted."""
    return sum(not w.sign for w in words_of(text))
