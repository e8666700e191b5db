"""Drafts of texts: from memory, from the glossary, or by machine, all sentences of a run at once.

Reads: Text. Writes: Draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Lang, LegalReference, Mention, Origin, State, TermMention
from pipeline.settings import Settings
from pipeline.terminology import Glossary
from pipeline.translate.citations import cited
from pipeline.translate.engines import Engines
from pipeline.translate.fidelity import ADDRESS, PLACEHOLDER
from pipeline.translate.ladder import Ladder, Said, Sentence
from pipeline.translate.memory import Memory, Remembered
from pipeline.translate.names import proper_names
from pipeline.translate.near_terms import NearTerms, near_terms
from pipeline.translate.pieces import MARKUP, Part, cut, join
from pipeline.translate.wording import Wanted, longest, moved, wanted_of

Counted = Callable[[int, int], None]
"""(done, total) sentences."""

_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be drafted in the other language. Mentions' spans count in `text`."""

    text: str
    source: Lang
    target: Lang
    mentions: tuple[Mention, ...] = ()
    kept: tuple[tuple[int, int], ...] = ()
    """Places that are in the target language already."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A translation with where it comes from. `score` as `TranslationUnit.score` has it."""

    text: str
    state: State
    origin: Origin
    engine: str | None
    score: float | None = None
    warnings: tuple[str, ...] = ()


def draft_texts(
    texts: Sequence[Text], engines: Engines, memory: Sequence[Remembered], glossary: Glossary, settings: Settings,
    counted: Counted = lambda done, total: None,
) -> list[Draft]:  # fmt: skip
    """A draft of each text, in order. Equal sentences of one direction are translated once."""
    drafts: dict[int, Draft] = {}
    directions = dict.fromkeys((t.source, t.target) for t in texts)
    memories = {d: Memory(memory, *d) for d in directions}
    for i, text in enumerate(texts):
        wanted = wanted_of(text.mentions, glossary, text.target)
        memory_of = memories[text.source, text.target]
        found = remembered(text, memory_of, settings) or named(text, wanted, glossary) or abbreviated(text)
        if found is not None:
            drafts[i] = found
    for direction in directions:
        rest = [i for i, t in enumerate(texts) if i not in drafts and (t.source, t.target) == direction]
        drafts |= _by_machine(texts, rest, direction, engines, glossary, counted)
    return [drafts[i] for i in range(len(texts))]


def needs_translation(text: str, mentions: Sequence[Mention] = ()) -> bool:
    """Whether there are words to translate: not for numbers, addresses, codes and markup alone.

    >>> needs_translation("12.5.2014; a@b.al"), needs_translation("(c) 5"), needs_translation("neni 5")
    (False, False, True)
    """
    for pattern in (ADDRESS, PLACEHOLDER, MARKUP):
        text = pattern.sub(" ", text)
    return bool(_WORD.search(text))


def remembered(text: Text, memory: Memory, settings: Settings) -> Draft | None:
    """What the memory has: the same text without a warning, a near one with its differences to be checked."""
    if not memory:
        return None
    match = memory.exact(text.text)
    if match is not None:
        return Draft(match.target_text, "translated", "memory", None, 100.0)
    match = memory.near(text.text, settings.memory_score)
    if match is None:
        return None
    warning = (
        f"from memory, for a text that is like this one by {match.score:.0f} of 100: “{match.source_text[:300]}”; "
        "check what differs"
    )
    return Draft(match.target_text, "initial", "memory", None, round(match.score, 1), (warning,))


def named(text: Text, wanted: Sequence[Wanted], glossary: Glossary) -> Draft | None:
    """The glossary's own name where the text is a name and nothing else: no model knows it better."""
    body = text.text.strip()
    start = text.text.find(body)
    for want in wanted:
        if want.required and (want.start, want.end) == (start, start + len(body)):
            said = text.text[:start] + want.preferred + want.bracket + text.text[start + len(body) :]
            return Draft(said, "translated", "memory", glossary_name(glossary), 100.0)
    return None


def glossary_name(glossary: Glossary) -> str:
    """What stands as engine of a unit that the glossary alone made."""
    return f"glossary sha256:{glossary.digest[:16]}" if glossary.digest else "glossary"


def abbreviated(text: Text) -> Draft | None:
    """An abbreviation alone, as a run in a sentence of the other language: `dt.`, `nr.`."""
    said = ABBREVIATIONS[text.source].get(text.text.strip().casefold())
    return None if said is None else Draft(said, "translated", "memory", "abbreviations", 100.0)


# Abbreviations of reports whose meaning does not hang on what is around them.
_PAIRS = (
    ("nr.", "no."), ("dt.", "dated"), ("p.sh.", "e.g."), ("d.m.th.", "i.e."), ("etj.", "etc."),
    ("neni", "Article"), ("pika", "point"), ("faqe", "page"), ("shih", "see"), ("lekë", "ALL"),
)  # fmt: skip
ABBREVIATIONS: dict[Lang, dict[str, str]] = {
    "sq": {**dict(_PAIRS), "datë": "dated"},
    "en": {b.casefold(): a for a, b in _PAIRS},
}


@dataclass(frozen=True, slots=True)
class _Plan:
    """A text cut into parts, with the sentence that each said part is."""

    parts: tuple[Part, ...]
    sentences: tuple[Sentence, ...]


def _by_machine(
    texts: Sequence[Text], indexes: Sequence[int], direction: tuple[Lang, Lang], engines: Engines, glossary: Glossary,
    counted: Counted,
) -> dict[int, Draft]:  # fmt: skip
    if not indexes:
        return {}
    translator = engines.translator(*direction)
    trouble = engines.trouble.get(direction)
    if translator is None:
        missing = Draft("", "initial", "machine", None, None, (trouble or "no model",))
        return dict.fromkeys(indexes, missing)
    near = near_terms(glossary, direction[0])
    plans = {i: _plan(texts[i], glossary, near) for i in indexes}
    sentences = list(dict.fromkeys(s for plan in plans.values() for s in plan.sentences))
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        counted(min(done, len(sentences)), len(sentences))

    said = Ladder(translator, engines.decoding, told).translate(sentences)
    warnings = (trouble,) if trouble else ()
    drafts = {i: _draft(texts[i], plans[i], said, translator.name, warnings) for i in indexes}
    by_rule = [i for i in indexes if plans[i].sentences and all(s.fixed is not None for s in plans[i].sentences)]
    made = {
        "state": "translated",
        "origin": "memory",
        "engine": glossary_name(glossary),
        "score": 100.0,
        "warnings": (),
    }
    return drafts | {i: replace(drafts[i], **made) for i in by_rule}  # type: ignore[arg-type]


def _plan(text: Text, glossary: Glossary, near: NearTerms) -> _Plan:
    parts: list[Part] = []
    sentences: list[Sentence] = []
    for part in cut(text.text, text.source, text.kept):
        if part.said and not needs_translation(text.text[part.start : part.end]):
            part = replace(part, said=False)
        parts.append(part)
        if part.said:
            inside = [m for m in (_moved(m, part) for m in text.mentions) if m is not None]
            body = text.text[part.start : part.end]
            certain = wanted_of(inside, glossary, text.target)
            more = wanted_of(near.find(body), glossary, text.target)
            wanted = longest([*certain, *more])
            known = [(m.span.start, m.span.end) for m in inside if isinstance(m, TermMention)]
            names = proper_names(body, [*known, *((w.start, w.end) for w in wanted)])
            sentences.append(Sentence(body, wanted, names, cited(body, inside, glossary, text.target)))
    return _Plan(tuple(parts), tuple(sentences))


def _moved(mention: Mention, part: Part) -> Mention | None:
    """The mention with its place counted in the part; None where it does not lie in it or names nothing."""
    span = mention.span
    if not isinstance(mention, TermMention | LegalReference) or span.start < part.start or span.end > part.end:
        return None
    if isinstance(mention, LegalReference) and (title := mention.title_span) and title.end > part.end:
        mention = replace(mention, title_span=None)
    return moved(mention, -part.start)


def _draft(text: Text, plan: _Plan, said: dict[Sentence, Said], engine: str, warnings: tuple[str, ...]) -> Draft:
    told = [said[s] for s in plan.sentences]
    target = join(text.text, plan.parts, [t.text for t in told])
    scored = [t for t in told if t.score is not None]
    weight = sum(t.tokens for t in scored)
    score = round(sum((t.score or 0.0) * t.tokens for t in scored) / weight, 4) if weight else None
    notes = [_warning(i, t, len(told)) for i, t in enumerate(told, 1) if t.faults]
    return Draft(target, "initial", "machine", engine, score, (*warnings, *notes))


def _warning(number: int, said: Said, count: int) -> str:
    """What a reviewer should look at in a sentence, in plain words."""
    place = f"sentence {number}: " if count > 1 else ""
    reasons = "; ".join(dict.fromkeys(f.message for f in said.faults))
    kept = {"": "", "part": "; part of the source was kept", "all": "; the source was kept, translate it by hand"}[
        said.kept
    ]
    return f"{place}{reasons}{kept}"
