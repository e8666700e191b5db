"""The number of an article, law, order or decision is another one in the other language, or is missing there.

Why a reviewer should care: a reference with a wrong number leads to another provision.

Not flagged: other forms of one reference (`neni 108, paragrafi i katërt` and `Article 108, paragraph 4`).

Source: translations of acts; articles 293/c and 293/ç are two articles.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.bilingual import of_group, severity_of, told
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import AnnotatedUnit, Finding, Severity

RULE = Rule(
    id="BI04",
    name="languages.act-number-differs",
    kind="figure_differs_between_languages",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.UNIT,
    heading_sq="Numri i një neni, ligji, urdhri ose vendimi është tjetër në gjuhën tjetër, ose mungon atje.",
    why_sq="Një referencë me numër të gabuar çon te një dispozitë tjetër.",
    examples=(
        Flags(
            "Vepra parashikohet nga neni ⟦130/a⟧ i Kodit Penal.",
            "The offence is provided by Article ⟦103/a⟧ of the Criminal Code.",
        ),
        Flags(
            "The fee follows Law No. ⟦9669⟧ on the procedure.",
            "Tarifa ndjek ligjin nr. ⟦9696⟧ për procedurën.",
        ),
        Passes(
            "Vepra parashikohet nga neni 108, paragrafi i katërt, i Kodit Penal.",
            "The offence is provided by Article 108, paragraph 4, of the Criminal Code.",
            "one paragraph in two forms",
        ),
    ),
)


def check(subject: AnnotatedUnit, context: CheckContext) -> Iterator[Finding]:
    for mismatch in of_group(subject, "number"):
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
