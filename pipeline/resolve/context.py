"""What a report as a whole tells about its names: its date, its country, and the abbreviations it defines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.find.acronyms import Definition, definitions
from pipeline.languages import fold
from pipeline.model import AnnotatedPassage, TermMention
from pipeline.spans import passage_span
from pipeline.terminology import Concept, Glossary

_ALBANIA = re.compile(r"\b(?:albania|shqiperi\w{0,3}|republik\w{1,3} [es]e? shqiperise)", re.IGNORECASE)
_KOSOVO = re.compile(r"\bkosov\w{0,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DefinedName:
    """What the report says an abbreviation stands for; `concept_ids` are those that its full name is listed for."""

    definition: Definition
    concept_ids: tuple[str, ...]
    is_institution: bool


@dataclass(frozen=True, slots=True)
class ReportContext:
    glossary: Glossary
    when: str
    country: str
    """AL, XK, `both` or empty: which of the two the report speaks of."""
    defined: Mapping[str, tuple[DefinedName, ...]]
    """By abbreviation, in order of place."""

    @classmethod
    def of(cls, annotated: Sequence[AnnotatedPassage], glossary: Glossary, when: str) -> ReportContext:
        defined: dict[str, list[DefinedName]] = {}
        albania = kosovo = 0
        for one in annotated:
            folded = fold(one.passage.text)
            albania += len(_ALBANIA.findall(folded))
            kosovo += len(_KOSOVO.findall(folded))
            if (
                "(" in one.passage.text
                or one.passage.text[:12].isupper()
                or any(c in one.passage.text for c in "–—-:=")
            ):
                for definition in definitions(one.passage.text):
                    defined.setdefault(definition.short, []).append(_defined(one, definition))
        country = "both" if albania and kosovo else "XK" if kosovo else "AL" if albania else ""
        if country == "both" and kosovo > 8 * albania:
            country = "XK"
        elif country == "both" and albania > 8 * kosovo:
            country = "AL"
        return cls(glossary, when, country, {k: tuple(v) for k, v in defined.items()})

    def country_of(self, text: str) -> str:
        """The country that a passage speaks of, where it names one of them; else the report's."""
        folded = fold(text)
        albania, kosovo = _ALBANIA.search(folded) is not None, _KOSOVO.search(folded) is not None
        if albania != kosovo:
            return "AL" if albania else "XK"
        return "" if self.country == "both" else self.country

    def decided(self, concepts: Sequence[Concept], country: str) -> Concept | None:
        """The one of several that was in force at the report's date, and then the one of the country; else None."""
        left = list({c.concept_id: c for c in concepts}.values())
        for keep in (self._in_force, lambda c: c.country == country):
            if len(left) > 1:
                left = [c for c in left if keep(c)] or left
        return left[0] if len(left) == 1 else None

    def _in_force(self, concept: Concept) -> bool:
        return not self.when or concept.in_force(self.when)


def _defined(one: AnnotatedPassage, definition: Definition) -> DefinedName:
    place = passage_span(one.passage, definition.long_start, definition.long_end)
    concepts: tuple[str, ...] = ()
    institution = False
    for mention in one.mentions:
        if isinstance(mention, TermMention) and mention.kind == "institution" and mention.span.overlaps(place):
            if mention.abbreviation is not None and mention.span.exact == mention.abbreviation:
                continue
            institution = True
            if mention.span.start <= place.start + 4 and mention.span.end >= place.end - 1:
                concepts = tuple(c.concept_id for c in mention.candidates if c.score >= 97)
    return DefinedName(definition, concepts, institution)
