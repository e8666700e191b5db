"""Turns a rule's example into a checked report: the same stages as a real one, with the glossary given.

Reads: Flags, Passes. Writes: CheckContext and the places that the example marks.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.align import find_copies, find_pairs
from pipeline.annotate import annotate_passages, annotate_units
from pipeline.check.rule import CheckContext, Flags, Passes
from pipeline.identify import identify_passages
from pipeline.model import AnnotatedPassage, Document, Lang, TranslationUnit, short_hash
from pipeline.resolve import report_date, resolve_mentions
from pipeline.segment import split_passages
from pipeline.settings import Settings
from pipeline.terminology import Glossary

OPEN, CLOSE = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class Example:
    """An example ready to be checked. `marked` holds (side, start, end) of each ⟦ ⟧, in code points without them."""

    context: CheckContext
    marked: tuple[tuple[str, int, int], ...]


def unmarked(text: str, side: str) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """The text without its marks, and where they stood.

    >>> unmarked("call ⟦16006⟧", "source")
    ('call 16006', (('source', 5, 10),))
    """
    parts: list[str] = []
    marked: list[tuple[str, int, int]] = []
    length = start = 0
    for char in text:
        if char == OPEN:
            start = length
        elif char == CLOSE:
            marked.append((side, start, length))
        else:
            parts.append(char)
            length += 1
    return "".join(parts), tuple(marked)


def prepare(example: Flags | Passes, glossary: Glossary, settings: Settings | None = None) -> Example:
    """The example as a report of its own; with a `target`, its only passage has it as its human translation."""
    settings = settings or Settings()
    text, marked = unmarked(example.source, "source")
    document = Document(short_hash(text), "example.txt", "text/plain", text, text)
    annotated = annotate_passages(identify_passages(split_passages(document), settings), glossary)
    when = report_date(document, annotated)
    annotated = resolve_mentions(annotated, glossary, when, settings)
    target, target_marked = unmarked(example.target, "target")
    units = tuple(_unit(a, target) for a in annotated if a.passage.kind != "page_furniture") if target else ()
    context = CheckContext(
        document=document, annotated=annotated, copies=find_copies(tuple(a.passage for a in annotated), settings),
        pairs=find_pairs(annotated, settings), units=annotate_units(units, annotated, glossary), glossary=glossary,
        settings=settings, report_date=when,
    )  # fmt: skip
    return Example(context, marked + target_marked)


def _unit(annotated: AnnotatedPassage, target: str) -> TranslationUnit:
    passage = annotated.passage
    source_lang: Lang = "en" if passage.lang == "en" else "sq"
    target_lang: Lang = "sq" if source_lang == "en" else "en"
    return TranslationUnit(
        short_hash(passage.passage_id, target), passage.passage_id, passage.start, passage.end, source_lang,
        passage.text, target_lang, target, "reviewed", "person",
    )  # fmt: skip
