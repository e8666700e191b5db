"""A telephone number or address is another one in the other language, or is missing there.

Why a reviewer should care: the readers of one language call a wrong number.

Not flagged: other spacing and hyphens; web addresses, which may have a version for each language.

Source: leaflets printed in two languages.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.bilingual import of_group, severity_of, told
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import AnnotatedUnit, Finding, Severity

RULE = Rule(
    id="BI03",
    name="languages.contact-differs",
    kind="figure_differs_between_languages",
    issue_type="numbers",
    severity=Severity.CRITICAL,
    scope=Scope.UNIT,
    heading_sq="Një numër telefoni ose adresë është tjetër në gjuhën tjetër, ose mungon atje.",
    why_sq="Lexuesit e njërës gjuhë telefonojnë një numër të gabuar.",
    examples=(
        Flags(
            "Për ndihmë telefononi linjën ⟦116 117⟧ në çdo kohë.",
            "For help call the line ⟦116 177⟧ at any time.",
            "7 for 1",
        ),
        Passes(
            "Për ndihmë telefononi linjën 116 117 në çdo kohë.",
            "For help call the line 116-117 at any time.",
            "one number",
        ),
    ),
)


def check(subject: AnnotatedUnit, context: CheckContext) -> Iterator[Finding]:
    for mismatch in of_group(subject, "contact"):
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
