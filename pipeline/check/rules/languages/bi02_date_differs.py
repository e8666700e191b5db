"""A date, year or period is another one in the other language, or is missing there.

Why a reviewer should care: deadlines and acts are looked up by their date; one of the two texts sends the reader to
the wrong one.

Not flagged: other notations of one date (12.05.2021, 12 May 2021); a range against its two ends; a date whose year
stands
elsewhere in the sentence.

Source: bilingual reports in which months were mistaken in translation.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.bilingual import of_group, severity_of, told
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import AnnotatedUnit, Finding, Severity

RULE = Rule(
    id="BI02",
    name="languages.date-differs",
    kind="figure_differs_between_languages",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.UNIT,
    heading_sq="Një datë, vit ose periudhë është tjetër në gjuhën tjetër, ose mungon atje.",
    why_sq="Afatet dhe aktet gjenden sipas datës; njëri nga dy tekstet e çon lexuesin gabim.",
    examples=(
        Flags(
            "Marrëveshja me strehëzën u lidh më ⟦12.05.2021⟧ në Fier.",
            "The agreement with the shelter was made on ⟦12.06.2021⟧ in Fier.",
            "May or June",
        ),
        Flags(
            "The survey covers the years ⟦2015-2018⟧ in all regions.",
            "Studimi mbulon vitet ⟦2015-2019⟧ në të gjitha qarqet.",
        ),
        Passes(
            "Marrëveshja me strehëzën u lidh më 12.05.2021 në Fier.",
            "The agreement with the shelter was made on 12 May 2021 in Fier.",
            "one date, two notations",
        ),
        Passes(
            "Studimi mbulon vitet 2015 deri 2018.",
            "The survey covers 2015-2018.",
            "a period and its two ends",
        ),
    ),
)


def check(subject: AnnotatedUnit, context: CheckContext) -> Iterator[Finding]:
    for mismatch in of_group(subject, "date"):
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
