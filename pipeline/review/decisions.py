"""Decisions that outlive the run: one append-only store for a folder of reports, and what of it still holds.

Reads: entries, Run. Writes: `decisions.jsonl` and `memory.jsonl` beside the run folders.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.errors import DecisionError
from pipeline.model import Finding, Run, short_hash
from pipeline.review.entries import Answer, Entry, Quote, answer_of, entry_of, held_entries, row_of
from pipeline.review.places import Places, judged_text, unit_text

STORE_NAME = "decisions.jsonl"
MEMORY_NAME = "memory.jsonl"

# 0 to 100, by rapidfuzz: quotes of one rule alike from here on are the old words, changed.
ALIKE = 60.0


@dataclass(frozen=True, slots=True)
class Matching:
    """The store seen from one run."""

    current: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """finding id -> entries on exactly these words, in this run or an earlier one."""
    stale: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """finding id -> decisions on words that have changed since."""
    gone: tuple[Entry, ...] = ()
    """Decisions of this report whose finding is no more."""
    edits: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """unit id -> edits of its translation."""

    def answer(self, finding: Finding) -> Answer:
        return answer_of(self.current.get(finding.finding_id, ()))


class Store:
    """The file of one folder of reports. Lines are only added, each safely on disk before `append` returns."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / STORE_NAME
        self.memory_path = folder / MEMORY_NAME
        # Size of the file and ids in it when this object last knew them: saving one decision must not read all.
        self._seen: tuple[int, set[str]] = (-1, set())

    def read(self) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """The entries, and a note for each line that could not be read: torn by a crash, or edited by hand.

        Raises DecisionError where the file is there and cannot be opened.
        """
        try:
            written = self.path.read_bytes()
        except FileNotFoundError:
            return (), ()
        except OSError as error:
            raise DecisionError(str(self.path), f"cannot be read ({error.strerror})", "Check its rights.") from error
        entries: dict[str, Entry] = {}
        notes: list[str] = []
        for number, line in enumerate(written.split(b"\n"), 1):
            if not line.strip():
                continue
            try:
                entry = entry_of(json.loads(line.decode("utf-8")))
                entries.setdefault(entry.entry_id, entry)
            except (ValueError, RecursionError) as error:
                torn = isinstance(error, UnicodeDecodeError | json.JSONDecodeError)
                why = "was cut off while it was saved" if torn else str(error)
                notes.append(f"{self.path.name}, line {number}: {why}; it is left out")
        whole, incomplete = _whole_batches(entries.values())
        notes += [f"{self.path.name}: a file was read in only partly before a crash ({n} entries); they are left out"
                  for n in incomplete]  # fmt: skip
        return whole, tuple(notes)

    def append(self, entries: Sequence[Entry]) -> int:
        """Adds those that are not there yet, all or none of them, and returns how many. Raises DecisionError."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _locked(self.path) as stream:
                size, known = self._seen
                if os.fstat(stream).st_size != size:
                    known = {e.entry_id for e in self.read()[0]}
                fresh = [e for e in entries if e.entry_id not in known]
                if len(fresh) > 1:
                    batch = short_hash(*(e.entry_id for e in fresh))
                    fresh = [replace(e, batch=batch, batch_size=len(fresh)) for e in fresh]
                _append_lines(stream, [json.dumps(row_of(e), ensure_ascii=False) for e in fresh])
                self._seen = (os.fstat(stream).st_size, known | {e.entry_id for e in fresh})
        except OSError as error:
            problem = f"cannot be written ({error.strerror})"
            raise DecisionError(str(self.path), problem, "Make room, or check the folder's rights.") from error
        return len(fresh)

    def remember(self, run: Run, edits: Iterable[Entry]) -> int:
        """Adds the edited translations to the memory that later runs prefer; returns how many. Raises DecisionError."""
        units = {u.unit_id: u for u in run.units}
        lines = []
        for entry in edits:
            unit = units[entry.unit_id]
            row = {"source_lang": unit.source_lang, "source_text": unit.source_text, "target_lang": unit.target_lang,
                   "target_text": entry.target_text, "origin": "person", "reviewer": entry.reviewer,
                   "decided_at": entry.decided_at, "report": entry.report}  # fmt: skip
            lines.append(json.dumps(row, ensure_ascii=False))
        try:
            with _locked(self.memory_path) as stream:
                _append_lines(stream, lines)
        except OSError as error:
            problem = f"cannot be written ({error.strerror})"
            raise DecisionError(str(self.memory_path), problem, "Make room, or check the folder's rights.") from error
        return len(lines)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The file open for appending and reading, held by one writer at a time, private to the user."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        try:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except ImportError:
            # Where there is no flock, O_APPEND still keeps lines whole; two writers may store one entry twice,
            # which reading undoes by its id.
            pass
        yield descriptor
    finally:
        os.close(descriptor)


def _append_lines(descriptor: int, lines: Sequence[str]) -> None:
    """Writes the lines in one go and waits until they are on disk. A torn last line is closed first."""
    if not lines:
        return
    size = os.fstat(descriptor).st_size
    torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
    written = (("\n" if torn else "") + "\n".join(lines) + "\n").encode("utf-8", "backslashreplace")
    while written:
        written = written[os.write(descriptor, written) :]
    os.fsync(descriptor)
    if size == 0:
        _sync_folder(descriptor)


def _sync_folder(descriptor: int) -> None:
    """Makes a new file's name as safe as its content, where the system can tell its folder."""
    try:
        folder = os.path.dirname(os.readlink(f"/proc/self/fd/{descriptor}"))
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _whole_batches(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], list[int]]:
    """The entries without those of batches of which some are missing, and the sizes of such remains."""
    batches: dict[str, list[Entry]] = {}
    entries = list(entries)
    for entry in entries:
        if entry.batch:
            batches.setdefault(entry.batch, []).append(entry)
    torn = {b for b, members in batches.items() if len(members) < members[0].batch_size}
    return tuple(e for e in entries if e.batch not in torn), [len(batches[b]) for b in sorted(torn)]


def basis_of(places: Places, finding: Finding) -> str:
    """The hash of everything a decision on `finding` rests on."""
    return short_hash(*judged_text(places, finding))


def quotes_of(places: Places, finding: Finding) -> tuple[Quote, ...]:
    """The finding's words with their lines, as an entry keeps them; the first eight are enough to know it by."""
    groups = [places.of(a) for a in finding.anchors[:8]]
    return tuple(Quote(" ".join(p.exact for p in group)[:2000], group[0].line) for group in groups)


def match_entries(run: Run, entries: Sequence[Entry], report: str) -> Matching:
    """Which entries hold for `run`, which are stale, and which have lost their finding.

    An entry holds where rule, quotes and the passages around them are the same, whatever the report is called:
    a new edition keeps what its old one was told. Words that changed are looked for only in reports that are
    this one's, or that share such a decision with it.
    """
    places = Places(run)
    bases = {f.finding_id: basis_of(places, f) for f in run.findings}
    by_basis: dict[str, list[str]] = {}
    for finding_id, basis in bases.items():
        by_basis.setdefault(basis, []).append(finding_id)
    threads = _threads(entries)
    current: dict[str, list[Entry]] = {}
    left: list[list[Entry]] = []
    for thread in threads:
        first = thread[0]
        if bases.get(first.finding_id) == first.basis:
            current.setdefault(first.finding_id, []).extend(thread)
        else:
            left.append(thread)
    related = {report}
    unmatched: list[list[Entry]] = []
    for thread in left:
        same = by_basis.get(thread[0].basis)
        if same:
            # The ordinal in an id changes when an earlier place of the same words goes: take one without an answer.
            target = next((i for i in same if i not in current), same[0])
            current.setdefault(target, []).extend(thread)
        else:
            unmatched.append(thread)
    related |= {e.report for members in current.values() for e in members}
    settled = {i for e in entries for i in e.settles}
    mine = [t for t in unmatched if t[0].report in related and any(e.entry_id not in settled for e in held_entries(t))]
    stale, gone = _stale(mine, run, places, current)
    edits: dict[str, list[Entry]] = {}
    units = {short_hash(*unit_text(u)): u.unit_id for u in reversed(run.units)}
    by_id = {e.entry_id: e for e in entries}
    for entry in entries:
        origin = by_id.get(entry.withdraws, entry)
        if origin.type == "edit" and origin.basis in units:
            edits.setdefault(units[origin.basis], []).append(entry)
    return Matching({k: tuple(v) for k, v in current.items()}, stale, gone, {k: tuple(v) for k, v in edits.items()})


def _threads(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Decisions on one finding of one report with one basis, with what withdraws them."""
    threads: dict[tuple[str, str, str], list[Entry]] = {}
    key_of: dict[str, tuple[str, str, str]] = {}
    for entry in entries:
        if entry.type == "decision":
            key = key_of[entry.entry_id] = (entry.report, entry.finding_id, entry.basis)
            threads.setdefault(key, []).append(entry)
    for entry in entries:
        if entry.type == "withdrawn" and entry.withdraws in key_of:
            threads[key_of[entry.withdraws]].append(entry)
    return list(threads.values())


def _stale(
    threads: Iterable[list[Entry]], run: Run, places: Places, current: Mapping[str, list[Entry]]
) -> tuple[dict[str, tuple[Entry, ...]], tuple[Entry, ...]]:
    """Old decisions beside the findings whose words have changed; and those that belong to none any more."""
    by_rule: dict[str, list[Finding]] = {}
    ids = set()
    for finding in run.findings:
        if finding.finding_id not in current:
            by_rule.setdefault(finding.rule_id, []).append(finding)
            ids.add(finding.finding_id)
    stale: dict[str, list[Entry]] = {}
    gone: list[Entry] = []
    for thread in threads:
        held = held_entries(thread)
        if thread[0].finding_id in current:
            # Decided again since, on the words as they are now.
            continue
        target = thread[0].finding_id if thread[0].finding_id in ids else _alike(thread[0], by_rule, places)
        if target is None:
            gone += held
        else:
            stale.setdefault(target, []).extend(held)
    return {k: tuple(v) for k, v in stale.items()}, tuple(gone)


def _alike(entry: Entry, by_rule: Mapping[str, list[Finding]], places: Places) -> str | None:
    """The open finding of the same rule whose quotes are nearest to the entry's, if near enough."""
    from rapidfuzz import fuzz, process

    old = " ".join(q.exact for q in entry.quotes)
    candidates = by_rule.get(entry.rule_id, [])
    if not old or not candidates:
        return None
    quotes = {f.finding_id: " ".join(q.exact for q in quotes_of(places, f)) for f in candidates}
    best = process.extractOne(old, quotes, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return str(best[2]) if best else None
