"""A report's passages in the rows in which they are read: the text, and each column of each table.

Reads: CheckContext. Writes: rows of Passage, and sections that stand twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.check.rule import CheckContext
from pipeline.model import Passage

_HEADS = ("title", "heading")


def worded(context: CheckContext) -> list[Passage]:
    """The passages that say something: no furniture, no table headers."""
    return [p for p in context.passages if p.kind not in ("page_furniture", "table_header")]


def streams(context: CheckContext) -> list[list[Passage]]:
    """The text without tables first, then each table's columns, each in reading order."""
    text: list[Passage] = []
    columns: dict[tuple[str, int, int], list[Passage]] = {}
    for passage in worded(context):
        place = passage.location
        if passage.kind == "table_cell" and place.table is not None and place.column is not None:
            columns.setdefault((place.part or "", place.table, place.column), []).append(passage)
        elif passage.kind != "note" and place.part is None:
            text.append(passage)
    return [row for row in (text, *columns.values()) if row]


def one_language(row: Sequence[Passage], context: CheckContext) -> list[list[Passage]]:
    """The row, or, where passages stand beside their translations, the row of each language by itself."""
    paired = {p.passage_id: p.lang for p in row if p.passage_id in context.pair_of}
    if not paired:
        return [list(row)]
    return [[p for p in row if paired.get(p.passage_id, lang) == lang] for lang in ("sq", "en")]


def is_head(passage: Passage) -> bool:
    """A title or a heading."""
    return passage.kind in _HEADS


def word_count(passage: Passage) -> int:
    """Words by white space."""
    return len(passage.text.split())


@dataclass(frozen=True, slots=True)
class Gap:
    """Passages that one copy has and the other lacks; `after` is what stands before them in the other copy."""

    lone: tuple[Passage, ...]
    after: Passage


def gaps(context: CheckContext, most: int) -> Iterator[Gap]:
    """Places where two copies run in parallel and one has up to `most` passages that the other lacks.

    The passages right before and right after are copied, in one row and in the same order, and all that stands
    between their copies is copied too: otherwise the place was written anew, and nothing is missing.
    """
    rows = streams(context)
    at: dict[str, tuple[int, int]] = {p.passage_id: (n, i) for n, row in enumerate(rows) for i, p in enumerate(row)}
    others: dict[str, list[str]] = {}
    for one, other in (*((c.of_passage_id, c.passage_id) for c in context.copies), *_short_twins(rows, context)):
        others.setdefault(one, []).append(other)
        others.setdefault(other, []).append(one)
    for n, row in enumerate(rows):
        for start, end in _lone_runs(row, others, most):
            before = [p for p in row[max(0, start - _REACH) : start] if p.passage_id in others][::-1]
            after = [p for p in row[end : end + _REACH] if p.passage_id in others]
            counterpart = _counterpart(before, after, n, rows, at, others)
            if counterpart is not None:
                yield Gap(tuple(row[start:end]), counterpart)


# Copied passages before and after a gap that are tried: the nearest may be a heading in another column.
_REACH = 3
# Passages between the two copies that enclose a gap: farther apart they are not one place.
_APART = 60
# Words: a shorter passage without a copy is a scrap of a broken one, not other text in the gap's place.
_SCRAP = 8
# Times that a short heading may stand and still be told to be the same.
_TWINS = 3


def _short_twins(rows: Sequence[Sequence[Passage]], context: CheckContext) -> Iterator[tuple[str, str]]:
    """Headings too short for a copy that stand in two rows with the same words: `Action #3: Training`."""
    least = context.settings.copy_words
    met: dict[str, list[Passage]] = {}
    for row in rows:
        for passage in row:
            if _words(passage.text) < least and passage.kind != "note":
                met.setdefault(" ".join(passage.text.lower().split()), []).append(passage)
    for same in met.values():
        if 2 <= len(same) <= _TWINS and len({p.kind for p in same} & {"table_cell"}) and same[0].kind != same[-1].kind:
            yield from ((same[0].passage_id, p.passage_id) for p in same[1:])


def _lone_runs(row: Sequence[Passage], others: dict[str, list[str]], most: int) -> Iterator[tuple[int, int]]:
    start = 1
    while start < len(row):
        if row[start].passage_id in others or row[start - 1].passage_id not in others:
            start += 1
            continue
        end = start
        while end < len(row) and row[end].passage_id not in others:
            end += 1
        if end < len(row) and end - start <= most:
            yield start, end
        start = end


def _counterpart(
    before: Sequence[Passage],
    after: Sequence[Passage],
    own: int,
    rows: Sequence[Sequence[Passage]],
    at: dict[str, tuple[int, int]],
    others: dict[str, list[str]],
) -> Passage | None:
    """What stands before the gap in the other copy, where that runs on without a break."""
    places = [
        (at[i], at[j])
        for p in before for q in after
        for i in others[p.passage_id] for j in others[q.passage_id]
        if i in at and j in at
    ]  # fmt: skip
    for (n, i), (m, j) in places:
        runs_on = n == m and n != own and i <= j <= i + _APART
        if runs_on and all(p.passage_id in others or _words(p.text) < _SCRAP for p in rows[n][i : j + 1]):
            return rows[n][i]
    return None


def _words(text: str) -> int:
    return sum(any(c.isalnum() for c in word) for word in text.replace("-", " ").split())
