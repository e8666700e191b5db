"""Every document of the corpus is read whole, in order and as what it is; every bad file is refused by name."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.errors import UnreadableReport
from pipeline.ingest import read_document
from pipeline.ingest.blocks import COVERAGE, count_letters
from pipeline.ingest.ocr import languages
from pipeline.ingest.office import program
from pipeline.model import Document
from pipeline.segment import split_passages
from pipeline.spans import passage_source

CORPUS = Path(__file__).parent.parent / "cases" / "documents"
ROWS: list[dict[str, Any]] = yaml.safe_load((CORPUS / "documents.yml").read_text(encoding="utf-8"))


def read(row: dict[str, Any]) -> Document:
    if row["file"].endswith((".odt", ".rtf")) and program() is None:
        pytest.skip("LibreOffice is not installed")
    if row["file"].startswith("scan") and languages() != ("sqi", "eng"):
        pytest.skip("Tesseract is not installed with sqi and eng")
    return _read(row["file"])


@cache
def _read(name: str) -> Document:
    return read_document(CORPUS / "good" / name)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["label"])
def test_a_document_is_read_as_it_shows(row: dict[str, Any]) -> None:
    document = read(row)
    assert document.source_text.split("\n") == [*row["text"], ""]
    if "kinds" not in row:
        assert document.blocks == ()
        return
    assert " ".join(b.kind for b in document.blocks) == row["kinds"].strip()
    none = " ".join("." for _ in document.blocks)
    assert " ".join(b.lang_hint or "." for b in document.blocks) == row.get("hints", none)
    if "pages" in row:
        assert " ".join(str(b.location.page) for b in document.blocks) == row["pages"]


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["label"])
def test_a_document_tells_what_its_reader_should_know(row: dict[str, Any]) -> None:
    notes = read(row).notes
    if row["file"].startswith("scan"):
        # How sure Tesseract is differs with its version.
        assert len(notes) == 1
        assert "is a picture; it was read by Tesseract (sqi+eng)" in notes[0]
        return
    assert list(notes) == row.get("notes", [])


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["label"])
def test_nothing_of_a_document_is_lost_or_said_twice(row: dict[str, Any]) -> None:
    document = read(row)
    source = document.source_text
    for one, other in zip(document.blocks, document.blocks[1:], strict=False):
        assert one.end <= other.start
    if document.blocks:
        in_blocks = sum(count_letters(source[b.start : b.end]) for b in document.blocks)
        assert in_blocks == count_letters(source)
    passages = split_passages(document)
    assert all(source[p.start : p.end] == passage_source(p) for p in passages)
    held = sum(count_letters(source[p.start : p.end]) for p in passages)
    assert held == count_letters(source)
    assert not [note for note in document.notes if "were not read" in note and "letters" in note], "coverage"
    assert COVERAGE >= 0.999


def test_the_corpus_is_made_by_its_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Same bytes again, so that a document and its description cannot drift apart."""
    pytest.importorskip("reportlab")
    if not Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").exists():
        pytest.skip("the fonts of the PDF files are not installed")
    monkeypatch.syspath_prepend(str(CORPUS))
    import make

    for name, content in (make.word_files() | make.web_files() | make.text_files() | make.table_files()).items():
        assert (CORPUS / "good" / name).read_bytes() == content, name
    assert (CORPUS / "good" / "hyphenation.pdf").read_bytes() == make.pdf_files()["hyphenation.pdf"]


BAD = {
    # file: (what the problem says, what the remedy says)
    "binary.txt": ("is binary", "Save it as text"),
    "blank.txt": ("is empty", "Check that it was saved"),
    "bomb.docx": ("unpacks to over 200 times its size", "do not open it"),
    "broken.pdf": ("is a damaged PDF", "print it to a new PDF"),
    "doctype.docx": ("has a DOCTYPE", "Do not trust"),
    "empty.txt": ("is empty", "Check that it was saved"),
    "encrypted.pdf": ("is protected with a password", "without a password"),
    "external-entity.docx": ("has a DOCTYPE", "Do not trust"),
    "nested-10000.docx": ("is nested too deep", "save it again"),
    "password.docx": ("is protected with a password", "without a password"),
    "picture.pdf": ("is a picture (PNG)", "Save it as a PDF"),
    "program.docx": ("is a program", "Save it as text"),
    "reports.zip": ("is an archive", "unpack it"),
    "traversal.zip": ("is an archive", "unpack it"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_refused_by_name_with_reason_and_remedy(name: str) -> None:
    with pytest.raises(UnreadableReport) as refused:
        read_document(CORPUS / "bad" / name)
    problem, remedy = BAD[name]
    assert problem in refused.value.problem
    assert remedy in refused.value.remedy
    assert name in refused.value.place


def test_every_bad_file_of_the_corpus_has_its_row() -> None:
    assert {p.name for p in (CORPUS / "bad").iterdir()} == set(BAD)


def test_a_missing_file_a_folder_and_a_locked_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match="no such file"):
        read_document(tmp_path / "none.docx")
    with pytest.raises(UnreadableReport, match="is no file"):
        read_document(tmp_path)


def test_a_file_of_over_50_mb_is_refused_without_reading_it(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024 + 1)
    with pytest.raises(UnreadableReport, match="50 MB; the limit is 50"):
        read_document(large)


@pytest.mark.parametrize(
    ("file", "ending"),
    [("side-by-side.docx", ".txt"), ("ruled-table.pdf", ".docx"), ("page.html", ".txt"), ("workbook.xlsx", ".docx")],
)
def test_content_decides_and_not_the_ending(tmp_path: Path, file: str, ending: str) -> None:
    renamed = tmp_path / f"raport{ending}"
    shutil.copy(CORPUS / "good" / file, renamed)
    right, read_again = read_document(CORPUS / "good" / file), read_document(renamed)
    assert read_again.source_text == right.source_text
    assert any("is called" in note for note in read_again.notes)


def test_without_libreoffice_an_odt_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ingest.office.program", lambda: None)
    with pytest.raises(UnreadableReport, match=r"that is not installed. Install libreoffice-writer"):
        read_document(CORPUS / "good" / "report.odt")


def test_without_tesseract_a_scan_is_an_error_and_a_scanned_page_a_note(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # The child finds no program in an empty folder.
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableReport, match="is a scan: its pages are pictures"):
        read_document(CORPUS / "good" / "scan.pdf")
    document = read_document(CORPUS / "good" / "scan-after-text.pdf")
    assert document.source_text == "Faqja e parë ka tekst të lexueshëm për të gjithë.\n"
    assert "The words of page 2 are in pictures, which were not read." in document.notes[0]
