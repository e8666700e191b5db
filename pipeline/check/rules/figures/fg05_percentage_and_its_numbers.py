"""A percentage does not follow from the two numbers that stand with it.

Why a reviewer should care: one of the three numbers is wrong, and the percentage is what readers remember.

Not flagged: rounding, up or down, in the last printed place; percentages of a change; approximate numbers.

Source: statcheck and its kin, which recompute what a text states from its own numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.arithmetic import shares
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.find.digits import plain
from pipeline.model import AnnotatedPassage, Finding, Severity

RULE = Rule(
    id="FG05",
    name="figures.percentage-and-its-numbers",
    kind="sum_mismatch",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.PASSAGE,
    heading_sq="Një përqindje nuk del nga dy numrat që qëndrojnë me të.",
    why_sq="Njëri nga tre numrat është i gabuar, dhe përqindja është ajo që mban mend lexuesi.",
    examples=(
        Flags("The tax was paid by ⟦615⟧ of ⟦750⟧ businesses (⟦88 %⟧) in the town.", why="it is 82 %"),
        Flags("Kontrollin e kryen ⟦45⟧ nga ⟦90⟧ shkolla (⟦60 %⟧) të qarkut.", why="është 50 %"),
        Passes("The tax was paid by 615 of 750 businesses (82 %) in the town.", why="it is 82 %"),
        Passes("Kontrollin e kryen 61 nga 90 shkolla (68 %) të qarkut.", why="67,8, e rrumbullakuar"),
    ),
)


def check(subject: AnnotatedPassage, context: CheckContext) -> Iterator[Finding]:
    for share in shares(subject, context):
        if share.agrees or any(f.approximate for f in (share.part, share.whole, share.percent)):
            continue
        exact = plain(share.exact.quantize(Decimal("0.1")))
        yield finding(
            RULE,
            f"“{share.part.span.exact}” of “{share.whole.span.exact}” is {exact} %, and the text says "
            f"“{share.percent.span.exact}”. Check the three numbers.",
            f"“{share.part.span.exact}” nga “{share.whole.span.exact}” është {exact} %, kurse teksti thotë "
            f"“{share.percent.span.exact}”. Kontrolloni të tre numrat.",
            [share.part.span, share.whole.span, share.percent.span],
            found=share.percent.value,
            expected=exact,
        )
