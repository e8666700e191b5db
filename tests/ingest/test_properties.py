"""Whatever a document says, each of its words is in exactly one passage, in the document's order."""

from __future__ import annotations

import csv
import html
import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.blocks import Reading, assemble, column_language, count_letters, tidy
from pipeline.ingest.normalise import find_repairs
from pipeline.model import Document
from pipeline.segment import split_passages
from pipeline.spans import apply_repairs

sys.path.insert(0, str(Path(__file__).parent.parent / "cases" / "documents"))

import word

# Words of letters, figures and signs that mean something in one of the formats.
WORDS = st.text(st.sampled_from("abcdëçËÇ0123456789.,;:|*_#<>&\"'()[]-–„”%/\\\u00a0=+@"), min_size=1, max_size=9)
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=8)
TABLES = st.lists(st.lists(PARAGRAPHS, min_size=2, max_size=3), min_size=1, max_size=3)
DOCUMENTS = st.lists(st.one_of(PARAGRAPHS, TABLES), min_size=1, max_size=6)

Content = list[list[str] | list[list[list[str]]]]


def numbered(content: Content) -> tuple[Content, list[str]]:
    """The content with every word made unique by a mark of letters, and the marks in order."""
    marks: list[str] = []

    def mark(text: str) -> str:
        marks.append("".join(chr(ord("q") + int(d, 7)) for d in f"{_base7(len(marks)):0>4}"))
        return f"x{marks[-1]}x{text}"

    def walk(item: object) -> object:
        return mark(item) if isinstance(item, str) else [walk(i) for i in item]  # type: ignore[attr-defined]

    return walk(content), [f"x{m}x" for m in marks]  # type: ignore[return-value]


def _base7(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 7)
        digits = str(digit) + digits
    return digits or "0"


def is_table(item: object) -> bool:
    return isinstance(item, list) and isinstance(item[0], list)


def as_docx(content: Content) -> bytes:
    parts = []
    for item in content:
        if is_table(item):
            parts.append(word.tbl(*(word.tr(*(" ".join(cell) for cell in row)) for row in item)))
        else:
            parts.append(word.p(word.r(" ".join(item))))
    return word.docx("".join(parts))


def as_html(content: Content) -> bytes:
    parts = []
    for item in content:
        if is_table(item):
            rows = ("".join(f"<td>{html.escape(' '.join(cell))}</td>" for cell in row) for row in item)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            parts.append(f"<p>{html.escape(' '.join(item))}</p>")
    return f"<html><head><meta charset=utf-8></head><body>{''.join(parts)}</body></html>".encode()


def as_xlsx(content: Content) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        at = 0
        for item in content:
            for row in item if is_table(item) else [[item]]:
                for column, cell in enumerate(row):
                    sheet.write_string(at, column, " ".join(cell))
                at += 1
    return out.getvalue()


def as_pdf(content: Content) -> bytes:
    pytest.importorskip("reportlab")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Text", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(2400, 842))
    y = 800
    for item in content:
        for row in item if is_table(item) else [[item]]:
            if y < 120:
                canvas.showPage()
                y = 800
            canvas.setFont("Text", 10)
            for column, cell in enumerate(row):
                canvas.drawString(40 + 780 * column, y, " ".join(cell))
                if is_table(item):
                    canvas.rect(36 + 780 * column, y - 4, 780, 15)
            y -= 15
        y -= 15
    canvas.save()
    return out.getvalue()


def readers() -> dict[str, tuple[Callable[[Content], bytes], Callable[[bytes, str], Reading]]]:
    from pipeline.ingest.docx import read_docx
    from pipeline.ingest.html import read_html
    from pipeline.ingest.pdf import read_pdf
    from pipeline.ingest.spreadsheet import read_xlsx

    made = {"docx": as_docx, "html": as_html, "xlsx": as_xlsx, "pdf": as_pdf}
    read = {"docx": read_docx, "html": read_html, "xlsx": read_xlsx, "pdf": read_pdf}
    return {name: (made[name], read[name]) for name in made}


def passages_of(reading: Reading) -> tuple[str, list[str]]:
    text, blocks = assemble(reading.pieces)
    repairs = find_repairs(text)
    document = Document("d", "x", reading.media_type, text, apply_repairs(text, repairs)[0], repairs, blocks)
    return text, [text[p.start : p.end] for p in split_passages(document)]


@pytest.mark.parametrize("name", ["docx", "html", "xlsx", "pdf"])
@settings(max_examples=40, deadline=None)
@given(content=DOCUMENTS)
def test_every_word_is_in_one_passage_in_order(name: str, content: Content) -> None:
    write, read = readers()[name]
    marked, marks = numbered(content)
    reading = read(write(marked), "x")
    text, passages = passages_of(reading)
    assert re.findall("x[q-w]{4}x", text) == marks, "order, and once each"
    assert re.findall("x[q-w]{4}x", "\n".join(passages)) == marks
    assert sum(map(count_letters, passages)) == count_letters(text) == reading.letters


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(WORDS, min_size=2, max_size=4), min_size=2, max_size=6))
def test_every_cell_of_a_csv_is_read(rows: list[list[str]]) -> None:
    from pipeline.ingest.spreadsheet import read_csv

    width = len(rows[0])
    rows = [(row * 4)[:width] for row in rows]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    reading = read_csv(out.getvalue(), "x.csv")
    assert sum(count_letters(p.text) for p in reading.pieces) == sum(count_letters(c) for row in rows for c in row)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["fjalë", "Neni 5", "116 111", "e_para", "dy*tri"]), min_size=1), max_size=8))
def test_every_word_of_plain_markdown_is_read(lines: list[list[str]]) -> None:
    from pipeline.ingest.markdown import read_markdown

    text = "\n\n".join(" ".join(line) for line in lines)
    assert "".join(p.text for p in read_markdown(text).pieces).split() == "".join(text.split("\n\n")).split()


@given(st.text(max_size=200))
def test_a_piece_is_one_line_without_tabs(text: str) -> None:
    shown = tidy(text)
    assert "\t" not in shown
    assert "\n" not in shown
    assert count_letters(shown) == count_letters(text)
    assert tidy(shown) == shown


@pytest.mark.parametrize(
    ("heading", "lang"),
    [
        ("Shqip", "sq"), ("SHQIP:", "sq"), ("Teksti shqip", "sq"), ("Albanian", "sq"), ("English version", "en"),
        ("Versioni anglisht", "en"), ("(English)", "en"), ("Ministria Shqiptare", None), ("English teachers", None),
        ("Al Capone", None), ("Emri", None), ("", None),
    ],
)  # fmt: skip
def test_a_columns_language_by_its_heading(heading: str, lang: str | None) -> None:
    assert column_language(heading) == lang
