"""The parts that a sentence lists do not make the total that it states.

Why a reviewer should care: a part is missing or a number is wrong, and everything computed from it is wrong too.

Not flagged: lists that say they are not complete (including, mainly, among others); groups that may overlap;
approximate figures; parts that are told with dates or percentages of their own.

Source: statistics told in a sentence, `214 cases, of which 96 in the town, 71 on the coast and 43 in the mountains`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.arithmetic import Sum, sums
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.find.digits import plain
from pipeline.model import Finding, Severity

RULE = Rule(
    id="FG03",
    name="figures.parts-and-total",
    kind="sum_mismatch",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="Pjesët që liston një fjali nuk e japin totalin që ajo shpall.",
    why_sq="Mungon një pjesë ose një numër është i gabuar, dhe po ashtu gjithçka që llogaritet prej tij.",
    examples=(
        Flags(
            "The police registered ⟦214⟧ cases, of which ⟦96⟧ in the town, ⟦71⟧ in the villages and ⟦43⟧ on the coast.",
            why="210 of 214",
        ),
        Flags("Këshilli ka ⟦31⟧ anëtarë, ⟦16⟧ gra dhe ⟦14⟧ burra.", why="16 dhe 14 bëjnë 30"),
        Passes("The council has 31 members, 16 women and 15 men.", why="they make 31"),
        Passes(
            "Në shkollë mësojnë 420 nxënës, përfshirë 35 nxënës romë dhe 12 nxënës me aftësi të kufizuara.",
            why="jo të gjithë",
        ),
        Passes(
            "The centre helped 96 families: 40 received food and 70 received fuel, some of them both.",
            why="groups overlap",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    found: list[Sum] = []
    for annotated in context.annotated:
        if annotated.passage.kind == "page_furniture":
            continue
        found.extend(s for s in sums(annotated, context) if not s.agrees)
    done: list[tuple[str | None, ...]] = []
    for one in found:
        key = tuple(p.value for p in one.parts)
        if key in done:
            continue
        done.append(key)
        # The same list in another copy is the same fault, also where its total is another number there.
        same = [s for s in found if tuple(p.value for p in s.parts) == key]
        figures = [f for s in same for f in (s.total, *s.parts)]
        yield finding(
            RULE,
            f"The parts {', '.join('“' + p.span.exact + '”' for p in one.parts)} make {plain(one.made)}, "
            f"and the total is given as “{one.total.span.exact}”. Check the parts and the total.",
            f"Pjesët {', '.join('“' + p.span.exact + '”' for p in one.parts)} bëjnë {plain(one.made)}, "
            f"kurse totali jepet “{one.total.span.exact}”. Kontrolloni pjesët dhe totalin.",
            [f.span for f in figures],
            found=one.total.value,
            expected=plain(one.made),
        )
