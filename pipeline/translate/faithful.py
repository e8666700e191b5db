"""Judges a translation of a sentence: what was lost, added, repeated or left as it was.

Reads: a sentence in two languages, what the glossary wants of it. Writes: Fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.model import Lang
from pipeline.translate.casing import is_capitals
from pipeline.translate.fidelity import ADDRESS, discrepancy, lost_strings
from pipeline.translate.names import lost_names
from pipeline.translate.wording import Wanted, missing_names

FaultKind = Literal[
    "empty",
    "figures",
    "figure_words",
    "addresses",
    "markup",
    "loop",
    "copy",
    "length",
    "unknown",
    "glossary",
    "names",
    "quotation",
    "unsure",
]

# Words in a row that come again at once: three times for short runs, twice for long ones.
_LONGEST_RUN = 12
# Characters from which the length of a translation can be judged.
JUDGED_LENGTH = 25
# Bounds of target characters to source characters: 24,000 pairs of these languages have 0.6 to 1.7 in 99.9 %.
SHORTEST, LONGEST = 0.45, 2.3
# Words of lower case, of four letters or more, that must differ: a translation that keeps this share is none.
COPIED_SHARE, COPIED_WORDS = 0.7, 3

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_UNKNOWN = re.compile(r"⁇|<unk>|</?s>|<2[a-z]{2}>")
_QUOTE = re.compile('["“”„«»″]')
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a translation, in plain words; `hard`: it may not be published."""

    kind: FaultKind
    message: str
    hard: bool = True


def faults(
    source: str, target: str, source_lang: Lang, target_lang: Lang, wanted: Sequence[Wanted] = (),
    names: Sequence[tuple[int, int]] = (),
) -> tuple[Fault, ...]:  # fmt: skip
    """Every fault of `target` as a translation of `source`; none where it may be shown to a reviewer as it is."""
    if not target.strip():
        return (Fault("empty", "the model said nothing"),)
    found: list[Fault] = []
    if _UNKNOWN.search(target):
        found.append(Fault("unknown", "the model met a character that it does not know"))
    if loop := repeated_run(source, target):
        found.append(Fault("loop", f"the model repeated “{loop}”"))
    if is_copy(source, target):
        found.append(Fault("copy", "the model left the words as they were"))
    ratio = len(target) / max(1, len(source))
    if max(len(source), len(target)) >= JUDGED_LENGTH and not SHORTEST <= ratio <= LONGEST:
        found.append(
            Fault("length", f"the translation is {'far shorter' if ratio < 1 else 'far longer'} than the text")
        )
    if lost := lost_strings(source, target):
        found.append(Fault("addresses", f"{_quoted(lost)} did not come through unchanged"))
    if _TAG.search(target) and not _TAG.search(source):
        found.append(Fault("markup", "the model added markup"))
    found += _figure_faults(source, target, source_lang, target_lang)
    for name in missing_names(target, wanted):
        found.append(Fault("glossary", f"the glossary's “{name}” is not in the translation", hard=False))
    for start, end in lost_names(source, target, names):
        found.append(Fault("names", f"the name “{source[start:end]}” is not in the translation", hard=False))
    if len(_QUOTE.findall(source)) >= 2 and not _QUOTE.search(target):
        found.append(Fault("quotation", "the quotation is not in the translation", hard=False))
    return tuple(found)


def _figure_faults(source: str, target: str, source_lang: Lang, target_lang: Lang) -> list[Fault]:
    differs = discrepancy(source, target, source_lang, target_lang)
    found: list[Fault] = []
    if differs.lost or differs.added:
        told = [f"{_quoted(differs.lost)} is lost"] * bool(differs.lost) + [
            f"{_quoted(differs.added)} is added"
        ] * bool(differs.added)
        found.append(Fault("figures", " and ".join(told)))
    if differs.lost_words:
        found.append(
            Fault("figure_words", f"{_quoted(differs.lost_words)} has no counterpart that could be found", hard=False)
        )
    return found


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{w}”" for w in words)


def words_of(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]


def repeated_run(source: str, target: str) -> str:
    """Words that the translation repeats at once and the source does not; empty where it does not loop.

    >>> repeated_run("Ai foli.", "He spoke, he spoke, he spoke.")
    'he spoke'
    >>> repeated_run("Po, po, po.", "Yes, yes, yes.")
    ''
    """
    said, given = words_of(target), words_of(source)
    for size in range(1, _LONGEST_RUN + 1):
        most = _most_repeats(said, size)
        if most[0] >= (3 if size <= 3 else 2) and most[0] > _most_repeats(given, size)[0]:
            return " ".join(said[most[1] : most[1] + size])
    return ""


def _most_repeats(words: Sequence[str], size: int) -> tuple[int, int]:
    """How often a run of `size` words comes in a row at most, and where; one pass over the words."""
    best = (1, 0)
    streak = 0
    for i in range(size, len(words)):
        streak = streak + 1 if words[i] == words[i - size] else 0
        times = streak // size + 1
        if times > best[0]:
            best = (times, i - streak - size + 1)
    return best


def is_copy(source: str, target: str) -> bool:
    """Whether the translation is the source again; names, figures and words of both languages are no evidence."""
    capitals = is_capitals(source)
    given = [w for w in _WORD.findall(ADDRESS.sub(" ", source)) if len(w) >= 4 and (w.islower() or capitals)]
    given = [w.casefold() for w in given]
    if len(given) < COPIED_WORDS:
        return False
    said = set(words_of(target))
    return sum(w in said for w in given) >= COPIED_SHARE * len(given)
