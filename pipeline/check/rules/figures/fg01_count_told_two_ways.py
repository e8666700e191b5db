"""The same thing is counted two ways.

Why a reviewer should care: one of the numbers is wrong, and a reader quotes whichever he met.

Not flagged: different groups with different numbers (600 teachers, 500 administrators); parts, plans, changes and
averages against a whole; other years, places or institutions; approximate figures; a label with many values, which is a
series; the same number in words, in digits or with other separators.

Source: reports that give a number in the text and again in a table or a summary.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.figure_pairs import QUANTITIES, figures_of, opposites, same_value
from pipeline.check.lines import year_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.statements import Statement, conflicts, misprints, near_misses, statements
from pipeline.check.tables import grids
from pipeline.check.variants import swapped
from pipeline.find.stems import stem
from pipeline.languages import fold
from pipeline.model import Figure, Finding, Severity

RULE = Rule(
    id="FG01",
    name="figures.count-told-two-ways",
    kind="count_mismatch",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="E njëjta gjë numërohet në dy mënyra.",
    why_sq="Njëri nga numrat është i gabuar, dhe lexuesi citon atë që ndeshi.",
    examples=(
        Flags(
            "During the year the inspectors registered ⟦214⟧ cases of child labour.\n"
            "The summary repeats the main result: ⟦241⟧ cases of child labour were registered.",
            why="two digits swapped",
        ),
        Flags(
            "Projekti i ri mbulon ⟦12⟧ qendra komunitare rurale.\nMjetet u ndanë për të gjitha ⟦14⟧ qendrat "
            "komunitare rurale.",
            why="dy numra për të njëjtat qendra",
        ),
        Passes(
            "The ministry trained 600 teachers of primary schools.\nIt also trained 500 administrators of primary "
            "schools.",
            why="two groups",
        ),
        Passes(
            "Në vitin 2018 u regjistruan 214 raste të dhunës në familje.\nNë vitin 2019 u regjistruan 241 raste "
            "të dhunës në familje.",
            why="dy vite",
        ),
        Passes(
            "The region has 12 public health centres.\nOf these, 5 public health centres lie in mountain villages.",
            why="a part of the whole",
        ),
    ),
)

# A percentage is labelled by its whole, and one whole has many shares; copies alone compare those.
_KINDS = frozenset({"count"})


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: set[tuple[int, int]] = set()
    values: set[frozenset[str | None]] = set()
    for pair in opposites(context):
        left, right = pair.left, pair.right
        if left.kind in QUANTITIES and right.kind in QUANTITIES and not same_value(left, right):
            # One fault told in three copies is one fault.
            key = frozenset({left.value, right.value})
            if key in values and (left.span.start, right.span.start) in places:
                continue
            values.add(key)
            places |= {(left.span.start, left.span.end), (right.span.start, right.span.end)}
            yield _finding([left, right], left.label or right.label)
    told = list(statements(context, _KINDS))
    year = year_of(context.report_date)
    groups = [
        *conflicts(told, year), *misprints(told, year), *near_misses(told, year), *_against_tables(told, context),
    ]  # fmt: skip
    for group in groups:
        figures = [s.figure if isinstance(s, Statement) else s for s in group]
        key = frozenset({f.value for f in figures})
        if key in values and sum((f.span.start, f.span.end) in places for f in figures) >= 1:
            continue
        values.add(key)
        places |= {(f.span.start, f.span.end) for f in figures}
        yield _finding(figures, figures[0].label)


def _against_tables(told: list[Statement], context: CheckContext) -> Iterator[tuple[Statement, Figure]]:
    """`402 cases` in the text and 420 in the totals row of a table whose column is headed `Cases`."""
    by_digits: dict[str, list[Statement]] = {}
    for statement in told:
        by_digits.setdefault("".join(sorted(statement.figure.value or "")), []).append(statement)
    for grid in grids(context):
        total_row = grid.total_row
        if total_row is None:
            continue
        for cell in grid.row(total_row)[1:]:
            head = grid.cells.get((grid.rows[0], cell.column))
            if cell.figure is None or not cell.counts or head is None or head.figure is not None:
                continue
            for statement in by_digits.get("".join(sorted(cell.figure.value or "")), ()):
                words = {stem(w, statement.passage.lang) for w in fold(head.text).split()}
                here = {f.value for f in figures_of(context.by_id[statement.passage.passage_id].mentions)}
                if not words & statement.things or cell.figure.value in here:
                    continue
                if swapped(statement.figure.value or "", cell.figure.value or ""):
                    yield statement, cell.figure


def _finding(figures: list[Figure], label: str) -> Finding:
    distinct = list(dict.fromkeys(f.span.exact for f in figures))
    of = f" ({label})" if label else ""
    return finding(
        RULE,
        f"The same thing{of} is “{distinct[0]}” in one place and “{distinct[-1]}” in another. "
        "Check the source of the number, or say what each of them counts.",
        f"E njëjta gjë{of} është “{distinct[0]}” në një vend dhe “{distinct[-1]}” në një tjetër. "
        "Kontrolloni burimin e numrit ose sqaroni çfarë numëron secili.",
        [f.span for f in figures],
        found=distinct[-1],
    )
