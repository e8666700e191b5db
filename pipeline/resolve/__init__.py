"""Decides which concept a mention means; what cannot be decided stays undecided, with its candidates.

Reads: AnnotatedPassage, Glossary. Writes: AnnotatedPassage, with concepts, provisions and Akoma Ntoso addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import AnnotatedPassage, LegalReference, Mention, TermMention
from pipeline.resolve.context import ReportContext
from pipeline.resolve.institutions import resolve_names, with_abbreviations
from pipeline.resolve.references import resolve_references
from pipeline.resolve.report_date import report_date
from pipeline.settings import Settings
from pipeline.terminology import Glossary

__all__ = ["report_date", "resolve_mentions"]


def resolve_mentions(
    annotated: Sequence[AnnotatedPassage], glossary: Glossary, when: str | None, settings: Settings
) -> tuple[AnnotatedPassage, ...]:
    """Each passage with its mentions resolved; `when` is the report's date, None where it is not known.

    Abbreviations that the report itself defines are added where they stand alone. Nothing is taken for the nearest
    entry: a name that is only like a listed one keeps it as a candidate.
    """
    context = ReportContext.of(annotated, glossary, when or "")
    named = [with_abbreviations(a, context) for a in annotated]
    names = resolve_names(named, context, settings)
    references = resolve_references(named, context)
    result = []
    for passage in named:
        mentions = tuple(_resolved(m, names, references) for m in passage.mentions)
        result.append(replace(passage, mentions=mentions))
    return tuple(result)


def _resolved(mention: Mention, names: dict[int, TermMention], references: dict[int, LegalReference]) -> Mention:
    if isinstance(mention, TermMention):
        return names.get(id(mention), mention)
    if isinstance(mention, LegalReference):
        return references.get(id(mention), mention)
    return mention
