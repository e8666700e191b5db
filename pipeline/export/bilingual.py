"""The bilingual text of a run as rows: one table that every format writes in its own way.

Reads: Run. Writes: BilingualRow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.model import Finding, Lang, Origin, Passage, PassageKind, Run, State, TranslationUnit, short_hash

Order = tuple[Literal["sq", "en"], Literal["sq", "en"]]
SQ_EN: Order = ("sq", "en")

LANGUAGE_NAMES = {"sq": "Shqip", "en": "English"}

# How a unit came to be, in words that a reader of an exported document understands.
ORIGIN_NAMES: dict[str, str] = {
    "aligned": "human", "memory": "memory", "machine": "machine", "person": "reviewed", "": "source only",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BilingualRow:
    """One passage in both languages, or in the one it has."""

    row_id: str
    number: int
    """Reading order of the passage."""
    kind: PassageKind
    source_lang: Lang
    sq: str
    en: str
    state: State
    origin: Origin | Literal[""]
    """Empty where there is no translation."""
    engine: str
    score: float | None
    warnings: tuple[str, ...]
    findings: tuple[Finding, ...]
    """Those anchored in the passage or its counterpart."""
    place: str
    """Where it stands in the report: line, page, table, row, column."""
    level: int | None = None

    def text(self, lang: str) -> str:
        return self.sq if lang == "sq" else self.en

    @property
    def mark(self) -> str:
        """source only, human, memory, machine or reviewed."""
        return "reviewed" if self.state in ("reviewed", "final") else ORIGIN_NAMES[self.origin]


def parse_order(text: str) -> Order:
    """`sq,en` or `en,sq`. Raises ValueError otherwise."""
    parts = tuple(p.strip() for p in text.split(","))
    if parts not in (("sq", "en"), ("en", "sq")):
        raise ValueError(f"{text!r} is no order of languages; use sq,en or en,sq")
    return ("sq", "en") if parts[0] == "sq" else ("en", "sq")


def bilingual_rows(run: Run, *, only_reviewed: bool = False) -> tuple[BilingualRow, ...]:
    """Every passage of the report in reading order, page furniture left out.

    A passage and its counterpart in the report are one row, at the place of the first of the two. With
    `only_reviewed`, rows whose translation no person has seen are left out.
    """
    rows = tuple(_rows(run))
    return tuple(r for r in rows if r.state in ("reviewed", "final")) if only_reviewed else rows


def _rows(run: Run) -> Iterator[BilingualRow]:
    whole = _whole_units(run)
    passages = {p.passage_id: p for p in run.passages}
    by_passage = _findings_by_passage(run)
    done: set[str] = set()
    for passage in run.passages:
        if passage.kind == "page_furniture" or passage.passage_id in done:
            continue
        unit = whole.get(passage.passage_id)
        ids = [passage.passage_id]
        if unit is not None and unit.paired_passage_id in passages:
            ids.append(unit.paired_passage_id)
        done.update(ids)
        findings = tuple({f.finding_id: f for i in ids for f in by_passage.get(i, ())}.values())
        yield _row(passage, unit, findings)


def _whole_units(run: Run) -> dict[str, TranslationUnit]:
    """The unit that covers each passage; a passage in the middle of another unit's pair has that pair's unit."""
    found: dict[str, TranslationUnit] = {}
    lengths = {p.passage_id: (p.start, p.end) for p in run.passages}
    for unit in run.units:
        if (unit.start, unit.end) == lengths[unit.passage_id]:
            found.setdefault(unit.passage_id, unit)
    return found


def _findings_by_passage(run: Run) -> dict[str, list[Finding]]:
    import bisect

    starts = [p.start for p in run.passages]
    units = {u.unit_id: u.passage_id for u in run.units}
    found: dict[str, list[Finding]] = {}
    for finding in run.findings:
        ids: dict[str, None] = {}
        for anchor in finding.anchors:
            if anchor.side == "target":
                ids.setdefault(units.get(anchor.text_id, ""))
            else:
                ids.setdefault(run.passages[max(0, bisect.bisect_right(starts, anchor.start) - 1)].passage_id)
        for passage_id in ids:
            found.setdefault(passage_id, []).append(finding)
    return found


def _row(passage: Passage, unit: TranslationUnit | None, findings: tuple[Finding, ...]) -> BilingualRow:
    lang = unit.source_lang if unit is not None else passage.lang
    source, target = passage.text, unit.target_text if unit is not None else ""
    # A passage in no decided language stands in both columns: it is a name, a number or an address.
    sq = source if lang in ("sq", "und", "mixed") else target
    en = source if lang in ("en", "und", "mixed") else target
    if lang in ("und", "mixed") and target and unit is not None:
        sq, en = (target, source) if unit.target_lang == "sq" else (source, target)
    has = unit is not None and bool(target)
    return BilingualRow(
        row_id=unit.unit_id if unit is not None else short_hash(passage.passage_id, "row"),
        number=passage.number, kind=passage.kind, source_lang=lang, sq=sq, en=en,
        state=unit.state if unit is not None else "initial",
        origin=unit.origin if unit is not None and has else "",
        engine=(unit.engine or "") if unit is not None else "",
        score=unit.score if unit is not None else None,
        warnings=unit.warnings if unit is not None else (),
        findings=findings, place=place_of(passage),
    )  # fmt: skip


def place_of(passage: Passage) -> str:
    """Where a passage stands, in the document's own terms.

    >>> from pipeline.model import Location
    >>> place_of(Passage("p", "d", 1, 0, 1, "x", "table_cell", Location(line=3, table=1, row=2, column=4)))
    'line 3, table 1, row 2, column 4'
    """
    location = passage.location
    named = (("page", location.page), ("line", location.line), ("table", location.table), ("row", location.row),
             ("column", location.column))  # fmt: skip
    parts = [f"{name} {value}" for name, value in named if value is not None]
    return ", ".join(([location.part] if location.part else []) + parts)
