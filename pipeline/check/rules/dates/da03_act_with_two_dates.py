"""One law, order or decision is cited with two different dates.

Why a reviewer should care: number and date together identify an act; with a wrong date the reader finds another one.

Not flagged: orders and decisions of one number from different years or authorities, which start counting anew; one
date in two notations; an act and its amendment.

Source: the citation style of Albanian acts, `ligji nr. ..., datë ...`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipeline.check.figure_pairs import opposites
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.timeline import DatedAct, dated_acts, is_day, one_part_differs
from pipeline.model import Finding, Severity

RULE = Rule(
    id="DA03",
    name="dates.act-with-two-dates",
    kind="date_mismatch",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="I njëjti ligj, urdhër ose vendim citohet me dy data të ndryshme.",
    why_sq="Numri dhe data bashkë e identifikojnë aktin; me datë të gabuar lexuesi gjen një akt tjetër.",
    examples=(
        Flags(
            "The council adopted Decision No. ⟦34, dated 12.05.2017⟧ on fees.\n"
            "Under Decision No. ⟦34, dated 12.06.2017⟧ the fees are paid quarterly.",
            why="one decision, two months",
        ),
        Flags(
            "Komisioni u ngrit me urdhrin nr. ⟦118, datë 3.4.2018⟧.\nUrdhri nr. ⟦118, datë 3.4.2019⟧ cakton "
            "anëtarët e tij.",
            why="i njëjti urdhër, dy vite",
        ),
        Passes(
            "The council adopted Decision No. 34, dated 12.05.2017.\nDecision No. 34, dated 3.02.2019 repealed "
            "the fees.",
            why="numbers start anew each year",
        ),
        Passes(
            "Urdhri nr. 118, datë 3.4.2018.\nSipas urdhrit nr. 118, datë 03.04.2018, puna vijon.", why="e njëjta datë"
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    acts = [a for a in dated_acts(context) if is_day(a.date.value)]
    copied = {
        frozenset({(p.left.span.start, p.left.span.end), (p.right.span.start, p.right.span.end)})
        for p in opposites(context)
        if p.left.kind == p.right.kind == "date"
    }
    ordered = sorted(acts, key=lambda a: (a.number.kind, a.number.value or "", a.span.start))
    for _, group in groupby(ordered, key=lambda a: (a.number.kind, a.number.value)):
        same = list(group)
        done: set[frozenset[str | None]] = set()
        for i, a in enumerate(same):
            for b in same[i + 1 :]:
                values = frozenset({a.date.value, b.date.value})
                if len(values) == 2 and values not in done and _one_act(a, b, copied):
                    done.add(values)
                    yield _finding([x for x in same if x.date.value in values], context)


# Albanian laws were numbered through up to 2011; a number from here on belongs to one law only.
_UNIQUE_LAW = 1000


def _one_act(a: DatedAct, b: DatedAct, copied: set[frozenset[tuple[int, int]]]) -> bool:
    if frozenset({(a.date.span.start, a.date.span.end), (b.date.span.start, b.date.span.end)}) in copied:
        return True
    number = a.number.value or ""
    if a.number.kind == "law_number" and number.isdigit() and int(number) >= _UNIQUE_LAW:
        return True
    return one_part_differs(a.date.value or "", b.date.value or "")


def _finding(group: list[DatedAct], context: CheckContext) -> Finding:
    dates = list(dict.fromkeys(a.date.span.exact for a in group))
    number = group[0].number.span.exact
    return finding(
        RULE,
        f"The act with number {number} is dated “{dates[0]}” in one place and “{dates[-1]}” in another. "
        "Look the act up and use its own date.",
        f"Akti me numër {number} ka datën “{dates[0]}” në një vend dhe “{dates[-1]}” në një tjetër. "
        "Kontrolloni aktin dhe përdorni datën e tij.",
        [a.span for a in group],
        found=dates[-1],
    )
