"""Names by all of their words but one: finds a near form at a cost that does not grow with the glossary.

`general prosecutin office` meets `General Prosecution Office`, because two of three words agree and the third is
one letter away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.languages import fold
from pipeline.terminology.concepts import Concept, Term

if TYPE_CHECKING:
    from pipeline.terminology.concepts import Glossary

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")

# A name of more words is found by the grammar of names; more keys would only cost memory.
_LONGEST_NAME = 10
# 0 to 100: two words this alike may be one with a slip of the pen; `health` and `wealth` have 83.
_ALIKE = 84.0


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name, folded.

    >>> name_words("Ministria e Arsimit, Sportit")
    ('ministria', 'e', 'arsimit', 'sportit')
    """
    return tuple(_WORD.findall(fold(text)))


@dataclass(frozen=True, slots=True)
class NearName:
    """A listed name that differs from the words asked for in the one at `position`."""

    concept: Concept
    term: Term
    position: int
    score: float


@dataclass(frozen=True)
class NearIndex:
    by_rest: Mapping[tuple[str | None, ...], tuple[tuple[Concept, Term, str], ...]]
    lengths: frozenset[int]

    @classmethod
    def of(cls, glossary: Glossary) -> NearIndex:
        found: dict[tuple[str | None, ...], list[tuple[Concept, Term, str]]] = {}
        lengths: set[int] = set()
        for concept in glossary.concepts.values():
            if concept.kind == "term":
                continue
            for term in concept.terms:
                if term.sort in ("abbreviation", "wrong"):
                    continue
                words = name_words(term.form)
                if not 2 <= len(words) <= _LONGEST_NAME:
                    continue
                lengths.add(len(words))
                for at, word in enumerate(words):
                    if len(word) > 3:
                        found.setdefault((*words[:at], None, *words[at + 1 :]), []).append((concept, term, word))
        return cls({k: tuple(v) for k, v in found.items()}, frozenset(lengths))

    def look_up(self, words: tuple[str, ...]) -> Iterator[NearName]:
        """Listed names of the same number of words that have all but one of them, and that one nearly."""
        if len(words) not in self.lengths:
            return
        from rapidfuzz.fuzz import ratio

        for at, word in enumerate(words):
            if len(word) < 4:
                continue
            for concept, term, listed in self.by_rest.get((*words[:at], None, *words[at + 1 :]), ()):
                score = ratio(word, listed)
                if word != listed and score >= _ALIKE:
                    yield NearName(concept, term, at, score)
