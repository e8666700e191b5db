"""What rules on names ask: every name of each concept, names compared by their words, abbreviations and definitions.

Reads: TermMention, Glossary. Writes: values for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.check.rule import CheckContext
from pipeline.find.acronyms import Acronym, Definition, acronyms, definitions
from pipeline.find.stems import stem
from pipeline.languages import fold
from pipeline.model import AnnotatedPassage, Lang, Span, TermMention
from pipeline.spans import passage_span
from pipeline.terminology import Concept, Term

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
SMALL = frozenset(
    "of for on and the against in to at with a an i e te se per dhe nga mbi ne ndaj me kunder pranë prane".split()
)


def institutions(context: CheckContext) -> Iterator[tuple[AnnotatedPassage, TermMention]]:
    """Every institution mentioned, with its passage, in reading order."""
    for one in context.annotated:
        for mention in one.mentions:
            if isinstance(mention, TermMention) and mention.kind == "institution":
                yield one, mention


def name_of(mention: TermMention) -> str:
    """The name as written, on one line, without an abbreviation in brackets.

    >>> name_of(TermMention(Span("", 0, 13, "Tax Agency (T)"[:13] ), "institution", "en", "Tax Agency"))
    'Tax Agency'
    """
    return re.sub(r"\s*\([^()]*\)?$", "", " ".join(mention.span.exact.split()))


def name_span(mention: TermMention) -> Span:
    """The place of the name without the abbreviation in brackets."""
    span = mention.span
    at = span.exact.find("(")
    if at <= 0 or mention.abbreviation is None:
        return span
    end = len(span.exact[:at].rstrip())
    return Span(span.text_id, span.start, span.start + end, span.exact[:end], span.side)


def is_abbreviation(mention: TermMention) -> bool:
    """Whether the mention is the abbreviation alone."""
    return mention.abbreviation is not None and "(" not in mention.span.exact


def name_stems(name: str, lang: Lang) -> tuple[str, ...]:
    """Stems of a name's words, in order, without small words: the same for all of its case forms."""
    return tuple(_one_stem(w, lang) for w in _WORD.findall(fold(name)) if w not in SMALL)


def _one_stem(word: str, lang: Lang) -> str:
    base = re.sub(r"['’]s?$", "", word)
    base = {"center": "centre", "defense": "defence", "labor": "labour", "organization": "organisation"}.get(base, base)
    return stem(base, lang)


def term_of(mention: TermMention, concept: Concept) -> Term | None:
    """The glossary's form that was met."""
    folded = fold(mention.term)
    own = [t for t in concept.terms if fold(t.form) == folded]
    return next((t for t in own if t.lang == mention.lang), own[0] if own else None)


def contained(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether one name is the other with words left out: a short form, no other name."""
    shorter, longer = (set(left), set(right)) if len(left) <= len(right) else (set(right), set(left))
    return shorter <= longer


@dataclass(frozen=True, slots=True)
class Explained:
    """An abbreviation where the report explains it."""

    passage: AnnotatedPassage
    definition: Definition
    long: Span
    short: Span
    whole: Span
    lang: Lang


def explained(context: CheckContext) -> list[Explained]:
    """Every place where an abbreviation is explained, in reading order."""
    found = []
    for one in context.annotated:
        passage = one.passage
        for d in definitions(passage.text):
            found.append(
                Explained(
                    one, d, passage_span(passage, d.long_start, d.long_end),
                    passage_span(passage, d.short_start, d.short_start + len(d.short)),
                    passage_span(passage, d.start, d.end), passage.lang,
                )
            )  # fmt: skip
    return found


def nearest(groups: list[list[Span]], most: int) -> tuple[Span, ...]:
    """Up to `most` places of each form, those nearest to the rarest form's first place: what a reviewer compares."""
    rarest = min(groups, key=lambda g: (len(g), g[0].start))
    at = rarest[0].start
    chosen = [s for group in groups for s in sorted(group, key=lambda s: (abs(s.start - at), s.start))[:most]]
    return tuple(sorted(chosen, key=lambda s: (s.start, s.end)))


def acronym_places(context: CheckContext) -> dict[str, list[tuple[AnnotatedPassage, Acronym, Span]]]:
    """Every abbreviation in capitals with its places, in reading order."""
    places: dict[str, list[tuple[AnnotatedPassage, Acronym, Span]]] = {}
    for one in context.annotated:
        if one.passage.kind != "page_furniture":
            for acronym in acronyms(one.passage.text):
                span = passage_span(one.passage, acronym.start, acronym.end)
                places.setdefault(acronym.short, []).append((one, acronym, span))
    return places


def slips(context: CheckContext) -> dict[str, str]:
    """Abbreviations that are another one of the report with a slip, and that other one."""
    places = acronym_places(context)
    defined = {e.definition.short for e in explained(context)}
    known = {s for s in places if fold(s) in context.glossary.by_form}
    found: dict[str, str] = {}
    for short, own in places.items():
        if short in defined or short in known or len(short) < 3:
            continue
        others = [
            o for o in places
            if o != short and (o in defined or o in known or len(places[o]) > 2 * len(own)) and _slip(short, o)
        ]  # fmt: skip
        # Three letters leave many abbreviations one slip apart.
        if len(others) == 1 and (len(short) > 3 or (others[0] in defined and len(places[others[0]]) > 1)):
            found[short] = others[0]
    return found


def _slip(short: str, other: str) -> bool:
    """Two neighbouring letters in each other's place; in longer ones also one wrong, lost or doubled letter."""
    from rapidfuzz.distance import OSA

    if sorted(short) == sorted(other):
        return bool(OSA.distance(short, other) == 1)
    return min(len(short), len(other)) >= 5 and bool(OSA.distance(short, other) == 1)
