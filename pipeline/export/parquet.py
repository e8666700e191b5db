"""The bilingual text as a Parquet table for data tools; the same columns as the JSON records.

Reads: Run. Writes: a .parquet file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.export.jsonl import records
from pipeline.export.rows import ExportOptions
from pipeline.model import Run
from pipeline.terminology import Glossary


def write_parquet(run: Run, glossary: Glossary, path: Path, options: ExportOptions | None = None) -> None:
    """Writes the records at `path`; the types are fixed, so that an empty run has the same columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    numbers = {"number": pa.int64(), "line": pa.int64(), "start": pa.int64(), "end": pa.int64(), "score": pa.float64(),
               "part": pa.bool_(), "warnings": pa.list_(pa.string()), "findings": pa.list_(pa.string())}  # fmt: skip
    names = """report doc_id number passage_id unit_id kind part place line start end original sq en mark state origin
    engine score warnings findings""".split()
    schema = pa.schema([(name, numbers.get(name, pa.string())) for name in names])
    rows = [{k: _clean(v) for k, v in record.items()} for record in records(run, options or ExportOptions())]
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)


def _clean(value: Any) -> Any:
    """Text without lone surrogates, which UTF-8 cannot hold."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
