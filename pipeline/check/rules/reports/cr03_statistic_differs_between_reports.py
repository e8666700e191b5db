"""One statistic of one year has different values in different reports.

Why a reviewer should care: the next report will quote one of the two, and nobody will know which was right.

Not flagged: figures of different years; figures for different groups; approximate figures beside exact ones.

Source: revision policies of statistical offices, by which a revised figure is marked as revised.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rule import AcrossReports, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Severity

# Words a label must have to name a statistic: `cases` alone is counted in every sentence.
LEAST_LABEL_WORDS = 2

RULE = Rule(
    id="CR03",
    name="reports.statistic-differs",
    kind="count_mismatch",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.RUN,
    heading_sq="E njëjta e dhënë e të njëjtit vit ka vlera të ndryshme në raporte të ndryshme.",
    why_sq="Raporti i ardhshëm do të citojë njërën prej tyre dhe askush nuk do ta dijë cila ishte e saktë.",
    examples=(
        Flags(
            "Report for 2021\n\nIn 2020 the police registered ⟦1,204⟧ cases of domestic violence.\f"
            "Report for 2022\n\nIn 2020 the police registered ⟦1,240⟧ cases of domestic violence.",
            why="the figure for 2020 was retyped with two digits turned round",
        ),
        Passes(
            "Report for 2021\n\nIn 2020 the police registered 1,204 cases of domestic violence.\f"
            "Report for 2022\n\nIn 2021 the police registered 1,240 cases of domestic violence.",
            why="two years, two figures",
        ),
    ),
)


def check(across: AcrossReports) -> Iterator[Finding]:
    for group in across.conflicts("figure", by_year=True):
        if len(group[0].key.split()) < LEAST_LABEL_WORDS:
            continue
        # A report that itself gives several values under one label counts parts, which its own rules compare.
        if any(len({f.value for f in group if f.report == r}) > 1 for r in {f.report for f in group}):
            continue
        firsts = [next(f for f in group if f.value == value) for value in sorted({f.value for f in group})]
        quotes = ", ".join(f"{f.exact} in {f.report}" for f in firsts)
        quotes_sq = ", ".join(f"{f.exact} te {f.report}" for f in firsts)
        label, year = firsts[0].label, firsts[0].year
        yield finding(
            RULE,
            f"“{label}” for {year} differs between reports: {quotes}. The source of the figure settles it.",
            f"“{label}” për vitin {year} ndryshon ndërmjet raporteve: {quotes_sq}. Vendos burimi i të dhënës.",
            [f.span for f in firsts],
            found=firsts[-1].exact,
        )
