"""Albanian and English passages that say the same: columns of a table, paragraphs in turn, one edition after the other.

Reads: AnnotatedPassage. Writes: Pair.

Figures, article numbers, names, controlled terms and common words that a passage has in both languages are its
keys. The heaviest chain of passages with common keys that runs forward in both languages gives the pairs, in
n log n; what the chain leaves between two sure pairs is filled in where it fits one to one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.align.word_pairs import soft_keys
from pipeline.languages import fold
from pipeline.model import AnnotatedPassage, Figure, LegalReference, Pair, Passage, TermMention
from pipeline.settings import Settings

_NUMBER = re.compile(r"\d[\d.,/]{0,20}")
_NAME = re.compile(r"(?<![.!?\"]\s)(?<=\s)[A-ZËÇ][^\W\d_]{2,30}|\b[A-ZËÇ]{2,8}\b")
# Passages of one language that share a key: a key of more says little and costs much.
_COMMON = 30
# Passages: a counterpart nearer than this is looked at without a common key.
_CLOSE = 2
# Share of the longer text that the shorter has at least; translations of whole passages are longer than this.
_LENGTH_SHARE = 0.45
# Characters: below this, lengths say nothing.
_SHORT = 50
# Regular layout: as many pairs of one layout make the layout itself a witness.
_REGULAR = 3
_LAYOUT_BONUS = {"table_columns": 0.3, "alternating": 0.2, "anchors": 0.0}
# 0 to 1: a pair outside any regular layout must be as sure as this.
_SINGLE = 0.62
# 0 to 1: the same for passages that stand far from each other in a report that is in one language otherwise.
_SINGLE_FAR = 0.9


@dataclass(frozen=True, slots=True)
class _Side:
    """A passage with the keys by which it is compared."""

    place: int
    """Position among the Albanian and English passages of the report."""
    passage: Passage
    hard: frozenset[str]
    soft: frozenset[str]
    words: int


@dataclass(frozen=True, slots=True)
class _Link:
    sq: int
    en: int
    score: float
    how: str


def find_pairs(annotated: Sequence[AnnotatedPassage], settings: Settings | None = None) -> tuple[Pair, ...]:
    """The pairs in reading order of the Albanian passage; a passage is in one pair at most."""
    settings = settings or Settings()
    kept = [a for a in annotated if a.passage.kind != "page_furniture" and a.passage.lang in ("sq", "en")]
    sides = [_side(n, a) for n, a in enumerate(kept)]
    sq = [s for s in sides if s.passage.lang == "sq"]
    en = [s for s in sides if s.passage.lang == "en"]
    if not sq or not en:
        return ()
    links = _links(sq, en)
    chain = _heaviest_chain(links)
    chain = _sure(chain, settings.pair_score, len(sq), len(en))
    filled = [*chain, *_between(chain, sq, en)]
    filled += _in_rows(filled, sq, en)
    return tuple(
        Pair(sq[k.sq].passage.passage_id, en[k.en].passage.passage_id, round(min(1.0, k.score), 3), k.how)
        for k in sorted(filled, key=lambda k: k.sq)
    )


def _side(place: int, annotated: AnnotatedPassage) -> _Side:
    passage = annotated.passage
    hard: set[str] = set()
    for mention in annotated.mentions:
        match mention:
            case Figure(value=str(value), kind=kind) if kind not in ("list_number", "article_number"):
                hard.add(f"f {value}")
            case LegalReference(article=article, number=number):
                hard.update(f"a {part}" for part in (article, number) if part)
            case TermMention(concept_id=str(concept_id)):
                hard.add(f"c {concept_id}")
            case _:
                pass
    if not annotated.mentions:
        hard.update("f " + re.sub(r"\D", "", m) for m in _NUMBER.findall(passage.text))
    hard.update("n " + _root(name) for name in _NAME.findall(passage.text))
    return _Side(
        place, passage, frozenset(hard), soft_keys(passage.text, passage.lang == "sq"), len(passage.text.split())
    )


def _root(name: str) -> str:
    """A name without its case ending: `Tiranës` and `Tirana`, `Vlorë` and `Vlora`; capitals stay whole."""
    folded = fold(name)
    return folded if name.isupper() or len(folded) < 5 else folded[:4]


def _links(sq: Sequence[_Side], en: Sequence[_Side]) -> list[_Link]:
    """Every Albanian and English passage worth comparing, with its score."""
    by_key: dict[str, list[int]] = {}
    for j, side in enumerate(en):
        for key in side.hard | side.soft:
            by_key.setdefault(key, []).append(j)
    starts = [side.place for side in en]
    links: list[_Link] = []
    for i, side in enumerate(sq):
        shared: dict[int, int] = {}
        for key in side.hard | side.soft:
            found = by_key.get(key, ())
            if len(found) <= _COMMON:
                for j in found:
                    shared[j] = shared.get(j, 0) + (2 if key[0] != "w" else 1)
        near = _near(starts, side.place)
        wanted = sorted(shared, key=lambda j: -shared[j])[:12]
        for j in {*wanted, *near}:
            link = _compared(i, j, side, en[j])
            if link is not None:
                links.append(link)
    return links


def _near(starts: Sequence[int], place: int) -> list[int]:
    import bisect

    at = bisect.bisect_left(starts, place)
    return [j for j in range(max(0, at - _CLOSE), min(len(starts), at + _CLOSE)) if abs(starts[j] - place) <= _CLOSE]


def _compared(i: int, j: int, sq: _Side, en: _Side) -> _Link | None:
    how = _layout(sq, en)
    a, b = len(sq.passage.text), len(en.passage.text)
    share = min(a, b) / max(a, b)
    if share < _LENGTH_SHARE and max(a, b) > _SHORT:
        return None
    likeness = _likeness(sq, en)
    if likeness < 0.2 and how != "table_columns":
        return None
    fit = 1.0 if share > 0.7 or max(a, b) <= _SHORT else 0.6 + 0.4 * (share - _LENGTH_SHARE) / (0.7 - _LENGTH_SHARE)
    kinds = 1.0 if (sq.passage.kind in _HEADS) == (en.passage.kind in _HEADS) else 0.7
    return _Link(i, j, likeness * fit * kinds + _LAYOUT_BONUS[how], how)


_HEADS = ("title", "heading")


def _layout(sq: _Side, en: _Side) -> str:
    a, b = sq.passage.location, en.passage.location
    if a.table is not None and (a.table, a.row, a.part) == (b.table, b.row, b.part) and a.column != b.column:
        return "table_columns"
    if abs(sq.place - en.place) == 1 and (a.table is None) == (b.table is None):
        return "alternating"
    return "anchors"


def _likeness(sq: _Side, en: _Side) -> float:
    """0 to 1: share of the sure keys that both have, and as many meanings as a translation of this length shows."""
    common = len(sq.soft & en.soft)
    wanted = max(2.0, 0.22 * min(sq.words, en.words))
    soft = min(1.0, common / wanted)
    total = len(sq.hard) + len(en.hard)
    if not total:
        return 0.85 * soft
    hard = 2.0 * len(sq.hard & en.hard) / total
    return min(1.0, 0.55 * hard + 0.5 * soft) if hard else 0.4 * soft


def _heaviest_chain(links: Sequence[_Link]) -> list[_Link]:
    """The links that run forward in both languages and weigh most: a Fenwick tree over English positions."""
    order = sorted(links, key=lambda k: (k.sq, -k.en))
    size = max((k.en for k in links), default=0) + 2
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    weight: list[float] = []
    before: list[int] = []
    best = -1
    for n, link in enumerate(order):
        at, top = link.en, (0.0, -1)
        while at > 0:
            top = max(top, tree[at])
            at -= at & -at
        weight.append(top[0] + link.score)
        before.append(top[1])
        if best < 0 or weight[n] > weight[best]:
            best = n
        at = link.en + 1
        while at <= size:
            if tree[at] < (weight[n], n):
                tree[at] = (weight[n], n)
            at += at & -at
    chain: list[_Link] = []
    while best >= 0:
        chain.append(order[best])
        best = before[best]
    return chain[::-1]


def _sure(chain: Sequence[_Link], least: float, sq_count: int, en_count: int) -> list[_Link]:
    """The links above the limit; one outside a regular layout must be surer."""
    strong = [k for k in chain if k.score >= least]
    times = {how: sum(k.how == how for k in strong) for how in _LAYOUT_BONUS}
    whole = len(strong) >= 0.4 * min(sq_count, en_count)
    kept: list[_Link] = []
    for link in strong:
        regular = times[link.how] >= _REGULAR and whole
        alone = link.score - (0.0 if regular else _LAYOUT_BONUS[link.how])
        if regular or alone >= (_SINGLE_FAR if link.how == "anchors" else _SINGLE):
            kept.append(link)
    return kept


def _between(chain: Sequence[_Link], sq: Sequence[_Side], en: Sequence[_Side]) -> Iterator[_Link]:
    """Passages between two sure pairs that fit one to one in number, length and kind."""
    for first, last in itertools.pairwise(chain):
        gap = last.sq - first.sq
        if gap < 2 or gap != last.en - first.en or gap > 6:
            continue
        for step in range(1, gap):
            a, b = sq[first.sq + step], en[first.en + step]
            one, other = len(a.passage.text), len(b.passage.text)
            fits = min(one, other) >= 0.6 * max(one, other) or max(one, other) <= _SHORT
            layouts = _layout(a, b)
            if fits and a.passage.kind == b.passage.kind and not (a.hard and b.hard and not a.hard & b.hard):
                yield _Link(first.sq + step, first.en + step, 0.55, layouts)


def _in_rows(chain: Sequence[_Link], sq: Sequence[_Side], en: Sequence[_Side]) -> list[_Link]:
    """Cells left over in a table whose columns are the two languages: one beside the other in one row."""
    columns: dict[tuple[object, ...], int] = {}
    for link in chain:
        if link.how == "table_columns":
            key = _columns(sq[link.sq], en[link.en])
            columns[key] = columns.get(key, 0) + 1
    taken_sq, taken_en = {k.sq for k in chain}, {k.en for k in chain}
    rows: dict[tuple[object, ...], tuple[list[int], list[int]]] = {}
    for n, sides in enumerate((sq, en)):
        for i, side in enumerate(sides):
            place = side.passage.location
            if place.table is not None:
                rows.setdefault((place.part, place.table, place.row), ([], []))[n].append(i)
    found: list[_Link] = []
    for left, right in rows.values():
        free_left, free_right = [i for i in left if i not in taken_sq], [j for j in right if j not in taken_en]
        if len(free_left) == len(free_right) == 1:
            i, j = free_left[0], free_right[0]
            if columns.get(_columns(sq[i], en[j]), 0) >= _REGULAR:
                found.append(_Link(i, j, 0.5, "table_columns"))
    return found


def _columns(a: _Side, b: _Side) -> tuple[object, ...]:
    return a.passage.location.part, a.passage.location.column, b.passage.location.column
