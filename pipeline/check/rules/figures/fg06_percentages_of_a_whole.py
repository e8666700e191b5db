"""Percentages that divide a whole do not make 100.

Why a reviewer should care: a share is wrong or a group is missing, and charts are drawn from these numbers.

Not flagged: rounding; shares that are told without the rest; answers of which several could be given; changes, interest
and rates; sums far from 100, which divide nothing.

Source: surveys and statistics told in one sentence or one table column.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.check.arithmetic import sentences_with_figures
from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.tables import grids
from pipeline.find.digits import plain
from pipeline.languages import fold
from pipeline.model import Figure, Finding, Severity

RULE = Rule(
    id="FG06",
    name="figures.percentages-of-a-whole",
    kind="sum_mismatch",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Përqindjet që ndajnë një të tërë nuk bëjnë 100.",
    why_sq="Një pjesë është e gabuar ose mungon një grup, dhe grafikët vizatohen prej këtyre numrave.",
    examples=(
        Flags("Of the victims, ⟦61 %⟧ were women, ⟦24 %⟧ were children and ⟦18 %⟧ were elderly persons.", why="103 %"),
        Flags("Nga të anketuarit ⟦52 %⟧ ishin gra dhe ⟦43 %⟧ ishin burra.", why="95 %"),
        Flags("The office received 900 requests and answered ⟦105 %⟧ of them within a month.", why="more than all"),
        Passes("The municipality collected 104 % of the planned revenue.", why="a plan can be exceeded"),
        Passes("Of the victims, 61 % were women, 24 % were children and 15 % were elderly persons.", why="100 %"),
        Passes(
            "Nga të anketuarit 62 % përmendën televizionin, 55 % internetin dhe 38 % gazetat; mund të zgjidheshin "
            "disa përgjigje.",
            why="disa përgjigje",
        ),
    ),
)

_SEVERAL = re.compile(
    r"\b(?:among\sothers|including|followed\sby|mainly|midis\stjerash|perfshire|pasuar|kryesisht|several"
    r"|multiple|more\sthan\sone|disa|shume\spergjigje|also|gjithashtu|rose|fell|grew|increase"
    r"|decrease|rrit\w*|ul\w{0,2}|respectively|perkatesisht|compared|krahasuar)\b"
)
_DIVIDES = re.compile(r"\b(?:of|among|nga|prej|nder|from|were|was|are|ishin|ishte|jane|perbejne|perben|per)\b")
_AND = re.compile(r"\b(?:and|dhe|while|ndersa|kurse|e)\b")
# Sums outside of these divide nothing; inside, they were meant to make 100.
_LEAST, _MOST = 90, 110
# Three shares and more that fall shorter of 100 than this were never all.
_ALL_BUT = 95
_TWINS = (
    ("women", "men"), ("girls", "boys"), ("female", "male"), ("gra", "burra"), ("vajza", "djem"), ("femra", "meshkuj"),
    ("urban", "rural"), ("yes", "no"), ("po", "jo"),
)  # fmt: skip


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    yield from _too_many(context)
    groups: list[list[Figure]] = []
    for annotated in context.annotated:
        for text, start, figures in sentences_with_figures(annotated, context):
            shares = [f for f in figures if f.kind == "percent" and f.unit == "%" and f.number is not None]
            others = [f for f in figures if f.kind in ("percent", "count", "amount") and f not in shares]
            if len(shares) >= 2 and not others and _divide(text, start, shares):
                groups.append(shares)
    for grid in grids(context):
        for column in grid.columns[1:]:
            cells = [grid.cells[r, column] for r in grid.rows if (r, column) in grid.cells]
            shares = [c.figure for c in cells if c.figure is not None and c.figure.kind == "percent"]
            cell = grid.cells.get((grid.total_row, column)) if grid.total_row is not None else None
            total = cell.figure if cell is not None else None
            if total is not None and total.number == 100 and len(shares) >= 3:
                groups.append([s for s in shares if s is not total])
    done: set[tuple[str | None, ...]] = set()
    for group in groups:
        made = sum((f.number or Decimal(0) for f in group), Decimal(0))
        key = tuple(f.value for f in group)
        if (
            key in done
            or abs(made - 100) <= _slack(group)
            or not (_LEAST if len(group) == 2 else _ALL_BUT) <= made <= _MOST
        ):
            continue
        done.add(key)
        same = [f for g in groups if tuple(x.value for x in g) == key for f in g]
        yield finding(
            RULE,
            f"{', '.join('“' + f.span.exact + '”' for f in group)} make {plain(made)} %, not 100 %. Check the shares.",
            f"{', '.join('“' + f.span.exact + '”' for f in group)} bëjnë {plain(made)} %, jo 100 %. Kontrolloni "
            f"pjesët.",
            [f.span for f in same],
            found=plain(made),
            expected="100",
        )


# What more than a whole may be of: plans, targets, last year's figures.
_MORE_THAN_WHOLE = re.compile(
    r"\s(?:of|e|te|prej|nga)\s(?:them|these|those|tyre|ketyre|(?:all\s|the\s|te\s)?(?!plan|target|budget"
    r"|buxhet|level|nivel|previous"
    r"|last|year|vit|average|mesatar|norm|capacity|kapacitet|gdp|pbb|amount|shum|objektiv|price|cmim|wage"
    r"|pag|limit|initial|fillest)"
    r"[a-z]{3,}s\b)"
)


def _too_many(context: CheckContext) -> Iterator[Finding]:
    """`answered 105 % of them`: more than all."""
    for figure in figures_of(context.mentions):
        if figure.kind != "percent" or figure.unit != "%" or not figure.number or figure.number <= 100:
            continue
        after = fold(context.document.source_text[figure.span.end : figure.span.end + 40])
        if "~by" not in figure.label_key and _MORE_THAN_WHOLE.match(after):
            yield finding(
                RULE,
                f"“{figure.span.exact}” is more than all of them. Check the number.",
                f"“{figure.span.exact}” është më shumë se të gjitha. Kontrolloni numrin.",
                [figure.span],
                found=figure.value,
            )


def _divide(text: str, start: int, shares: Sequence[Figure]) -> bool:
    """The sentence divides one whole: a cue, `and` before the last, no word for several answers or for change."""
    if _SEVERAL.search(text) or any(f.approximate or "~by" in f.label_key for f in shares):
        return False
    first, last = shares[0].span, shares[-1].span
    if any(b.span.start - a.span.end > 70 for a, b in itertools.pairwise(shares)):
        return False
    between = text[shares[-2].span.end - start : last.start - start]
    twin = any(re.search(rf"\b{a}\b", text) and re.search(rf"\b{b}\b", text) for a, b in _TWINS)
    whole = _DIVIDES.search(text[: first.start - start + 1]) or _DIVIDES.match(text[first.end - start :].lstrip())
    return bool(_AND.search(between)) and (twin or (len(shares) >= 3 and whole is not None))


# Shares of three groups and more are published with this much amiss, in percent: groups are left out, or cut off.
_AMISS = Decimal(1)


def _slack(group: Sequence[Figure]) -> Decimal:
    """Half of the last printed place for each share."""
    places = max((len(m[1]) if (m := re.search(r"[.,](\d+)", f.span.exact)) else 0) for f in group)
    rounding = Decimal(len(group)) / 2 * Decimal(1).scaleb(-places)
    return rounding if len(group) == 2 else max(rounding, _AMISS)
