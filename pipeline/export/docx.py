"""A Word document with the two languages side by side, and the open findings as Word comments."""

from __future__ import annotations

import datetime
import io
import itertools
from pathlib import Path
from typing import Any

from pipeline.export.archives import write_fixed
from pipeline.export.bilingual import LANGUAGE_NAMES, SQ_EN, BilingualRow, Order, bilingual_rows
from pipeline.export.xml_text import xml_text
from pipeline.model import Run
from pipeline.terminology import Glossary

# Word wants a date on comments and documents; the same input must give the same bytes, so it is a fixed one.
_FIXED = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)

# Background of machine drafts, RRGGBB.
_DRAFT = "FDF6E3"

# Widths of the three columns in centimetres, on A4 turned with 1.8 cm margins.
_WIDTHS = (1.9, 12.1, 12.1)

_NOTES = {
    "sq": "Teksti me hije u përkthye nga makina dhe është draft: duhet ta lexojë një përkthyes.",
    "en": "Shaded text was translated by machine and is a draft: a translator must read it.",
}


def write_docx(run: Run, glossary: Glossary, path: Path, *, order: Order = SQ_EN, only_reviewed: bool = False) -> None:
    """One table row a passage; headings keep their weight; a finding is a comment on the words it is about."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.8)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    _properties(document, run)
    document.add_heading(xml_text(run.document.name), level=1)
    for lang in order:
        note = document.add_paragraph(_NOTES[lang])
        note.runs[0].italic = True
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    table.autofit = False
    _heading_row(table, order)
    for row in bilingual_rows(run, only_reviewed=only_reviewed):
        _add_row(document, table, row, order)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    out = io.BytesIO()
    document.save(out)
    write_fixed(out.getvalue(), path)


def _properties(document: Any, run: Run) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = "dygjuhe"
    properties.created = properties.modified = _FIXED
    properties.title = xml_text(run.document.name)
    properties.comments = ""
    properties.revision = 1


def _heading_row(table: Any, order: Order) -> None:
    from docx.oxml import OxmlElement

    cells = table.rows[0].cells
    for cell, text in zip(cells, ("#", LANGUAGE_NAMES[order[0]], LANGUAGE_NAMES[order[1]]), strict=True):
        cell.text = text
        cell.paragraphs[0].runs[0].bold = True
    # The heading row comes back on every page.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _add_row(document: Any, table: Any, row: BilingualRow, order: Order) -> None:
    from docx.shared import Cm, Pt, RGBColor

    cells = table.add_row().cells
    for cell, width in zip(cells, _WIDTHS, strict=True):
        cell.width = Cm(width)
    number = cells[0].paragraphs[0].add_run(f"{row.number}\n{row.mark}")
    number.font.size = Pt(8)
    number.font.color.rgb = RGBColor(0x56, 0x60, 0x69)
    for cell, lang in zip(cells[1:], order, strict=True):
        text = xml_text(row.text(lang))
        runs = _runs(cell.paragraphs[0], text, row, lang)
        for run in runs:
            run.bold = row.kind in ("title", "heading", "table_header") or None
            if row.kind == "title":
                run.font.size = Pt(14)
        if row.mark == "machine" and lang != row.source_lang and text:
            _shade(cell, _DRAFT)
        if lang == row.source_lang or (row.source_lang in ("und", "mixed") and lang == order[0]):
            for finding in row.findings:
                _comment(document, runs, finding)


def _runs(paragraph: Any, text: str, row: BilingualRow, lang: str) -> list[Any]:
    """The text as Word runs, cut where a finding's words begin and end, so that a comment can stand on them."""
    cuts = {0, len(text)}
    if lang == row.source_lang:
        for finding in row.findings:
            for anchor in finding.anchors:
                at = text.find(anchor.exact) if len(anchor.exact) < len(text) else -1
                if at >= 0:
                    cuts |= {at, at + len(anchor.exact)}
    places = sorted(cuts)
    return [paragraph.add_run(text[a:b]) for a, b in itertools.pairwise(places)] or [paragraph.add_run("")]


def _comment(document: Any, runs: list[Any], finding: Any) -> None:
    quoted = {a.exact for a in finding.anchors}
    on = [r for r in runs if r.text in quoted] or runs
    from docx.enum.text import WD_COLOR_INDEX

    if on is not runs:
        for run in on:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    text = f"{finding.severity.word}: {finding.message}"
    if finding.suggestion:
        text += f" Suggestion: {finding.suggestion}"
    comment = document.add_comment(on[:1], text=xml_text(text), author="dygjuhe", initials="dy")
    comment._comment_elm.set(_W + "date", "1980-01-01T00:00:00Z")


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)
