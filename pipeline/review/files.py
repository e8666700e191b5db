"""Decisions that come back as a file: the page's download, lines of a store, or the workbook from any program.

Reads: a file, Run. Writes: Reading. Each entry is taken whole or refused with its place; nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.errors import DecisionError
from pipeline.model import Run, short_hash
from pipeline.review.decisions import basis_of, quotes_of
from pipeline.review.entries import Entry, Reading, Refusal, entry_of, without_contradictions
from pipeline.review.places import Places, unit_text

# Larger files are no decisions on one report; it also bounds what a damaged one can cost, in bytes.
LARGEST_FILE = 64 << 20


def read_decisions(path: Path, run: Run, report: str, reviewer: str = "") -> Reading:
    """The entries in a file, checked against `run`.

    `report` is the name of the run folder; `reviewer` stands in where the file names nobody. Raises DecisionError
    where the file as a whole cannot be used.
    """
    content = _content(path)
    if content.startswith(b"PK\x03\x04"):
        from pipeline.review.filled_workbook import read_workbook

        found, refused = read_workbook(path, content, run, reviewer)
    else:
        found, refused = _written_entries(path, content)
    reading = without_contradictions(found)
    at = {e.entry_id: place for place, e in found}
    fitting = Fitting(run, report)
    taken: list[Entry] = []
    unknown: list[Refusal] = []
    for entry in reading.entries:
        try:
            taken.append(fitting.fit(entry))
        except ValueError as error:
            unknown.append(Refusal(at[entry.entry_id], str(error)))
    return Reading(tuple(taken), (*refused, *reading.refused, *unknown), reading.notes)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise DecisionError(str(path), f"has {size >> 20} MB", "A decisions file is smaller; check the name.")
        return path.read_bytes()
    except OSError as error:
        raise DecisionError(str(path), f"cannot be read ({error.strerror})", "Check the name.") from error


def _written_entries(path: Path, content: bytes) -> tuple[list[tuple[str, Entry]], list[Refusal]]:
    """Entries of the page's download (one JSON value) or of a store (one a line), each with its place."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        remedy = "Give the file that the page saved, or the workbook."
        raise DecisionError(str(path), "is neither a workbook nor text in UTF-8", remedy) from error
    found: list[tuple[str, Entry]] = []
    refused: list[Refusal] = []
    for place, row in _rows(path, text):
        try:
            if isinstance(row, Exception):
                raise row
            found.append((place, entry_of(row)))
        except ValueError as error:
            cut = isinstance(error, json.JSONDecodeError)
            refused.append(Refusal(place, "is no JSON (cut off, or changed by hand)" if cut else str(error)))
    return found, refused


def _rows(path: Path, text: str) -> Iterator[tuple[str, object]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, dict) and whole.get("format") == "dygjuhe-decisions":
        if whole.get("version") != 1 or not isinstance(whole.get("entries"), list):
            raise DecisionError(str(path), "is a decisions file of another version", "Save it from the page again.")
        for number, row in enumerate(whole["entries"], 1):
            yield f"{path.name}, entry {number}", row
        return
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines or not any(line.lstrip().startswith("{") and '"entry_id"' in line for _, line in lines):
        remedy = "Give the file that the page saved, the workbook, or a decisions.jsonl."
        raise DecisionError(str(path), "holds no decisions", remedy)
    for number, line in lines:
        try:
            yield f"{path.name}, line {number}", json.loads(line)
        except (ValueError, RecursionError) as error:
            yield f"{path.name}, line {number}", ValueError("is no JSON (cut off, or changed by hand)") if isinstance(
                error, RecursionError) else error  # fmt: skip


class Fitting:
    """Tells whether an entry belongs to a run; everything needed for that is computed once."""

    def __init__(self, run: Run, report: str) -> None:
        self.run, self.report = run, report
        self._places = Places(run)
        self._findings = {f.finding_id: f for f in run.findings}
        self._bases = {f.finding_id: basis_of(self._places, f) for f in run.findings}
        self._known_bases = set(self._bases.values())
        self._units = {u.unit_id: short_hash(*unit_text(u)) for u in run.units}
        self._unit_bases = set(self._units.values())

    def fit(self, entry: Entry) -> Entry:
        """The entry with this run's name and the words judged. Raises ValueError where it does not belong here."""
        doc_id = entry.doc_id or self.run.document.doc_id
        own = replace(entry, report=self.report, doc_id=doc_id, batch="", batch_size=0)
        if entry.type == "withdrawn":
            # What it withdraws may be in the store already; one that withdraws nothing changes nothing.
            return own
        if entry.type == "edit":
            if entry.basis in self._unit_bases:
                return own
            if entry.unit_id in self._units:
                raise ValueError("edits a text that has changed since; look at it again")
            raise ValueError("edits a passage that this run does not have")
        if self._bases.get(entry.finding_id) == entry.basis:
            finding = self._findings[entry.finding_id]
            if any(i >= len(finding.anchors) for i in entry.places):
                raise ValueError("corrects a place that the finding does not have")
            return replace(own, rule_id=finding.rule_id, quotes=quotes_of(self._places, finding))
        if entry.basis in self._known_bases or entry.finding_id in self._bases:
            # The same words under another number, or known words that have changed: the store keeps both kinds.
            return own
        raise ValueError(f"answers finding {entry.finding_id[:40]!r}, which this run does not have")

    def unit_of(self, entry: Entry) -> str:
        """The id in this run of the unit that an edit is about."""
        if self._units.get(entry.unit_id) == entry.basis:
            return entry.unit_id
        return next(i for i, basis in self._units.items() if basis == entry.basis)
