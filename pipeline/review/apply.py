"""What decisions come to: corrections of the report's text, edited translations, and what cannot be applied.

Reads: Run, Matching. Writes: Applied, and a Run whose text is the cleaned one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline.model import Finding, LegalReference, Mention, Passage, Run, Span, TranslationUnit
from pipeline.review.decisions import Matching
from pipeline.review.entries import Entry, Refusal, edit_of
from pipeline.review.page_data import default_places
from pipeline.review.places import Places, clean_offset
from pipeline.spans import line_of, line_starts

CLEANED = "cleaned"
"""Folder in the run folder that the cleaned export goes into."""


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch of the report, or of a translation, that a person has replaced."""

    start: int
    end: int
    before: str
    after: str
    line: int
    finding_id: str
    rule_id: str
    reviewer: str
    decided_at: str
    unit_id: str = ""
    """Where it is in a translation: the places count in that unit's target text."""


@dataclass(frozen=True, slots=True)
class Applied:
    """Everything that was done with the decisions on one run, each counted once."""

    changes: tuple[Change, ...] = ()
    edits: tuple[tuple[str, Entry], ...] = ()
    """(unit id, edit) of each translation that a person wrote."""
    counts: tuple[tuple[str, int], ...] = ()
    """Findings by what was said of them: confirmed, dismissed, corrected, unsure, conflict, stale, open."""
    refused: tuple[Refusal, ...] = ()
    """Corrections that could not be made."""
    stale: tuple[tuple[Finding, tuple[Entry, ...]], ...] = ()
    conflicts: tuple[tuple[Finding, tuple[Entry, ...]], ...] = ()


def apply_decisions(run: Run, matching: Matching) -> Applied:
    """What the decisions come to. Overlapping corrections that differ are refused, all of them."""
    tally = dict.fromkeys(("confirmed", "dismissed", "corrected", "unsure", "conflict", "stale", "open"), 0)
    wanted: list[Change] = []
    stale: list[tuple[Finding, tuple[Entry, ...]]] = []
    conflicts: list[tuple[Finding, tuple[Entry, ...]]] = []
    places = Places(run)
    for finding in run.findings:
        answer = matching.answer(finding)
        if answer.state == "conflict":
            conflicts.append((finding, answer.held))
            tally["conflict"] += 1
        elif answer.says is not None and answer.says.judgement is not None:
            tally[answer.says.judgement] += 1
            if answer.says.judgement == "corrected":
                wanted += _changes(run, places, finding, answer.says)
        elif finding.finding_id in matching.stale:
            stale.append((finding, matching.stale[finding.finding_id]))
            tally["stale"] += 1
        else:
            tally["open"] += 1
    edits = tuple(
        (unit_id, edit) for unit_id, entries in matching.edits.items() if (edit := edit_of(entries)) is not None
    )
    changes, refused = _without_clashes(wanted)
    return Applied(changes, edits, tuple(tally.items()), tuple(refused), tuple(stale), tuple(conflicts))


def _changes(run: Run, places: Places, finding: Finding, entry: Entry) -> list[Change]:
    chosen = [i for i in entry.places if i < len(finding.anchors)] or default_places(finding)
    made: list[Change] = []
    for i in chosen:
        anchor = finding.anchors[i]
        after = entry.correction or ""
        if anchor.exact == after:
            continue
        unit_id = anchor.text_id if anchor.side == "target" else ""
        made.append(Change(anchor.start, anchor.end, anchor.exact, after, places.of(anchor)[0].line,
                           finding.finding_id, finding.rule_id, entry.reviewer, entry.decided_at, unit_id))  # fmt: skip
    return made


def _without_clashes(changes: Sequence[Change]) -> tuple[tuple[Change, ...], list[Refusal]]:
    """Each place once. Two findings that correct one place alike are one change; unlike ones are refused."""
    ordered = sorted(changes, key=lambda c: (c.unit_id, c.start, c.end, c.after))
    once: list[Change] = []
    for change in ordered:
        last = once[-1] if once else None
        if last is None or (last.unit_id, last.start, last.end, last.after) != (
            change.unit_id, change.start, change.end, change.after,
        ):  # fmt: skip
            once.append(change)
    clashing: set[int] = set()
    widest = 0
    for i in range(1, len(once)):
        if once[i].unit_id == once[widest].unit_id and once[i].start < once[widest].end:
            clashing |= {i, widest}
        if once[i].unit_id != once[widest].unit_id or once[i].end > once[widest].end:
            widest = i
    refused = [
        Refusal(f"line {once[i].line}", f"“{once[i].before[:80]}” is corrected in two ways; none of them is made")
        for i in sorted(clashing)
    ]
    return tuple(c for i, c in enumerate(once) if i not in clashing), refused


# --- the cleaned run ------------------------------------------------------------------------------------------------


def cleaned_run(run: Run, applied: Applied) -> Run:
    """The run over the cleaned text: repairs and corrections made, edits in place, every span moved with it.

    Mentions and findings whose words were corrected are left out; a machine's translation of a corrected passage
    says that it is older than the correction.
    """
    source = run.document.source_text
    in_source = sorted((c for c in applied.changes if not c.unit_id), key=lambda c: c.start)
    pieces: list[str] = []
    passages: list[Passage] = []
    maps: list[_Moved] = []
    at = length = index = 0
    for passage in run.passages:
        gap = source[at : passage.start]
        pieces.append(gap)
        length += len(gap)
        mine: list[tuple[int, int, str]] = []
        while index < len(in_source) and in_source[index].start < passage.end:
            change = in_source[index]
            end = clean_offset(passage, min(change.end, passage.end) - passage.start, after=True)
            mine.append((clean_offset(passage, change.start - passage.start), end, change.after))
            index += 1
        text = replaced(passage.text, mine)
        maps.append(_Moved(passage, length, tuple(mine)))
        passages.append(replace(passage, start=length, end=length + len(text), text=text, repairs=(), foreign=()))
        pieces.append(text)
        length += len(text)
        at = passage.end
    pieces.append(source[at:])
    cleaned = "".join(pieces)
    document = replace(run.document, source_text=cleaned, text=cleaned, repairs=(), blocks=())
    moves = _Moves(run, maps)
    units = tuple(_cleaned_unit(u, run, passages, moves, applied) for u in run.units)
    return replace(
        run, document=document, passages=tuple(passages), units=units, copies=(),
        mentions=tuple(m for old in run.mentions if (m := moves.mention(old, cleaned)) is not None),
        findings=tuple(f for old in run.findings if (f := moves.finding(old, cleaned)) is not None),
    )  # fmt: skip


def replaced(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    """`text` with the stretches replaced, from right to left so that places stay true.

    >>> replaced("call 16006 or 16006", [(5, 10, "116006"), (14, 19, "116006")])
    'call 116006 or 116006'
    """
    for start, end, after in sorted(changes, reverse=True):
        text = text[:start] + after + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class _Moved:
    """Where one passage has gone, and what was replaced in its repaired text."""

    passage: Passage
    start: int
    changes: tuple[tuple[int, int, str], ...]

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """The new place of source offsets inside the passage; None where they touch a replaced stretch."""
        first = clean_offset(self.passage, start - self.passage.start)
        last = clean_offset(self.passage, end - self.passage.start, after=True)
        shift = 0
        for a, b, after in self.changes:
            if a < last and first < b:
                return None
            if b <= first:
                shift += len(after) - (b - a)
        return self.start + first + shift, self.start + last + shift

    def grown(self, start: int, end: int) -> tuple[int, int]:
        """The new place of a stretch that may hold replaced ones."""
        first = clean_offset(self.passage, start - self.passage.start)
        last = clean_offset(self.passage, end - self.passage.start, after=True)
        left = sum(len(after) - (b - a) for a, b, after in self.changes if b <= first)
        right = sum(len(after) - (b - a) for a, b, after in self.changes if a < last)
        return self.start + first + left, self.start + last + right


class _Moves:
    def __init__(self, run: Run, maps: Sequence[_Moved]) -> None:
        self.maps, self.places = maps, Places(run)

    def span(self, span: Span, text: str) -> Span | None:
        touched = self.places.passages_of(span)
        if len(touched) != 1:
            return None
        place = self.maps[touched[0]].place(span.start, span.end)
        return None if place is None or place[0] >= place[1] else Span(span.text_id, *place, text[place[0] : place[1]])

    def mention(self, mention: Mention, text: str) -> Mention | None:
        span = self.span(mention.span, text)
        if span is None:
            return None
        if isinstance(mention, LegalReference) and mention.title_span is not None:
            return replace(mention, span=span, title_span=self.span(mention.title_span, text))
        return replace(mention, span=span)

    def finding(self, finding: Finding, text: str) -> Finding | None:
        spans = [self.span(a, text) for a in finding.anchors if a.side == "source"]
        if len(spans) != len(finding.anchors) or any(s is None for s in spans):
            return None
        return replace(finding, anchors=tuple(s for s in spans if s is not None))


def _cleaned_unit(
    unit: TranslationUnit, run: Run, passages: Sequence[Passage], moves: _Moves, applied: Applied
) -> TranslationUnit:
    index = moves.places.passage_index[unit.passage_id]
    passage = passages[index]
    start, end = moves.maps[index].grown(unit.start, unit.end)
    source_text = passage.text[start - passage.start : end - passage.start]
    new = replace(unit, start=start, end=end, source_text=source_text)
    edit = dict(applied.edits).get(unit.unit_id)
    in_target = [(c.start, c.end, c.after) for c in applied.changes if c.unit_id == unit.unit_id]
    if edit is not None:
        new = replace(new, target_text=edit.target_text, state="reviewed", origin="person", engine=None)
    elif in_target:
        new = replace(new, target_text=replaced(unit.target_text, in_target), state="reviewed", origin="person")
    elif unit.paired_passage_id is not None and unit.origin == "aligned":
        paired = moves.places.passage_index[unit.paired_passage_id]
        if unit.target_text == run.passages[paired].text:
            new = replace(new, target_text=passages[paired].text)
    elif source_text != unit.source_text and unit.target_text:
        warning = "the passage was corrected after this translation was made: check it"
        new = replace(new, warnings=(*unit.warnings, warning))
    return new


def change_rows(applied: Applied) -> list[str]:
    """The log of changes, one JSON object a line: what stood where, what stands there now, who said so and when."""
    edits = [
        {"unit_id": unit_id, "after": e.target_text, "reviewer": e.reviewer, "decided_at": e.decided_at}
        for unit_id, e in applied.edits
    ]
    rows = [{k: v for k, v in asdict(c).items() if k != "unit_id" or v} for c in applied.changes]
    return [json.dumps(row, ensure_ascii=False) for row in [*rows, *edits]]


def lines_of(run: Run, findings: Sequence[Finding]) -> list[int]:
    """The first line of each finding, for messages."""
    starts = line_starts(run.document.source_text)
    return [line_of(starts, min((a.start for a in f.anchors if a.side == "source"), default=0)) for f in findings]


def write_changes(applied: Applied, path: Path) -> None:
    path.write_text("".join(line + "\n" for line in change_rows(applied)), encoding="utf-8", newline="\n")
