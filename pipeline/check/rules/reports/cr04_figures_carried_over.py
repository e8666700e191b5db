"""A sentence with figures stands word for word in reports of different years.

Why a reviewer should care: text copied from the last edition keeps the last edition's figures, and the report then
says of this year what was true of another.

Not flagged: sentences that name their year; citations of laws and articles; reports of one year.

Source: editors' experience with annual reports that grow from the file of the year before.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rule import AcrossReports, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Severity

RULE = Rule(
    id="CR04",
    name="reports.figures-carried-over",
    kind="passage_duplicate",
    issue_type="inconsistency",
    severity=Severity.MINOR,
    scope=Scope.RUN,
    heading_sq="Një fjali me shifra përsëritet fjalë për fjalë në raporte të viteve të ndryshme.",
    why_sq="Teksti i marrë nga botimi i mëparshëm mban shifrat e tij dhe flet për vitin e gabuar.",
    examples=(
        Flags(
            "Report, 14 March 2021\n\nDuring the year the shelters took in ⟦214⟧ women and ⟦187⟧ children.\f"
            "Report, 11 March 2022\n\nDuring the year the shelters took in ⟦214⟧ women and ⟦187⟧ children.",
            why="the sentence of last year, figures and all",
        ),
        Passes(
            "Report, 14 March 2021\n\nIn 2019 the shelters took in 214 women and 187 children.\f"
            "Report, 11 March 2022\n\nIn 2019 the shelters took in 214 women and 187 children.",
            why="the sentence names its year",
        ),
    ),
)


def check(across: AcrossReports) -> Iterator[Finding]:
    for group in across.repeated():
        reports = sorted({f.report for f in group})
        quote = group[0].context
        yield finding(
            RULE,
            f"“{quote[:120]}” stands in {' and '.join(reports)} with the same figures. Check that they were updated.",
            f"“{quote[:120]}” gjendet te {' dhe '.join(reports)} me të njëjtat shifra. Kontrolloni a janë përditësuar.",
            [f.span for f in group],
        )
