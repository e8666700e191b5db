"""The same amount of money is given two values.

Why a reviewer should care: money that differs between two places of one report is a matter for the auditor.

Not flagged: one amount in two notations (1,200,000 ALL and 1.2 million lekë); planned against spent; other years, other
institutions; a factor of exactly ten in lek is a note only, since old lek are still spoken of.

Source: budgets told in the text and again in a table; `mijë` written for `milion`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.figure_pairs import opposites, same_value
from pipeline.check.lines import year_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.statements import conflicts, statements
from pipeline.model import Figure, Finding, Severity

RULE = Rule(
    id="FG08",
    name="figures.amount-with-two-values",
    kind="amount_mismatch",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="E njëjta shumë parash ka dy vlera.",
    why_sq="Paratë që ndryshojnë nga një vend i raportit në tjetrin janë çështje për audituesin.",
    examples=(
        Flags(
            "The total cost of the water supply project is ⟦4,200,000 ALL⟧.\n"
            "According to the annex, the total cost of the water supply project is ⟦4,020,000 ALL⟧.",
            why="one project, two costs",
        ),
        Flags(
            "Buxheti i programit të vaksinimit është ⟦3,5 milionë lekë⟧.\n"
            "Në përfundim, buxheti i programit të vaksinimit është ⟦3,5 mijë lekë⟧.",
            why="mijë në vend të milion",
        ),
        Passes(
            "The total cost of the water supply project is 4,200,000 ALL.\n"
            "According to the annex, the total cost of the water supply project is 4.2 million lekë.",
            why="two notations",
        ),
        Passes(
            "Buxheti i planifikuar i programit të vaksinimit ishte 3,5 milionë lekë.\n"
            "Buxheti i shpenzuar i programit të vaksinimit ishte 3,2 milionë lekë.",
            why="plan dhe shpenzim",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: set[tuple[int, int]] = set()
    for pair in opposites(context):
        left, right = pair.left, pair.right
        if (
            "amount" in (left.kind, right.kind)
            and {left.kind, right.kind} <= {"amount", "count"}
            and not _same(left, right)
        ):
            key = left.span.start, right.span.start
            if key not in places:
                places.add(key)
                yield _finding([left, right])
    reported = {start for pair in places for start in pair}
    for group in conflicts(list(statements(context, frozenset({"amount"}))), year_of(context.report_date)):
        if sum(s.figure.span.start in reported for s in group) < 2:
            yield _finding([s.figure for s in group])


def _same(left: Figure, right: Figure) -> bool:
    return same_value(left, right) and (left.unit == right.unit or None in (left.unit, right.unit))


def _finding(figures: list[Figure]) -> Finding:
    written = list(dict.fromkeys(f.span.exact for f in figures))
    numbers = sorted({f.number for f in figures if f.number})
    old_lek = len(numbers) == 2 and numbers[1] == numbers[0] * 10 and all(f.unit == "ALL" for f in figures)
    scale = len(numbers) == 2 and numbers[1] / numbers[0] in (1000, 1_000_000)
    hint = " They differ by a factor of a thousand: thousand and million may be swapped." if scale else ""
    hint_sq = " Ndryshojnë me faktor një mijë: mijë dhe milion mund të jenë ngatërruar." if scale else ""
    if old_lek:
        hint, hint_sq = " One of them may be in old lek.", " Njëra mund të jetë në lekë të vjetra."
    return finding(
        RULE,
        f"The same amount is “{written[0]}” in one place and “{written[-1]}” in another.{hint} Check the source.",
        f"E njëjta shumë është “{written[0]}” në një vend dhe “{written[-1]}” në një tjetër.{hint_sq} "
        f"Kontrolloni burimin.",
        [f.span for f in figures],
        found=written[-1],
        severity=Severity.TRIVIAL if old_lek else Severity.CRITICAL,
    )
