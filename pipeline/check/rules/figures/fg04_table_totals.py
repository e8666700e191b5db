"""A table's totals row or column is not the sum of what stands above or beside it.

Why a reviewer should care: a cell is wrong, and readers copy totals without adding them up.

Not flagged: columns of percentages, averages or years; subtotals and rows `of which`; rounding in the last place of
columns with decimals; tables with empty or unreadable cells in the column.

Source: tables of budgets and statistics typed by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.tables import Cell, Grid, grids
from pipeline.find.numbers import plain
from pipeline.model import Figure, Finding, Severity

RULE = Rule(
    id="FG04",
    name="figures.table-totals",
    kind="sum_mismatch",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="Rreshti ose kolona e totalit në tabelë nuk është shuma e asaj që qëndron sipër ose pranë.",
    why_sq="Një qelizë është e gabuar, dhe lexuesit i kopjojnë totalet pa i mbledhur.",
    examples=(
        Flags(
            "Region\tSchools\nNorth\t⟦14⟧\nCentre\t⟦22⟧\nSouth\t⟦19⟧\nTotal\t⟦56⟧",
            why="14, 22 and 19 make 55",
        ),
        Flags(
            "Qarku\tNxënës\nKukës\t⟦1.200⟧\nDibër\t⟦1.450⟧\nLezhë\t⟦900⟧\nGjithsej\t⟦3.650⟧",
            why="shuma është 3550",
        ),
        Passes("Region\tSchools\nNorth\t14\nCentre\t22\nSouth\t19\nTotal\t55", why="they make 55"),
        Passes("Qarku\tPërqindja\nKukës\t80 %\nDibër\t60 %\nLezhë\t70 %\nGjithsej\t71 %", why="mesatare, jo shumë"),
    ),
)

# A sum further off than this is another structure (subtotals, averages), not a slip in a cell.
_NEAREST, _FURTHEST = Decimal("0.5"), Decimal("1.7")


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    for grid in grids(context):
        yield from _columns(grid)
        yield from _rows(grid)


def _columns(grid: Grid) -> Iterator[Finding]:
    for row in grid.rows:
        first = grid.row(row)[0]
        if not first.is_total:
            continue
        above = [r for r in grid.rows if r < row]
        stop = next((r for r in reversed(above) if grid.row(r)[0].is_total), None)
        if stop is not None:
            continue  # a grand total over subtotals
        body = [r for r in above if not grid.row(r)[0].is_subtotal]
        for column in grid.columns[1:]:
            total = grid.cells.get((row, column))
            cells = [grid.cells[r, column] for r in body if (r, column) in grid.cells]
            yield from _compare(total, cells, body)


def _rows(grid: Grid) -> Iterator[Finding]:
    """The column headed `Total` against the other numbers of each row, where it is their sum in most rows."""
    header = grid.row(grid.rows[0])
    for head in header[2:]:
        if not head.is_total:
            continue
        rows = []
        for row in grid.rows[1:]:
            cells = [c for c in grid.row(row) if c.figure is not None]
            total = next((c for c in cells if c.column == head.column), None)
            parts = [c for c in cells if c.column < head.column]
            if total is not None and len(parts) >= 2 and _same_kind([*parts, total]):
                rows.append((total, parts))
        right = sum(_sum(parts) == total.figure.number for total, parts in rows if total.figure)
        if len(rows) >= 2 and right * 2 >= len(rows):
            for total, parts in rows:
                yield from _compare(total, parts, [])


def _compare(total: Cell | None, cells: Sequence[Cell], body: Sequence[int]) -> Iterator[Finding]:
    parts = [c for c in cells if c.figure is not None]
    # All that is no number is the column's heading, at the top.
    if total is None or total.figure is None or len(parts) < 2 or (body and len(cells) - len(parts) > 1):
        return
    if body and (len(cells) < len(body) or any(c.figure is None for c in cells[1:])):
        return
    if not _same_kind([*parts, total]) or total.figure.kind in ("percent", "year"):
        return
    made, stated = _sum(parts), total.figure.number or Decimal(0)
    slack = (
        Decimal(0)
        if made == made.to_integral_value() and stated == stated.to_integral_value()
        else Decimal("0.05") * len(parts)
    )
    if abs(made - stated) <= slack or not stated or not _NEAREST <= made / stated <= _FURTHEST:
        return
    if any(made == Decimal(r) for r in total.figure.readings):
        return
    yield finding(
        RULE,
        f"The cells make {plain(made)}, and the total is given as “{total.figure.span.exact}”. Check the "
        f"cells and the total.",
        f"Qelizat bëjnë {plain(made)}, kurse totali jepet “{total.figure.span.exact}”. Kontrolloni qelizat "
        f"dhe totalin.",
        [*(c.figure.span for c in parts if c.figure), total.figure.span],
        found=total.figure.value,
        expected=plain(made),
    )


def _same_kind(cells: Sequence[Cell]) -> bool:
    figures: list[Figure] = [c.figure for c in cells if c.figure is not None]
    return len({(f.kind if f.kind != "year" else "count", f.unit) for f in figures}) == 1


def _sum(cells: Sequence[Cell]) -> Decimal:
    return sum((c.figure.number or Decimal(0) for c in cells if c.figure is not None), Decimal(0))
