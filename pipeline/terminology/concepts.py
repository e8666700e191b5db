"""Concepts, terms, instruments, articles and contacts as the glossary holds them, and the look-ups stages need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pipeline.languages import fold
from pipeline.model import Lang, TermStatus

if TYPE_CHECKING:
    from pipeline.terminology.forms import FormIndex
    from pipeline.terminology.near import NearIndex

ConceptKind = Literal["institution", "term", "instrument"]
TermSort = Literal["name", "abbreviation", "inflected", "variant", "office_holder", "wrong"]


@dataclass(frozen=True, slots=True)
class Term:
    """One form of a concept in one language (TBX term section)."""

    form: str
    lang: Lang
    status: TermStatus
    sort: TermSort = "name"
    """inflected: a case form of a name; wrong: a mistake that was printed, recognised and never produced."""


@dataclass(frozen=True, slots=True)
class Concept:
    """An institution, a term or an instrument with all of its forms (TBX concept entry)."""

    concept_id: str
    kind: ConceptKind
    preferred_sq: str
    preferred_en: str
    terms: tuple[Term, ...]
    subkind: str = ""
    """institution: ministry, police, agency, ...; instrument: code, law, decision, ...; term: its domain."""
    country: str = ""
    abbreviation_sq: str = ""
    abbreviation_en: str = ""
    valid_from: str = ""
    """ISO date, year or year-month; empty where not known."""
    valid_until: str = ""
    successor_id: str = ""
    note: str = ""
    source: str = ""
    confidence: str = ""
    place: str = ""
    """file:row it was read from, for messages."""
    shared_with: tuple[str, ...] = ()
    """Concepts that are known to share a form with this one."""
    discouraged: bool = False
    """A term that is recognised, but that another one should replace."""

    def in_force(self, when: str) -> bool:
        """Whether the name was in force at `when` (ISO date, year-month or year); unknown bounds count as open.

        >>> Concept("a", "institution", "", "", (), valid_from="2013-09-15", valid_until="2017").in_force("2014-05")
        True
        """
        return overlaps(self.valid_from, self.valid_until, when)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal act. `concept` holds its names; number and date identify it."""

    concept: Concept
    number: str = ""
    date: str = ""
    issuer: str = ""
    href: str = ""
    """Akoma Ntoso work URI, one for both languages: /akn/al/act/1995-01-27/7895."""
    title_sq: str = ""
    title_en: str = ""
    """The official titles, where the usual name is shorter."""
    articles_as_of: str = ""
    """Day of the edition whose articles are all in the glossary; empty where only some or none are."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of an instrument with its title in both languages and the days it was in force."""

    article_id: str
    instrument_id: str
    number: str
    title_sq: str
    title_en: str
    variants_sq: tuple[str, ...] = ()
    variants_en: tuple[str, ...] = ()
    wrong_forms: tuple[str, ...] = ()
    valid_from: str = ""
    valid_until: str = ""
    source: str = ""
    confidence: str = ""
    title_en_source: str = ""

    def in_force(self, when: str) -> bool:
        return overlaps(self.valid_from, self.valid_until, when)

    def titles(self, lang: Lang) -> tuple[str, ...]:
        """Every right title in `lang`, the official one first."""
        title, variants = (self.title_sq, self.variants_sq) if lang == "sq" else (self.title_en, self.variants_en)
        return (title, *variants) if title else variants


@dataclass(frozen=True, slots=True)
class Contact:
    """A public telephone line or other contact."""

    contact_id: str
    number: str
    """Digits only, or E.164."""
    label_sq: str
    label_en: str
    country: str = ""
    kind: str = ""
    operator_id: str = ""
    valid_from: str = ""
    valid_until: str = ""
    variants: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()
    """Damaged forms that were printed."""
    note: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class Glossary:
    """Everything the glossary folders hold, with the look-ups that stages need."""

    concepts: Mapping[str, Concept] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    articles: Mapping[tuple[str, str], tuple[Article, ...]] = field(default_factory=dict)
    """By (instrument id, article number as cited: `293/ç`); several where the number was used anew later."""
    contacts: tuple[Contact, ...] = ()
    lookups: Mapping[str, str] = field(default_factory=dict)
    """Known wrong spellings and what is meant."""
    digest: str = ""
    """SHA-256 over the files read, for the run's signature."""

    def preferred(self, concept_id: str, lang: Lang) -> str:
        """The preferred form in `lang`; empty where the concept has none."""
        concept = self.concepts.get(concept_id)
        if concept is None:
            return ""
        return concept.preferred_sq if lang == "sq" else concept.preferred_en

    @cached_property
    def index(self) -> FormIndex:
        """All forms in one automaton, built when a text is first searched."""
        from pipeline.terminology.forms import FormIndex

        return FormIndex.of(self)

    @cached_property
    def near(self) -> NearIndex:
        """Names by all of their words but one, for near forms."""
        from pipeline.terminology.near import NearIndex

        return NearIndex.of(self)

    @cached_property
    def articles_of(self) -> Mapping[str, tuple[Article, ...]]:
        """The articles of each instrument, in the order of the table."""
        found: dict[str, list[Article]] = {}
        for articles in self.articles.values():
            for article in articles:
                found.setdefault(article.instrument_id, []).append(article)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def by_number(self) -> Mapping[str, tuple[Instrument, ...]]:
        """Instruments by their number without spaces, lower case: `7895`, `139/2015`, `03/l-166`, `2011/93`."""
        found: dict[str, list[Instrument]] = {}
        for instrument in self.instruments.values():
            for key in number_keys(instrument.number):
                found.setdefault(key, []).append(instrument)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def by_form(self) -> Mapping[str, tuple[tuple[Concept, Term], ...]]:
        """Concepts and terms by the folded form."""
        found: dict[str, list[tuple[Concept, Term]]] = {}
        for concept in self.concepts.values():
            for term in concept.terms:
                found.setdefault(fold(term.form), []).append((concept, term))
        return {k: tuple(v) for k, v in found.items()}


def overlaps(start: str, end: str, when: str) -> bool:
    """Whether the time `when` can lie between two dates; each may be a day, a month or a year, or empty.

    >>> overlaps("2013-09-15", "2017-09-13", "2017"), overlaps("2013-09-15", "", "2013-09-14")
    (True, False)
    """
    if not when:
        return True
    if start and when[: len(start)] < start[: len(when)]:
        return False
    return not (end and when[: len(end)] > end[: len(when)])


def number_keys(number: str) -> tuple[str, ...]:
    """The ways in which an act's number is looked up: `2011/93/EU` also without its suffix, `CETS 185` as `185`.

    >>> number_keys("2011/93/EU"), number_keys("10 023"), number_keys("CETS 185")
    (('2011/93/eu', '2011/93'), ('10023',), ('cets185', '185'))
    """
    key = "".join(number.split()).lower()
    if not key:
        return ()
    parts = key.split("/")
    if len(parts) == 3 and parts[0].isdigit() and parts[1].isdigit() and parts[2].isalpha():
        return (key, f"{parts[0]}/{parts[1]}")
    digits = key.lstrip("abcdefghijklmnopqrstuvwxyz.")
    return (key,) if digits == key or not digits.isdigit() else (key, digits)
