"""A stated change does not follow from the two numbers it is about.

Why a reviewer should care: growth is what decisions are made on, and one of the three numbers is wrong.

Not flagged: rounding in the last printed place; approximate numbers; changes of something else in the same sentence.

Source: annual reports, `from 120 to 150, an increase of 20 %`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.arithmetic import sentences_with_figures
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.find.digits import plain
from pipeline.model import AnnotatedPassage, Figure, Finding, Severity

RULE = Rule(
    id="FG07",
    name="figures.change-and-its-numbers",
    kind="sum_mismatch",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.PASSAGE,
    heading_sq="Një ndryshim i shpallur nuk del nga dy numrat për të cilët flet.",
    why_sq="Vendimet merren mbi rritjen ose uljen, dhe njëri nga tre numrat është i gabuar.",
    examples=(
        Flags("Registrations rose from ⟦120⟧ to ⟦150⟧, an increase of ⟦20 %⟧ in one year.", why="it is 25 %"),
        Flags("Numri i ankesave u ul nga ⟦80⟧ në ⟦60⟧, pra me ⟦20 %⟧ më pak.", why="është 25 %"),
        Passes("Registrations rose from 120 to 150, an increase of 25 % in one year.", why="it is 25 %"),
        Passes("Numri i ankesave u ul nga 80 në 60, ndërsa zgjidhja e tyre arriti në 20 %.", why="diçka tjetër"),
    ),
)

_FROM = re.compile(r"\b(?:from|nga)\s(?:about\s|rreth\s)?$")
_TO = re.compile(r"[^.;,\d]{0,25}\b(?:to|ne|deri\sne)\s$")
_CHANGE = re.compile(
    r"[^.;\d]{0,40}?(?:\(|\bby\s|\bme\s|\b(?:increase|decrease|rise|fall|drop|growth|reduction|rritje"
    r"|ulje|renie)\s(?:of|prej|me|by)\s|\bor\s|\bose\s)$"
)


def check(subject: AnnotatedPassage, context: CheckContext) -> Iterator[Finding]:
    for text, start, figures in sentences_with_figures(subject, context):
        plain_figures = [f for f in figures if f.kind in ("count", "amount", "percent") and f.number is not None]
        for a, b, c in zip(plain_figures, plain_figures[1:], plain_figures[2:], strict=False):
            if a.kind != b.kind or a.unit != b.unit or a.kind == "percent" or c.kind != "percent" or c.unit != "%":
                continue
            before, to, then = text[: a.span.start - start], _gap(text, start, a, b), _gap(text, start, b, c)
            if (
                not (_FROM.search(before) and _TO.search(to) and len(to) < 40 and _CHANGE.fullmatch(then))
                or not a.number
            ):
                continue
            exact = abs((b.number or Decimal(0)) - a.number) * 100 / a.number
            digits = re.search(r"[.,](\d+)", c.span.exact)
            if abs(exact - (c.number or Decimal(0))) <= Decimal(1).scaleb(-len(digits[1]) if digits else 0):
                continue
            change = plain(exact.quantize(Decimal("0.1")))
            yield finding(
                RULE,
                f"From “{a.span.exact}” to “{b.span.exact}” is a change of {change} %, and the text says "
                f"“{c.span.exact}”. "
                "Check the three numbers.",
                f"Nga “{a.span.exact}” në “{b.span.exact}” ndryshimi është {change} %, kurse teksti thotë "
                f"“{c.span.exact}”. "
                "Kontrolloni të tre numrat.",
                [a.span, b.span, c.span],
                found=c.value,
                expected=change,
            )


def _gap(text: str, start: int, a: Figure, b: Figure) -> str:
    return text[a.span.end - start : b.span.start - start]
