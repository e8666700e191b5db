"""Finds institutions and office holders: those the glossary lists in any form, and others by the grammar of names.

Reads: a text, its language, Glossary. Writes: TermMention, with spans that count in the text given. Written forms:
`Ministria e Brendshme`, `Ministrisë së Brendshme`, `AKEP-it`, `MoI`, `National Agency for Information Society (NAIS)`,
`ministri i Drejtësisë`, `Prosecutor General`, `Sector for Computer-Related Crimes`, `Ministry of lnterior`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.find.acronyms import in_brackets
from pipeline.find.institution_words import HEADS, LINKS_EN, LINKS_SQ
from pipeline.find.name_grammar import Token, may_hold_names, name_places, tokens_of
from pipeline.languages import fold
from pipeline.model import Candidate, Lang, Span, TermMention
from pipeline.spans import without_overlaps
from pipeline.terminology import FormHit, Glossary
from pipeline.terminology.forms import preferred_lang
from pipeline.terminology.inflection import ABBREVIATION_ENDING

# A listed name of two words in small letters may be two words by chance, unless its kind is always meant as a name.
_SMALL_KINDS = frozenset({"ministry", "prosecution", "government", "office holder"})
# 0 to 100: what a form is worth that was read through damaged letters.
_DAMAGED = 97.0
# Names of more words are found by the grammar alone; a window of more costs time.
_LONGEST_NEAR = 6


def find_institutions(text: str, lang: Lang, glossary: Glossary) -> tuple[TermMention, ...]:
    """The institutions of `text`, longest first where they overlap, in order of place.

    A name and its abbreviation in brackets are one mention. What no listed form explains has no candidates.
    """
    hits = _listed(text, glossary)
    if not hits and not may_hold_names(text):
        return ()
    tokens = tokens_of(text)
    if not hits and not any(t.folded in HEADS for t in tokens):
        return ()
    long_hits = sorted({(h.start, h.end) for h in hits if _is_name(h)})
    found: dict[tuple[int, int], TermMention] = {}
    for place in name_places(text, tokens, [p for p in long_hits if " " in text[p[0] : p[1]]]):
        span = Span("", place.start, place.end, text[place.start : place.end])
        found[place.start, place.end] = TermMention(span, "institution", place.head.lang, span.exact, finder="grammar")
    for hit in hits:
        mention = _mention(text, hit, lang)
        key = (mention.span.start, mention.span.end)
        if key not in found or not found[key].candidates:
            found[key] = mention
    chosen = {place: found[place] for place in without_overlaps(_kept(text, found))}
    for mention in _near(text, tokens, glossary, list(chosen)):
        chosen[mention.span.start, mention.span.end] = mention
    mentions = [_with_bracket(text, chosen[place]) for place in sorted(chosen)]
    # An abbreviation in the bracket belongs to the name before it.
    ends = {m.span.end for m in mentions if m.abbreviation and m.span.exact.endswith(")")}
    return tuple(
        m for m in mentions
        if m.span.exact.endswith(")") or not _is_closed(text, m.span.end, ends)
    )  # fmt: skip


def _is_closed(text: str, end: int, ends: set[int]) -> bool:
    """Whether a bracket closes right after `end` that belongs to a mention."""
    return any(end < e <= end + 3 and ")" in text[end:e] for e in ends)


def _kept(text: str, found: dict[tuple[int, int], TermMention]) -> list[tuple[int, int]]:
    """Places without a name by grammar that is a listed name with the sentence's next words, or several of them."""
    listed = [p for p, m in found.items() if m.candidates]
    kept = []
    for place, mention in found.items():
        if not mention.candidates:
            inside = [p for p in listed if place[0] <= p[0] and p[1] <= place[1] and p != place]
            names = without_overlaps(p for p in inside if " " in found[p].span.exact)
            covered = sum(end - start for start, end in names)
            # `State Police Organizational Structure`: what follows the listed name is no part of a name.
            rest = [fold(text[e : place[1]]).split() for s, e in names if s == place[0]]
            if rest and all(w not in HEADS and w not in LINKS_EN and w not in LINKS_SQ for w in rest[0]):
                continue
            if len(names) > 1 and covered >= (place[1] - place[0]) - 3 * len(names):
                continue
        kept.append(place)
    return kept


def _listed(text: str, glossary: Glossary) -> list[FormHit]:
    hits = []
    for hit in glossary.index.scan(text):
        entries = tuple(e for e in hit.entries if e.concept.kind == "institution")
        if (hit.start and text[hit.start - 1] == "/") or text[hit.end : hit.end + 1] == "/":
            # The suffix of an act's number, `2011/93/EC`, or one of two abbreviations of one thing.
            entries = tuple(e for e in entries if e.term.sort != "abbreviation")
        if entries and _stands_as_name(text, hit, entries[0].term.form, entries[0].concept.subkind):
            hits.append(FormHit(hit.start, hit.end, entries, hit.damaged))
    return hits


def _stands_as_name(text: str, hit: FormHit, form: str, kind: str) -> bool:
    words = text[hit.start : hit.end]
    if any(c.isupper() for c in words):
        return True
    return form.islower() or form.count(" ") > 1 or (form.count(" ") == 1 and kind in _SMALL_KINDS)


def _is_name(hit: FormHit) -> bool:
    return any(e.term.sort != "abbreviation" for e in hit.entries)


def _mention(text: str, hit: FormHit, lang: Lang) -> TermMention:
    entries = preferred_lang(hit.entries, lang)
    entry = entries[0]
    end = hit.end
    short = entry.term.sort == "abbreviation"
    if short:
        ending = ABBREVIATION_ENDING.match(text, end)
        plural = text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum()
        end = ending.end() if ending else end + 1 if plural else end
    score = _DAMAGED if hit.damaged else 100.0
    concepts = dict.fromkeys(e.concept.concept_id for e in hit.entries)
    return TermMention(
        Span("", hit.start, end, text[hit.start : end]), "institution", entry.term.lang, entry.term.form,
        entry.term.status, None, score, tuple(Candidate(c, score, "listed form") for c in concepts),
        entry.term.form if short else None, "glossary",
    )  # fmt: skip


def _with_bracket(text: str, mention: TermMention) -> TermMention:
    """The mention with the abbreviation in brackets that follows it."""
    if mention.abbreviation is not None:
        return mention
    found = in_brackets(text, mention.span.end)
    if found is None:
        return mention
    end, short = found
    from dataclasses import replace

    start = mention.span.start
    return replace(mention, span=Span("", start, end, text[start:end]), abbreviation=short)


def _near(
    text: str, tokens: Sequence[Token], glossary: Glossary, taken: Sequence[tuple[int, int]]
) -> list[TermMention]:
    """Words that are a listed name but for one slip: `general prosecutin office`. Candidates only, no decision."""
    found: list[TermMention] = []
    if not glossary.near.by_rest:
        return found
    lengths = [n for n in sorted(glossary.near.lengths, reverse=True) if n <= _LONGEST_NEAR]
    upto = 0
    for at, token in enumerate(tokens):
        if token.folded not in HEADS or token.start < upto or any(s <= token.start < e for s, e in taken):
            continue
        for length, first in ((n, f) for n in lengths for f in range(max(0, at - n + 1), at + 1)):
            words = tokens[first : first + length]
            if len(words) < length or any(w.gap.strip() for w in words[1:]):
                continue
            if any(s < words[-1].end and words[0].start < e for s, e in taken):
                continue
            names = [
                n for n in glossary.near.look_up(tuple(w.folded for w in words)) if n.concept.kind == "institution"
            ]
            if not names:
                continue
            best = max(names, key=lambda n: n.score)
            start, end = words[0].start, words[-1].end
            whole = round(100 - (100 - best.score) / length, 1)
            near = {n.concept.concept_id: Candidate(n.concept.concept_id, whole, f"near {n.term.form}") for n in names}
            upto = end
            found.append(
                TermMention(
                    Span("", start, end, text[start:end]), "institution", best.term.lang, text[start:end], None, None,
                    0.0, tuple(near.values()), None, "near",
                )
            )  # fmt: skip
            break
    return found
