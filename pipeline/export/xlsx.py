"""A workbook of the bilingual text. Every cell is typed text, so that nothing in a report becomes a formula."""

from __future__ import annotations

import datetime
from pathlib import Path

from pipeline.export.bilingual import LANGUAGE_NAMES, SQ_EN, Order, bilingual_rows
from pipeline.export.xml_text import xml_text
from pipeline.model import Run
from pipeline.terminology import Glossary

# What one cell of Excel can hold, in characters.
CELL_LENGTH = 32_767


def write_xlsx(run: Run, glossary: Glossary, path: Path, *, order: Order = SQ_EN, only_reviewed: bool = False) -> None:
    """One row a passage with place, both texts in `order`, state, origin and warnings; header frozen, filter on."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime.datetime(1980, 1, 1), "author": "dygjuhe"})
        sheet = book.add_worksheet("Dygjuhe")
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "bg_color": "#E8ECEF", "valign": "top"})
        names = ("#", "Place", *(LANGUAGE_NAMES[lang] for lang in order), "State", "Origin", "Warnings")
        widths = (6, 18, 60, 60, 11, 11, 40)
        for column, (name, width) in enumerate(zip(names, widths, strict=True)):
            sheet.set_column(column, column, width, wrapped)
            sheet.write_string(0, column, name, head)
        rows = bilingual_rows(run, only_reviewed=only_reviewed)
        for line, row in enumerate(rows, 1):
            sheet.write_number(line, 0, row.number)
            texts = (row.place, row.text(order[0]), row.text(order[1]), row.state, row.mark, "; ".join(row.warnings))
            for column, text in enumerate(texts, 1):
                sheet.write_string(line, column, xml_text(text)[:CELL_LENGTH])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(names) - 1)
