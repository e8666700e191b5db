"""The glossary as a workbook, one sheet a table, every cell text.

Reads: .xlsx, Row. Writes: Row, .xlsx.
"""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

from pipeline.errors import GlossaryError
from pipeline.glossary_exchange.csv_files import order
from pipeline.terminology.tables import COLUMNS, Row, rows_of

# A column is as wide as its head, and at most this many characters.
_WIDEST = 60
# A workbook of more unpacked bytes is no glossary but a trap; 100,000 rows have about 60 MB.
_LARGEST = 600_000_000


def write_workbook(tables: dict[str, list[Row]], path: Path) -> None:
    """Writes the tables that have rows. Raises GlossaryError where the file cannot be written."""
    import xlsxwriter

    try:
        book = xlsxwriter.Workbook(
            str(path), {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        )
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for table, columns in COLUMNS.items():
            rows = sorted(tables.get(table, ()), key=order)
            if not rows:
                continue
            sheet = book.add_worksheet(table)
            sheet.freeze_panes(1, 1)
            for at, column in enumerate(columns):
                widest = max((len(r[column]) for r in rows[:200]), default=0)
                sheet.set_column(at, at, min(_WIDEST, max(len(column), widest) + 1), text)
                sheet.write_string(0, at, column, head)
                for line, row in enumerate(rows, start=1):
                    if row[column]:
                        sheet.write_string(line, at, row[column], text)
        book.close()
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise GlossaryError(str(path), f"cannot be written ({error})", "Choose another place.") from error


def read_workbook(path: Path) -> dict[str, list[Row]]:
    """The rows of every sheet that is named as a table. Raises GlossaryError, for a formula naming its cell."""
    import openpyxl

    tables: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    try:
        with zipfile.ZipFile(path) as package:
            if sum(i.file_size for i in package.infolist()) > _LARGEST:
                raise GlossaryError(str(path), "unpacks to more than 600 MB", "Split it, or use CSV files.")
        book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise GlossaryError(str(path), f"is no workbook ({error})", "Save it as .xlsx.") from error
    try:
        known = [name for name in book.sheetnames if name in COLUMNS]
        if not known:
            raise GlossaryError(
                str(path), f"has no sheet of the glossary, only {', '.join(book.sheetnames)[:80]}",
                f"Name the sheets {', '.join(COLUMNS)}.",
            )  # fmt: skip
        for name in known:
            lines = [[_cell(c, path, name) for c in line] for line in book[name].iter_rows()]
            head = lines[0] if lines else []
            while head and not head[-1]:
                head.pop()
            body = [(line + [""] * len(head))[: len(head)] for line in lines[1:]]
            rows, problems = rows_of(head, body, f"{path}, sheet {name}", name)
            if problems:
                raise problems[0].error()
            tables[name] = rows
    finally:
        book.close()
    return tables


def _cell(cell: Any, path: Path, sheet: str) -> str:
    """A cell as text: `9918`, not `9918.0`; a date as ISO."""
    value = cell.value
    if value is None:
        return ""
    if getattr(cell, "data_type", "") == "f" or (isinstance(value, str) and value.startswith("=")):
        raise GlossaryError(
            f"{path}, sheet {sheet}, cell {cell.coordinate}", f"{str(value)[:40]!r} is a formula",
            "Paste the value itself.",
        )  # fmt: skip
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
