"""An abbreviation is written with its letters in another order, or with one wrong.

Why a reviewer should care: a reader takes the slip for another database, office or mechanism.

Not flagged: two abbreviations that are both explained or both in the glossary; abbreviations of three letters that
differ in one; plural and case endings.

Source: a report that has ICSE four times and ISCE once.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.names import acronym_places, nearest, slips
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Severity

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
            "Zyra e Ndihmës për Qytetarët (⟦ZNPQ⟧) hapet në tetë. ⟦ZNPQ-ja⟧ është falas.\n"
            "Në qershor ⟦ZPNQ-ja⟧ u mbyll.",
            why="dy shkronja ndërruan vendet",
        ),
        Passes(
            "The Public Procurement Agency (PPA) and the Public Procurement Commission (PPC) share a building. The PPA "
            "has forty staff, the PPC nine.",
            why="two institutions",
        ),
    ),
)


# How many places of the right form are shown.
_MOST = 8


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    found = slips(context)
    places = acronym_places(context) if found else {}
    for short, other in found.items():
        count = len(places[other])
        spans = [[s for _, _, s in places[other]], [s for _, _, s in places[short]]]
        yield finding(
            RULE,
            f"{short} is {other} elsewhere ({count} times). Write {other}, or explain {short}.",
            f"{short} gjetkë është {other} ({count} herë). Shkruani {other} ose shpjegoni {short}.",
            nearest(spans, _MOST),
            found=short,
            expected=other,
        )
