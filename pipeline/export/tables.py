"""JSON Lines and Parquet of the bilingual text, for other programs; both are made by way of one table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.export.bilingual import bilingual_rows
from pipeline.model import Run
from pipeline.terminology import Glossary


def records(run: Run, only_reviewed: bool) -> list[dict[str, Any]]:
    """One record a row, plain values only."""
    return [
        {
            "row_id": row.row_id, "number": row.number, "kind": row.kind, "place": row.place,
            "source_lang": row.source_lang, "sq": row.sq, "en": row.en, "state": row.state, "origin": row.mark,
            "engine": row.engine, "score": row.score, "warnings": list(row.warnings),
            "findings": [f.finding_id for f in row.findings],
        }
        for row in bilingual_rows(run, only_reviewed=only_reviewed)
    ]  # fmt: skip


def write_jsonl(run: Run, glossary: Glossary, path: Path, *, only_reviewed: bool = False) -> None:
    """One JSON object a row."""
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records(run, only_reviewed))
    path.write_bytes(lines.encode("utf-8", "backslashreplace"))


def write_parquet(run: Run, glossary: Glossary, path: Path, *, only_reviewed: bool = False) -> None:
    """The same as a Parquet table, with the types fixed so that an empty run has the columns too."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = pa.string()
    schema = pa.schema([
        ("row_id", text), ("number", pa.int64()), ("kind", text), ("place", text), ("source_lang", text), ("sq", text),
        ("en", text), ("state", text), ("origin", text), ("engine", text), ("score", pa.float64()),
        ("warnings", pa.list_(text)), ("findings", pa.list_(text)),
    ])  # fmt: skip
    rows = [{k: _clean(v) for k, v in r.items()} for r in records(run, only_reviewed)]
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)


def _clean(value: Any) -> Any:
    """Text that UTF-8 can hold: a lone surrogate of a damaged file is written as an escape."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
