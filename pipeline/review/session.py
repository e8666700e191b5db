"""Taking decisions for one run folder: from a file into the store, from the store into the cleaned text.

Reads: a run folder, the store beside it, a decisions file. Writes: the store, `cleaned/`, the page and workbook anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import export
from pipeline.errors import DecisionError, ExportError
from pipeline.export.run_folder import read_run
from pipeline.model import Run, Severity
from pipeline.review.apply import CLEANED, Applied, apply_decisions, cleaned_run, write_changes
from pipeline.review.decisions import Store, basis_of, match_entries
from pipeline.review.entries import Entry, Reading, held_entries
from pipeline.review.files import Fitting, read_decisions
from pipeline.review.history import History, history_of
from pipeline.review.places import Places
from pipeline.review.report import render_report
from pipeline.review.workbook import write_workbook
from pipeline.terminology import Glossary


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `apply` did: what the file gave, how much of it was new, and what all decisions come to."""

    reading: Reading
    added: int
    known: int
    """Entries of the file that the store had already."""
    applied: Applied
    notes: tuple[str, ...]
    """What a person should know about the store."""
    cleaned: Path


def apply_file(
    folder: Path, file: Path | None, glossary: Glossary, *, reviewer: str = "", strict: bool = False
) -> Outcome:
    """Takes the decisions of `file` into the store of the run in `folder`, and writes the cleaned export.

    Without a file the decisions of the store alone are applied. With `strict` one refused line refuses the file.
    Raises DecisionError or ExportError; nothing is taken or written then.
    """
    folder = folder.resolve()
    run = read_run(folder)
    store = Store(folder.parent)
    reading = Reading() if file is None else read_decisions(file, run, folder.name, reviewer)
    if strict and reading.refused:
        problem = f"{len(reading.refused)} of its lines cannot be taken, the first: {reading.refused[0]}"
        raise DecisionError(str(file), problem, "Mend them, or apply without --strict")
    entries, _ = store.read()
    fresh = _news(run, folder, entries, reading.entries)
    added = save(store, run, folder.name, fresh)
    entries, notes = store.read()
    applied = apply_decisions(run, match_entries(run, entries, folder.name))
    cleaned = write_cleaned(run, applied, glossary, folder)
    refresh(run, glossary, folder)
    return Outcome(reading, added, len(reading.entries) - added, applied, notes, cleaned)


def open_findings(run: Path, level: str) -> int:
    """Findings at or above `level` that nobody has decided, or on which reviewers disagree. Raises ExportError."""
    folder = run.resolve()
    shown = read_run(folder)
    matching = match_entries(shown, Store(folder.parent).read()[0], folder.name)
    least = Severity[level.upper()]
    return sum(f.severity >= least and matching.answer(f).state != "decided" for f in shown.findings)


def save(store: Store, run: Run, report: str, entries: Sequence[Entry]) -> int:
    """Adds entries to the store, and their edits to the memory; returns how many were new. Raises DecisionError."""
    if not entries:
        return 0
    known = {e.entry_id for e in store.read()[0]} if any(e.type == "edit" for e in entries) else set()
    added = store.append(entries)
    edits = [e for e in entries if e.type == "edit" and e.entry_id not in known]
    if edits:
        fitting = Fitting(run, report)
        store.remember(run, [replace(e, unit_id=fitting.unit_of(e)) for e in edits])
    return added


def _news(run: Run, folder: Path, known: Sequence[Entry], read: Sequence[Entry]) -> list[Entry]:
    """The entries that say something: a workbook is sent back with the decisions it was filled with."""
    matching = match_entries(run, known, folder.name)
    places = Places(run)
    stale_bases = {f.finding_id: basis_of(places, f) for f in run.findings if f.finding_id in matching.stale}
    ids = {e.entry_id for e in known}
    fresh: list[Entry] = []
    for entry in read:
        if entry.entry_id in ids:
            continue
        held = held_entries(matching.current.get(entry.finding_id, ())) if entry.type == "decision" else ()
        if any(h.reviewer == entry.reviewer and h.says_the_same(entry) and h.note == entry.note for h in held):
            continue
        old = matching.stale.get(entry.finding_id, ())
        if entry.type == "decision" and not entry.settles and stale_bases.get(entry.finding_id) == entry.basis:
            # Decided anew on words that had changed: the old decisions are answered by it.
            entry = replace(entry, settles=tuple(e.entry_id for e in old))
        fresh.append(entry)
    return fresh


def write_cleaned(run: Run, applied: Applied, glossary: Glossary, folder: Path) -> Path:
    """Writes the cleaned text, its bilingual files and the log of changes into `folder/cleaned`, whole or not at all.

    Raises ExportError.
    """
    target = folder / CLEANED
    aside = folder / f".{CLEANED}.{os.getpid()}.partial"
    clean = cleaned_run(run, applied)
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        stem = Path(run.document.name).stem or "report"
        (aside / f"{stem}.txt").write_bytes(clean.document.source_text.encode("utf-8", "surrogatepass"))
        write_changes(applied, aside / "changes.jsonl")
        export.write_bilingual(clean, glossary, aside)
        for path in aside.iterdir():
            path.chmod(0o600)
        old = folder / f".{CLEANED}.{os.getpid()}.old"
        if target.exists():
            os.replace(target, old)
        os.replace(aside, target)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise ExportError(str(target), problem, "Make room, or check the folder's rights.") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return target


def refresh(run: Run, glossary: Glossary, folder: Path) -> None:
    """Makes the page and the workbook of a run folder anew, with what is decided now. Raises ExportError."""
    history: History = history_of(run, folder)
    try:
        for name, write in (
            ("report.html", lambda p: p.write_bytes(render_report(run, glossary, history).encode("utf-8", "replace"))),
            ("review.xlsx", lambda p: write_workbook(run, glossary, p, history)),
        ):
            aside = folder / f".{name}.{os.getpid()}.partial"
            write(aside)
            aside.chmod(0o600)
            os.replace(aside, folder / name)
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise ExportError(str(folder), problem, "Close the file in other programs, and try again.") from error
