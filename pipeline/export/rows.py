"""The bilingual text as rows, which every format writes: one for each passage, both languages side by side.

Reads: Run. Writes: BilingualRow.

A passage that is the counterpart of another stands in that one's row. A passage of names and numbers alone
stands the same on both sides. Page furniture is left out; nothing else is.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from pipeline.model import Finding, Lang, Passage, Run, Span, TranslationUnit
from pipeline.spans import line_of, line_starts

Mark = Literal["source", "human", "memory", "machine", "reviewed", "same", "untranslated"]
"""source: both texts stand in the report; same: names and numbers, alike in both languages."""

MARK_WORDS: dict[str, tuple[str, str]] = {
    # What a reader sees: English, Albanian.
    "source": ("both texts from the report", "të dy tekstet nga raporti"),
    "human": ("translated by a person", "përkthyer nga një person"),
    "memory": ("from translation memory", "nga memoria e përkthimit"),
    "machine": ("machine draft, not reviewed", "draft i makinës, i pashqyrtuar"),
    "reviewed": ("reviewed", "shqyrtuar"),
    "same": ("same in both languages", "njësoj në të dyja gjuhët"),
    "untranslated": ("not translated", "e papërkthyer"),
}

SHORT_MARKS: dict[str, str] = {
    "source": "raport / source", "human": "njeri / human", "memory": "memorie / memory", "machine": "makinë / machine",
    "reviewed": "shqyrtuar / reviewed", "same": "njësoj / same", "untranslated": "pa përkthim / none",
}  # fmt: skip

LANG_WORDS: dict[str, str] = {"sq": "Shqip", "en": "English"}

Order = tuple[Lang, Lang]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What `dygjuhe export` may be told."""

    order: Order = ("sq", "en")
    """The two languages, the left or source side first."""
    order_given: bool = False
    """Whether a person asked for this order; XLIFF otherwise takes the report's own language as its source."""
    only_reviewed: bool = False
    """Only units that a person has approved."""
    settled: Collection[str] = field(default_factory=frozenset)
    """Ids of findings that a person has decided; they are not shown as open."""


@dataclass(frozen=True, slots=True)
class BilingualRow:
    """One passage, or a run of words in one (`part`), in both languages; a side is empty where it has no text."""

    passage: Passage
    unit: TranslationUnit | None
    sq: str
    en: str
    mark: Mark
    line: int
    findings: tuple[Finding, ...] = ()
    """The open ones that quote this row's source or target, in their order in the run."""
    part: bool = False
    other: Passage | None = None
    """The counterpart in the report, where the translation is one."""

    def text(self, lang: Lang) -> str:
        return self.sq if lang == "sq" else self.en

    @property
    def original(self) -> Lang:
        """The language that the report has it in."""
        return self.unit.source_lang if self.unit is not None else self.passage.lang

    @property
    def where(self) -> str:
        """The place in the document's own terms: `page 3, table 1, row 2, column 4`, or the line."""
        location = self.passage.location
        names = ("page", "table", "row", "column")
        parts = [f"{name} {getattr(location, name)}" for name in names if getattr(location, name) is not None]
        return ", ".join([*([location.part] if location.part else []), *(parts or [f"line {self.line}"])])

    def places(self, lang: Lang) -> tuple[tuple[int, int, Finding], ...]:
        """Where the open findings quote this side, in code points of `text(lang)`, in order of place."""
        found: list[tuple[int, int, Finding]] = []
        for finding in self.findings:
            for anchor in finding.anchors:
                place = self._place(anchor, lang)
                if place is not None and (*place, finding) not in found:
                    found.append((*place, finding))
        return tuple(sorted(found, key=lambda f: (f[0], -f[1])))

    def segments(self, lang: Lang) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
        """This side cut where findings begin and end, each stretch with its findings; joined they are the side."""
        text, places = self.text(lang), self.places(lang)
        bounds = sorted({0, len(text), *(p for start, end, _ in places for p in (start, end))})
        return tuple(
            (text[start:end], tuple(f for a, b, f in places if a <= start and end <= b))
            for start, end in pairwise(bounds)
        )

    def _place(self, anchor: Span, lang: Lang) -> tuple[int, int] | None:
        if anchor.side == "target":
            wanted = self.unit is not None and anchor.text_id == self.unit.unit_id and lang == self.unit.target_lang
            return (anchor.start, anchor.end) if wanted else None
        unit = self.unit
        passage = self.passage if unit is None or lang == unit.source_lang else self.other
        if passage is None or not self.text(lang):
            return None
        cut = clean_offset(passage, unit.start - passage.start) if unit is not None and self.part else 0
        start = clean_offset(passage, max(anchor.start, passage.start) - passage.start) - cut
        end = clean_offset(passage, min(anchor.end, passage.end) - passage.start, after=True) - cut
        start, end = max(0, start), min(end, len(self.text(lang)))
        return (start, end) if start < end else None


def clean_offset(passage: Passage, offset: int, *, after: bool = False) -> int:
    """The place in `passage.text` of an offset in the passage's source; a repaired stretch is taken whole."""
    shift = 0
    for repair in passage.repairs:
        if repair.end <= offset:
            shift += len(repair.after) - (repair.end - repair.start)
        elif repair.start < offset:
            return repair.start + shift + (len(repair.after) if after else 0)
        else:
            break
    return offset + shift


def mark_of(unit: TranslationUnit) -> Mark:
    """Who answers for the unit's translation."""
    if not unit.target_text:
        return "untranslated"
    if unit.state in ("reviewed", "final"):
        return "reviewed"
    marks: dict[str, Mark] = {"aligned": "source", "memory": "memory", "machine": "machine", "person": "human"}
    return marks[unit.origin]


def bilingual_rows(run: Run, options: ExportOptions | None = None) -> tuple[BilingualRow, ...]:
    """The rows of a run in reading order."""
    options = options or ExportOptions()
    units: dict[str, list[TranslationUnit]] = {}
    for unit in run.units:
        units.setdefault(unit.passage_id, []).append(unit)
    shown_elsewhere = {u.paired_passage_id for u in run.units if u.paired_passage_id} - set(units)
    by_id = {p.passage_id: p for p in run.passages}
    starts = line_starts(run.document.source_text)
    findings = _findings_by_place(run, options.settled)
    rows: list[BilingualRow] = []
    for passage in run.passages:
        if passage.kind == "page_furniture" or passage.passage_id in shown_elsewhere:
            continue
        line = line_of(starts, passage.start)
        own = units.get(passage.passage_id, ())
        whole = [u for u in own if (u.start, u.end) == (passage.start, passage.end)]
        parts = [u for u in own if (u.start, u.end) != (passage.start, passage.end)]
        here = findings.get(passage.passage_id, ())
        if whole:
            unit = whole[0]
            open_here = here + findings.get(unit.paired_passage_id or "", ()) + findings.get(unit.unit_id, ())
            other = by_id.get(unit.paired_passage_id or "")
            rows.append(replace(_unit_row(passage, unit, line, _once(open_here)), other=other))
        else:
            rows.append(_lone_row(passage, line, here))
        rows += [replace(_unit_row(passage, u, line, findings.get(u.unit_id, ())), part=True) for u in parts]
    if options.only_reviewed:
        rows = [row for row in rows if row.mark == "reviewed"]
    return tuple(rows)


def translated_rows(run: Run, options: ExportOptions | None = None) -> tuple[BilingualRow, ...]:
    """The rows with a unit and both texts: what a translation memory can hold."""
    return tuple(r for r in bilingual_rows(run, options) if r.unit is not None and r.sq.strip() and r.en.strip())


def _unit_row(passage: Passage, unit: TranslationUnit, line: int, findings: tuple[Finding, ...]) -> BilingualRow:
    texts = {unit.source_lang: unit.source_text, unit.target_lang: unit.target_text}
    return BilingualRow(passage, unit, texts.get("sq", ""), texts.get("en", ""), mark_of(unit), line, findings)


def _lone_row(passage: Passage, line: int, findings: tuple[Finding, ...]) -> BilingualRow:
    """A passage without a unit: in its own language only, or on both sides where it has none."""
    sq = "" if passage.lang == "en" else passage.text
    en = "" if passage.lang == "sq" else passage.text
    mark: Mark = "same" if passage.lang == "und" else "untranslated"
    return BilingualRow(passage, None, sq, en, mark, line, findings)


def _once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple({f.finding_id: f for f in findings}.values())


def _findings_by_place(run: Run, settled: Collection[str]) -> dict[str, tuple[Finding, ...]]:
    """The open findings by the passage, or for a target side the unit, that they quote."""
    starts = [p.start for p in run.passages]
    found: dict[str, list[Finding]] = {}
    for finding in run.findings:
        if finding.finding_id not in settled:
            for key in dict.fromkeys(_keys(run, finding, starts)):
                found.setdefault(key, []).append(finding)
    return {key: tuple(all_of_it) for key, all_of_it in found.items()}


def _keys(run: Run, finding: Finding, starts: list[int]) -> Iterator[str]:
    for anchor in finding.anchors:
        if anchor.side == "target":
            yield anchor.text_id
            continue
        index = max(0, bisect.bisect_right(starts, anchor.start) - 1)
        while index < len(run.passages) and run.passages[index].start < anchor.end:
            if run.passages[index].end > anchor.start:
                yield run.passages[index].passage_id
            index += 1
