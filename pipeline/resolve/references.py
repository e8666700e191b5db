"""Legal references to instruments and provisions.

Reads: LegalReference. Writes: LegalReference. An act by number and date, then by name; `this Code` by the last code
named; a bare article by the act it stands with, in its list, or the only code whose articles the report cites.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.languages import fold
from pipeline.model import AnnotatedPassage, Candidate, LegalReference
from pipeline.resolve.context import ReportContext
from pipeline.terminology import Article, Concept, Instrument
from pipeline.terminology.concepts import number_keys
from pipeline.terminology.inflection import ABBREVIATION_ENDING

# 0 to 100: how sure an identity is, by what it rests on.
_BY_NUMBER_AND_DATE, _BY_NAME, _BY_NUMBER = 100.0, 100.0, 95.0
_BY_TITLE, _BY_LIST, _BY_ANAPHOR, _BY_ONLY_CODE = 94.0, 92.0, 90.0, 85.0
# `this Code` and a list's articles look back over at most so many passages.
_LOOK_BACK = 14

_FAMILY = {
    "law": "law", "code": "law", "constitution": "law", "decree": "law", "decision": "decision", "order": "order",
    "directive": "directive", "regulation": "regulation", "convention": "convention", "instruction": "instruction",
    "framework decision": "decision", "soft_law": "soft law", "soft law": "soft law",
}  # fmt: skip
_CHAIN = re.compile(r"[\s,;]{0,3}(?:and|dhe|or|ose|e|si dhe|as well as)?\s{0,2}")


@dataclass(slots=True)
class _Met:
    """An act met while reading on: where, and what it is."""

    passage: int
    act_type: str
    instrument: Instrument | None
    number: str | None


def resolve_references(annotated: Sequence[AnnotatedPassage], context: ReportContext) -> dict[int, LegalReference]:
    """By the identity of the mention: each reference resolved, or left undecided with its candidates."""
    explicit: dict[int, tuple[Concept | None, float, tuple[Candidate, ...]]] = {}
    cited: Counter[str] = Counter()
    for one in annotated:
        country = context.country_of(one.passage.text)
        for mention in one.mentions:
            if isinstance(mention, LegalReference) and not mention.anaphoric and mention.act_type is not None:
                known = explicit[id(mention)] = _act(mention, country, context)
                if mention.article and known[0] is not None:
                    cited[known[0].concept_id] += 1
    only = next(iter(cited)) if len(cited) == 1 else None
    resolved: dict[int, LegalReference] = {}
    met: list[_Met] = []
    for at, one in enumerate(annotated):
        references = [m for m in one.mentions if isinstance(m, LegalReference)]
        for i, reference in enumerate(references):
            done = _resolve(reference, at, references[i + 1 :], one, explicit, met, only, context)
            resolved[id(reference)] = done
            if reference.act_type is not None or done.concept_id is not None:
                instrument = context.glossary.instruments.get(done.concept_id or "")
                if not reference.anaphoric or instrument is not None:
                    kind = reference.act_type or (instrument.concept.subkind if instrument else "")
                    met.append(_Met(at, kind, instrument, reference.number))
    return resolved


def _resolve(
    reference: LegalReference, at: int, following: Sequence[LegalReference], one: AnnotatedPassage,
    explicit: dict[int, tuple[Concept | None, float, tuple[Candidate, ...]]], met: Sequence[_Met], only: str | None,
    context: ReportContext,
) -> LegalReference:  # fmt: skip
    if id(reference) in explicit:
        concept, score, candidates = explicit[id(reference)]
        return _placed(replace(reference, candidates=candidates), concept, score, context)
    if reference.anaphoric:
        return _anaphor(reference, at, met, context)
    found = _chained(reference, following, one, explicit)
    if found is None:
        found = _titled(reference, met, context)
    if found is None:
        found = _earlier(reference, at, met, one, context)
    if found is None and only is not None:
        articles = context.glossary.articles_of.get(only, ())
        if not articles or any(a.number == reference.article for a in articles) or _is_tailed(reference, articles):
            found = (context.glossary.concepts[only], _BY_ONLY_CODE)
    if found is None:
        return replace(reference, candidates=_candidates(reference, met, context))
    return _placed(reference, found[0], found[1], context)


# --- acts -----------------------------------------------------------------------------------------------------------


def _act(
    reference: LegalReference, country: str, context: ReportContext
) -> tuple[Concept | None, float, tuple[Candidate, ...]]:
    if reference.number:
        found = _by_number(reference, country, context)
        if found is not None:
            return found
    if reference.instrument:
        return _by_name(reference, country, context)
    return None, 0.0, ()


def _by_number(
    reference: LegalReference, country: str, context: ReportContext
) -> tuple[Concept | None, float, tuple[Candidate, ...]] | None:
    """None where the register has no act of this number, so that its name may decide."""
    family = _FAMILY.get(reference.act_type or "", reference.act_type)
    numbered: list[Instrument] = []
    for key in number_keys(reference.number or ""):
        numbered = [
            i for i in context.glossary.by_number.get(key, ())
            if _FAMILY.get(i.concept.subkind, i.concept.subkind) == family
        ]  # fmt: skip
        if numbered:
            break
    if not numbered:
        return None
    if reference.date:
        dated = [i for i in numbered if i.date and _same_day(i.date, reference.date)]
        if len(dated) == 1:
            return dated[0].concept, _BY_NUMBER_AND_DATE, ()
        if not dated and _is_unique_number(reference.number or "", family or ""):
            # A law's number is its own; that the date is another is for the reviewer.
            chosen = context.decided([i.concept for i in numbered], country)
            return chosen, _BY_NUMBER, _as_candidates(numbered, "same number, another date")
        numbered = dated or numbered
        if not dated:
            return None, 0.0, _as_candidates(numbered, "same number, another date")
    if not _is_unique_number(reference.number or "", family or "") and not reference.date:
        # `Order no. 5` alone: every year has one.
        return None, 0.0, _as_candidates(numbered, "same number")
    chosen = context.decided([i.concept for i in numbered], country)
    if chosen is None:
        return None, 0.0, _as_candidates(numbered, "same number")
    return chosen, _BY_NUMBER, ()


def _same_day(known: str, written: str) -> bool:
    shortest = min(len(known), len(written))
    return known[:shortest] == written[:shortest]


def _is_unique_number(number: str, family: str) -> bool:
    """Whether a number names one act in all years: `7895`, `139/2015`, `03/L-166`, `2011/93`; not order no. 5."""
    if family in ("directive", "regulation", "convention"):
        return True
    return (family == "law" and ("/" in number or len(number) >= 4)) or number.count("/") == 2


def _as_candidates(instruments: Sequence[Instrument], why: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(i.concept.concept_id, 80.0, why) for i in instruments)


def _by_name(
    reference: LegalReference, country: str, context: ReportContext
) -> tuple[Concept | None, float, tuple[Candidate, ...]]:
    written = " ".join((reference.instrument or "").split())
    entries = [
        (c, t) for c, t in context.glossary.by_form.get(fold(written), ()) if c.kind == "instrument"
    ]  # fmt: skip
    if not entries:
        bare = ABBREVIATION_ENDING.sub("", written)
        entries = [(c, t) for c, t in context.glossary.by_form.get(fold(bare), ()) if c.kind == "instrument"]
    if not entries:
        return None, 0.0, _near_acts(written, context)
    if reference.lang in ("sq", "en"):
        entries = [(c, t) for c, t in entries if t.lang == reference.lang] or entries
    concepts = list({c.concept_id: c for c, _ in entries}.values())
    others = _of_the_other_country(concepts, context)
    chosen = context.decided([*concepts, *others], country)
    if chosen is None:
        every = tuple(Candidate(c.concept_id, 100.0, "listed form") for c in (*concepts, *others))
        return None, 0.0, every
    return chosen, _BY_NAME, ()


def _of_the_other_country(concepts: Sequence[Concept], context: ReportContext) -> list[Concept]:
    """In a report on both countries, or on Kosovo, `Criminal Code` may be either country's."""
    if context.country in ("AL", "") or len(concepts) != 1 or concepts[0].country != "AL":
        return []
    name = fold(concepts[0].preferred_en)
    return [
        i.concept for i in context.glossary.instruments.values()
        if i.concept.country == "XK" and i.concept.subkind == concepts[0].subkind
        and fold(i.concept.preferred_en).startswith(name) and (not context.when or i.concept.in_force(context.when))
    ]  # fmt: skip


def _near_acts(written: str, context: ReportContext) -> tuple[Candidate, ...]:
    from rapidfuzz import fuzz, process

    forms = {
        fold(t.form): i.concept.concept_id
        for i in context.glossary.instruments.values()
        for t in i.concept.terms
        if " " in t.form and t.sort != "wrong"
    }
    found = process.extract(fold(written), list(forms), scorer=fuzz.token_sort_ratio, score_cutoff=80, limit=3)
    best: dict[str, Candidate] = {}
    for form, score, _ in found:
        best.setdefault(forms[form], Candidate(forms[form], round(score, 1), f"near {form}"))
    return tuple(best.values())


# --- acts that stand elsewhere --------------------------------------------------------------------------------------


def _anaphor(reference: LegalReference, at: int, met: Sequence[_Met], context: ReportContext) -> LegalReference:
    """The last act of the kind that was named: `this Code` after a Code of Conduct is not the Criminal Code."""
    family = reference.act_type
    for one in reversed(met):
        if at - one.passage > _LOOK_BACK:
            break
        kind = "code" if one.act_type in ("code", "soft_law") else one.act_type
        if kind != family:
            continue
        if one.instrument is None:
            return replace(reference, number=reference.number or one.number)
        done = replace(reference, number=reference.number or one.number)
        return _placed(done, one.instrument.concept, _BY_ANAPHOR, context)
    return reference


def _chained(
    reference: LegalReference, following: Sequence[LegalReference], one: AnnotatedPassage,
    explicit: dict[int, tuple[Concept | None, float, tuple[Candidate, ...]]],
) -> tuple[Concept, float] | None:  # fmt: skip
    """`neni 5 dhe neni 6 i Kodit Penal`: the act that the next article of the row has."""
    end = reference.span.end
    offset = one.passage.start
    for other in following:
        if other.span.start < end:
            continue
        gap = one.passage.text[end - offset : other.span.start - offset] if not one.passage.repairs else ""
        if not one.passage.repairs and _CHAIN.fullmatch(fold(gap)) is None:
            return None
        if id(other) in explicit:
            concept, score, _ = explicit[id(other)]
            return (concept, score) if concept is not None else None
        if other.article is None:
            return None
        end = other.span.end
    return None


def _titled(reference: LegalReference, met: Sequence[_Met], context: ReportContext) -> tuple[Concept, float] | None:
    """The act whose article of this number has the title that is cited, if the report names it, or no other has it."""
    if not reference.title:
        return None
    title = _bare(reference.title)
    named = {m.instrument.concept.concept_id for m in met if m.instrument is not None}
    found = []
    for concept_id in context.glossary.instruments:
        for article in context.glossary.articles.get((concept_id, reference.article or ""), ()):
            if any(_bare(t) == title for t in (*article.titles("sq"), *article.titles("en"))):
                found.append(concept_id)
                break
    chosen = [c for c in found if c in named] or found
    return (context.glossary.concepts[chosen[0]], _BY_TITLE) if len(chosen) == 1 else None


def _bare(title: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(title)))


def _earlier(
    reference: LegalReference, at: int, met: Sequence[_Met], one: AnnotatedPassage, context: ReportContext
) -> tuple[Concept, float] | None:
    """The act named last before it: in the passage, or, in a list, in the items before and what introduces them."""
    back = _LOOK_BACK if one.passage.kind in ("list_item", "table_cell") else 0
    for other in reversed(met):
        if at - other.passage > back:
            break
        if other.act_type in ("order", "decision", "instruction", "directive") and other.passage != at:
            continue
        if other.instrument is None:
            return None
        articles = context.glossary.articles_of.get(other.instrument.concept.concept_id, ())
        if re.search(r"/[^\W\d_]", reference.article or "") and other.instrument.concept.country not in ("AL", ""):
            # Only Albanian law numbers inserted articles with a slash and a letter.
            continue
        complete = bool(other.instrument.articles_as_of)
        known = any(a.number == reference.article for a in articles) or _is_tailed(reference, articles)
        if complete and not known and other.passage != at:
            return None
        return other.instrument.concept, _BY_LIST
    return None


def _candidates(reference: LegalReference, met: Sequence[_Met], context: ReportContext) -> tuple[Candidate, ...]:
    """The acts of the report that may have the article."""
    ids = dict.fromkeys(m.instrument.concept.concept_id for m in reversed(met) if m.instrument is not None)
    found = []
    for concept_id in ids:
        articles = context.glossary.articles_of.get(concept_id, ())
        if not articles or any(a.number == reference.article for a in articles):
            found.append(Candidate(concept_id, 50.0, "named in the report"))
    return tuple(found[:3])


# --- provisions -----------------------------------------------------------------------------------------------------


def _is_tailed(reference: LegalReference, articles: Sequence[Article]) -> bool:
    head, _, tail = (reference.article or "").rpartition("/")
    return tail.isdigit() and any(a.number == head for a in articles)


def _placed(reference: LegalReference, concept: Concept | None, score: float, context: ReportContext) -> LegalReference:
    """The reference with its instrument, its provision and their address.

    A number in the table is an article. One that is not, with a digit behind its slash, is a paragraph of the
    article before it (`283/2`); with a letter it stays unknown, with that article as the candidate.
    """
    if concept is None:
        return reference
    instrument = context.glossary.instruments[concept.concept_id]
    done = replace(reference, concept_id=concept.concept_id, score=score, href=instrument.href or None)
    if not reference.article:
        return done
    table = context.glossary.articles
    number, paragraph = reference.article, reference.paragraph
    articles = table.get((concept.concept_id, number), ())
    if not articles and "/" in number:
        head, _, tail = number.rpartition("/")
        before = table.get((concept.concept_id, head), ())
        if before and tail.isdigit():
            articles, number, paragraph = before, head, paragraph or tail
        elif before:
            near = Candidate(before[0].article_id, 60.0, f"article {head}, letter {tail}")
            done = replace(done, candidates=(*done.candidates, near))
            if instrument.articles_as_of:
                return replace(done, href=None)
    in_force = [a for a in articles if not context.when or a.in_force(context.when)]
    chosen = (in_force or list(articles))[-1] if articles else None
    if chosen is None and instrument.articles_as_of:
        return replace(done, href=None)
    href = (
        f"{instrument.href}/!main~{_eid(replace(done, article=number, paragraph=paragraph))}"
        if instrument.href
        else None
    )
    return replace(
        done, provision_id=chosen.article_id if chosen else None, href=href, paragraph=paragraph,
    )  # fmt: skip


def _eid(reference: LegalReference) -> str:
    """`art_293~ccedil__para_4__letter_a`; the cedilla is spelt, because an address has English letters only."""
    parts = [f"art_{_plain(reference.article or '')}"]
    if reference.paragraph:
        parts.append(f"para_{reference.paragraph}")
    if reference.point:
        parts.append(f"point_{_plain(reference.point)}")
    if reference.letter:
        parts.append(f"letter_{_plain(reference.letter)}")
    return "__".join(parts)


def _plain(number: str) -> str:
    return number.replace("/", "~").replace("ç", "ccedil").replace("ë", "edia")
