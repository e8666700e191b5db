"""What was there before this run: findings of the last one, and decisions that were made.

Reads: the run folder that is replaced, the store beside it. Writes: History.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.model import Run
from pipeline.review.decisions import Matching, Store, match_entries
from pipeline.review.entries import Entry, row_of


@dataclass(frozen=True, slots=True)
class History:
    """What the page and the workbook show beside the run itself."""

    new_ids: frozenset[str] | None = None
    """Findings that the run before did not have; None where there was no run before."""
    matching: Matching = field(default_factory=Matching)


def history_of(run: Run, folder: Path) -> History:
    """The history of the report whose run folder is `folder`, before or after the run is written there.

    Raises DecisionError where the store cannot be read.
    """
    entries, _ = Store(folder.parent).read()
    return History(new_findings(run, folder), match_entries(run, entries, folder.name))


def new_findings(run: Run, folder: Path) -> frozenset[str] | None:
    """The ids that the run in `folder` does not have; None where there is none or it cannot be read.

    A folder that holds this very run says what it was told when it was written.
    """
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        ids = [str(i) for i in record["finding_ids"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    now = [f.finding_id for f in run.findings]
    if ids == now and record.get("signature") == run.signature:
        return _told(folder)
    return frozenset(now) - frozenset(ids)


def _told(folder: Path) -> frozenset[str] | None:
    """What `remember_new` left in the folder."""
    try:
        told = json.loads((folder / "new.json").read_text(encoding="utf-8"))
        return frozenset(str(i) for i in told["finding_ids"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember_new(folder: Path, new_ids: frozenset[str] | None) -> None:
    """Keeps which findings were new, so that the page can be made again after decisions."""
    if new_ids is not None:
        content = json.dumps({"finding_ids": sorted(new_ids)}, indent=1)
        (folder / "new.json").write_text(content + "\n", encoding="utf-8", newline="\n")


def state_rows(run: Run, matching: Matching) -> dict[str, Any]:
    """The decisions as the page takes them: under the ids of this run, those of an earlier one marked as carried."""
    rows: list[dict[str, Any]] = []
    for finding_id, entries in matching.current.items():
        rows += [_row(replace(e, finding_id=finding_id), run) for e in entries]
    for unit_id, entries in matching.edits.items():
        rows += [_row(replace(e, unit_id=unit_id), run) for e in entries]
    stale = {finding_id: _rows(entries, run) for finding_id, entries in matching.stale.items()}
    return {"entries": rows, "stale": stale}


def _rows(entries: Sequence[Entry], run: Run) -> list[dict[str, Any]]:
    return [_row(e, run) for e in entries]


def _row(entry: Entry, run: Run) -> dict[str, Any]:
    row = row_of(replace(entry, batch="", batch_size=0))
    return {**row, "carried": True} if entry.doc_id != run.document.doc_id else row
