"""The bilingual text as a workbook. Every cell is typed text, so that nothing in a report becomes a formula.

Reads: Run. Writes: an .xlsx file.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from pipeline.export.rows import LANG_WORDS, SHORT_MARKS, ExportOptions, bilingual_rows
from pipeline.export.xml_text import xml_text
from pipeline.model import Run
from pipeline.terminology import Glossary

# What one cell can hold, in characters (the format's limit); a longer text goes on in the cells below it.
CELL_LENGTH = 32_767

# Height of a line in points, and the characters that stand on one in a text's column.
LINE, LINE_LENGTH = 15, 62

# A fixed date in the file's properties, so that the same run gives the same bytes.
MADE_AT = datetime.datetime(2000, 1, 1)


def write_xlsx(run: Run, glossary: Glossary, path: Path, options: ExportOptions | None = None) -> None:
    """Writes the rows of `run` at `path`: place, both texts, who answers for the translation, findings."""
    import xlsxwriter

    options = options or ExportOptions()
    settings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), settings) as book:
        book.set_properties({"title": xml_text(run.document.name)[:200], "created": MADE_AT, "author": "dygjuhe"})
        sheet = book.add_worksheet("Dygjuhe")
        base = {"text_wrap": True, "valign": "top"}
        plain, bold = book.add_format(base), book.add_format({**base, "bold": True})
        draft = book.add_format({**base, "bg_color": "#FDF5DF"})
        head = book.add_format({**base, "bold": True, "bg_color": "#2B3A4A", "font_color": "#FFFFFF"})
        titles = ("#", "Place / Vendi", *(LANG_WORDS[lang] for lang in options.order), "Kind / Lloji",
                  "Translation / Përkthimi", "State / Gjendja", "Engine / Makina", "Findings / Gjetje")  # fmt: skip
        for column, (title, width) in enumerate(zip(titles, (6, 20, 60, 60, 12, 20, 11, 24, 40), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
        line = 0
        for row in bilingual_rows(run, options):
            line += 1
            first = line
            style = bold if row.passage.kind in ("title", "heading", "table_header") and not row.part else plain
            sheet.write_number(line, 0, row.passage.number, plain)
            for column, lang in enumerate(options.order, 2):
                text = xml_text(row.text(lang))
                shade = draft if row.mark == "machine" and lang != row.original else style
                for n in range(0, max(1, len(text)), CELL_LENGTH):
                    sheet.write_string(first + n // CELL_LENGTH, column, text[n : n + CELL_LENGTH], shade)
                    line = max(line, first + n // CELL_LENGTH)
            unit = row.unit
            found = "\n".join(f"{f.rule_id} {f.severity.word}: {f.message}" for f in row.findings)
            # Programs that do not measure text as they open a workbook show one line of it.
            longest = max(len(row.sq), len(row.en), len(found) * 60 // 40)
            sheet.set_row(first, min(409, LINE * (1 + longest // LINE_LENGTH)))
            texts = {1: row.where, 4: "part" if row.part else row.passage.kind, 5: SHORT_MARKS[row.mark],
                     6: unit.state if unit else "", 7: (unit.engine or "") if unit else "", 8: found}  # fmt: skip
            for column, text in texts.items():
                sheet.write_string(first, column, xml_text(text)[:CELL_LENGTH], plain)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, line), len(titles) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
