"""The glossary out to other programs and back, with nothing lost: TBX-Basic, a workbook, CSV files.

Reads: glossary files. Writes: .tbx, .xlsx or a folder of .csv, and the same back to rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import GlossaryError
from pipeline.glossary_exchange.csv_files import canonical, read_folder, write_folder
from pipeline.glossary_exchange.tbx import read_tbx, write_tbx
from pipeline.glossary_exchange.workbook import read_workbook, write_workbook
from pipeline.terminology.tables import Row

__all__ = ["FORMATS", "canonical", "read_exchange", "read_folder", "write_exchange", "write_folder"]

FORMATS = ("tbx", "xlsx", "csv")

Tables = dict[str, list[Row]]


def write_exchange(folders: Sequence[Path | str], path: Path, format_name: str) -> int:
    """Writes the glossary of the folders at `path` (for csv: a folder). Returns how many records it holds."""
    tables = read_folder(folders)
    match format_name:
        case "tbx":
            write_tbx(tables, path)
        case "xlsx":
            write_workbook(tables, path)
        case "csv":
            write_folder(tables, path)
        case _:
            raise GlossaryError(format_name, "is no format", f"Use one of: {', '.join(FORMATS)}.")
    return sum(len(rows) for rows in tables.values())


def read_exchange(path: Path) -> Tables:
    """The tables in a .tbx or .xlsx file, or a folder. Raises GlossaryError where it cannot be used."""
    if path.is_dir():
        return read_folder([path])
    match path.suffix.lower():
        case ".tbx" | ".xml":
            return read_tbx(path)
        case ".xlsx":
            return read_workbook(path)
        case _:
            raise GlossaryError(str(path), "is of no known format", "Name a .tbx or .xlsx file, or a folder of .csv.")
