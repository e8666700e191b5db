"""An abbreviation is written with its letters in another order, or with one wrong.

Why a reviewer should care: a reader takes the slip for another database, office or mechanism.

Not flagged: two abbreviations that are both explained or both in the glossary; abbreviations of three letters that
differ in one; plural and case endings.

Source: a report that has ICSE four times and ISCE once.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.find.acronyms import acronyms, definitions
from pipeline.model import Finding, Severity, Span
from pipeline.spans import passage_span

RULE = Rule(
    id="AB02",
    name="abbreviations.abbreviation-misspelt",
    kind="abbreviation_variant",
    issue_type="misspelling",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një shkurtim është shkruar me shkronja në radhë tjetër, ose me një shkronjë të gabuar.",
    why_sq="Lexuesi e merr gabimin për një bazë të dhënash, zyrë ose mekanizëm tjetër.",
    examples=(
        Flags(
            "The Coordinated Referral Board (⟦CRBO⟧) met in May. The ⟦CRBO⟧ has nine members.\n"
            "Two members of the ⟦CROB⟧ resigned in June.",
            why="two letters changed places",
        ),
        Flags(
            "Zyra e Ndihmës për Qytetarët (⟦ZNPQ⟧) hapet në tetë. ⟦ZNPQ⟧-ja është falas.\nNë qershor ⟦ZPNQ⟧-ja u mbyll.".replace(
                "⟦ZNPQ⟧-ja", "⟦ZNPQ-ja⟧"
            ).replace("⟦ZPNQ⟧-ja", "⟦ZPNQ-ja⟧"),
            why="dy shkronja ndërruan vendet",
        ),
        Passes(
            "The Public Procurement Agency (PPA) and the Public Procurement Commission (PPC) share a building. The PPA "
            "has forty staff, the PPC nine.",
            why="two institutions",
        ),
    ),
    supersedes=("AB03",),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: dict[str, list[Span]] = {}
    defined: set[str] = set()
    for one in context.annotated:
        if one.passage.kind == "page_furniture":
            continue
        defined.update(d.short for d in definitions(one.passage.text))
        for acronym in acronyms(one.passage.text):
            places.setdefault(acronym.short, []).append(passage_span(one.passage, acronym.start, acronym.end))
    known = {s for s in places if s.lower() in context.glossary.by_form}
    for short, spans in places.items():
        if short in defined or short in known or len(short) < 3:
            continue
        others = [
            o for o in places
            if o != short and (o in defined or o in known or len(places[o]) > 2 * len(spans)) and _slip(short, o)
        ]  # fmt: skip
        if len(others) != 1:
            continue
        other = others[0]
        if len(short) == 3 and not (other in defined and len(places[other]) > 1):
            continue
        yield finding(
            RULE,
            f"{short} is {other} elsewhere ({len(places[other])} times). Write {other}, or explain {short}.",
            f"{short} gjetkë është {other} ({len(places[other])} herë). Shkruani {other} ose shpjegoni {short}.",
            tuple(sorted((*places[other][:2], *spans), key=lambda s: s.start)),
            found=short,
            expected=other,
        )


def _slip(short: str, other: str) -> bool:
    """Two neighbouring letters in each other's place; in longer ones also one wrong, lost or doubled letter."""
    from rapidfuzz.distance import OSA

    if sorted(short) == sorted(other):
        return bool(OSA.distance(short, other) == 1) and short != other
    return min(len(short), len(other)) >= 5 and bool(OSA.distance(short, other) == 1)
