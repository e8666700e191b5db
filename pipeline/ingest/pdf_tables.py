"""Tables on a PDF page: by the lines drawn around their cells, or by columns that stay aligned over several rows.

Reads: Run, and the lines that a page draws. Writes: Table, with the runs of each cell.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.ingest.pdf_words import Run, Word

# Points. A drawn shape thinner than this is a line.
_THIN = 3.0
# Points. Lines this near to each other meet.
_MEET = 4.0
# Points. Text may reach so far over a table's right edge and still be in it.
_OVER = 40.0
# Shapes on a page; a map or a drawing has more, and is no table.
_MOST_SHAPES = 4000
# Lines of one page after collinear ones were joined; more is a drawing.
_MOST_LINES = 400
# Share of the widest text in its column from which a line counts as full, as lines of running text are.
_FULL = 0.7
# Heights of a line: text narrower than this is no running text.
_NARROW = 9.0
# Rows that an unruled table has at least.
_ROWS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line: where it stands, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table's box, its cells' runs by (row, column) from 1, and where its columns begin."""

    x0: float
    y0: float
    x1: float
    y1: float
    cells: dict[tuple[int, int], list[Run]]
    columns: tuple[float, ...]

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def drawn_lines(page: Any, turn_height: float) -> tuple[list[Line], list[Line]]:
    """The horizontal and the vertical lines that an unrotated page draws, collinear ones joined."""
    import ctypes

    import pypdfium2.raw as raw

    left0, _, _, top0 = page.get_cropbox()
    horizontal: list[Line] = []
    vertical: list[Line] = []
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > _MOST_SHAPES or page.get_rotation():
        return [], []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    stroke = ctypes.c_int()
    fill = ctypes.c_int()
    for i in range(count):
        shape = raw.FPDFPage_GetObject(page.raw, i)
        if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_PATH:
            continue
        raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
        x0, x1 = left.value - left0, right.value - left0
        y0, y1 = top0 - top.value, top0 - bottom.value
        if y1 - y0 <= _THIN and x1 - x0 > _THIN:
            horizontal.append(Line((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= _THIN and y1 - y0 > _THIN:
            vertical.append(Line((x0 + x1) / 2, y0, y1))
        elif raw.FPDFPath_GetDrawMode(shape, fill, stroke) and stroke.value and y1 - y0 > 2 * _THIN:
            horizontal += [Line(y0, x0, x1), Line(y1, x0, x1)]
            vertical += [Line(x0, y0, y1), Line(x1, y0, y1)]
    return _joined(horizontal), _joined(vertical)


def _joined(lines: list[Line]) -> list[Line]:
    """Lines at one place that touch, as one."""
    result: list[Line] = []
    for line in sorted(lines, key=lambda n: (round(n.at / 2), n.start)):
        last = result[-1] if result else None
        if last is not None and abs(last.at - line.at) <= 2 and line.start <= last.end + _MEET:
            result[-1] = Line(last.at, last.start, max(last.end, line.end))
        else:
            result.append(line)
    return result


def ruled_tables(runs: Sequence[Run], horizontal: list[Line], vertical: list[Line]) -> tuple[list[Table], list[Run]]:
    """The tables whose cells have lines around them, and the runs outside of any."""
    tables: list[Table] = []
    rest = list(runs)
    for rows, columns in _grids(horizontal, vertical):
        x0, x1 = min(c.at for c in columns), max(c.at for c in columns)
        y0, y1 = min(r.at for r in rows), max(r.at for r in rows)
        inside = [
            r for r in rest
            if x0 - _MEET <= r.x0 <= x1 and y0 - _MEET <= r.middle <= y1 + _MEET and r.x1 <= x1 + _OVER
        ]  # fmt: skip
        if not inside:
            continue
        cells: dict[tuple[int, int], list[Run]] = {}
        xs, ys = _places(columns), _places(rows)
        for run in inside:
            for piece, column in _cut(run, columns, xs):
                middle = (piece.x0 + piece.x1) / 2
                drawn = [r.at for r in rows if r.start - _MEET <= middle <= r.end + _MEET]
                row = _index(ys, drawn, run.middle)
                cells.setdefault((row, column), []).append(piece)
        if len({c for _, c in cells}) < 2 and len({r for r, _ in cells}) < 2:
            continue
        chosen = set(map(id, inside))
        rest = [r for r in rest if id(r) not in chosen]
        tables.append(Table(x0, y0, x1, y1, cells, tuple(xs[:-1])))
    return tables, rest


def _grids(horizontal: list[Line], vertical: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Groups of lines that meet, with at least two rows or columns of cells."""
    if len(horizontal) + len(vertical) > _MOST_LINES:
        return []
    groups: list[tuple[list[Line], list[Line]]] = []
    for line in vertical:
        meeting = [h for h in horizontal if line.start - _MEET <= h.at <= line.end + _MEET
                   and h.start - _MEET <= line.at <= h.end + _MEET]  # fmt: skip
        touched = [g for g in groups if any(h in g[0] for h in meeting)]
        merged: tuple[list[Line], list[Line]] = (list(meeting), [line])
        for group in touched:
            merged[0].extend(h for h in group[0] if h not in merged[0])
            merged[1].extend(group[1])
            groups.remove(group)
        groups.append(merged)
    return [g for g in groups if len(_places(g[0])) >= 2 and len(_places(g[1])) >= 2
            and (len(_places(g[0])) - 1) * (len(_places(g[1])) - 1) >= 2]  # fmt: skip


def _places(lines: Sequence[Line]) -> list[float]:
    """Where the lines stand, those that nearly coincide once."""
    result: list[float] = []
    for at in sorted(line.at for line in lines):
        if not result or at - result[-1] > _MEET:
            result.append(at)
    return result


def _index(all_places: list[float], here: Sequence[float], at: float) -> int:
    """Number of the row or column that begins at the nearest line before `at` that is drawn here."""
    before = [p for p in here if p <= at + 1]
    begin = max(before) if before else all_places[0]
    return max(1, bisect.bisect_right(all_places, begin + _MEET))


def _cut(run: Run, columns: list[Line], xs: list[float]) -> list[tuple[Run, int]]:
    """The run cut where a line between two cells goes through it."""
    here = [c.at for c in columns if c.start - _MEET <= run.middle <= c.end + _MEET]
    parts: list[tuple[list[Word], int]] = []
    for word in run.words:
        column = _index(xs, here, (word.x0 + word.x1) / 2)
        if parts and parts[-1][1] == column:
            parts[-1][0].append(word)
        else:
            parts.append(([word], column))
    return [(_run(words, run.bold), column) for words, column in parts]


def _run(words: list[Word], bold: bool) -> Run:
    return Run(words, min(w.x0 for w in words), min(w.y0 for w in words), max(w.x1 for w in words),
               max(w.y1 for w in words), bold)  # fmt: skip


def rows_of(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs in rows from top to bottom, each from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (r.middle, r.x0)):
        last = rows[-1] if rows else None
        if last and min(last[0].y1, run.y1) - max(last[0].y0, run.y0) >= 0.5 * min(last[0].height, run.height):
            last.append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda r: r.x0)
    return rows


def aligned_tables(runs: Sequence[Run]) -> tuple[list[Table], list[Run]]:
    """The tables without lines: rows of several runs whose columns do not touch; and the other runs."""
    rows = rows_of(runs)
    tables: list[Table] = []
    taken: set[int] = set()
    i = 0
    while i < len(rows):
        if len(rows[i]) < 2:
            i += 1
            continue
        columns = [(r.x0, r.x1) for r in rows[i]]
        last = i
        j = i + 1
        while j < len(rows) and rows[j][0].y0 - rows[j - 1][0].y1 <= 1.3 * max(r.height for r in rows[j]):
            wider = _with_row(columns, rows[j])
            if wider is None:
                break
            columns = wider
            if len(rows[j]) > 1:
                last = j
            j += 1
        found = rows[i : last + 1]
        if len(found) >= _ROWS and sum(len(r) > 1 for r in found) >= 2 and not _is_running_text(found, columns):
            tables.append(_aligned(found, columns))
            taken.update(id(run) for row in found for run in row)
            i = last + 1
        else:
            i += 1
    return tables, [r for r in runs if id(r) not in taken]


def _with_row(columns: list[tuple[float, float]], row: list[Run]) -> list[tuple[float, float]] | None:
    """The columns widened by a row; None where it bridges two of them."""
    result = list(columns)
    for run in row:
        touched = [c for c in result if run.x0 < c[1] and c[0] < run.x1]
        if len(touched) > 1:
            return None
        new = (min([run.x0, *(c[0] for c in touched)]), max([run.x1, *(c[1] for c in touched)]))
        result = [c for c in result if c not in touched] + [new]
    result.sort()
    return result if all(a[1] <= b[0] for a, b in pairwise(result)) else None


def _is_running_text(rows: list[list[Run]], columns: list[tuple[float, float]]) -> bool:
    """Whether the columns hold lines of text that fill them, as those of a newspaper do."""
    for x0, x1 in columns:
        own = [r for row in rows for r in row if x0 <= r.x0 and r.x1 <= x1]
        if not own:
            return False
        height = own[0].height
        full = sum(r.x1 - r.x0 >= _FULL * (x1 - x0) for r in own)
        if x1 - x0 < _NARROW * height or full < 0.5 * len(own):
            return False
    return True


def _aligned(rows: list[list[Run]], columns: list[tuple[float, float]]) -> Table:
    """The table of aligned rows; a row without its first cell, close below another, goes on with that one's cells."""
    cells: dict[tuple[int, int], list[Run]] = {}
    starts = [c[0] for c in columns]
    number = 0
    for k, row in enumerate(rows):
        first = row[0].x0 < columns[0][1]
        close = k > 0 and row[0].y0 - rows[k - 1][0].y1 < 0.35 * row[0].height
        if not number or first or not close:
            number += 1
        for run in row:
            column = max(1, bisect.bisect_right(starts, run.x0 + 0.1))
            cells.setdefault((number, column), []).append(run)
    flat = [r for row in rows for r in row]
    return Table(min(r.x0 for r in flat), min(r.y0 for r in flat), max(r.x1 for r in flat), max(r.y1 for r in flat),
                 cells, tuple(starts))  # fmt: skip
