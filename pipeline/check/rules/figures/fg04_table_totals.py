"""A table's totals row or column is not the sum of what stands above or beside it.

Why a reviewer should care: a cell is wrong, and readers copy totals without adding them up.

Not flagged: columns of percentages, averages or years; subtotals and rows `of which`; rounding in the last place of
columns with decimals; tables with empty or unreadable cells in the column; a column that is the sum in few rows only.

Source: tables of budgets and statistics typed by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.tables import Cell, Grid, grids
from pipeline.find.digits import plain
from pipeline.model import Finding, Severity

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
# A column is the total of its row where it is so in this share of the rows, and in three rows at least.
_SHARE_OF_ROWS, _ROWS = Decimal("0.6"), 3


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    for grid in grids(context):
        yield from _columns(grid)
        yield from _rows(grid)


def _columns(grid: Grid) -> Iterator[Finding]:
    """The first totals row against the rows above it; a grand total over subtotals is left."""
    rows = grid.body
    total_row = grid.total_row
    if total_row is None:
        return
    body = [r for r in rows if r < total_row and not grid.row(r)[0].is_subtotal]
    for column in grid.columns[1:]:
        total = grid.cells.get((total_row, column))
        cells = [grid.cells.get((r, column)) for r in body]
        if total is not None and len(cells) >= 2 and all(c is not None and c.figure is not None for c in cells):
            yield from _compare(total, [c for c in cells if c is not None])


def _rows(grid: Grid) -> Iterator[Finding]:
    """A column that is the sum of the row's other numbers in most rows, against the rows where it is not."""
    numeric = [
        c for c in grid.columns[1:]
        if sum((cell := grid.cells.get((r, c))) is not None and cell.counts for r in grid.body) >= _ROWS
    ]  # fmt: skip
    if len(numeric) < 3:
        return
    for column in (numeric[0], numeric[-1]):
        told = []
        for row in grid.body:
            cells = [grid.cells.get((row, c)) for c in numeric]
            if all(c is not None and c.counts for c in cells):
                whole = [c for c in cells if c is not None]
                total = next(c for c in whole if c.column == column)
                told.append((total, [c for c in whole if c is not total]))
        right = sum(_sum(parts) == total.figure.number for total, parts in told if total.figure is not None)
        if right >= _ROWS and right >= _SHARE_OF_ROWS * len(told):
            for total, parts in told:
                yield from _compare(total, parts)
            return


def _compare(total: Cell, parts: Sequence[Cell]) -> Iterator[Finding]:
    if total.figure is None or not total.counts or not all(p.counts for p in parts):
        return
    if len({p.figure.unit for p in (*parts, total) if p.figure is not None}) > 1:
        return
    made, stated = _sum(parts), total.figure.number or Decimal(0)
    whole = made == made.to_integral_value() and stated == stated.to_integral_value()
    slack = Decimal(0) if whole else Decimal("0.05") * len(parts)
    if abs(made - stated) <= slack or not stated or not _NEAREST <= made / stated <= _FURTHEST:
        return
    if any(made == Decimal(r) for r in total.figure.readings):
        return
    yield finding(
        RULE,
        f"The cells make {plain(made)}, and the total is given as “{total.figure.span.exact}”. "
        "Check the cells and the total.",
        f"Qelizat bëjnë {plain(made)}, kurse totali jepet “{total.figure.span.exact}”. "
        "Kontrolloni qelizat dhe totalin.",
        [*(p.figure.span for p in parts if p.figure is not None), total.figure.span],
        found=total.figure.value,
        expected=plain(made),
    )


def _sum(cells: Sequence[Cell]) -> Decimal:
    return sum((c.figure.number or Decimal(0) for c in cells if c.figure is not None), Decimal(0))
