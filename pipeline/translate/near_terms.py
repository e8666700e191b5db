"""Finds a glossary term of three words or more of which one word is misread or inflected another way.

Scanning and typing damage words (`Procedural e njoftimit dhe të heqjes`), and no glossary lists every case form;
the translation should have the term all the same. The source itself is not touched.

Reads: a sentence, Glossary. Writes: TermMention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.languages import fold
from pipeline.model import Lang, Span, TermMention
from pipeline.terminology import Glossary

# Words of a term: in a shorter one, one word in doubt leaves too little that is certain.
FEWEST, MOST = 3, 8
# Letters of the word in doubt, and changed letters in it at most: a case ending or a misread letter.
LEAST_LETTERS, MOST_CHANGES = 5, 2

_WORD = re.compile(r"\w+(?:[-’']\w+)*")

_Key = tuple[int, tuple[str, ...]]


@dataclass(frozen=True)
class NearTerms:
    """Forms by all of their words but one."""

    lang: Lang
    forms: dict[_Key, tuple[tuple[str, str, str], ...]]
    """(place of the word in doubt, the other words) -> (the word, form, concept_id)."""

    def find(self, text: str) -> tuple[TermMention, ...]:
        """Mentions with exactly one word that differs a little; exact ones are the finder's."""
        words = [(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text)]
        found: list[TermMention] = []
        for first in range(len(words)):
            for size in range(min(MOST, len(words) - first), FEWEST - 1, -1):
                window = words[first : first + size]
                hit = self._match([w for _, _, w in window])
                if hit is not None:
                    start, end = window[0][0], window[-1][1]
                    span = Span("", start, end, text[start:end])
                    form, concept_id = hit
                    found.append(
                        TermMention(span, "term", self.lang, form, None, concept_id, 95.0, finder="near_terms")
                    )
                    break
        return tuple(found)

    def _match(self, words: list[str]) -> tuple[str, str] | None:
        from rapidfuzz.distance import Levenshtein

        for place, word in enumerate(words):
            if len(word) < LEAST_LETTERS:
                continue
            for meant, form, concept_id in self.forms.get((place, (*words[:place], *words[place + 1 :])), ()):
                if word != meant and Levenshtein.distance(word, meant, score_cutoff=MOST_CHANGES) <= MOST_CHANGES:
                    return form, concept_id
        return None


def near_terms(glossary: Glossary, lang: Lang) -> NearTerms:
    """The index of the glossary's terms in the language; a form that two concepts share is left out."""
    found: dict[_Key, list[tuple[str, str, str]]] = {}
    owners: dict[str, set[str]] = {}
    for form, concept_id in _forms(glossary, lang):
        owners.setdefault(fold(form), set()).add(concept_id)
    for form, concept_id in _forms(glossary, lang):
        words = [fold(m.group()) for m in _WORD.finditer(form)]
        if not FEWEST <= len(words) <= MOST or len(owners[fold(form)]) > 1:
            continue
        for place, word in enumerate(words):
            if len(word) >= LEAST_LETTERS:
                key = (place, (*words[:place], *words[place + 1 :]))
                found.setdefault(key, []).append((word, form, concept_id))
    return NearTerms(lang, {key: tuple(rows) for key, rows in found.items()})


def _forms(glossary: Glossary, lang: Lang) -> Iterable[tuple[str, str]]:
    for concept in glossary.concepts.values():
        if concept.kind == "term":
            for term in concept.terms:
                if term.lang == lang and term.sort not in ("abbreviation", "wrong"):
                    yield term.form, concept.concept_id
