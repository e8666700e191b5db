"""Numbered series of a report: lists by their markers, and labels such as `Action #1` or `Tabela 2`.

Reads: Passage. Writes: Label, places where a series jumps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.languages import fold
from pipeline.model import Passage
from pipeline.segment.lists import Marker, next_letters, read_marker

_LABEL = re.compile(
    r"""
    (?P<word> action|objective|measure|activity|step|phase|stage|chapter|section|part|annex|appendix|table|figure|
              pillar|task|recommendation|indicator|output|result|lot|
              veprimi|objektivi|masa|aktiviteti|hapi|faza|kreu|seksioni|pjesa|aneksi|shtojca|tabela|figura|shtylla|
              detyra|rekomandimi|treguesi|rezultati|loti )
    (?P<style> \s{0,2}[\#№]\s?|\s{1,2}no\.?\s?|\s{1,2}nr\.?\s?|\s{1,2} )
    (?P<number> \d{1,2} ) (?![\d/]|\.\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """`Action #1` at the start of a passage."""

    passage: Passage
    word: str
    """Folded: `action`."""
    style: str
    """As written between word and number, without spaces: `#`, `No.`, or nothing."""
    number: int
    end: int
    """Where the label ends in the passage's text; it begins at 0."""

    @property
    def written(self) -> str:
        return self.passage.text[: self.end]


def label_of(passage: Passage) -> Label | None:
    """The label that a passage begins with, or None.

    Forms: `Action #1: ...`, `Action No. 2`, `Veprimi nr. 3`, `Objektivi 4`, `Tabela 2.`, `Kreu 5`.
    """
    match = _LABEL.match(passage.text)
    if match is None:
        return None
    style = match["style"].strip()
    return Label(passage, fold(match["word"]), style, int(match["number"]), match.end())


@dataclass(frozen=True, slots=True)
class Jump:
    """Two neighbours of a series between which a number is missing, or which have the same number."""

    before: Passage
    before_end: int
    after: Passage
    after_end: int
    repeated: bool
    written: tuple[str, str]


def label_jumps(row: Sequence[Passage]) -> Iterator[Jump]:
    """Where the labels of one word jump, repeat or run backwards; a series may begin anew with 1."""
    last: dict[str, Label] = {}
    for passage in row:
        label = label_of(passage)
        if label is None:
            continue
        before = last.get(label.word)
        last[label.word] = label
        if before is None or label.number in (1, before.number + 1):
            continue
        if label.number == before.number and _same(before.passage, passage, 0, 0):
            continue
        # One step too far, or the same number again: further away it is a reference, not a series.
        if label.number == before.number or before.number + 1 < label.number <= before.number + 3:
            yield Jump(
                before.passage, before.end, passage, label.end, label.number == before.number,
                (before.written, label.written),
            )  # fmt: skip


def list_jumps(row: Sequence[Passage]) -> Iterator[Jump]:
    """Where a list of neighbouring items jumps or repeats a number or letter; a list may begin anew at any time."""
    yield from _runs_of([p for p in row if p.kind == "heading" and read_marker(p.text) is not None])
    yield from _runs_of(row, items=True)


def _runs_of(row: Sequence[Passage], items: bool = False) -> Iterator[Jump]:
    previous: tuple[Passage, Marker] | None = None
    opened: list[tuple[Passage, Marker]] = []
    for passage in row:
        marker = read_marker(passage.text)
        if items and passage.kind == "heading":
            # Under a heading every list begins anew.
            previous, opened = None, []
            continue
        if passage.kind in ("title", "note") or (marker is not None and marker.style in ("roman", "bullet")):
            bare = marker is not None and marker.style == "bullet"
            if not bare:
                previous = None
            if bare and previous is not None and (letter := bare_letter(passage)) is not None:
                previous = (passage, letter)
            continue
        if marker is None:
            # Text under a numbered item: the list goes on with the next number.
            if previous is not None and previous[1].style == "letter":
                previous = None
            continue
        if previous is not None and previous[1].style == marker.style:
            yield from _jump(previous, (passage, marker))
        elif previous is not None:
            opened = [*opened[-2:], previous]
            # Back from an inner list to the outer one.
            outer = next((o for o in reversed(opened) if o[1].style == marker.style), None)
            if outer is not None and not _follows(outer[1], marker) and _near(outer[0], passage):
                yield from _jump(outer, (passage, marker))
        previous = (passage, marker)


def bare_letter(passage: Passage) -> Marker | None:
    """The letter of an item that has lost its bracket: `- b Article 84/a`."""
    match = re.match(r"\s{0,4}[-–—•]\s{1,3}([a-zçë])\s+(?=[A-ZËÇ„“\"])", passage.text)
    if match is None:
        return None
    start = match.start(1)
    return Marker("letter", match[1], start, match.end(1), ord(match[1]) - 96, match[1])


def _near(a: Passage, b: Passage) -> bool:
    return b.number - a.number <= 30


def _follows(a: Marker, b: Marker) -> bool:
    if a.style == "letter":
        return b.letter in next_letters(a.letter)
    if a.style == "multilevel":
        return len(a.path) == len(b.path) and a.path[:-1] == b.path[:-1] and b.value == a.value + 1
    return b.value == a.value + 1


def _jump(a: tuple[Passage, Marker], b: tuple[Passage, Marker]) -> Iterator[Jump]:
    (before, first), (after, second) = a, b
    if _follows(first, second) or _begins(second):
        return
    if first.style == "multilevel" and (len(first.path) != len(second.path) or first.path[:-1] != second.path[:-1]):
        return
    repeated = (first.letter or first.value) == (second.letter or second.value)
    if repeated and _same(before, after, first.end, second.end):
        return
    step = second.value - first.value
    if repeated or 1 <= step <= 3:
        written = before.text[first.start : first.end], after.text[second.start : second.end]
        yield Jump(before, first.end, after, second.end, repeated, written)


def _begins(marker: Marker) -> bool:
    return marker.letter == "a" if marker.style == "letter" else marker.value == 1


def _same(a: Passage, b: Passage, a_from: int, b_from: int) -> bool:
    """The same words again, or the other language's turn."""
    if {a.lang, b.lang} == {"sq", "en"}:
        return True
    return fold(a.text[a_from:]).split() == fold(b.text[b_from:]).split()
