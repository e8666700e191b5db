"""An amount and its restatement in brackets are not the same amount.

Why a reviewer should care: `2.3 million (230,000) ALL` is wrong in one of the two, by a factor of ten.

Not flagged: another currency in the brackets; a part or another thing in the brackets; rounding to the printed places.

Source: budgets that give an amount in words or millions with all of its digits in brackets.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.figure_pairs import figures_of, same_value
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import AnnotatedPassage, Figure, Finding, Severity

RULE = Rule(
    id="FG09",
    name="figures.amount-restated",
    kind="amount_mismatch",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.PASSAGE,
    heading_sq="Një shumë dhe përsëritja e saj në kllapa nuk janë e njëjta shumë.",
    why_sq="Njëra nga dy shumat është e gabuar, shpesh dhjetë ose një mijë herë.",
    examples=(
        Flags("The fund paid ⟦2.3 million ALL⟧ (⟦230,000 ALL⟧) to the families.", why="a zero is missing"),
        Flags("Fondi pagoi ⟦2,3 milionë lekë⟧ (⟦2.300 lekë⟧) për familjet.", why="mijë në vend të milion"),
        Passes("The fund paid 2.3 million ALL (2,300,000 ALL) to the families.", why="the same"),
        Passes("Fondi pagoi 2,3 milionë lekë (20.000 euro) për familjet.", why="monedhë tjetër"),
    ),
)

_BRACKET = re.compile(r"\s?\(\s?(?:or\s|ose\s|i\.e\.\s|pra\s)?$")
_CLOSED = re.compile(r"\s?\)")


def check(subject: AnnotatedPassage, context: CheckContext) -> Iterator[Finding]:
    text = context.document.source_text
    figures = sorted(figures_of(subject.mentions), key=lambda f: f.span.start)
    for a, b in itertools.pairwise(figures):
        if a.kind != "amount" or b.kind != "amount" or a.unit != b.unit or not a.number or not b.number:
            continue
        if not _BRACKET.fullmatch(text[a.span.end : b.span.start]) or not _CLOSED.match(text, b.span.end):
            continue
        if same_value(a, b) or a.approximate or b.approximate or _rounded(a, b):
            continue
        yield finding(
            RULE,
            f"“{a.span.exact}” and “{b.span.exact}” in brackets are not the same amount. Check both.",
            f"“{a.span.exact}” dhe “{b.span.exact}” në kllapa nuk janë e njëjta shumë. Kontrolloni të dyja.",
            [a.span, b.span],
            found=b.span.exact,
        )


def _rounded(a: Figure, b: Figure) -> bool:
    """`2.3 million (2,312,450)`: within one unit of the last place that the shorter one prints, taken as 5 %."""
    low, high = sorted((a.number or Decimal(1), b.number or Decimal(1)))
    return high / low <= Decimal("1.05")
