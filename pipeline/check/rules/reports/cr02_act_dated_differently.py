"""One law, order or decision is dated differently in different reports.

Why a reviewer should care: an act is found by its number and date; with the wrong date a reader finds another act
or none.

Not flagged: one date written in two ways; acts of one number from different years that are told apart by their name.

Source: the citation rule of the Official Journal, act number and date together.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rule import AcrossReports, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Severity

RULE = Rule(
    id="CR02",
    name="reports.act-dated-differently",
    kind="instrument_number_mismatch",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.RUN,
    heading_sq="I njëjti ligj, urdhër ose vendim mban data të ndryshme në raporte të ndryshme.",
    why_sq="Akti gjendet me numër dhe datë; me datë të gabuar lexuesi gjen një akt tjetër ose asnjë.",
    examples=(
        Flags(
            "Report for 2021\n\nThe register was set up by DCM No. 327, dated ⟦02.06.2021⟧.\f"
            "Report for 2022\n\nThe register was set up by DCM No. 327, dated ⟦02.08.2021⟧.",
            why="the month changed from one edition to the next",
        ),
        Passes(
            "Report for 2021\n\nThe register was set up by DCM No. 327, dated 2 June 2021.\f"
            "Report for 2022\n\nThe register was set up by DCM No. 327, dated 02.06.2021.",
            why="one date in two forms",
        ),
    ),
)


def check(across: AcrossReports) -> Iterator[Finding]:
    for group in across.conflicts("act", by_year=False):
        firsts = [next(f for f in group if f.value == value) for value in sorted({f.value for f in group})]
        # One number is used anew each year: only dates of one year, or one known act, are one act.
        if len({f.value[:4] for f in firsts}) > 1 and not firsts[0].key.count("-"):
            continue
        quotes = ", ".join(f"“{f.exact}” ({f.report})" for f in firsts)
        yield finding(
            RULE,
            f"One act is dated differently between reports: {quotes}. Look it up in the Official Journal.",
            f"I njëjti akt mban data të ndryshme: {quotes}. Kontrollojeni në Fletoren Zyrtare.",
            [f.span for f in firsts],
            found=firsts[-1].exact,
        )
