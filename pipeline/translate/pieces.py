"""Cuts a passage into what is said (sentences) and what is kept (markup, list marks, spaces), and joins it again.

Reads: a text. Writes: Part; joining the parts gives the text back, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.model import Lang
from pipeline.text_analysis import split_sentences

# Characters that no reader sees and that lead a model astray; they stay in the source, the model is not shown them.
INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc-\uffff]+"
)

# Left-over tags (`<p>`, `</li>`, `<br/>`, entities) and lines of dots or underscores to be filled in.
MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>|&(?:[a-z]{2,8}|#\d{1,7});|_{3,}|\.{4,}|…{2,}|\t+")

LIST_MARK = re.compile(
    r"""
      (?: [-–—•▪◦*·●○■□➢✓➤\uf0b7] [ \t\u00a0]+        # a dash or a bullet
        | \(? \d{1,3} (?:\.\d{1,3}){0,4} [.)] [ \t\u00a0]* (?=[^\W\d_]|["“„«(])  # 1.  1)  (1)  1.2.3.
        | \(? (?: [a-zçë] | dh|gj|ll|nj|rr|sh|th|xh|zh ) \) [ \t\u00a0]*      # a)  (dh)
        | \(? [ivx]{1,5} \) [ \t\u00a0]*                # iv)
        | [IVX]{1,5} \. [ \t\u00a0]+
      )
    """,
    re.VERBOSE,
)

# Where a sentence that is too long may be cut, best first: the mark stays with the piece before it.
CLAUSE_ENDS = (
    re.compile(r"[;:](?=\s)"),
    re.compile(r",(?=\s+(?:dhe|ose|por|që|i cili|e cila|të cilat|të cilët|ku|and|or|but|which|who|that|where)\b)"),
    re.compile(r"[,)](?=\s)|\s[–—-](?=\s)"),
    re.compile(r"(?=\s+(?:dhe|ose|and|or)\s)"),
    re.compile(r"(?=\s)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a passage: a sentence to be said in the other language, or characters that are kept."""

    start: int
    end: int
    said: bool


def cut(text: str, lang: Lang, kept: Sequence[tuple[int, int]] = ()) -> list[Part]:
    """The parts of `text`, without a gap; `kept` are places that stay in their language, in order."""
    parts: list[Part] = []
    for start, end, said in _between(text, [*kept, *((m.start(), m.end()) for m in MARKUP.finditer(text))]):
        if not said:
            parts.append(Part(start, end, False))
            continue
        at = start
        for first, last in split_sentences(text[start:end], lang):
            first, last = _trimmed(text, start + first, start + last)
            # `- e) Article 143/b`: a mark may follow a mark.
            while first < last and (mark := LIST_MARK.match(text, first, last)):
                first = mark.end()
            if first >= last:
                continue
            if at < first:
                parts.append(Part(at, first, False))
            parts.append(Part(first, last, True))
            at = last
        if at < end:
            parts.append(Part(at, end, False))
    return parts


def _between(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """The stretches outside the places (True) and the places themselves (False), in order and without a gap."""
    stretches: list[tuple[int, int, bool]] = []
    at = 0
    for start, end in sorted(places):
        if end <= at:
            continue
        start = max(start, at)
        if at < start:
            stretches.append((at, start, True))
        stretches.append((start, end, False))
        at = end
    if at < len(text):
        stretches.append((at, len(text), True))
    return stretches


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def join(text: str, parts: Sequence[Part], translations: Sequence[str]) -> str:
    """The passage in the other language: the kept parts as they are, each said part by its translation, in order.

    >>> parts = [Part(0, 3, False), Part(3, 8, True)]
    >>> join("1. Ligji", parts, ["Law"])
    '1. Law'
    """
    said = iter(translations)
    return "".join(next(said) if part.said else text[part.start : part.end] for part in parts)


def shown(sentence: str) -> str:
    """The sentence as a model is shown it: without invisible characters, one kind of space.

    >>> shown("nr.\\u00a05\\u200b  e\\nre")
    'nr. 5 e re'
    """
    return " ".join(INVISIBLE.sub("", sentence).split())


def clauses(sentence: str, longest: int, count: Callable[[Sequence[str]], list[int]]) -> list[Part]:
    """The sentence in pieces of at most `longest` tokens, cut at clauses where it has any; without a gap."""
    pieces = [(0, len(sentence))]
    for pattern in CLAUSE_ENDS:
        sizes = count([sentence[a:b] for a, b in pieces])
        if all(size <= longest for size in sizes):
            break
        pieces = [
            piece
            for (start, end), size in zip(pieces, sizes, strict=True)
            for piece in ([(start, end)] if size <= longest else _packed(sentence, start, end, pattern, size, longest))
        ]
    sizes = count([sentence[a:b] for a, b in pieces])
    final: list[tuple[int, int]] = []
    for (start, end), size in zip(pieces, sizes, strict=True):
        # One word of thousands of characters: cut by characters, a token being at least one.
        step = max(1, end - start if size <= longest else longest // 2)
        final += [(a, min(a + step, end)) for a in range(start, end, step)]
    return _parts_of(sentence, final)


def smaller(sentence: str) -> list[Part]:
    """The sentence cut once at the best kind of clause end that it has; one part where it has none."""
    for pattern in CLAUSE_ENDS[:-1]:
        cuts = [m.end() for m in pattern.finditer(sentence) if 8 <= m.end() <= len(sentence) - 8]
        if cuts:
            return _parts_of(sentence, list(zip([0, *cuts], [*cuts, len(sentence)], strict=True)))
    return [Part(0, len(sentence), True)] if sentence else []


def _parts_of(sentence: str, pieces: Sequence[tuple[int, int]]) -> list[Part]:
    parts: list[Part] = []
    for start, end in pieces:
        first, last = _trimmed(sentence, start, end)
        for a, b, said in ((start, first, False), (first, last, True), (last, end, False)):
            if a < b:
                parts.append(Part(a, b, said))
    return parts


def _packed(
    sentence: str, start: int, end: int, pattern: re.Pattern[str], size: int, longest: int
) -> list[tuple[int, int]]:
    """Cut at matches of the pattern, as few pieces as the (estimated) tokens allow."""
    cuts = [m.end() for m in pattern.finditer(sentence, start, end) if start < m.end() < end]
    if not cuts:
        return [(start, end)]
    most = max(1, int((end - start) * longest / size * 0.9))
    pieces: list[tuple[int, int]] = []
    first = start
    for here, after in zip(cuts, [*cuts[1:], end], strict=True):
        if after - first > most:
            pieces.append((first, here))
            first = here
    return [*pieces, (first, end)]
