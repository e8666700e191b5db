"""Workbooks and comma-separated tables: cells in order; the languages of `Shqip` and `English` columns hinted.

Reads: the bytes of an .xlsx, or the text of a .csv. Writes: Reading.

Of formulas the values are read that the workbook was saved with; numbers and dates as the cell shows them.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from decimal import Decimal
from typing import Any

from pipeline.errors import UnreadableReport
from pipeline.ingest.blocks import Piece, Reading, count_letters, with_table_heads
from pipeline.ingest.package import REPAIR, open_package, parse_xml
from pipeline.model import Location

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv"

# Cells of one report; more is a database.
MOST_CELLS = 500_000

# Longest cell that is read, in characters: the formats allow 32,767.
csv.field_size_limit(1_000_000)

_DECIMALS = re.compile(r"0\.(0+)")


def read_csv(text: str, name: str) -> Reading:
    """The table's cells. The sign between them is the one that parts most rows into as many cells."""
    delimiter = _delimiter(text)
    pieces: list[Piece] = []
    cells = 0
    try:
        for row, record in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1):
            cells += len(record)
            if cells > MOST_CELLS:
                raise UnreadableReport(name, f"has more than {MOST_CELLS:,} cells", "Split it.")
            for column, cell in enumerate(record, 1):
                pieces.append(Piece(cell, "table_cell", Location(table=1, row=row, column=column)))
    except csv.Error as error:
        raise UnreadableReport(name, f"is no table ({error})", "Save it as .csv or .xlsx anew.") from error
    return Reading(CSV_TYPE, tuple(with_table_heads(pieces)), (), count_letters(text))


def _delimiter(text: str) -> str:
    """Comma, semicolon, tab or bar: the one that gives the most rows with the same number of cells.

    >>> _delimiter("a;b,c;d"), _delimiter("Neni,Titulli")
    (';', ',')
    """
    sample = text[:20_000]
    best = (0, 0, ",")
    for sign in (",", ";", "\t", "|"):
        try:
            widths = [len(r) for r in csv.reader(io.StringIO(sample), delimiter=sign) if r]
        except csv.Error:
            continue
        if widths and (common := max(set(widths), key=widths.count)) > 1:
            best = max(best, (widths.count(common) * 1000 // len(widths), common, sign), key=lambda b: b[:2])
    return best[2]


def read_xlsx(content: bytes, name: str) -> Reading:
    """The cells of every visible sheet. Raises UnreadableReport where the workbook is broken or hostile."""
    import openpyxl

    package = open_package(content, name)
    for part in package.names:
        # The library parses these itself: they are read here first, with the checks that it does not make.
        if part.endswith((".xml", ".rels", ".vml")):
            parse_xml(package.read(part), f"{name}, {part}")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=False, data_only=True, keep_links=False)
    except Exception as error:
        raise UnreadableReport(name, f"is a damaged workbook ({type(error).__name__})", REPAIR) from error
    pieces: list[Piece] = []
    notes: list[str] = []
    cells = 0
    hidden: list[str] = []
    unsaved = 0
    for number, sheet in enumerate(book.worksheets, 1):
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                cells += 1
                if cells > MOST_CELLS:
                    raise UnreadableReport(name, f"has more than {MOST_CELLS:,} cells", "Split it.")
                place = Location(table=number, row=cell.row, column=cell.column, part=sheet.title[:100])
                pieces.append(Piece(shown(cell.value, cell.number_format), "table_cell", place))
                if cell.comment is not None:
                    pieces.append(Piece(cell.comment.text, "note", Location(part="comment")))
    if hidden:
        notes.append(f"{len(hidden)} hidden sheets were left out.")
    unsaved = _formulas_without_value(package)
    if unsaved:
        notes.append(f"{unsaved} formulas have no saved value and were left out. Open and save the workbook.")
    if any(n.lower().endswith("vbaproject.bin") for n in package.names):
        notes.append("The workbook holds macros; they were not run.")
    # Comments after the sheet's rows: a note between two cells would part their row.
    ordered = [p for p in pieces if p.kind != "note"] + [p for p in pieces if p.kind == "note"]
    letters = sum(count_letters(p.text) for p in ordered)
    return Reading(MEDIA_TYPE, tuple(with_table_heads(ordered)), tuple(notes), letters)


def _formulas_without_value(package: Any) -> int:
    """Cells with a formula whose result was not saved: other programs than a spreadsheet write such workbooks."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    count = 0
    for part in package.names:
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            for cell in package.tree(part).iter(f"{main}c"):
                count += cell.find(f"{main}f") is not None and cell.find(f"{main}v") is None
    return count


def shown(value: Any, form: str) -> str:
    """A value as its cell shows it, as far as its number format is a common one.

    >>> shown(0.125, "0.0%"), shown(1200000, "#,##0"), shown(3.0, "General"), shown(True, "General")
    ('12.5%', '1,200,000', '3', 'TRUE')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return _date(value, form)
    if isinstance(value, datetime.date | datetime.time):
        return value.strftime("%d.%m.%Y") if isinstance(value, datetime.date) else value.strftime("%H:%M")
    if not isinstance(value, int | float):
        return str(value)
    decimals = _DECIMALS.search(form)
    digits = len(decimals.group(1)) if decimals else None
    number = Decimal(repr(value))
    if "%" in form:
        return f"{number * 100:.{digits or 0}f}%"
    grouped = "," if "#,#" in form else ""
    if digits is not None:
        return f"{number:{grouped}.{digits}f}"
    if number == number.to_integral_value() and abs(number) < Decimal(10) ** 15:
        return f"{int(number):{grouped}d}"
    # A spreadsheet shows about eleven digits in a cell without a format.
    return f"{number:{grouped}f}" if grouped else f"{value:.10g}"


def _date(value: datetime.datetime, form: str) -> str:
    """A date in the order and with the sign that its format has; day first where the format does not say.

    >>> _date(datetime.datetime(2014, 6, 10), "dd/mm/yyyy"), _date(datetime.datetime(2014, 6, 10), "General")
    ('10/06/2014', '10.06.2014')
    """
    order = "".join(dict.fromkeys(c for c in form.lower() if c in "dmy"))
    sign = next((c for c in form if c in "/.-"), "-" if order == "ymd" else ".")
    parts = {"ymd": "%Y {}%m {}%d", "mdy": "%m {}%d {}%Y"}.get(order, "%d {}%m {}%Y").replace(" {}", sign)
    clock = " %H:%M" if "h" in form.lower() and (value.hour or value.minute) else ""
    return value.strftime(parts + clock)
