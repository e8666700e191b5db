"""An institution is named as it was not called on the report's date.

Why a reviewer should care: the reader looks for an office that was closed, merged, or not yet founded.

Not flagged: `the former ...`, `ish-...`; a passage that speaks of a year in which the name was in force; a name whose
dates the glossary does not know.

Source: reports of 2015 that name a ministry founded in 2017, and reports of 2021 that name a council closed in 2018.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.names import institutions, is_abbreviation, name_of, name_span
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.languages import fold
from pipeline.model import AnnotatedPassage, Figure, Finding, LegalReference, Severity, TermMention
from pipeline.terminology import Concept

RULE = Rule(
    id="IN02",
    name="institutions.name-not-in-force",
    kind="institution_name_variant",
    issue_type="inconsistent-entities",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një institucion emërtohet siç nuk quhej në datën e raportit.",
    why_sq="Lexuesi kërkon një zyrë që u mbyll, u bashkua ose nuk ishte krijuar ende.",
    examples=(
        Flags(
            "Report for 2015\nThe shelters are run by the ⟦Ministry of Health and Social Protection⟧ and two NGOs.",
            why="founded in 2017",
        ),
        Flags(
            "Raporti vjetor 2021\nÇështja iu dërgua ⟦Këshillit të Lartë të Drejtësisë⟧ për mendim.",
            why="u mbyll në vitin 2018",
        ),
        Passes(
            "Report for 2019\nThe duties of the former Ministry of Social Welfare and Youth passed to another.",
            why="former",
        ),
        Passes(
            "Report for 2019\nThe plan was drawn up by the Ministry of Social Welfare and Youth in 2016.",
            why="the name of that year",
        ),
    ),
)

# How far before a name `former` may stand, and words that say that the past is meant.
_REACH = 40
_PAST = re.compile(
    r"(?:former|formerly|then|previous|previously|ish|at\sthat\stime|old|predecessor|successor|until|deri|meparshm\w*|dikurshm\w*"
    r"|atehershm\w*|replaced|zevendesoi|renamed|riemertua\w*|today|sot|now)\W[^.;]{0,30}$"
)
_AFTER = re.compile(
    r"^[^.;]{0,20}(?:\(?(?:former|formerly|then|today|now|sot|since|until|deri|later|me\spas|tani|which\sbecame|u\skthye))\b"
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    when = context.report_date
    if not when:
        return
    groups: dict[str, list[TermMention]] = {}
    for one, mention in institutions(context):
        concept = context.glossary.concepts.get(mention.concept_id or "")
        if concept is None or is_abbreviation(mention):
            continue
        days = _days(one)
        outside = bool(days) and not any(concept.in_force(d) for d in days)
        if (concept.in_force(when) and not outside) or _speaks_of_the_past(one, mention) or _of_its_time(one, concept):
            continue
        groups.setdefault(concept.concept_id, []).append(mention)
    for concept_id, mentions in groups.items():
        yield _finding(context.glossary.concepts[concept_id], mentions, when, context)


def _days(one: AnnotatedPassage) -> list[str]:
    """The days that a passage speaks of: they say more than the report's year."""
    return [
        m.value for m in one.mentions
        if isinstance(m, Figure) and m.kind == "date" and m.value and re.fullmatch(r"\d{4}-\d\d-\d\d", m.value)
        and not any(isinstance(r, LegalReference) and r.span.overlaps(m.span) for r in one.mentions)
    ]  # fmt: skip


def _speaks_of_the_past(one: AnnotatedPassage, mention: TermMention) -> bool:
    text = fold(one.passage.text)
    start = mention.span.start - one.passage.start
    end = mention.span.end - one.passage.start
    return bool(_PAST.search(text[max(0, start - _REACH) : start]) or _AFTER.search(text[end : end + _REACH]))


def _of_its_time(one: AnnotatedPassage, concept: Concept) -> bool:
    """Whether the passage names a time, or cites an act of a time, in which the name was in force."""
    for mention in one.mentions:
        times: tuple[str, ...] = ()
        if isinstance(mention, Figure) and mention.value and mention.kind in ("date", "year", "date_range", "period"):
            times = tuple(re.findall(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?", mention.value))
        elif isinstance(mention, LegalReference) and mention.date:
            times = (mention.date,)
        if len(times) == 1 and len(times[0]) == 4 and _days(one):
            continue
        if any(concept.in_force(t) for t in times):
            return True
    return False


def _finding(concept: Concept, mentions: list[TermMention], when: str, context: CheckContext) -> Finding:
    name = name_of(mentions[0])
    other = _in_force_then(concept, when, context)
    lang = mentions[0].lang
    expected = context.glossary.preferred(other.concept_id, lang) if other else ""
    early = bool(concept.valid_from) and concept.valid_from > when
    why = f"exists since {concept.valid_from}" if early else f"was called so until {concept.valid_until}"
    why_sq = f"ekziston që nga {concept.valid_from}" if early else f"quhej kështu deri më {concept.valid_until}"
    settle = f' In {when[:4]} it was "{expected}".' if expected else " Check which institution is meant."
    settle_sq = f' Në {when[:4]} ishte "{expected}".' if expected else " Kontrolloni cili institucion është menduar."
    return finding(
        RULE,
        f'"{name}" {why}, and the report is of {when}.{settle}',
        f'"{name}" {why_sq}, ndërsa raporti është i {when}.{settle_sq}',
        tuple(name_span(m) for m in mentions[:6]),
        found=name,
        expected=expected or None,
    )


def _in_force_then(concept: Concept, when: str, context: CheckContext) -> Concept | None:
    """The institution that followed it up to the date, or the one before it."""
    seen: set[str] = set()
    one: Concept | None = concept
    while one is not None and one.concept_id not in seen:
        seen.add(one.concept_id)
        if one.in_force(when):
            return one
        one = context.glossary.concepts.get(one.successor_id)
    before = [
        c for c in context.glossary.concepts.values() if c.successor_id == concept.concept_id and c.in_force(when)
    ]
    return before[0] if len(before) == 1 else None
