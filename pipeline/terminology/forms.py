"""Finds every form of the glossary in one pass over a text, at a cost that does not grow with the glossary.

An Aho-Corasick automaton runs over the folded text; word boundaries, capitals and damaged letters are looked at
afterwards, for the few places that it names.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.languages import FOLD, fold
from pipeline.model import Lang
from pipeline.terminology.concepts import Concept, Term

if TYPE_CHECKING:
    from pipeline.terminology.concepts import Glossary

# Letters and digits that reading by machine takes for one another, and dashes and quotes that look the same.
_ALIKE = str.maketrans("l1|0‘’`´‐‑–—“”„«»", 'iiio\'\'\'\'----"""""')
_UNEVEN = re.compile(r"\s\s|[^\S ]")
_RUN = re.compile(r"\s+")

# A shorter name with a damaged letter is as likely another word: `iaw`, `OlB`.
_SHORTEST_DAMAGED = 8


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One form of one concept."""

    concept: Concept
    term: Term
    folded: str


@dataclass(frozen=True, slots=True)
class FormHit:
    """Where forms of the glossary stand in a text; several entries where concepts share the form."""

    start: int
    end: int
    entries: tuple[FormEntry, ...]
    damaged: bool = False
    """Read through a letter that looks alike: `Ministry of lnterior`."""


# Compared by identity: hashing tens of thousands of forms for the cache of _scan cost more than the search itself.
@dataclass(frozen=True, eq=False)
class FormIndex:
    """The automaton over all forms. Built once a glossary."""

    automaton: Any
    entries: tuple[tuple[FormEntry, ...], ...]

    @classmethod
    def of(cls, glossary: Glossary) -> FormIndex:
        by_pattern: dict[str, list[FormEntry]] = {}
        for concept in glossary.concepts.values():
            for term in concept.terms:
                folded = fold(" ".join(term.form.split()))
                if len(folded) > 1:
                    by_pattern.setdefault(folded.translate(_ALIKE), []).append(FormEntry(concept, term, folded))
        if not by_pattern:
            return cls(None, ())
        import ahocorasick_rs

        # The contiguous automaton is half as large as the fastest one and costs a tenth of its speed.
        automaton = ahocorasick_rs.AhoCorasick(
            list(by_pattern), implementation=ahocorasick_rs.Implementation.ContiguousNFA, store_patterns=False
        )
        return cls(automaton, tuple(tuple(v) for v in by_pattern.values()))

    def scan(self, text: str) -> tuple[FormHit, ...]:
        """Every place of a form on word boundaries, in order of place; places may overlap.

        White space of any kind and length counts as one space, so that a name may run over a line break.
        """
        return _scan(self, text)


# Stages ask for the same passage one after the other: references, institutions, then terms.
@functools.lru_cache(maxsize=8)
def _scan(index: FormIndex, text: str) -> tuple[FormHit, ...]:
    if index.automaton is None:
        return ()
    folded = fold(text)
    back: list[int] | None = None
    if _UNEVEN.search(folded):
        folded, back = _even(folded)
    searched = folded.translate(_ALIKE)
    hits: list[FormHit] = []
    size = len(searched)
    for pattern, start, end in index.automaton.find_matches_as_indexes(searched, overlapping=True):
        if (start and searched[start - 1].isalnum() and searched[start].isalnum()) or (
            end < size and searched[end].isalnum() and searched[end - 1].isalnum()
        ):
            continue
        found = folded[start:end]
        at, to = (start, end) if back is None else (back[start], back[end - 1] + 1)
        hit = _hit(index.entries[pattern], found, text[at:to], at, to)
        if hit is not None:
            hits.append(hit)
    return tuple(hits)


def _even(folded: str) -> tuple[str, list[int]]:
    """The text with one space for each run of white space, and where each of its characters stood."""
    parts: list[str] = []
    back: list[int] = []
    at = 0
    for run in _RUN.finditer(folded):
        parts += [folded[at : run.start()], " "]
        back.extend(range(at, run.start() + 1))
        at = run.end()
    parts.append(folded[at:])
    back.extend(range(at, len(folded)))
    return "".join(parts), back


def _hit(entries: tuple[FormEntry, ...], found: str, written: str, start: int, end: int) -> FormHit | None:
    exact = tuple(e for e in entries if e.folded == found and _capitals_agree(e.term, written))
    if exact:
        return FormHit(start, end, exact)
    damaged = tuple(
        e for e in entries
        if e.folded != found and e.term.sort != "abbreviation" and len(found) >= _SHORTEST_DAMAGED
        and _undashed(e.folded) != _undashed(found) and _capitals_agree(e.term, written)
    )  # fmt: skip
    if damaged:
        return FormHit(start, end, damaged, damaged=True)
    dashed = tuple(e for e in entries if _undashed(e.folded) == _undashed(found) and _capitals_agree(e.term, written))
    return FormHit(start, end, dashed) if dashed else None


def _undashed(folded: str) -> str:
    """With one kind of dash and quotation mark: those are no damage."""
    return re.sub(r"[‐‑–—]", "-", re.sub(r"[‘’`´“”„«»\"]", "'", folded))


def _capitals_agree(term: Term, written: str) -> bool:
    """An abbreviation stands as it is listed (`MoI`, or `MOI` among capitals); a name of one word keeps its capital."""
    form = term.form
    if term.sort == "abbreviation" or (form.isupper() and " " not in form):
        bare, listed = written.translate(FOLD), form.translate(FOLD)
        return bare == listed or (len(listed) > 2 and bare == listed.upper())
    if " " not in form and form[:1].isupper():
        return written[:1].isupper()
    return True


def longest(hits: tuple[FormHit, ...] | list[FormHit]) -> list[FormHit]:
    """The hits without those that touch a longer one; of two of one length the undamaged, then the first."""
    from pipeline.spans import without_overlaps

    best: dict[tuple[int, int], FormHit] = {}
    for hit in hits:
        place = (hit.start, hit.end)
        if place not in best or best[place].damaged:
            best[place] = hit
    return [best[place] for place in without_overlaps(best)]


def preferred_lang(entries: tuple[FormEntry, ...], lang: Lang) -> tuple[FormEntry, ...]:
    """The entries of the text's language where there are any, else all: a name may stand in the other language."""
    own = tuple(e for e in entries if e.term.lang == lang)
    return own or entries
