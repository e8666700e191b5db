"""Something looks like a date and cannot be read as one: a part too many, a comma for a point, a letter for a digit.

Why a reviewer should care: an act or an event with a broken date cannot be looked up, and each reader mends it
differently.

Not flagged: a date written in words or with slashes; numbers of acts (2011/93); ranges (22-23 May 2014); a missing or
an extra space after a point.

Source: `10.06.06.2014`, `05,05,2014` and `10.06,2014`, all printed in one report.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.figure_pairs import figures_of, opposites
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Figure, Finding, Severity

RULE = Rule(
    id="DA01",
    name="dates.malformed",
    kind="date_malformed",
    issue_type="locale-violation",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="Diçka duket si datë dhe nuk lexohet dot si e tillë.",
    why_sq="Një akt ose ngjarje me datë të prishur nuk gjendet dot, dhe çdo lexues e ndreq ndryshe.",
    examples=(
        Flags("The director signed the order on ⟦14.03.03.2016⟧ in Tirana.", why="four parts"),
        Flags("Marrëveshja u nënshkrua më datë ⟦07,09,2018⟧ në Durrës.", why="presje në vend të pikës"),
        Passes("The director signed the order on 14.03.2016 in Tirana.", why="a date"),
        Passes("Takimet u mbajtën më 7-9 shtator 2018 dhe më 1.10.2018.", why="datë dhe periudhë"),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    opposite: dict[tuple[int, int], Figure] = {}
    for pair in opposites(context):
        if pair.left.kind == pair.right.kind == "date":
            opposite[pair.left.span.start, pair.left.span.end] = pair.right
            opposite[pair.right.span.start, pair.right.span.end] = pair.left
    damaged = [f for f in figures_of(context.mentions) if f.kind in ("date", "date_range") and _malformed(f)]
    done: set[tuple[str, str | None]] = set()
    for figure in damaged:
        other = opposite.get((figure.span.start, figure.span.end))
        key = figure.span.exact, other.span.exact if other else None
        if key in done:
            continue
        done.add(key)
        same = [f for f in damaged if f.span.exact == figure.span.exact]
        right = other if other is not None and not _malformed(other) else None
        expected = right.span.exact if right is not None else figure.value
        severity = Severity.CRITICAL if figure.value is None else Severity.MINOR
        yield finding(
            RULE,
            f"“{figure.span.exact}” is not written as a date can be"
            + (f"; the other copy has “{right.span.exact}”." if right is not None else ".")
            + " Look up the date in the act or the event's record.",
            f"“{figure.span.exact}” nuk është shkruar si datë e rregullt"
            + (f"; kopja tjetër ka “{right.span.exact}”." if right is not None else ".")
            + " Kontrolloni datën në aktin ose në dokumentin përkatës.",
            [*(f.span for f in same), *([right.span] if right is not None else [])],
            found=figure.span.exact,
            expected=expected,
            suggestion=right.span.exact if right is not None else None,
            severity=severity,
        )


def _malformed(figure: Figure) -> bool:
    """Caught by the generous pattern, and not because the calendar lacks the day (DA02)."""
    return figure.captured_by == "generous" and figure.unit != "impossible"
