"""One abbreviation stands for two names, or one name has two abbreviations.

Why a reviewer should care: a reader who looks the abbreviation up lands at the wrong office or mechanism.

Not flagged: the Albanian beside the English abbreviation of one name; an abbreviation explained twice in the same
words, in another case or order; plural and case endings.

Source: a report in which NACS was the agency for `Computer Security` and for `Computer Safety`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.names import Explained, explained, institutions, is_abbreviation, name_stems
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Lang, Severity, Span

RULE = Rule(
    id="AB01",
    name="abbreviations.abbreviation-with-two-meanings",
    kind="abbreviation_conflict",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një shkurtim qëndron për dy emra, ose një emër ka dy shkurtime.",
    why_sq="Kush e kërkon shkurtimin shkon te zyra ose mekanizmi i gabuar.",
    examples=(
        Flags(
            "The ⟦Albanian Road Company (ARC)⟧ built the bridge.\nThe ⟦Agency for Rural Centres (ARC)⟧ paid for it.",
            why="one abbreviation, two names",
        ),
        Flags(
            "The ⟦Tax Police Unit (TPU)⟧ opened the case. The guide of the ⟦Tax Police Unit (TAPU)⟧ describes it.",
            why="one name, two abbreviations",
        ),
        Passes(
            "The Coordinated Referral Mechanism (CRM) met in May.\nThe coordinated referral mechanism (CRM) is chaired "
            "by the mayor.",
            why="the same name",
        ),
        Passes(
            "Njësia për Mbrojtjen e Fëmijës (NJMF) ka dy punonjës.\nNjësitë për Mbrojtjen e Fëmijës (NJMF) u rritën.",
            why="i njëjti emër në shumës",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places = explained(context)
    yield from _two_names(places)
    yield from _two_abbreviations(places, context)


def _two_names(places: list[Explained]) -> Iterator[Finding]:
    groups: dict[tuple[str, Lang], dict[tuple[str, ...], list[Explained]]] = {}
    for place in places:
        stems = name_stems(place.definition.long, place.lang)
        groups.setdefault((place.definition.short, place.lang), {}).setdefault(stems, []).append(place)
    for (short, _), names in groups.items():
        unlike = _unlike(names)
        if len(unlike) > 1:
            longs = " and ".join(f'"{" ".join(g[0].definition.long.split())}"' for g in unlike)
            yield finding(
                RULE,
                f"{short} stands for {longs}. Use one name, or another abbreviation for the second.",
                f"{short} qëndron për {longs.replace(' and ', ' dhe ')}. Përdorni një emër ose një shkurtim tjetër.",
                tuple(sorted((p.whole for g in unlike for p in g[:2]), key=lambda s: s.start)),
                found=" / ".join(g[0].definition.long for g in unlike),
            )


def _unlike(names: dict[tuple[str, ...], list[Explained]]) -> list[list[Explained]]:
    chosen: list[tuple[tuple[str, ...], list[Explained]]] = []
    for stems, group in names.items():
        if not any(set(stems) <= set(other) or set(other) <= set(stems) for other, _ in chosen):
            chosen.append((stems, group))
    return [group for _, group in chosen]


def _two_abbreviations(places: list[Explained], context: CheckContext) -> Iterator[Finding]:
    groups: dict[tuple[tuple[str, ...], Lang], dict[str, list[Span]]] = {}
    for place in places:
        stems = name_stems(place.definition.long, place.lang)
        if len(stems) > 1:
            shorts = groups.setdefault((tuple(sorted(stems)), place.lang), {})
            shorts.setdefault(place.definition.short, []).append(place.whole)
    done: set[str] = set()
    for shorts in groups.values():
        # `SHKD` and `SHKD-ja` are one; a plural s is none of the abbreviation.
        if len({s.rstrip("s") for s in shorts}) > 1:
            done.update(shorts)
            yield _conflict(shorts, None, context)
    concepts: dict[tuple[str, Lang], dict[str, list[Span]]] = {}
    for one, mention in institutions(context):
        if mention.concept_id and mention.abbreviation and one.passage.lang in ("sq", "en"):
            own = concepts.setdefault((mention.concept_id, one.passage.lang), {})
            span = mention.span
            if not is_abbreviation(mention):
                at = span.exact.rfind(mention.abbreviation)
                start = span.start + max(at, 0)
                span = Span(span.text_id, start, start + len(mention.abbreviation), mention.abbreviation, span.side)
            own.setdefault(mention.abbreviation, []).append(span)
    defined = {p.definition.short for p in places}
    for (concept_id, lang), shorts in concepts.items():
        own_language = {s: v for s, v in shorts.items() if not _is_foreign(concept_id, s, lang, context)}
        if len(own_language) > 1 and not done & set(own_language) and set(own_language) & defined:
            yield _conflict(own_language, concept_id, context)


def _is_foreign(concept_id: str, short: str, lang: Lang, context: CheckContext) -> bool:
    """Whether it is only the other language's abbreviation: SPAK in an English text."""
    concept = context.glossary.concepts[concept_id]
    langs = {t.lang for t in concept.terms if t.form == short}
    return bool(langs) and lang not in langs


def _conflict(shorts: dict[str, list[Span]], concept_id: str | None, context: CheckContext) -> Finding:
    name = context.glossary.preferred(concept_id, "en") if concept_id else ""
    listed = " and ".join(shorts)
    of = f"{name} is" if name else "One name is"
    of_sq = f"{context.glossary.preferred(concept_id, 'sq')} shkurtohet" if concept_id else "Një emër shkurtohet"
    return finding(
        RULE,
        f"{of} abbreviated as {listed}. Use one abbreviation throughout.",
        f"{of_sq} {listed.replace(' and ', ' dhe ')}. Përdorni një shkurtim kudo.",
        tuple(sorted((s for spans in shorts.values() for s in spans[:3]), key=lambda s: s.start)),
        found=" / ".join(shorts),
    )
