"""The weekday printed with a date is not the weekday of that date.

Why a reviewer should care: either the day or the date is wrong; people who come on the wrong day come in vain.

Not flagged: a date without a year; a weekday that stands for a habit (every Tuesday).

Source: invitations and minutes; the calendar decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.timeline import is_day
from pipeline.model import AnnotatedPassage, Finding, Severity

RULE = Rule(
    id="DA06",
    name="dates.weekday-does-not-fit",
    kind="date_mismatch",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.PASSAGE,
    heading_sq="Dita e javës që shoqëron datën nuk është dita e asaj date.",
    why_sq="Ose dita ose data është e gabuar; kush vjen ditën e gabuar vjen kot.",
    examples=(
        Flags("The public hearing takes place on Monday, ⟦10 June 2014⟧ in the town hall.", why="it was a Tuesday"),
        Flags("Dëgjesa publike mbahet të premten, më ⟦12 maj 2021⟧ në bashki.", why="ishte e mërkurë"),
        Passes("The public hearing takes place on Tuesday, 10 June 2014 in the town hall.", why="it was a Tuesday"),
        Passes("Zyra hapet çdo të hënë. Më 12 maj 2021 u mbajt dëgjesa.", why="zakon, jo datë"),
    ),
)

_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SQ = ("e hënë", "e martë", "e mërkurë", "e enjte", "e premte", "e shtunë", "e diel")


def check(subject: AnnotatedPassage, context: CheckContext) -> Iterator[Finding]:
    for figure in figures_of(subject.mentions):
        if figure.kind != "date" or not is_day(figure.value) or not (figure.unit or "").startswith("weekday:"):
            continue
        said = int((figure.unit or "weekday:0").split(":")[1])
        real = date.fromisoformat(figure.value or "").isoweekday()
        if said != real:
            yield finding(
                RULE,
                f"“{figure.span.exact}” was a {_EN[real - 1]}, and the text says {_EN[said - 1]}. Check the day and "
                f"the date.",
                f"“{figure.span.exact}” ishte {_SQ[real - 1]}, kurse teksti thotë {_SQ[said - 1]}. Kontrolloni ditën "
                f"dhe datën.",
                [figure.span],
                found=_EN[said - 1],
                expected=_EN[real - 1],
            )
