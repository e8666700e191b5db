"""The Albanian and the English of one passage name two different institutions.

Why a reviewer should care: readers of the two languages learn that two different offices are responsible.

Not flagged: an institution that one language names by its abbreviation; one that only one language repeats; a pair in
which a name is not decided.

Source: bilingual reports whose English kept the name of a ministry that had been merged into another.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.names import is_abbreviation, name_of, name_span
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import AnnotatedPassage, AnnotatedUnit, Finding, Mention, Severity, TermMention

RULE = Rule(
    id="IN04",
    name="institutions.institution-differs-between-languages",
    kind="institution_name_variant",
    issue_type="mistranslation",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Shqipja dhe anglishtja e të njëjtit pasazh emërtojnë dy institucione të ndryshme.",
    why_sq="Lexuesit e dy gjuhëve mësojnë se përgjegjëse janë dy zyra të ndryshme.",
    examples=(
        Flags(
            "Në vitin 2022 projektin e mbështeti ⟦Ministria e Turizmit dhe Mjedisit⟧ me dy ekspertë.",
            "In 2022 the project was supported by the ⟦Ministry of Environment⟧ with two experts.",
            why="the English name is of 2013 to 2017",
        ),
        Passes(
            "Të dhënat i mblodhi Ministria e Drejtësisë me Shërbimin e Provës.",
            "The data were collected by the Ministry of Justice with the Probation Service.",
            why="the same institutions",
        ),
    ),
    supersedes=("IN02",),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    for pair in context.pairs:
        left, right = context.by_id.get(pair.sq_passage_id), context.by_id.get(pair.en_passage_id)
        if left is not None and right is not None:
            yield from _compare(_named(left), _named(right), context)
    for unit in context.units:
        if unit.unit.origin == "person" and unit.unit.target_text:
            yield from _compare(*_sides(unit), context)


def _named(one: AnnotatedPassage) -> list[TermMention]:
    return _institutions(one.mentions)


def _institutions(mentions: tuple[Mention, ...]) -> list[TermMention]:
    return [m for m in mentions if isinstance(m, TermMention) and m.kind == "institution"]


def _sides(unit: AnnotatedUnit) -> tuple[list[TermMention], list[TermMention]]:
    return _institutions(unit.source), _institutions(unit.target)


def _concept(mention: TermMention) -> str | None:
    """The concept, also of a translation's mention, which no report resolves: its only listed one."""
    listed = [c.concept_id for c in mention.candidates if c.score >= 100]
    return mention.concept_id or (listed[0] if len(listed) == 1 else None)


def _compare(left: list[TermMention], right: list[TermMention], context: CheckContext) -> Iterator[Finding]:
    concepts = [[_concept(m) for m in side] for side in (left, right)]
    if any(c is None for side in concepts for c in side):
        return
    lonely = [
        [m for m, c in zip(side, own, strict=True) if c not in other and not is_abbreviation(m)]
        for side, own, other in ((left, concepts[0], concepts[1]), (right, concepts[1], concepts[0]))
    ]
    ids = [{_concept(m) for m in side} for side in lonely]
    if len(ids[0]) != 1 or len(ids[1]) != 1:
        return
    one, other = lonely[0][0], lonely[1][0]
    kinds = {context.glossary.concepts[str(_concept(m))].subkind for m in (one, other)}
    if len(kinds) != 1:
        return
    yield finding(
        RULE,
        f'One language has "{name_of(one)}", the other "{name_of(other)}": two institutions. Check which one is meant.',
        f'Një gjuhë ka "{name_of(one)}", tjetra "{name_of(other)}": dy institucione. Kontrolloni cili është menduar.',
        (name_span(one), name_span(other)),
        found=f"{name_of(one)} / {name_of(other)}",
    )
