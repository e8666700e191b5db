"""The same amount of money is given two values.

Why a reviewer should care: money that differs between two places of one report is a matter for the auditor.

Not flagged: one amount in two notations (1,200,000 ALL and 1.2 million lekë); planned against spent; other years, other
institutions; a factor of exactly ten in lek is a note only, since old lek are still spoken of.

Source: budgets told in the text and again in a table; `mijë` written for `milion`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from pipeline.check.figure_pairs import figures_of, opposites, same_value
from pipeline.check.lines import year_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.statements import conflicts, misprints, statements
from pipeline.check.variants import swapped
from pipeline.model import Figure, Finding, Severity

RULE = Rule(
    id="FG08",
    name="figures.amount-with-two-values",
    kind="amount_mismatch",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="E njëjta shumë parash ka dy vlera.",
    why_sq="Paratë që ndryshojnë nga një vend i raportit në tjetrin janë çështje për audituesin.",
    examples=(
        Flags(
            "The total cost of the water supply project is ⟦4,200,000 ALL⟧.\n"
            "According to the annex, the total cost of the water supply project is ⟦4,020,000 ALL⟧.",
            why="one project, two costs",
        ),
        Flags(
            "Buxheti i programit të vaksinimit është ⟦3,5 milionë lekë⟧.\n"
            "Në përfundim, buxheti i programit të vaksinimit është ⟦3,5 mijë lekë⟧.",
            why="mijë në vend të milion",
        ),
        Passes(
            "The total cost of the water supply project is 4,200,000 ALL.\n"
            "According to the annex, the total cost of the water supply project is 4.2 million lekë.",
            why="two notations",
        ),
        Passes(
            "Buxheti i planifikuar i programit të vaksinimit ishte 3,5 milionë lekë.\n"
            "Buxheti i shpenzuar i programit të vaksinimit ishte 3,2 milionë lekë.",
            why="plan dhe shpenzim",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: set[tuple[int, int]] = set()
    for pair in opposites(context):
        left, right = pair.left, pair.right
        if (
            "amount" in (left.kind, right.kind)
            and {left.kind, right.kind} <= {"amount", "count"}
            and not _same(left, right)
        ):
            key = left.span.start, right.span.start
            if key not in places:
                places.add(key)
                yield _finding([left, right])
    reported = {start for pair in places for start in pair}
    told = list(statements(context, frozenset({"amount"})))
    year = year_of(context.report_date)
    groups = [[s.figure for s in g] for g in (*conflicts(told, year), *misprints(told, year))]
    for group in (*groups, *_other_unit(context), *_said_back(context)):
        starts = {f.span.start for f in group}
        if len(starts & reported) < 2:
            reported |= starts
            yield _finding(group)


def _other_unit(context: CheckContext) -> Iterator[list[Figure]]:
    """The same digits with `mijë` for `milion`, or with another currency, told of one thing."""
    # Only the same digits can have another unit: no comparing of all with all.
    alike: dict[tuple[str, str], list[Figure]] = {}
    for annotated in context.annotated:
        for f in figures_of(annotated.mentions):
            if f.kind == "amount" and f.number and not f.approximate and f.label_key:
                alike.setdefault((_digits(f), annotated.passage.lang), []).append(f)
    for a, b in (pair for group in alike.values() if len(group) <= _MOST for pair in combinations(group, 2)):
        if b.span.start - a.span.end < _APART or not a.number or not b.number:
            continue
        shared = {k.lstrip("+^@") for k in a.label_key if k[0] not in "~?"} & {
            k.lstrip("+^@") for k in b.label_key if k[0] not in "~?"
        }
        ratio = max(a.number, b.number) / min(a.number, b.number)
        scale = ratio in (1000, 1_000_000) and a.unit == b.unit and len(_digits(a)) >= 2 and _digits(a) == _digits(b)
        currency = a.number == b.number >= _LARGE and a.unit != b.unit and _things(a) == _things(b) != set()
        if (scale and shared) or currency:
            yield [a, b]


# Amounts nearer together than this, in characters, are told as one: `84,000 EUR (10 million ALL)`.
_APART = 40
# More amounts than this with the same digits are a price list.
_MOST = 200
# Below this, two currencies share a number by chance.
_LARGE = 1000


def _digits(figure: Figure) -> str:
    """The figure's significant digits as printed: `48,6 mijë` and `48.6 million` have the same."""
    return "".join(c for c in figure.span.exact if c.isdigit()).strip("0")


def _things(figure: Figure) -> set[str]:
    return {k for k in figure.label_key if k[0] not in "+^@~?"}


_THE = re.compile(r"\b(?:of|from|out of) (?:the|these|those) $|\b(?:nga|prej) (?:këto|këta|ato) $", re.IGNORECASE)


def _said_back(context: CheckContext) -> Iterator[list[Figure]]:
    """`The budget was 84,000 EUR ... Of the 48,000 EUR`: it points back, and two digits have changed places."""
    text = context.document.source_text
    for annotated in context.annotated:
        figures = sorted(figures_of(annotated.mentions), key=lambda f: f.span.start)
        for i, figure in enumerate(figures):
            if figure.kind != "amount" or not _THE.search(text[max(0, figure.span.start - 16) : figure.span.start]):
                continue
            earlier = [f for f in figures[:i] if f.kind == "amount" and f.unit == figure.unit]
            if any(f.value == figure.value for f in earlier):
                continue
            meant = next((f for f in earlier if swapped(f.value or "", figure.value or "")), None)
            if meant is not None:
                yield [meant, figure]


def _same(left: Figure, right: Figure) -> bool:
    return same_value(left, right) and (left.unit == right.unit or None in (left.unit, right.unit))


def _finding(figures: list[Figure]) -> Finding:
    written = list(dict.fromkeys(f.span.exact for f in figures))
    numbers = sorted({f.number for f in figures if f.number})
    old_lek = len(numbers) == 2 and numbers[1] == numbers[0] * 10 and all(f.unit == "ALL" for f in figures)
    units = {f.unit for f in figures}
    scale = len(numbers) == 2 and numbers[1] / numbers[0] in (1000, 1_000_000)
    hint = " They differ by a factor of a thousand: thousand and million may be swapped." if scale else ""
    hint_sq = " Ndryshojnë me faktor një mijë: mijë dhe milion mund të jenë ngatërruar." if scale else ""
    if len(numbers) == 1 and len(units) > 1:
        hint, hint_sq = " The currency differs.", " Ndryshon monedha."
    if old_lek:
        hint, hint_sq = " One of them may be in old lek.", " Njëra mund të jetë në lekë të vjetra."
    return finding(
        RULE,
        f"The same amount is “{written[0]}” in one place and “{written[-1]}” in another.{hint} Check the source.",
        f"E njëjta shumë është “{written[0]}” në një vend dhe “{written[-1]}” në një tjetër.{hint_sq} "
        f"Kontrolloni burimin.",
        [f.span for f in figures],
        found=written[-1],
        severity=Severity.TRIVIAL if old_lek else Severity.CRITICAL,
    )
