"""A percentage in a table does not follow from the numbers of its row, as the other rows' percentages do.

Why a reviewer should care: one of the row's numbers is wrong, or the percentage was not updated with them.

Not flagged: columns whose percentages follow from nothing in the table; rounding in the last printed place.

Source: tables of statistics with a column for the change or the share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.tables import Cell, Grid, grids
from pipeline.find.digits import plain
from pipeline.model import Finding, Severity

RULE = Rule(
    id="FG11",
    name="figures.table-percentages",
    kind="sum_mismatch",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një përqindje në tabelë nuk del nga numrat e rreshtit të saj, siç dalin përqindjet e rreshtave të "
    "tjerë.",
    why_sq="Njëri nga numrat e rreshtit është i gabuar, ose përqindja nuk u përditësua bashkë me ta.",
    examples=(
        Flags(
            "Region\tCases\tSolved\tRate\nNorth\t220\t143\t65 %\nCentre\t90\t54\t60 %\nEast\t60\t33\t55 "
            "%\nSouth\t⟦50⟧\t⟦20⟧\t⟦45 %⟧",
            why="20 of 50 is 40 %",
        ),
        Flags(
            "Qarku\t2020\t2021\tNdryshimi\nDibër\t150\t186\t+24 %\nKukës\t40\t44\t+10 %\nLezhë\t60\t51\t-15 "
            "%\nFier\t⟦25⟧\t⟦30⟧\t⟦+25 %⟧",
            why="nga 25 në 30 është 20 %",
        ),
        Passes(
            "Region\tCases\tSolved\tRate\nNorth\t220\t143\t65 %\nCentre\t90\t54\t60 %\nEast\t60\t33\t55 "
            "%\nSouth\t50\t20\t40 %",
            why="they follow",
        ),
        Passes(
            "Shkolla\tMësues\tNxënës\tPjesëmarrja\nNr. 1\t24\t410\t97 %\nNr. 2\t31\t520\t94 %\nNr. 3\t18\t300\t99 %",
            why="pjesëmarrja nuk del nga kolonat",
        ),
    ),
)

# A column follows from two others where it does so in this share of the rows, and in three at least.
_SHARE_OF_ROWS, _ROWS = Decimal("0.6"), 3


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    for grid in grids(context):
        for column in grid.columns[1:]:
            yield from _column(grid, column)


def _column(grid: Grid, column: int) -> Iterator[Finding]:
    rows = [r for r in grid.body if (c := grid.cells.get((r, column))) is not None and c.percents]
    others = [c for c in grid.columns[1:] if c != column]
    if len(rows) < _ROWS:
        return
    for a, b in permutations(others, 2):
        for change in (False, True):
            told = [(r, *cells) for r in rows if (cells := _triple(grid, r, a, b, column)) is not None]
            wrong = [(x, y, p) for _, x, y, p in told if not _follows(x, y, p, change)]
            right = len(told) - len(wrong)
            if right < _ROWS or right < _SHARE_OF_ROWS * len(told):
                continue
            for x, y, p in wrong:
                yield _finding(x, y, p, change)
            return


def _triple(grid: Grid, row: int, a: int, b: int, column: int) -> tuple[Cell, Cell, Cell] | None:
    x, y, p = grid.cells.get((row, a)), grid.cells.get((row, b)), grid.cells.get((row, column))
    if x is None or y is None or p is None or not (x.counts and y.counts and p.percents):
        return None
    return (x, y, p) if y.figure is not None and y.figure.number else None


def _exact(x: Cell, y: Cell, change: bool) -> Decimal:
    assert x.figure is not None
    assert y.figure is not None
    upper, lower = x.figure.number or Decimal(0), y.figure.number or Decimal(1)
    return (upper - lower) * 100 / lower if change else upper * 100 / lower


def _follows(x: Cell, y: Cell, p: Cell, change: bool) -> bool:
    assert p.figure is not None
    digits = re.search(r"[.,](\d+)", p.figure.span.exact)
    return abs(_exact(x, y, change) - (p.figure.number or Decimal(0))) <= Decimal(1).scaleb(
        -len(digits[1]) if digits else 0
    )


def _finding(x: Cell, y: Cell, p: Cell, change: bool) -> Finding:
    assert x.figure is not None
    assert y.figure is not None
    assert p.figure is not None
    exact = plain(_exact(x, y, change).quantize(Decimal("0.1")))
    said = (
        f"From “{y.figure.span.exact}” to “{x.figure.span.exact}” is {exact} %"
        if change
        else f"“{x.figure.span.exact}” of “{y.figure.span.exact}” is {exact} %"
    )
    said_sq = (
        f"Nga “{y.figure.span.exact}” në “{x.figure.span.exact}” është {exact} %"
        if change
        else f"“{x.figure.span.exact}” nga “{y.figure.span.exact}” është {exact} %"
    )
    return finding(
        RULE,
        f"{said}, and the table says “{p.figure.span.exact}”. Check the row.",
        f"{said_sq}, kurse tabela thotë “{p.figure.span.exact}”. Kontrolloni rreshtin.",
        sorted((x.figure.span, y.figure.span, p.figure.span), key=lambda s: s.start),
        found=p.figure.value,
        expected=exact,
    )
