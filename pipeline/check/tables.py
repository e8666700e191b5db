"""The report's tables as grids of cells with the figure each holds.

Reads: CheckContext (passages with table, row and column). Writes: Grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext
from pipeline.languages import fold
from pipeline.model import AnnotatedPassage, Figure

_TOTAL = re.compile(
    r"\s*(?:grand\s)?(?:totals?|totali|gjithsej|shuma|sum|all|overall|together)\b[\s:.]*(?:\w+\s?){0,2}$"
)
_SUBTOTAL = re.compile(
    r"\s*(?:sub-?total|nentotal\w*|of\swhich|prej\stecilave|prej\s(?:te\scilave|tyre)|nga\s(?:te\s)?cilat)"
)
# A cell holds a number where the figure is nearly all of it: `1,200 ALL`, `12 %`, not a sentence with a number.
_NEARLY_ALL = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text and, where that is all it says, its figure."""

    row: int
    column: int
    text: str
    figure: Figure | None

    @property
    def is_total(self) -> bool:
        return self.figure is None and bool(_TOTAL.match(fold(self.text)))

    @property
    def counts(self) -> bool:
        """Holds a count or an amount; a year in the body of a table is a count."""
        return self.figure is not None and self.figure.kind in ("count", "amount", "year")

    @property
    def percents(self) -> bool:
        return self.figure is not None and self.figure.kind == "percent"

    @property
    def is_subtotal(self) -> bool:
        return self.figure is None and bool(_SUBTOTAL.match(fold(self.text)))


@dataclass(frozen=True)
class Grid:
    """A table; `cells` by row and column, numbered as the document does."""

    cells: dict[tuple[int, int], Cell]

    @cached_property
    def rows(self) -> list[int]:
        return sorted({r for r, _ in self.cells})

    @cached_property
    def columns(self) -> list[int]:
        return sorted({c for _, c in self.cells})

    @cached_property
    def body(self) -> list[int]:
        """The rows without a heading: at the top, what has no number but years."""
        numbers = [c.figure for c in self.row(self.rows[0]) if c.figure is not None]
        return self.rows[1:] if all(f.kind == "year" for f in numbers) else self.rows

    @cached_property
    def total_row(self) -> int | None:
        """The first row that calls itself the total."""
        return next((r for r in self.body if self.row(r)[0].is_total), None)

    @cached_property
    def _by_row(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for row, column in sorted(self.cells):
            rows.setdefault(row, []).append(self.cells[row, column])
        return rows

    def row(self, row: int) -> list[Cell]:
        return self._by_row[row]


def grids(context: CheckContext) -> Iterator[Grid]:
    """Every table that has at least three rows, in reading order."""
    tables: dict[int, dict[tuple[int, int], Cell]] = {}
    for annotated in context.annotated:
        place = annotated.passage.location
        if place.table is None or place.row is None or place.column is None:
            continue
        cells = tables.setdefault(place.table, {})
        key = place.row, place.column
        if key in cells:  # several paragraphs in one cell: a text, not a number
            cells[key] = Cell(*key, cells[key].text + " " + annotated.passage.text, None)
        else:
            cells[key] = Cell(*key, annotated.passage.text.strip(), _only_figure(annotated))
    for cells in tables.values():
        grid = Grid(cells)
        if len(grid.rows) >= 3:
            yield grid


def _only_figure(annotated: AnnotatedPassage) -> Figure | None:
    figures = [
        f
        for f in figures_of(annotated.mentions)
        if f.number is not None and f.kind in ("count", "amount", "percent", "year")
    ]
    if len(figures) != 1 or len(annotated.passage.text.strip()) - len(figures[0].span.exact) > _NEARLY_ALL:
        return None
    return figures[0]
