"""Make, check, shift and quote spans; offset maps between the text as read and the text as repaired."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import Document, Passage, Repair, Side, Span


def span_of(text: str, text_id: str, start: int, end: int, side: Side = "source") -> Span:
    """The span of `text[start:end]`. Raises ValueError where the place lies outside the text or is empty.

    >>> span_of("neni 117", "d", 5, 8).exact
    '117'
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no span {start}:{end} in a text of {len(text)} characters")
    return Span(text_id, start, end, text[start:end], side)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without white space at its ends; `start == end` where nothing else is there.

    >>> trimmed("  a b ", 0, 6)
    (2, 5)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Carries offsets of a repaired text back to the text as read.

    `clean_starts[i]` is where segment i begins in the repaired text, `source_starts[i]` in the text as read;
    segments alternate between kept and replaced text, and `kept[i]` tells which.
    """

    clean_starts: tuple[int, ...]
    source_starts: tuple[int, ...]
    kept: tuple[bool, ...]
    source_length: int

    def _segment(self, offset: int) -> int:
        return max(0, bisect.bisect_right(self.clean_starts, offset) - 1)

    def start(self, offset: int) -> int:
        """Source offset at which the character at `offset` begins; a replaced stretch is taken whole."""
        i = self._segment(offset)
        if i >= len(self.kept):
            return offset
        return self.source_starts[i] + (offset - self.clean_starts[i] if self.kept[i] else 0)

    def end(self, offset: int) -> int:
        """Source offset at which the character before `offset` ends; a replaced stretch is taken whole."""
        if offset == 0:
            return 0
        i = self._segment(offset - 1)
        if i >= len(self.kept):
            return offset
        if self.kept[i]:
            return self.source_starts[i] + offset - self.clean_starts[i]
        return self.source_starts[i + 1] if i + 1 < len(self.source_starts) else self.source_length


def apply_repairs(source: str, repairs: Sequence[Repair]) -> tuple[str, OffsetMap]:
    """The repaired text and the way back. Repairs must be in order and must not overlap (ValueError).

    >>> text, back = apply_repairs("QÃ«llim i", (Repair(1, 3, "Ã«", "ë", "mojibake"),))
    >>> text, back.start(2), back.end(2)
    ('Qëllim i', 3, 3)
    """
    parts: list[str] = []
    clean_starts: list[int] = []
    source_starts: list[int] = []
    kept: list[bool] = []
    at = length = 0

    def add(piece: str, source_start: int, is_kept: bool) -> None:
        nonlocal length
        if piece or not is_kept:
            clean_starts.append(length)
            source_starts.append(source_start)
            kept.append(is_kept)
            parts.append(piece)
            length += len(piece)

    for repair in repairs:
        if repair.start < at or source[repair.start : repair.end] != repair.before:
            raise ValueError(f"repair at {repair.start} overlaps another or does not quote its place")
        add(source[at : repair.start], at, True)
        add(repair.after, repair.start, False)
        at = repair.end
    add(source[at:], at, True)
    return "".join(parts), OffsetMap(tuple(clean_starts), tuple(source_starts), tuple(kept), len(source))


def offset_map(document: Document) -> OffsetMap:
    """The way from `document.text` back to `document.source_text`."""
    return apply_repairs(document.source_text, document.repairs)[1]


def passage_source(passage: Passage) -> str:
    """The passage's slice of the source, as read: its text with the repairs taken back."""
    if not passage.repairs:
        return passage.text
    parts: list[str] = []
    at = clean = 0
    for repair in passage.repairs:
        kept = repair.start - at
        parts += [passage.text[clean : clean + kept], repair.before]
        clean += kept + len(repair.after)
        at = repair.end
    return "".join(parts) + passage.text[clean:]


def passage_span(passage: Passage, start: int, end: int) -> Span:
    """The span in the report of `passage.text[start:end]`, carried over the passage's repairs.

    Raises ValueError where the place lies outside the passage or is empty.
    """
    if not 0 <= start < end <= len(passage.text):
        raise ValueError(f"no span {start}:{end} in passage {passage.passage_id} of {len(passage.text)} characters")
    if not passage.repairs:
        return Span(passage.doc_id, passage.start + start, passage.start + end, passage.text[start:end])
    source = passage_source(passage)
    _, back = apply_repairs(source, passage.repairs)
    first, last = back.start(start), back.end(end)
    return Span(passage.doc_id, passage.start + first, passage.start + last, source[first:last])


def without_overlaps(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Longest first, the rest where they do not touch a chosen one; in order of place.

    >>> without_overlaps([(0, 5), (0, 9), (9, 12), (11, 20)])
    [(0, 9), (11, 20)]
    """
    chosen: list[tuple[int, int]] = []
    taken: list[tuple[int, int]] = []
    for start, end in sorted(set(places), key=lambda p: (p[0] - p[1], p[0])):
        i = bisect.bisect_left(taken, (start, end))
        if (i > 0 and taken[i - 1][1] > start) or (i < len(taken) and taken[i][0] < end):
            continue
        taken.insert(i, (start, end))
        chosen.append((start, end))
    return sorted(chosen)


def line_starts(text: str) -> list[int]:
    """Offsets at which lines begin; a line ends at a line feed."""
    starts = [0]
    at = text.find("\n")
    while at != -1:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def line_of(starts: Sequence[int], offset: int) -> int:
    """Number of the line, from 1, that `offset` stands in."""
    return bisect.bisect_right(starts, offset)
