"""The bilingual text as tab-separated values: one row a passage, for spreadsheets and programs.

Reads: Run. Writes: a .tsv file, UTF-8, fields quoted where they hold a tab, a quote or a line feed.

A field that a spreadsheet would run as a formula gets an apostrophe before it, which spreadsheets do not show.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from pipeline.export.rows import BilingualRow, ExportOptions, bilingual_rows
from pipeline.model import Run
from pipeline.terminology import Glossary

# `=1+1`, `@SUM(1)`, `+cmd|' /C calc'!A0`, `-HYPERLINK("...")`; but not `+355 4 222 111` or `- first item`.
_FORMULA = re.compile(r"[=@\t]|[+\-][^\n]{0,200}?(?:[A-Za-z]\(|\|)")


def write_tsv(run: Run, glossary: Glossary, path: Path, options: ExportOptions | None = None) -> None:
    """Writes the rows of `run` at `path`."""
    options = options or ExportOptions()
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter="\t", lineterminator="\n")
    writer.writerow(["number", "line", "kind", *options.order, "original", "mark", "state", "engine", "findings"])
    for row in bilingual_rows(run, options):
        # A lone carriage return would be left unquoted and end the row for its reader.
        fields = (str(field).replace("\r\n", "\n").replace("\r", "\n") for field in fields_of(row, options))
        writer.writerow([guarded(field) for field in fields])
    path.write_bytes(target.getvalue().encode("utf-8", "replace"))


def fields_of(row: BilingualRow, options: ExportOptions) -> list[str | int]:
    """What a table shows of a row; findings as rule and severity."""
    unit = row.unit
    return [
        row.passage.number, row.line, "part" if row.part else row.passage.kind,
        *(row.text(lang) for lang in options.order), row.original, row.mark, unit.state if unit else "",
        (unit.engine or "") if unit else "", ", ".join(f"{f.rule_id} {f.severity.word}" for f in row.findings),
    ]  # fmt: skip


def guarded(field: str) -> str:
    """The field, with an apostrophe before it where a spreadsheet would take it for a formula.

    >>> guarded("=1+1"), guarded("+355 4 222 111"), guarded("- masat (2014)")
    ("'=1+1", '+355 4 222 111', '- masat (2014)')
    """
    return f"'{field}" if _FORMULA.match(field) else field
