"""Institutions and terms to concepts: by listed form, by the report's date and country, by its own definitions.

Reads: TermMention. Writes: TermMention.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.find.acronyms import acronyms
from pipeline.languages import fold
from pipeline.model import AnnotatedPassage, Candidate, LegalReference, TermMention
from pipeline.resolve.context import ReportContext
from pipeline.settings import Settings
from pipeline.spans import passage_span
from pipeline.terminology import Concept

# 0 to 100: a form listed in the glossary, also through a letter that a machine misread.
_LISTED = 97.0
# So many near names are shown beside an undecided one.
_MOST_CANDIDATES = 3


def with_abbreviations(one: AnnotatedPassage, context: ReportContext) -> AnnotatedPassage:
    """The passage with a mention for each abbreviation of an institution that the report defines somewhere."""
    if one.passage.kind == "page_furniture" or not any(
        d.is_institution for names in context.defined.values() for d in names
    ):
        return one
    added: list[TermMention] = []
    taken = [m.span for m in one.mentions if isinstance(m, TermMention | LegalReference) and (
        not isinstance(m, TermMention) or m.kind == "institution")]  # fmt: skip
    for acronym in acronyms(one.passage.text):
        names = context.defined.get(acronym.short, ())
        near = "" if names else _near_defined(acronym.short, context)
        if not (names and any(n.is_institution for n in names)) and not near:
            continue
        span = passage_span(one.passage, acronym.start, acronym.end)
        if any(span.overlaps(other) for other in taken):
            continue
        mention = TermMention(
            span, "institution", one.passage.lang, acronym.short, None, None, 0.0, (), acronym.short,
            "near" if near else "defined",
        )  # fmt: skip
        if near:
            ids = {c for n in context.defined[near] for c in n.concept_ids}
            mention = replace(mention, candidates=tuple(Candidate(c, 80.0, f"near {near}") for c in sorted(ids)))
        added.append(mention)
    if not added:
        return one
    mentions = sorted((*one.mentions, *added), key=lambda m: (m.span.start, -m.span.end, type(m).__name__))
    return replace(one, mentions=tuple(mentions))


def _near_defined(short: str, context: ReportContext) -> str:
    """The defined abbreviation that `short` is but for two letters in each other's place."""
    if len(short) < 4 or short in context.defined or fold(short) in context.glossary.by_form:
        return ""
    for at in range(len(short) - 1):
        swapped = short[:at] + short[at + 1] + short[at] + short[at + 2 :]
        names = context.defined.get(swapped)
        if names and swapped != short and any(n.is_institution for n in names):
            return swapped
    return ""


def resolve_names(
    annotated: Sequence[AnnotatedPassage], context: ReportContext, settings: Settings
) -> dict[int, TermMention]:
    """By the identity of the mention: each name resolved, or left undecided with its candidates."""
    near: dict[str, tuple[Candidate, ...]] = {}
    resolved: dict[int, TermMention] = {}
    for one in annotated:
        country = context.country_of(one.passage.text)
        for mention in one.mentions:
            if isinstance(mention, TermMention):
                resolved[id(mention)] = _resolve(mention, country, context, settings, near)
    return resolved


def _resolve(
    mention: TermMention, country: str, context: ReportContext, settings: Settings,
    near: dict[str, tuple[Candidate, ...]],
) -> TermMention:  # fmt: skip
    listed = [c for c in mention.candidates if c.score >= _LISTED and c.concept_id in context.glossary.concepts]
    alone = mention.abbreviation is not None and "(" not in mention.span.exact
    if alone and (own := _as_defined(mention, context)) is not None:
        return own
    if not listed:
        if mention.kind != "institution" or mention.candidates:
            return mention
        bare = mention.term
        if bare not in near:
            near[bare] = _near_names(bare, context, settings)
        return replace(mention, candidates=near[bare])
    concepts = [context.glossary.concepts[c.concept_id] for c in listed]
    chosen = context.decided(concepts, country)
    if chosen is None:
        return mention
    return _decided(mention, chosen, max(c.score for c in listed), context)


def _decided(mention: TermMention, concept: Concept, score: float, context: ReportContext) -> TermMention:
    status = mention.status
    if context.when and not concept.in_force(context.when):
        status = "superseded"
    return replace(mention, concept_id=concept.concept_id, score=score, status=status)


def _as_defined(mention: TermMention, context: ReportContext) -> TermMention | None:
    """An abbreviation as the report explains it, which goes before the glossary; None where it does not."""
    names = context.defined.get(mention.abbreviation or "")
    if not names:
        return None
    ids = {c for n in names for c in n.concept_ids}
    listed = [c.concept_id for c in mention.candidates if c.score >= _LISTED]
    common = [c for c in listed if c in ids]
    if len(common) == 1:
        return _decided(mention, context.glossary.concepts[common[0]], 100.0, context)
    if len(ids) == 1 and not listed:
        return _decided(mention, context.glossary.concepts[next(iter(ids))], 100.0, context)
    if not ids and all(n.is_institution for n in names):
        # The report's own name, which the glossary does not hold: the glossary's reading is only a candidate.
        weak = tuple(replace(c, score=60.0, why="the report explains it otherwise") for c in mention.candidates)
        return replace(mention, concept_id=None, score=0.0, candidates=weak)
    return None


def _near_names(name: str, context: ReportContext, settings: Settings) -> tuple[Candidate, ...]:
    """Listed names nearest to one that is not listed, from the settings' score on."""
    from rapidfuzz import fuzz, process

    forms = _comparable(context)
    if not forms:
        return ()
    best: dict[str, Candidate] = {}
    for form, score, _ in process.extract(
        fold(name), list(forms), scorer=fuzz.token_sort_ratio, score_cutoff=settings.name_score - 8, limit=12
    ):
        for concept_id in forms[form]:
            if concept_id not in best:
                best[concept_id] = Candidate(concept_id, round(score, 1), f"near {form}")
    return tuple(sorted(best.values(), key=lambda c: -c.score)[:_MOST_CANDIDATES])


# Forms of a glossary larger than this are not compared one by one: a run would take minutes.
_MOST_FORMS = 50_000


def _comparable(context: ReportContext) -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for concept in context.glossary.concepts.values():
        if concept.kind == "institution":
            for term in concept.terms:
                if " " in term.form and term.sort not in ("wrong", "abbreviation"):
                    forms.setdefault(fold(term.form), []).append(concept.concept_id)
        if len(forms) > _MOST_FORMS:
            return {}
    return forms
