"""Finds every form of the glossary in one pass over a text, at a cost that does not grow with the glossary.

An Aho-Corasick automaton runs over the folded text; word boundaries, capitals and damaged letters are looked at
afterwards, for the few places that it names.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.languages import FOLD, fold, without_surrogates
from pipeline.model import Lang
from pipeline.terminology.concepts import Concept, Term

if TYPE_CHECKING:
    from pipeline.terminology.concepts import Glossary

# Letters and digits that reading by machine takes for one another, and dashes and quotes that look the same. A chain of
# replacements runs seven times as fast as a table over text with letters outside ASCII.
_ALIKE = (
    ("ë", "e"), ("ç", "c"), ("l", "i"), ("1", "i"), ("|", "i"), ("0", "o"), ("‘", "'"), ("’", "'"), ("`", "'"),
    ("´", "'"), ("‐", "-"), ("‑", "-"), ("–", "-"), ("—", "-"), ("“", '"'), ("”", '"'), ("„", '"'), ("«", '"'),
    ("»", '"'),
)  # fmt: skip
_RUN = re.compile(r"\s+")
_ODD_SPACE = re.compile(r"\s\s|[^\S ]")

# A shorter name with a damaged letter is as likely another word: `iaw`, `OlB`.
_SHORTEST_DAMAGED = 8


def alike(text: str) -> str:
    """Lower case with look-alikes made one, character for character; for finding places, never for reading.

    >>> alike("Ministry of lnterior") == alike("Ministry of Interior")
    True
    """
    lowered = without_surrogates(text).lower()
    if len(lowered) != len(text):
        lowered = fold(text)
    for letter, other in _ALIKE:
        if letter in lowered:
            lowered = lowered.replace(letter, other)
    return lowered


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
    """Two automata over all forms: names in folded text, abbreviations in the text as written."""

    names: Any
    name_entries: tuple[tuple[FormEntry, ...], ...]
    plain: tuple[frozenset[str], ...]
    """For each pattern the lower-case writings that need no second look; empty where capitals matter."""
    shorts: Any
    short_entries: tuple[tuple[FormEntry, ...], ...]

    @classmethod
    def of(cls, glossary: Glossary) -> FormIndex:
        names: dict[str, list[FormEntry]] = {}
        shorts: dict[str, list[FormEntry]] = {}
        for concept in glossary.concepts.values():
            for term in concept.terms:
                form = " ".join(term.form.split())
                if len(form) < 2:
                    continue
                entry = FormEntry(concept, term, fold(form))
                if _is_short(term) and " " not in form:
                    for written in _written(form):
                        shorts.setdefault(written, []).append(entry)
                else:
                    names.setdefault(alike(form), []).append(entry)
        return cls(
            _automaton(list(names)), tuple(tuple(v) for v in names.values()), tuple(map(_plain, names.values())),
            _automaton(list(shorts)), tuple(tuple(v) for v in shorts.values()),
        )  # fmt: skip

    def scan(self, text: str) -> tuple[FormHit, ...]:
        """Every place of a form on word boundaries; abbreviations first, each in order of place; they may overlap.

        White space of any kind and length counts as one space, so that a name may run over a line break.
        """
        return _scan(self, text)


def _plain(entries: list[FormEntry]) -> frozenset[str]:
    same = {e.folded for e in entries}
    if len(same) > 1 or any(_is_short(e.term) for e in entries):
        return frozenset()
    if any(" " not in e.term.form and e.term.form[:1].isupper() for e in entries):
        return frozenset()
    return frozenset(same | {e.term.form.lower() for e in entries})


def _automaton(patterns: list[str]) -> Any:
    if not patterns:
        return None
    import ahocorasick_rs

    # The contiguous automaton is half as large as the fastest one and costs a tenth of its speed.
    kind = ahocorasick_rs.Implementation.ContiguousNFA
    return ahocorasick_rs.AhoCorasick(patterns, implementation=kind, store_patterns=False)


def _is_short(term: Term) -> bool:
    return term.sort == "abbreviation" or (term.form.isupper() and " " not in term.form)


def _written(form: str) -> set[str]:
    """How an abbreviation may stand in a text: as listed, among capitals (`MOI`), without ë and ç."""
    forms = {form, form.translate(FOLD)}
    return forms | {f.upper() for f in forms} if len(form) > 2 else forms


# Stages ask for the same passage one after the other: references, institutions, then terms.
@functools.lru_cache(maxsize=8)
def _scan(index: FormIndex, text: str) -> tuple[FormHit, ...]:
    text = without_surrogates(text)
    hits: list[FormHit] = []
    if index.shorts is not None:
        for pattern, start, end in index.shorts.find_matches_as_indexes(text, overlapping=True):
            if _bounded(text, start, end):
                hits.append(FormHit(start, end, index.short_entries[pattern]))
    if index.names is not None:
        searched = alike(text)
        back: list[int] | None = None
        if _ODD_SPACE.search(searched):
            searched, back = _even(searched)
        for pattern, start, end in index.names.find_matches_as_indexes(searched, overlapping=True):
            if _bounded(searched, start, end):
                at, to = (start, end) if back is None else (back[start], back[end - 1] + 1)
                written = text[at:to]
                if written.lower() in index.plain[pattern]:
                    hits.append(FormHit(at, to, index.name_entries[pattern]))
                elif (hit := _hit(index.name_entries[pattern], written, at, to)) is not None:
                    hits.append(hit)
    return tuple(hits)


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit touches the place from outside, where one stands at its edge."""
    if start and text[start - 1].isalnum() and text[start].isalnum():
        return False
    return not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())


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


def _hit(entries: tuple[FormEntry, ...], written: str, start: int, end: int) -> FormHit | None:
    found = " ".join(fold(written).split())
    exact = [e for e in entries if e.folded == found]
    if exact:
        kept = tuple(e for e in exact if _capitals_agree(e.term, written))
        return FormHit(start, end, kept) if kept else None
    plain = _undashed(found)
    dashed = [e for e in entries if _undashed(e.folded) == plain]
    chosen = tuple(e for e in dashed or entries if _capitals_agree(e.term, written))
    if not chosen or (not dashed and len(found) < _SHORTEST_DAMAGED):
        return None
    return FormHit(start, end, chosen, damaged=not dashed)


def _undashed(folded: str) -> str:
    """With one kind of dash and quotation mark: those are no damage."""
    return re.sub(r"[‐‑–—]", "-", re.sub(r"[‘’`´“”„«»\"]", "'", folded))


def _capitals_agree(term: Term, written: str) -> bool:
    """A name of one word keeps its capital; an abbreviation of several words stands as it is listed."""
    form = term.form
    if " " in form:
        return term.sort != "abbreviation" or written.translate(FOLD) == form.translate(FOLD)
    return not form[:1].isupper() or written[:1].isupper()


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
