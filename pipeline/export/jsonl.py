"""The bilingual text as records for other programs: JSON, one object a line.

Reads: Run. Writes: a .jsonl file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.export.rows import BilingualRow, ExportOptions, bilingual_rows
from pipeline.model import Run
from pipeline.terminology import Glossary


def write_jsonl(run: Run, glossary: Glossary, path: Path, options: ExportOptions | None = None) -> None:
    """Writes one object a row at `path`, keys always in the same order."""
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
        for record in records(run, options or ExportOptions()):
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def records(run: Run, options: ExportOptions) -> Iterator[dict[str, Any]]:
    """One record a row, plain values only."""
    return (_record(run, row) for row in bilingual_rows(run, options))


def _record(run: Run, row: BilingualRow) -> dict[str, Any]:
    unit = row.unit
    return {
        "report": run.document.name, "doc_id": run.document.doc_id, "number": row.passage.number,
        "passage_id": row.passage.passage_id, "unit_id": unit.unit_id if unit else None,
        "kind": row.passage.kind, "part": row.part, "place": row.where, "line": row.line,
        "start": unit.start if unit else row.passage.start, "end": unit.end if unit else row.passage.end,
        "original": row.original, "sq": row.sq, "en": row.en, "mark": row.mark,
        "state": unit.state if unit else None, "origin": unit.origin if unit else None,
        "engine": unit.engine if unit else None, "score": unit.score if unit else None,
        "warnings": list(unit.warnings) if unit else [], "findings": [f.finding_id for f in row.findings],
    }  # fmt: skip
