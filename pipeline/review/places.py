"""Where the anchors of findings stand in the passages and units that the reviewer sees.

Reads: Run. Writes: Place, counted in the repaired text of its passage, or in a unit's translation.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.model import Finding, Passage, Run, Span, TranslationUnit
from pipeline.spans import line_of, line_starts

# Characters shown on each side of a quote that stands outside every repaired text (in leftover markup).
SURROUNDINGS = 120


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one passage's text or of one unit's translation; `before` and `after` only for neither."""

    start: int
    end: int
    exact: str
    line: int
    passage: int | None = None
    """Index in `run.passages`."""
    unit: int | None = None
    """Index in `run.units`; the stretch counts in its `target_text`."""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Places:
    """Looks up passages, units and lines of one run."""

    run: Run

    @cached_property
    def lines(self) -> list[int]:
        return line_starts(self.run.document.source_text)

    @cached_property
    def _starts(self) -> list[int]:
        return [p.start for p in self.run.passages]

    @cached_property
    def unit_index(self) -> dict[str, int]:
        return {u.unit_id: i for i, u in enumerate(self.run.units)}

    @cached_property
    def passage_index(self) -> dict[str, int]:
        return {p.passage_id: i for i, p in enumerate(self.run.passages)}

    def passages_of(self, span: Span) -> range:
        """Indexes of the passages that a source-side span touches."""
        first = max(0, bisect.bisect_right(self._starts, span.start) - 1)
        passages = self.run.passages
        while first < len(passages) and passages[first].end <= span.start:
            first += 1
        last = first
        while last < len(passages) and passages[last].start < span.end:
            last += 1
        return range(first, last)

    def line(self, offset: int) -> int:
        return line_of(self.lines, offset)

    def of(self, anchor: Span) -> tuple[Place, ...]:
        """The places of one anchor: one, or one a passage where it reaches over several."""
        if anchor.side == "target":
            index = self.unit_index[anchor.text_id]
            passage = self.passage_index[self.run.units[index].passage_id]
            line = self.line(self.run.passages[passage].start)
            return (Place(anchor.start, anchor.end, anchor.exact, line, passage, index),)
        found = tuple(self._in_passages(anchor))
        return found or (self._outside(anchor),)

    def _in_passages(self, anchor: Span) -> Iterator[Place]:
        for index in self.passages_of(anchor):
            passage = self.run.passages[index]
            start = clean_offset(passage, max(anchor.start, passage.start) - passage.start)
            end = clean_offset(passage, min(anchor.end, passage.end) - passage.start, after=True)
            if start < end:
                exact = passage.text[start:end]
                yield Place(start, end, exact, self.line(max(anchor.start, passage.start)), index)

    def _outside(self, anchor: Span) -> Place:
        """An anchor on words that no passage's text has, such as leftover markup: quoted from the source."""
        source = self.run.document.source_text
        before = source[max(0, anchor.start - SURROUNDINGS) : anchor.start]
        after = source[anchor.end : anchor.end + SURROUNDINGS]
        touched = self.passages_of(anchor)
        passage = touched[0] if touched else None
        return Place(0, len(anchor.exact), anchor.exact, self.line(anchor.start), passage, None, before, after)


def clean_offset(passage: Passage, offset: int, *, after: bool = False) -> int:
    """The place in `passage.text` of an offset in the passage's source.

    Inside a repaired stretch it is the stretch's beginning, or its end where `after` is set.
    """
    shift = 0
    for repair in passage.repairs:
        if repair.end <= offset:
            shift += len(repair.after) - (repair.end - repair.start)
        elif repair.start < offset:
            return repair.start + shift + (len(repair.after) if after else 0)
        else:
            break
    return offset + shift


def judged_text(places: Places, finding: Finding) -> tuple[str, ...]:
    """Everything that a decision on `finding` rests on: its rule, its quotes, and the texts they stand in."""
    parts: list[str] = [finding.rule_id]
    for anchor in finding.anchors:
        parts.append(anchor.exact)
        if anchor.side == "target":
            unit = places.run.units[places.unit_index[anchor.text_id]]
            parts += [unit.source_text, unit.target_text]
        else:
            source = places.run.document.source_text
            touched = places.passages_of(anchor)
            parts += [source[p.start : p.end] for p in places.run.passages[touched.start : touched.stop]]
    return tuple(parts)


def unit_text(unit: TranslationUnit) -> tuple[str, ...]:
    """Everything that an edit of `unit` rests on; the machine's own draft may change under it."""
    return unit.source_lang, unit.source_text, unit.target_lang
