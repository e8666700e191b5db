"""Puts the mentions of a text where they stand in the report, and joins the two sides of a unit.

Reads: Passage, TranslationUnit. Writes: AnnotatedPassage, AnnotatedUnit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.find import find_mentions
from pipeline.model import AnnotatedPassage, AnnotatedUnit, LegalReference, Mention, Passage, Span, TranslationUnit
from pipeline.spans import passage_span
from pipeline.terminology import Glossary


def annotate_passages(passages: Sequence[Passage], glossary: Glossary) -> tuple[AnnotatedPassage, ...]:
    """Each passage with its mentions, placed in the report's source text; page furniture has none."""
    return tuple(annotate_passage(passage, glossary) for passage in passages)


def annotate_passage(passage: Passage, glossary: Glossary) -> AnnotatedPassage:
    """One passage with its mentions; a mixed or undecided one is read in both languages."""
    if passage.kind == "page_furniture":
        return AnnotatedPassage(passage, ())
    found = find_mentions(passage.text, passage.lang, glossary)
    return AnnotatedPassage(
        passage, tuple(_placed(m, lambda span: passage_span(passage, span.start, span.end)) for m in found)
    )


def annotate_units(
    units: Sequence[TranslationUnit], annotated: Sequence[AnnotatedPassage], glossary: Glossary
) -> tuple[AnnotatedUnit, ...]:
    """Each unit with the mentions of its source and of its target."""
    by_id = {a.passage.passage_id: a for a in annotated}
    return tuple(_annotated_unit(unit, by_id, glossary) for unit in units)


def _annotated_unit(
    unit: TranslationUnit, by_id: dict[str, AnnotatedPassage], glossary: Glossary
) -> AnnotatedUnit:
    source = tuple(
        m for m in by_id[unit.passage_id].mentions if unit.start <= m.span.start and m.span.end <= unit.end
    )
    paired = by_id.get(unit.paired_passage_id or "")
    if unit.origin == "aligned" and paired is not None:
        return AnnotatedUnit(unit, source, paired.mentions)

    def in_target(span: Span) -> Span:
        return Span(unit.unit_id, span.start, span.end, span.exact, "target")

    target = find_mentions(unit.target_text, unit.target_lang, glossary) if unit.target_text else ()
    return AnnotatedUnit(unit, source, tuple(_placed(m, in_target) for m in target))


def _placed(mention: Mention, place: Callable[[Span], Span]) -> Mention:
    """The mention with every span it holds carried over by `place`."""
    if isinstance(mention, LegalReference) and mention.title_span is not None:
        return replace(mention, span=place(mention.span), title_span=place(mention.title_span))
    return replace(mention, span=place(mention.span))
