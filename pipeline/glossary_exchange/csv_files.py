"""Glossary files in canonical order: columns as defined, rows by id with numbers counted as numbers.

Reads: .csv files. Writes: .csv files.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.errors import GlossaryError
from pipeline.terminology.tables import COLUMNS, Row, read_table

_NUMBER = re.compile(r"(\d+)")


def read_folder(folders: Sequence[Path | str]) -> dict[str, list[Row]]:
    """The rows of every table in the folders. Raises GlossaryError for the first row that is wrong."""
    tables: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    for folder in map(Path, folders):
        if not folder.is_dir():
            raise GlossaryError(str(folder), "is no folder", "Name a folder with glossary files in it.")
        for table in COLUMNS:
            path = folder / f"{table}.csv"
            if path.exists():
                rows, problems = read_table(path, table)
                if problems:
                    raise problems[0].error()
                tables[table] += rows
    return tables


def order(row: Row) -> list[str]:
    """The key rows are sorted by: `al-kp-9` before `al-kp-10`.

    >>> sorted(["a10", "a9"], key=lambda s: [x.zfill(8) if x.isdigit() else x for x in _NUMBER.split(s)])
    ['a9', 'a10']
    """
    key = row["wrong"] if row.table == "lookups" else row["id"]
    return [part.zfill(8) if part.isdigit() else part for part in _NUMBER.split(key)]


def canonical(rows: Iterable[Row], table: str) -> str:
    """The text of a table's file in canonical order."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS[table])
    for row in sorted(rows, key=order):
        writer.writerow([row[column] for column in COLUMNS[table]])
    return stream.getvalue()


def write_folder(tables: dict[str, list[Row]], folder: Path) -> None:
    """Writes each table that has rows into the folder, each file whole or not at all. Raises GlossaryError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in tables.items():
            if rows:
                path = folder / f"{table}.csv"
                aside = path.with_suffix(".csv.partial")
                aside.write_text(canonical(rows, table), encoding="utf-8", newline="")
                os.replace(aside, path)
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise GlossaryError(str(folder), problem, "Choose another folder.") from error
