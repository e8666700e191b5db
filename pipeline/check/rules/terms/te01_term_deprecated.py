"""A term is used that the glossary says to replace.

Why a reviewer should care: a calque or a discredited term is misread by foreign partners, or hurts those it speaks of.

Not flagged: the term inside the title of an article or an act; inside a quotation; a word that is deprecated for one
concept and preferred for another.

Source: the terminology guidelines for the protection of children (Luxembourg Guidelines), and calques such as `penal
deed` for a criminal offence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.names import nearest
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import AnnotatedPassage, Finding, LegalReference, Severity, Span, TermMention
from pipeline.terminology import Concept

RULE = Rule(
    id="TE01",
    name="terms.term-deprecated",
    kind="term_variant",
    issue_type="terminology",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Përdoret një term që glosari thotë ta zëvendësoni.",
    why_sq="Një kalk ose një term i papranueshëm keqkuptohet nga partnerët e huaj ose lëndon ata për të cilët flitet.",
    examples=(
        Flags("The report counts every ⟦penal deed⟧ of the year once.", why="a calque of vepër penale"),
        Passes("The report counts every criminal offence of the year once.", why="the preferred term"),
        Passes(
            'The group follows the guide "Words against child sex tourism" of its partners.',
            why="the title of a publication",
        ),
    ),
)

_MOST = 4
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{0,200}$")


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[TermMention]] = {}
    for one in context.annotated:
        titles = [m.title_span for m in one.mentions if isinstance(m, LegalReference) and m.title_span]
        titles += [m.span for m in one.mentions if isinstance(m, TermMention) and m.kind == "institution"]
        for mention in one.mentions:
            if not isinstance(mention, TermMention) or mention.kind != "term" or mention.status != "deprecated":
                continue
            if mention.concept_id is None or any(mention.span.overlaps(t) for t in titles) or _is_quoted(one, mention):
                continue
            concept = context.glossary.concepts[mention.concept_id]
            # `Pornography of children` is the wording of the law: a term whose whole concept is discouraged is not.
            if not concept.discouraged and not _is_preferred_elsewhere(mention, context):
                groups.setdefault((mention.concept_id, mention.term), []).append(mention)
    for (concept_id, term), mentions in groups.items():
        right = [m.span for m in _preferred(concept_id, mentions[0].lang, context)]
        yield _finding(context.glossary.concepts[concept_id], term, mentions, right, context)


def _preferred(concept_id: str, lang: str, context: CheckContext) -> Iterator[TermMention]:
    for mention in context.mentions:
        if (
            isinstance(mention, TermMention)
            and mention.concept_id == concept_id
            and mention.lang == lang
            and mention.status == "preferred"
        ):
            yield mention


def _is_quoted(one: AnnotatedPassage, mention: TermMention) -> bool:
    start = mention.span.start - one.passage.start
    before = one.passage.text[max(0, start - 200) : max(0, start)]
    return (bool(_QUOTED.search(before)) and before.count('"') % 2 == 1) or bool(re.search(r"[“„«][^”»]*$", before))


def _is_preferred_elsewhere(mention: TermMention, context: CheckContext) -> bool:
    return any(
        t.status != "deprecated" and t.lang == mention.lang
        for _, t in context.glossary.by_form.get(mention.term.lower(), ())
    )


def _finding(
    concept: Concept, term: str, mentions: list[TermMention], right: list[Span], context: CheckContext
) -> Finding:
    lang = mentions[0].lang
    preferred = context.glossary.preferred(concept.concept_id, lang)
    return finding(
        RULE,
        f'The glossary replaces "{term}" by "{preferred}".',
        f'Glosari e zëvendëson "{term}" me "{preferred}".',
        nearest([[m.span for m in mentions], *([right] if right else [])], _MOST),
        found=mentions[0].span.exact,
        expected=preferred or None,
    )
