"""What people said, one entry each: a decision on a finding, an edit of a translation, or the withdrawal of either.

Entries are only ever added. What holds is computed from them, so who said what and when is never lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from pipeline.model import Decision, Judgement

EntryType = Literal["decision", "withdrawn", "edit"]
State = Literal["open", "decided", "conflict"]

JUDGEMENTS: tuple[Judgement, ...] = get_args(Judgement)

# Longest text that one entry may hold, in characters: a long passage; more is no correction of one.
LONGEST_TEXT = 50_000
# Longest name of a reviewer, in characters.
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that were judged, so that an old decision can be shown beside words that changed."""

    exact: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the store. Empty where a field does not belong to the entry's type."""

    entry_id: str
    type: EntryType
    reviewer: str
    decided_at: str
    """ISO 8601 with offset."""
    basis: str
    """Hash of everything the decision rests on: rule, quotes, and the passages they stand in."""
    report: str = ""
    """Name of the run folder."""
    doc_id: str = ""
    finding_id: str = ""
    rule_id: str = ""
    judgement: Judgement | None = None
    correction: str | None = None
    note: str = ""
    places: tuple[int, ...] = ()
    """Anchors of the finding that the correction replaces, counted from 0; empty: those the finding says are wrong."""
    quotes: tuple[Quote, ...] = ()
    settles: tuple[str, ...] = ()
    """Entries that disagreed, and of which this one decides."""
    withdraws: str = ""
    unit_id: str = ""
    target_text: str = ""
    batch: str = ""
    """Entries read from one file; they count only when all of them are there."""
    batch_size: int = 0

    @property
    def when(self) -> datetime:
        """The moment, comparable between offsets."""
        return moment(self.decided_at)

    @property
    def decision(self) -> Decision:
        """As the model has it. Raises ValueError for an entry that is no decision."""
        if self.judgement is None:
            raise ValueError(f"entry {self.entry_id} is no decision")
        return Decision(
            self.finding_id, self.judgement, self.reviewer, self.decided_at, self.basis, self.correction, self.note
        )

    def says_the_same(self, other: Entry) -> bool:
        return (self.judgement, self.correction or "") == (other.judgement, other.correction or "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What holds for one finding: each reviewer's last word, and the one that counts where they agree."""

    state: State
    held: tuple[Entry, ...] = ()
    says: Entry | None = None


def moment(written: str) -> datetime:
    """An ISO 8601 time; one without an offset is taken as UTC. Raises ValueError."""
    when = datetime.fromisoformat(written)
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)


def held_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each reviewer's last decision, without what was withdrawn or settled by another; oldest first."""
    ordered = sorted(entries, key=lambda e: e.when)
    gone = {e.withdraws for e in ordered if e.type == "withdrawn"} | {i for e in ordered for i in e.settles}
    last: dict[str, Entry] = {}
    for entry in ordered:
        if entry.type == "decision" and entry.entry_id not in gone:
            last.pop(entry.reviewer, None)
            last[entry.reviewer] = entry
    return tuple(last.values())


def answer_of(entries: Iterable[Entry]) -> Answer:
    """What the entries on one finding come to. `unsure` yields to anybody who is sure."""
    held = held_entries(entries)
    sure = [e for e in held if e.judgement != "unsure"]
    if any(not e.says_the_same(sure[0]) for e in sure):
        return Answer("conflict", held)
    if held:
        return Answer("decided", held, (sure or list(held))[-1])
    return Answer("open")


def edit_of(entries: Iterable[Entry]) -> Entry | None:
    """The last edit of one unit that was not withdrawn."""
    ordered = sorted(entries, key=lambda e: e.when)
    gone = {e.withdraws for e in ordered if e.type == "withdrawn"}
    edits = [e for e in ordered if e.type == "edit" and e.entry_id not in gone]
    return edits[-1] if edits else None


def row_of(entry: Entry) -> dict[str, Any]:
    """The entry as a line of the store: empty fields left out."""
    return {k: v for k, v in asdict(entry).items() if v not in ("", None, (), 0) or k in ("correction",)}


def entry_of(row: object) -> Entry:
    """The entry that a line holds. Raises ValueError saying in plain words what is wrong with it."""
    if not isinstance(row, dict):
        raise ValueError("is no entry")
    known = {f.name: f for f in fields(Entry)}
    values: dict[str, Any] = {k: v for k, v in row.items() if k in known and v is not None}
    for name in ("entry_id", "type", "reviewer", "decided_at", "basis"):
        if not isinstance(values.get(name), str) or not values[name].strip():
            raise ValueError(f"has no {name}")
    if values["type"] not in get_args(EntryType):
        raise ValueError(f"has the unknown type {values['type']!r}")
    _check_texts(values)
    try:
        moment(values["decided_at"])
    except ValueError:
        raise ValueError(f"has the time {values['decided_at'][:40]!r}, which is none") from None
    values["reviewer"] = " ".join(values["reviewer"].split())
    values["places"] = _numbers(values.get("places", ()))
    values["settles"] = _strings(values.get("settles", ()), "settles")
    values["quotes"] = _quotes(values.get("quotes", ()))
    if not isinstance(values.get("batch_size", 0), int):
        raise ValueError("has no number in batch_size")
    entry = Entry(**values)
    _check_sense(entry)
    return entry


def _check_texts(values: dict[str, Any]) -> None:
    for name in ("correction", "note", "target_text", "report", "doc_id", "finding_id", "rule_id", "judgement",
                 "withdraws", "unit_id", "batch"):  # fmt: skip
        if name in values and not isinstance(values[name], str):
            raise ValueError(f"has no text in {name}")
    if any(isinstance(v, str) and len(v) > LONGEST_TEXT for v in values.values()):
        raise ValueError(f"has a text of over {LONGEST_TEXT} characters")
    if len(values["reviewer"]) > LONGEST_NAME:
        raise ValueError("has no name in reviewer but a text")


def _check_sense(entry: Entry) -> None:
    """Raises ValueError for an entry whose fields do not go together."""
    if entry.type == "decision":
        if entry.judgement not in JUDGEMENTS:
            raise ValueError(f"has the unknown judgement {entry.judgement!r}")
        if not entry.finding_id:
            raise ValueError("names no finding")
        if entry.judgement == "corrected" and entry.correction is None:
            raise ValueError("says `corrected` without a right text")
        if entry.judgement != "corrected" and entry.correction is not None:
            raise ValueError(f"says `{entry.judgement}` and gives a right text all the same")
    if entry.type == "withdrawn" and not entry.withdraws:
        raise ValueError("withdraws nothing")
    if entry.type == "edit" and (not entry.unit_id or not entry.target_text.strip()):
        raise ValueError("is an edit without a unit or without a text")


def _numbers(value: object) -> tuple[int, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(v, int) and 0 <= v < 100_000 for v in value):
        raise ValueError("has no list of numbers in places")
    return tuple(dict.fromkeys(value))


def _strings(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
        raise ValueError(f"has no list of ids in {name}")
    return tuple(value)


def _quotes(value: object) -> tuple[Quote, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError("has no list in quotes")
    quotes: list[Quote] = []
    for quote in value:
        if not isinstance(quote, dict) or not isinstance(quote.get("exact"), str):
            raise ValueError("has a quote without words")
        line = quote.get("line", 0)
        quotes.append(Quote(quote["exact"][:2000], line if isinstance(line, int) else 0))
    return tuple(quotes)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line, row or entry that was not taken, and why."""

    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: what can be taken, what cannot, and what a person should know."""

    entries: tuple[Entry, ...] = ()
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = field(default=())


def without_contradictions(found: Sequence[tuple[str, Entry]]) -> Reading:
    """Takes entries with their places; two answers of one reviewer at one moment for one finding are both refused."""
    groups: dict[tuple[str, str, str], list[tuple[str, Entry]]] = {}
    for place, entry in found:
        if entry.type == "decision":
            groups.setdefault((entry.finding_id, entry.reviewer, entry.decided_at), []).append((place, entry))
    clashing = {
        id(entry): place_of_other
        for group in groups.values()
        if any(not entry.says_the_same(group[0][1]) for _, entry in group)
        for i, (_, entry) in enumerate(group)
        for place_of_other in (group[1 if i == 0 else 0][0],)
    }
    taken: dict[str, Entry] = {}
    refused: list[Refusal] = []
    for place, entry in found:
        if id(entry) in clashing:
            refused.append(Refusal(place, f"answers the same finding as {clashing[id(entry)]}, differently; keep one"))
        elif entry.entry_id in taken and taken[entry.entry_id] != entry:
            refused.append(Refusal(place, "has the id of another entry"))
        else:
            taken[entry.entry_id] = entry
    return Reading(tuple(taken.values()), tuple(refused))
