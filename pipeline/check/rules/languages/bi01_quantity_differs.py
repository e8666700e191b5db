"""A count, amount, percentage or age is another one in the other language, or is missing there.

Why a reviewer should care: readers of the two languages get two reports, and each trusts their own.

Not flagged: other separators (1.200,5 and 1,200.5), words for digits, `një` and `one`, `asnjë` and `no`, ordinals,
`half`
for 50 %.

Source: bilingual reports of missions and ministries; the number checks of translation programs, done by value.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.bilingual import of_group, severity_of, told
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import AnnotatedUnit, Finding, Severity

RULE = Rule(
    id="BI01",
    name="languages.quantity-differs",
    kind="figure_differs_between_languages",
    issue_type="numbers",
    severity=Severity.CRITICAL,
    scope=Scope.UNIT,
    heading_sq="Një numër, shumë, përqindje ose moshë është tjetër në gjuhën tjetër, ose mungon atje.",
    why_sq="Lexuesit e dy gjuhëve marrin dy raporte të ndryshme dhe secili i beson të vetit.",
    examples=(
        Flags(
            "Qendra strehoi ⟦36⟧ gra gjatë vitit të kaluar.",
            "The centre sheltered ⟦63⟧ women during the past year.",
            "36 or 63",
        ),
        Flags(
            "The project received ⟦1.2 million EUR⟧ from the donors.",
            "Projekti mori ⟦1,2 mijë euro⟧ nga donatorët.",
            "million and mijë",
        ),
        Passes(
            "Qendra strehoi 1.236 gra gjatë vitit të kaluar, pra 0,5 % më shumë.",
            "The centre sheltered 1,236 women during the past year, or 0.5 % more.",
            "separators of the two languages",
        ),
        Passes(
            "Një nga gjashtë vajzat u kthye në shkollë; asnjë ankesë nuk u bë.",
            "One of the six girls went back to school; no complaints were made.",
            "një/one and asnjë/no",
        ),
    ),
)


def check(subject: AnnotatedUnit, context: CheckContext) -> Iterator[Finding]:
    for mismatch in of_group(subject, "quantity"):
        message, message_sq, anchors = told(mismatch, subject)
        yield finding(
            RULE,
            message,
            message_sq,
            anchors,
            found=mismatch.target.span.exact if mismatch.target else None,
            expected=mismatch.source.span.exact if mismatch.source else None,
            severity=severity_of(subject),
        )
