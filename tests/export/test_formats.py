"""Every format holds every word, says who answers for each unit, and gives the same bytes each time."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.commands.export import NAMES, command
from pipeline.errors import ExportError
from pipeline.export import FORMATS, IN_RUN_FOLDER, ExportOptions, write_bilingual, write_format
from pipeline.export.rows import MARK_WORDS, SHORT_MARKS, bilingual_rows, translated_rows
from pipeline.export.run_folder import write_records
from pipeline.export.tsv import guarded
from pipeline.export.xml_text import xml_text
from pipeline.ingest import read_document
from pipeline.model import Lang, Run
from pipeline.terminology import Concept, Glossary, Term
from tests.export.runs import RUNS, every_mark, with_table
from tests.review.builders import build_run

GLOSSARY = Glossary(
    concepts={
        "al-state-police": Concept(
            "al-state-police", "institution", "Policia e Shtetit", "State Police",
            (Term("Policia e Shtetit", "sq", "preferred"), Term("Policisë së Shtetit", "sq", "admitted", "inflected"),
             Term("ASP", "en", "admitted", "abbreviation"), Term("State Police", "en", "preferred"),
             Term("Albanian State Police", "en", "deprecated")),
        )
    }
)  # fmt: skip


def written(name: str, run: Run, folder: Path, options: ExportOptions | None = None) -> Path:
    path = folder / f"out{FORMATS[name].suffix}"
    write_format(name, run, GLOSSARY, path, options)
    return path


# --- rows -----------------------------------------------------------------------------------------------------------


def test_each_passage_is_in_one_row_and_each_mark_is_told() -> None:
    rows = bilingual_rows(every_mark())
    assert [(r.passage.number, r.mark, r.part) for r in rows] == [
        (1, "reviewed", False), (2, "memory", False), (3, "machine", False), (4, "human", False), (5, "source", False),
        (7, "same", False), (8, "untranslated", False), (9, "untranslated", False), (9, "machine", True),
        (10, "untranslated", False),
    ]  # fmt: skip
    assert {r.mark for r in rows} == set(MARK_WORDS) == set(SHORT_MARKS)
    pair = rows[4]
    assert (pair.sq, pair.en) == ("Policia e Shtetit hetoi 24 raste.", "The State Police investigated 42 cases.")
    assert (rows[6].sq, rows[6].en) == ("Raporti u miratua më 5 maj 2023.", "")


def test_findings_stand_on_the_words_they_quote_on_both_sides() -> None:
    rows = bilingual_rows(every_mark())
    pair = rows[4]
    assert [(pair.sq[a:b], f.rule_id) for a, b, f in pair.places("sq")] == [("24", "BI01")]
    assert [(pair.en[a:b], f.rule_id) for a, b, f in pair.places("en")] == [("42", "BI01")]
    assert [(text, [f.rule_id for f in fs]) for text, fs in rows[2].segments("en")] == [
        ("Victims can ", []), ("call the national", ["FO01"]), (" helpline on ", []), ("116006", ["CO01"]),
        (", day and night.", []),
    ]  # fmt: skip


def test_a_settled_finding_is_not_open_any_more() -> None:
    run = every_mark()
    options = ExportOptions(settled={f.finding_id for f in run.findings})
    assert not any(row.findings for row in bilingual_rows(run, options))


def test_only_reviewed_leaves_what_nobody_approved_out(tmp_path: Path) -> None:
    options = ExportOptions(only_reviewed=True)
    assert [r.mark for r in bilingual_rows(every_mark(), options)] == ["reviewed"]
    for name in FORMATS:
        content = text_of(written(name, every_mark(), tmp_path, options), name)
        assert name == "tbx" or "Republikës" in content
        assert "MBËSHTETJA" not in content, name


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["sq", "en", "und", "mixed"]), st.text("abë 1\n", max_size=12)), max_size=9))
def test_no_passage_is_lost_or_doubled_in_rows(lines: list[tuple[Lang, str]]) -> None:
    run = build_run([(lang, f"x{n} {text}") for n, (lang, text) in enumerate(lines)], [])
    rows = bilingual_rows(run)
    assert [r.passage.passage_id for r in rows] == [p.passage_id for p in run.passages]
    for row in rows:
        assert row.passage.text in (row.sq, row.en)
        assert "".join(text for text, _ in row.segments("sq")) == row.sq


# --- every format ---------------------------------------------------------------------------------------------------


def text_of(path: Path, name: str) -> str:
    """All text in a written file, whatever it is packed in."""
    if name in ("docx", "xlsx"):
        with zipfile.ZipFile(path) as package:
            parts = "".join(package.read(n).decode() for n in package.namelist() if n.endswith(".xml"))
        return html.unescape(re.sub(r"<[^>]*>", "", parts))
    if name == "parquet":
        import pyarrow.parquet as pq

        return json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False)
    content = path.read_text(encoding="utf-8")
    return content if name in ("tsv", "md", "jsonl") else html.unescape(re.sub(r"<[^>]*>", "", content))


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_run_gives_the_same_bytes(name: str, run: str, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first = written(name, RUNS[run](), tmp_path / "one").read_bytes()
    assert written(name, RUNS[run](), tmp_path / "two").read_bytes() == first


@pytest.mark.parametrize("name", [n for n in FORMATS if n != "tbx"])
def test_every_format_holds_every_row(name: str, tmp_path: Path) -> None:
    run = every_mark()
    text = text_of(written(name, run, tmp_path), name)
    rows = translated_rows(run) if name == "tmx" else bilingual_rows(run)
    for row in rows:
        for side in (row.sq, row.en):
            # Findings cut a text into runs, which tags part: words must be there, in order.
            at = 0
            for part in side.split():
                at = text.find(part, at)
                assert at >= 0, f"{name} lacks {side!r}"
                at = 0


@pytest.mark.parametrize("name", ["tsv", "docx", "xlsx", "html", "md", "xlf", "tmx", "jsonl", "parquet"])
def test_every_format_says_who_answers_for_a_unit(name: str, tmp_path: Path) -> None:
    run = every_mark()
    text = written(name, run, tmp_path)
    content = text.read_text() if name in ("xlf", "tmx") else text_of(text, name)
    marks = {r.mark for r in (translated_rows(run) if name == "tmx" else bilingual_rows(run))}
    for mark in marks:
        words = {mark, SHORT_MARKS[mark]} if name != "xlf" else {f"dygjuhe:{mark}"}
        assert any(w in content for w in words), f"{name} does not say {mark}"


def test_the_languages_stand_in_the_order_asked_for(tmp_path: Path) -> None:
    rows = list(csv.reader(written("tsv", every_mark(), tmp_path, ExportOptions(("en", "sq"))).open(), delimiter="\t"))
    assert rows[0][3:5] == ["en", "sq"]
    assert rows[1][3] == "Report of the Republic of Liria 2023"
    docx = written("docx", every_mark(), tmp_path, ExportOptions(("en", "sq")))
    first = next(b for b in read_document(docx).blocks if b.kind == "table_header")
    assert read_document(docx).source_text[first.start : first.end] == "English"


def test_a_run_folder_holds_what_its_contract_says(tmp_path: Path) -> None:
    write_bilingual(every_mark(), GLOSSARY, tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {f"bilingual.{e}" for e in ("tsv", "tmx", "xlf", "docx", "html")}
    assert set(IN_RUN_FOLDER) <= set(FORMATS)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"none/out\.tsv: cannot be written"):
        write_format("tsv", every_mark(), GLOSSARY, tmp_path / "none" / "out.tsv")
    with pytest.raises(ExportError, match="is no format"):
        write_format("pdf", every_mark(), GLOSSARY, tmp_path / "out.pdf")


# --- tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "guard"),
    [
        ("=1+1", True), ("@SUM(1)", True), ("+cmd|' /C calc'!A0", True), ('-HYPERLINK("x")', True), ("\t=1", True),
        ("+355 4 222 111", False), ("- masat (2014)", False), ("-2+3", False), ("a=b", False), ("", False),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_guarded(field: str, guard: bool) -> None:
    assert guarded(field) == (f"'{field}" if guard else field)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=2, max_size=2))
def test_a_tsv_gives_its_fields_back(texts: list[str]) -> None:
    run = build_run([("en", f"x{texts[0]}")], [])
    run = replace(run, units=(replace(run.units[0], target_text=f"y{texts[1]}"),))
    out = io.BytesIO()

    class _Path:
        def write_bytes(self, content: bytes) -> None:
            out.write(content)

    from pipeline.export.tsv import write_tsv

    write_tsv(run, GLOSSARY, _Path())  # type: ignore[arg-type]
    rows = list(csv.reader(io.StringIO(out.getvalue().decode(), newline=""), delimiter="\t"))
    ended = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert rows[1][3:5] == [f"y{ended[1]}", f"x{ended[0]}"]


def test_a_workbook_holds_text_and_never_formulas(tmp_path: Path) -> None:
    import openpyxl

    run = RUNS["hostile"]()
    book = openpyxl.load_workbook(written("xlsx", run, tmp_path))
    cells = [c for row in book.active.iter_rows(min_row=2) for c in row if c.value is not None]
    assert {c.data_type for c in cells if c.column > 1} == {"s"}
    texts = {c.value for c in cells}
    assert xml_text(run.passages[3].text) in texts


def test_a_text_longer_than_a_cell_goes_on_below(tmp_path: Path) -> None:
    import openpyxl

    long = "fjalë " * 8_000
    run = build_run([("sq", long.strip()), ("sq", "fund")], [])
    sheet = openpyxl.load_workbook(written("xlsx", run, tmp_path)).active
    column = [sheet.cell(row=r, column=3).value or "" for r in range(2, sheet.max_row + 1)]
    assert "".join(column) == long.strip() + "fund"


def test_records_are_the_same_as_json_and_as_parquet(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    lines = [json.loads(line) for line in written("jsonl", every_mark(), tmp_path).read_text().splitlines()]
    assert pq.read_table(written("parquet", every_mark(), tmp_path)).to_pylist() == lines
    empty = pq.read_table(written("parquet", build_run([], []), tmp_path))
    assert empty.num_rows == 0
    assert empty.column_names == list(lines[0])


def test_a_page_shows_hostile_text_as_text(tmp_path: Path) -> None:
    page = written("html", RUNS["hostile"](), tmp_path).read_text()
    assert "<script" not in page
    assert "<img" not in page
    assert "default-src 'none'" in page
    assert "&lt;script&gt;" in page


# --- Word -----------------------------------------------------------------------------------------------------------


def test_the_word_document_reads_back_with_all_words_headings_and_comments(tmp_path: Path) -> None:
    path = written("docx", every_mark(), tmp_path)
    document = read_document(path)
    text = document.source_text
    for row in bilingual_rows(every_mark()):
        assert row.sq in text
        assert row.en in text
    comments = [text[b.start : b.end] for b in document.blocks if b.location.part == "comment"]
    assert sum("BI01, critical: “24” is “42” in English." in c for c in comments) == 2
    assert "BI01, kritike: “24” është “42” në anglisht." in comments
    assert "→ 116006" in comments


def test_a_table_of_the_report_is_a_table_on_either_side(tmp_path: Path) -> None:
    blocks = read_document(written("docx", with_table(), tmp_path)).blocks
    # The outer table, and the report's own on each side.
    assert {b.location.table for b in blocks if b.location.table} == {1, 2, 3}


def test_a_wide_table_is_written_row_by_row(tmp_path: Path) -> None:
    run = with_table()
    long = tuple(replace(p, text="fjalë " * 100) if p.number == 4 else p for p in run.passages)
    blocks = read_document(written("docx", replace(run, passages=long, units=()), tmp_path)).blocks
    assert {b.location.table for b in blocks if b.location.table} == {1}


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_command_names_every_format() -> None:
    assert set(NAMES) == {*FORMATS, "original"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "runs" / "raport"
    target.mkdir(parents=True)
    write_records(every_mark(), GLOSSARY, target)
    return target


def export(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(arguments))
    return result.exit_code, result.output + (str(result.exception) if result.exception else "")


def test_export_writes_beside_the_run_or_where_it_is_told(folder: Path, tmp_path: Path) -> None:
    code, said = export(str(folder), "--format", "tmx", "--format", "tsv")
    assert code == 0, said
    assert said.split() == [str(folder / "bilingual.tmx"), str(folder / "bilingual.tsv")]
    target = tmp_path / "new" / "mine.docx"
    assert export(str(folder), "--format", "docx", "--out", str(target), "--order", "en,sq") == (0, f"{target}\n")
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "pdf"], "is not one of"),
        (["--format", "original"], "Give --report and --to"),
        (["--format", "tsv", "--out", "/dev/null/x"], "cannot be made"),
    ],
)
def test_export_says_what_is_wrong(folder: Path, arguments: list[str], says: str) -> None:
    code, said = export(str(folder), *arguments)
    assert code != 0
    assert says in said


def test_export_of_no_run_says_so(tmp_path: Path) -> None:
    code, said = export(str(tmp_path), "--format", "tsv")
    assert code != 0
    assert "is no complete run folder" in said


