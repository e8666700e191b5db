"""One line or contact has different numbers in different reports.

Why a reviewer should care: readers keep a number from whichever report they met first; the older one may reach
nobody.

Not flagged: numbers written in different ways (116 006, 116-006); lines for different services; two numbers that
every report gives together.

Source: the reporting line printed as 116006 in one edition of a country report and as 16006 in the next.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rule import AcrossReports, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Severity

RULE = Rule(
    id="CR01",
    name="reports.contact-differs",
    kind="hotline_variant",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.RUN,
    heading_sq="E njëjta linjë ose i njëjti kontakt ka numra të ndryshëm në raporte të ndryshme.",
    why_sq="Lexuesi mban numrin e raportit që ka lexuar i pari; numri i vjetër mund të mos i përgjigjet askujt.",
    examples=(
        Flags(
            "Report for 2021\n\nVictims can call the national helpline for women on ⟦0800 1117⟧.\f"
            "Report for 2022\n\nVictims can call the national helpline for women on ⟦0800 1171⟧.",
            why="two digits changed places between editions",
        ),
        Passes(
            "Report for 2021\n\nVictims can call the national helpline for women on 0800 1117.\f"
            "Report for 2022\n\nVictims can call the national helpline for women on 08001117.",
            why="the same number without its space",
        ),
    ),
)


def check(across: AcrossReports) -> Iterator[Finding]:
    for group in across.conflicts("contact", by_year=False):
        by_report: dict[str, set[str]] = {}
        for fact in group:
            by_report.setdefault(fact.report, set()).add(fact.value)
        values = set.union(*by_report.values())
        if all(found == values for found in by_report.values()):
            continue
        firsts = [next(f for f in group if f.value == value) for value in sorted(values)]
        quotes = ", ".join(f"“{f.exact}” in {f.report}" for f in firsts)
        quotes_sq = ", ".join(f"“{f.exact}” te {f.report}" for f in firsts)
        label = firsts[0].label
        yield finding(
            RULE,
            f"The number for “{label}” differs between reports: {quotes}. Call both, and correct the wrong one.",
            f"Numri për “{label}” ndryshon ndërmjet raporteve: {quotes_sq}. Provoni të dy dhe ndreqni të gabuarin.",
            [f.span for f in firsts],
            found=firsts[-1].exact,
        )
