"""Translates lines of text: as many come out as go in, in order.

Reads: lines. Writes: Line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.errors import ModelError
from pipeline.find import find_institutions, find_references, find_terms
from pipeline.model import Lang, Mention
from pipeline.settings import Settings
from pipeline.terminology import Glossary
from pipeline.translate.cache import Cache, CachedTranslator
from pipeline.translate.drafts import Text, draft_texts, needs_translation
from pipeline.translate.engine import Decoding
from pipeline.translate.engines import Engines
from pipeline.translate.ladder import LONGEST_SENTENCE
from pipeline.translate.memory import load_memory
from pipeline.translate.pieces import clauses, shown

Counted = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One line in the other language, with what a person should check."""

    text: str
    warnings: tuple[str, ...] = ()


def translate_lines(
    lines: Sequence[str], source: Lang, target: Lang, glossary: Glossary, settings: Settings,
    counted: Counted = lambda done, total: None, cache: Cache | None = None,
) -> list[Line]:  # fmt: skip
    """Each line translated with all safeguards; an empty line stays empty. Raises ModelError without a model."""
    engines = Engines(settings, cache)
    _needed(engines, source, target)
    said = [i for i, line in enumerate(lines) if needs_translation(line)]
    texts = [Text(lines[i], source, target, _mentions(lines[i], source, glossary)) for i in said]
    drafts = draft_texts(texts, engines, load_memory(settings.memory), glossary, settings, counted)
    result = [Line(line) for line in lines]
    for i, draft in zip(said, drafts, strict=True):
        result[i] = Line(" ".join(draft.text.splitlines()), draft.warnings)
    return result


def _mentions(line: str, lang: Lang, glossary: Glossary) -> tuple[Mention, ...]:
    if not glossary.concepts:
        return ()
    return (
        *find_references(line, lang, glossary), *find_institutions(line, lang, glossary),
        *find_terms(line, lang, glossary),
    )  # fmt: skip


def translate_raw(
    lines: Sequence[str], source: Lang, target: Lang, settings: Settings, counted: Counted = lambda done, total: None,
    cache: Cache | None = None,
) -> list[Line]:  # fmt: skip
    """Each line as the model's own best hypothesis says it: no sentences, no glossary, no check.

    A line longer than a model reads is cut at clauses. Raises ModelError without a model.
    """
    engines = Engines(settings, cache)
    translator = _needed(engines, source, target)
    shown_lines = [shown(line) for line in lines]
    sizes = translator.count_tokens(shown_lines)
    pieces: list[list[str]] = []
    for line, size in zip(shown_lines, sizes, strict=True):
        if size <= 2 * LONGEST_SENTENCE:
            pieces.append([line] if line else [])
        else:
            pieces.append(
                [line[p.start : p.end] for p in clauses(line, LONGEST_SENTENCE, translator.count_tokens) if p.said]
            )
    flat = list(dict.fromkeys(p for row in pieces for p in row))
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        counted(done, len(flat))

    decoding = Decoding(beam=engines.decoding.beam, hypotheses=1)
    said = dict(zip(flat, translator.translate(flat, decoding, told), strict=True))
    return [Line(" ".join(said[p][0].text if said[p] else p for p in row)) for row in pieces]


def _needed(engines: Engines, source: Lang, target: Lang) -> CachedTranslator:
    translator = engines.translator(source, target)
    if translator is None:
        raise ModelError(
            f"{source}-{target}", engines.trouble[source, target].partition(":")[0] + " is installed",
            f"Run `dygjuhe models install FILE`, or `dygjuhe models install {source}-{target} --from-index`.",
        )  # fmt: skip
    return translator
