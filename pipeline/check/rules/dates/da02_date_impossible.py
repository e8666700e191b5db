"""A date names a day or a month that the calendar does not have.

Why a reviewer should care: nothing happened on 31 June; the right day has to be found in the source.

Not flagged: 29 February of a leap year; dates in the American order (06/25/2014).

Source: deadlines counted in months that end on the 31st of a month with 30 days.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Severity

RULE = Rule(
    id="DA02",
    name="dates.impossible",
    kind="date_malformed",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="Një datë përmend një ditë ose një muaj që kalendari nuk e ka.",
    why_sq="Më 31 qershor nuk ka ndodhur asgjë; dita e saktë duhet gjetur në burim.",
    examples=(
        Flags("The deadline for the applications was ⟦31 June 2019⟧ for all schools.", why="June has 30 days"),
        Flags("Afati i aplikimeve ishte data ⟦30.02.2019⟧ për të gjitha shkollat.", why="shkurti nuk ka 30 ditë"),
        Passes("The deadline for the applications was 29 February 2020 for all schools.", why="a leap year"),
        Passes("Afati ishte data 31.05.2019 për shkollat dhe 30.06.2019 për bashkitë.", why="ditë që ekzistojnë"),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    done: set[str] = set()
    impossible = [
        f for f in figures_of(context.mentions) if f.kind in ("date", "date_range") and f.unit == "impossible"
    ]
    for figure in impossible:
        if figure.span.exact in done:
            continue
        done.add(figure.span.exact)
        yield finding(
            RULE,
            f"The calendar has no “{figure.span.exact}”. Look up the date in the act or the event's record.",
            f"Kalendari nuk ka “{figure.span.exact}”. Kontrolloni datën në aktin ose në dokumentin përkatës.",
            [f.span for f in impossible if f.span.exact == figure.span.exact],
            found=figure.span.exact,
        )
