"""Dates with slashes are written day first in one place and month first in another, so that others cannot be read.

Why a reviewer should care: 03/04/2014 is 3 April to one reader and 4 March to the other.

Not flagged: slashes as such; reports that keep to one order.

Source: reports compiled from American and European sources.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Figure, Finding, Severity

RULE = Rule(
    id="DA07",
    name="dates.day-and-month-ambiguous",
    kind="date_malformed",
    issue_type="locale-violation",
    severity=Severity.TRIVIAL,
    scope=Scope.DOCUMENT,
    heading_sq="Datat me vija të pjerrëta shkruhen herë me ditën, herë me muajin në fillim, prandaj të tjera nuk "
    "lexohen dot.",
    why_sq="03/04/2014 është 3 prill për një lexues dhe 4 mars për tjetrin.",
    examples=(
        Flags(
            "Registration opened on 25/03/2014 and closed on 06/28/2014.\nThe list was published on ⟦03/04/2014⟧ "
            "online.",
            why="both orders in one report",
        ),
        Passes(
            "Registration opened on 25/03/2014 and closed on 28/06/2014.\nThe list was published on 03/04/2014 online.",
            why="one order throughout",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    slashed = [f for f in figures_of(context.mentions) if f.kind == "date" and "/" in f.span.exact and f.value]
    first = {_first_is_day(f) for f in slashed} - {None}
    if len(first) < 2:
        return
    for figure in slashed:
        if len(figure.readings) > 1:
            yield finding(
                RULE,
                f"“{figure.span.exact}” may be {figure.readings[0]} or {figure.readings[1]}: the report uses both "
                f"orders. "
                "Write the month in words.",
                f"“{figure.span.exact}” mund të jetë {figure.readings[0]} ose {figure.readings[1]}: raporti përdor të "
                f"dyja "
                "renditjet. Shkruani muajin me fjalë.",
                [figure.span],
                found=figure.span.exact,
            )


def _first_is_day(figure: Figure) -> bool | None:
    """True for 25/03/2014, False for 03/25/2014, None where both readings stand."""
    parts = figure.span.exact.split("/")
    if len(parts) != 3 or not parts[0].strip().isdigit() or not parts[1].strip().isdigit():
        return None
    if int(parts[0]) > 12 and len(parts[0].strip()) <= 2:
        return True
    return False if int(parts[1]) > 12 else None
