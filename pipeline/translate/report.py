"""Gives each passage its other language: by its counterpart in the report, from memory, or by machine.

Reads: AnnotatedPassage, Pair, Copy, Glossary. Writes: TranslationUnit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.model import (
    AnnotatedPassage,
    Copy,
    Lang,
    LegalReference,
    Mention,
    Pair,
    Passage,
    TranslationUnit,
    short_hash,
)
from pipeline.settings import Settings
from pipeline.spans import passage_span
from pipeline.terminology import Glossary
from pipeline.translate.drafts import Draft, Text, draft_texts, needs_translation
from pipeline.translate.engines import Engines
from pipeline.translate.memory import load_memory
from pipeline.translate.wording import moved

Progress = Callable[[str, int, int], None]
OTHER: dict[Lang, Lang] = {"sq": "en", "en": "sq"}


@dataclass(frozen=True, slots=True)
class _Job:
    """A unit to be drafted, at `start:end` of the passage's text."""

    annotated: AnnotatedPassage
    start: int
    end: int
    source: Lang
    kept: tuple[tuple[int, int], ...] = ()


def translate_report(
    annotated: Sequence[AnnotatedPassage], pairs: Sequence[Pair], copies: Sequence[Copy], main_lang: Lang,
    glossary: Glossary, settings: Settings, progress: Progress,
) -> tuple[TranslationUnit, ...]:  # fmt: skip
    """The units of a report, in order of place.

    A passage with a counterpart (or an identical copy of one that has it) is aligned and never translated. The
    others follow `settings.translate`. A unit's target is empty, with a warning, where no model is installed.
    Raises SettingsError where a memory cannot be read.
    """
    by_id = {a.passage.passage_id: a.passage for a in annotated}
    counterparts = _counterparts(pairs, copies, by_id)
    second = {p.en_passage_id for p in pairs}
    units: list[TranslationUnit] = []
    jobs: list[_Job] = []
    for a in annotated:
        passage = a.passage
        if passage.kind == "page_furniture":
            continue
        other = by_id.get(counterparts.get(passage.passage_id, ""))
        if other is not None:
            # The pair is one unit, which stands at its Albanian passage.
            if passage.passage_id not in second:
                units.append(_aligned(passage, other))
            continue
        jobs += _jobs(a, main_lang, settings)
    if settings.translate == "none" or not jobs:
        return tuple(units)
    memory = load_memory(settings.memory)
    texts = [_text(job) for job in jobs]
    drafts = draft_texts(
        texts, Engines(settings), memory, glossary, settings, lambda done, total: progress("translate", done, total)
    )
    units += [_drafted(job, text, draft) for job, text, draft in zip(jobs, texts, drafts, strict=True)]
    order = {a.passage.passage_id: i for i, a in enumerate(annotated)}
    return tuple(sorted(units, key=lambda u: (order[u.passage_id], u.start, -u.end)))


def _counterparts(pairs: Sequence[Pair], copies: Sequence[Copy], by_id: dict[str, Passage]) -> dict[str, str]:
    """The passage in the other language of each passage that has one, by itself or by an identical copy."""
    found: dict[str, str] = {}
    for pair in pairs:
        if pair.sq_passage_id in by_id and pair.en_passage_id in by_id:
            found.setdefault(pair.sq_passage_id, pair.en_passage_id)
            found.setdefault(pair.en_passage_id, pair.sq_passage_id)
    whole = [c for c in copies if c.identical and _is_whole(c, by_id)]
    # A chain of copies is walked until nothing is added; the later copy mostly comes after the earlier one.
    changed = True
    while changed:
        changed = False
        for copy in whole:
            for one, two in ((copy.passage_id, copy.of_passage_id), (copy.of_passage_id, copy.passage_id)):
                if one not in found and two in found:
                    found[one] = found[two]
                    changed = True
    return found


def _is_whole(copy: Copy, by_id: dict[str, Passage]) -> bool:
    """Whether both passages say the same from end to end, so that one's counterpart serves the other."""
    left, right = by_id.get(copy.of_passage_id), by_id.get(copy.passage_id)
    return left is not None and right is not None and left.text.split() == right.text.split()


def _jobs(a: AnnotatedPassage, main_lang: Lang, settings: Settings) -> list[_Job]:
    """The units that the settings ask for of a passage without a counterpart: itself, and foreign runs in it."""
    passage = a.passage
    base = passage.lang if passage.lang in OTHER else main_lang if passage.lang == "mixed" else "und"
    if base not in OTHER:
        return []
    runs = [(s, e) for s, e, lang in passage.foreign if lang == OTHER[base] and s < e]
    jobs: list[_Job] = []
    # In a report that is bilingual throughout, a passage without its counterpart is untranslated in either language.
    whole = settings.translate == "all" or (settings.translate == "foreign" and base != main_lang)
    if whole and needs_translation(_outside(passage.text, runs), a.mentions):
        jobs.append(_Job(a, 0, len(passage.text), base, tuple(runs)))
    if settings.translate != "none" and base == main_lang:
        jobs += [_Job(a, s, e, OTHER[base]) for s, e in runs if needs_translation(passage.text[s:e])]
    return jobs


def _outside(text: str, runs: Sequence[tuple[int, int]]) -> str:
    for start, end in runs:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _text(job: _Job) -> Text:
    mentions = tuple(
        moved(m, -job.start)
        for m in local_mentions(job.annotated)
        if job.start <= m.span.start and m.span.end <= job.end
    )
    return Text(job.annotated.passage.text[job.start : job.end], job.source, OTHER[job.source], mentions, job.kept)


def local_mentions(a: AnnotatedPassage) -> tuple[Mention, ...]:
    """The passage's mentions with their places in `passage.text`; one inside a repair is left out."""
    passage = a.passage
    found: list[Mention] = []
    at = 0
    for mention in a.mentions:
        start = mention.span.start - passage.start
        if passage.repairs:
            # Repairs move what follows them; mentions come in order, and quote the text as read.
            start = passage.text.find(mention.span.exact, max(0, at))
            if start < 0:
                continue
            at = start
        here = moved(mention, start - mention.span.start)
        if passage.text[here.span.start : here.span.end] == here.span.exact and _quotes_its_title(here, passage.text):
            found.append(here)
    return tuple(found)


def _quotes_its_title(mention: Mention, text: str) -> bool:
    title = mention.title_span if isinstance(mention, LegalReference) else None
    return title is None or text[title.start : title.end] == title.exact


def unit_id(passage_id: str, source: Lang, target: Lang, start: int = 0) -> str:
    """Stable while the passage is: the same on the next run of an unchanged report."""
    return short_hash("unit", passage_id, f"{source}-{target}", str(start) if start else "")


def _aligned(passage: Passage, other: Passage) -> TranslationUnit:
    source, target = _directed(passage, other)
    return TranslationUnit(
        unit_id=unit_id(passage.passage_id, source, target), passage_id=passage.passage_id, start=passage.start,
        end=passage.end, source_lang=source, source_text=passage.text, target_lang=target, target_text=other.text,
        state="translated", origin="aligned", paired_passage_id=other.passage_id,
    )  # fmt: skip


def _directed(passage: Passage, other: Passage) -> tuple[Lang, Lang]:
    if passage.lang in OTHER:
        return passage.lang, OTHER[passage.lang]
    return (OTHER[other.lang], other.lang) if other.lang in OTHER else ("sq", "en")


def _drafted(job: _Job, text: Text, draft: Draft) -> TranslationUnit:
    passage = job.annotated.passage
    if job.start == 0 and job.end == len(passage.text):
        start, end = passage.start, passage.end
        offset = 0
    else:
        span = passage_span(passage, job.start, job.end)
        start, end, offset = span.start, span.end, job.start + 1
    return TranslationUnit(
        unit_id=unit_id(passage.passage_id, text.source, text.target, offset), passage_id=passage.passage_id,
        start=start, end=end, source_lang=text.source, source_text=text.text, target_lang=text.target,
        target_text=draft.text, state=draft.state, origin=draft.origin, engine=draft.engine, score=draft.score,
        warnings=draft.warnings,
    )  # fmt: skip
