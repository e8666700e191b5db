"""Translations come back into the report's own Word file: every one, in its place, and nothing else changes."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import ExportError
from pipeline.export.original_docx import write_original
from pipeline.ingest import read_document
from pipeline.model import Passage, Run, TranslationUnit
from pipeline.segment import split_passages
from pipeline.spans import passage_source

GOOD = Path(__file__).parent.parent / "cases" / "documents" / "good"
FILES = sorted(GOOD.glob("*.docx"))


def translated(path: Path, **more: str) -> Run:
    """A run over a Word file in which every passage with letters is translated to its words in square brackets."""
    document = read_document(path)
    passages = split_passages(document)
    wanted = [p for p in passages if any(map(str.isalpha, p.text)) and p.kind != "page_furniture"]
    units = tuple(_unit(p, **more) for p in wanted)
    return Run(document, passages, (), (), (), units, ())


def _unit(p: Passage, state: str = "initial", origin: str = "machine") -> TranslationUnit:
    source = passage_source(p)
    return TranslationUnit(
        f"u{p.number}", p.passage_id, p.start, p.end, "sq", source, "en", f"[{source}]", state, origin,  # type: ignore[arg-type]
    )


def texts(path: Path) -> list[str]:
    document = read_document(path)
    return [document.source_text[b.start : b.end] for b in document.blocks]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_translation_stands_after_its_paragraph(path: Path, tmp_path: Path) -> None:
    run = translated(path)
    out = tmp_path / "out.docx"
    write_original(run, path, out, target="en")
    read = texts(out)
    old = texts(path)
    assert [t for t in read if not t.startswith("[")] == old, "the report's own text is as it was"
    wanted = {u.target_text for u in run.units}
    added = [t for t in read if t.startswith("[")]
    assert set(added) <= wanted
    for text in added:
        # The words of a box in a paragraph stand between it and its translation.
        between = read[read.index(text[1:-1]) + 1 : read.index(text)]
        assert between == [] or path.stem == "text-box", "each stands right after its own paragraph"
    assert len(added) == len(run.units)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_translation_takes_its_paragraphs_place(path: Path, tmp_path: Path) -> None:
    run = translated(path)
    out = tmp_path / "out.docx"
    count = write_original(run, path, out, target="en", replace=True)
    read = texts(out)
    assert len(read) == len(texts(path)), "no paragraph more, none less"
    left = [t for t in read if "[" not in t and any(map(str.isalpha, t)) and not t.startswith(("Faqe", "Article"))]
    assert left == [], "nothing is left untranslated"
    assert count == len(run.units)


def test_numbering_goes_on_and_speaks_the_language(tmp_path: Path) -> None:
    path = GOOD / "numbering-articles.docx"
    run = translated(path)
    english = {
        "Neni 1 Qëllimi": "Article 1 Purpose", "KREU I DISPOZITA TË PËRGJITHSHME": "CHAPTER I GENERAL PROVISIONS",
        "1. Ky ligj mbron fëmijët.": "1. This law protects children.", "a) në shkolla;": "a) in schools;",
    }  # fmt: skip
    units = tuple(replace(u, target_text=english[u.source_text]) for u in run.units if u.source_text in english)
    write_original(replace(run, units=units), path, tmp_path / "out.docx", target="en", replace=True)
    read = texts(tmp_path / "out.docx")
    assert read[:3] == ["CHAPTER I GENERAL PROVISIONS", "Article 1 Purpose", "1. This law protects children."]
    assert "Article 2 Fusha e zbatimit" in read
    assert "1. Ligji vlen kudo." in read
    assert "1.1.2 Veprimi tjetër" in read


def test_a_draft_is_shaded_until_a_person_approves_it(tmp_path: Path) -> None:
    path = GOOD / "headings.docx"
    for more, shaded in (({}, True), ({"state": "reviewed", "origin": "person"}, False), ({"origin": "person"}, False)):
        write_original(translated(path, **more), path, tmp_path / "out.docx", target="en", replace=True)
        with zipfile.ZipFile(tmp_path / "out.docx") as package:
            body = package.read("word/document.xml").decode()
        assert ('w:fill="FDF5DF"' in body) == shaded
        assert 'w:lang w:val="en-GB"' in body


def test_parts_without_a_translation_are_the_same_bytes(tmp_path: Path) -> None:
    path = GOOD / "headers-footers.docx"
    run = translated(path)
    body = tuple(u for u in run.units if u.source_text.startswith("Raporti"))
    write_original(replace(run, units=body), path, tmp_path / "out.docx", target="en")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "out.docx") as new:
        assert old.namelist() == new.namelist()
        changed = [n for n in old.namelist() if old.read(n) != new.read(n)]
    assert changed == ["word/document.xml"]


def test_the_same_run_gives_the_same_file(tmp_path: Path) -> None:
    path = GOOD / "footnotes.docx"
    for name in ("a.docx", "b.docx"):
        write_original(translated(path), path, tmp_path / name, target="en", replace=True)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_another_file_and_another_format_are_refused(tmp_path: Path) -> None:
    run = translated(GOOD / "headings.docx")
    with pytest.raises(ExportError, match="is not the file this run was made from"):
        write_original(run, GOOD / "fields.docx", tmp_path / "out.docx", target="en")
    with pytest.raises(ExportError, match="cannot be read"):
        write_original(run, tmp_path / "none.docx", tmp_path / "out.docx", target="en")
    page = translated(GOOD / "page.html")
    with pytest.raises(ExportError, match=r"Only \.docx can keep its layout"):
        write_original(page, GOOD / "page.html", tmp_path / "out.docx", target="en")
    assert not (tmp_path / "out.docx").exists()
