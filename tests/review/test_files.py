"""Decisions files that come back: taken where they are clear, refused line by line where they are not."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import yaml

from pipeline.errors import DecisionError
from pipeline.review.decisions import Store, basis_of
from pipeline.review.entries import row_of
from pipeline.review.files import read_decisions
from pipeline.review.filled_workbook import judgement_of
from pipeline.review.places import Places
from pipeline.review.session import apply_file
from pipeline.review.workbook import FINDING_COLUMNS, LABELS, UNIT_COLUMNS, write_workbook
from pipeline.terminology import Glossary
from tests.review.builders import HOSTILE, LINES, build_run, hostile_run, small_run
from tests.review.conftest import make_folder
from tests.review.test_decisions import NOW, entry

CASES = Path(__file__).parents[1] / "cases" / "decisions"
FILES = yaml.safe_load((CASES / "files.yml").read_text(encoding="utf-8"))
ROWS = yaml.safe_load((CASES / "workbook.yml").read_text(encoding="utf-8"))
COLUMN = {key: i for i, (key, _, _) in enumerate(FINDING_COLUMNS, 1)}
UNIT_COLUMN = {key: i for i, (key, _, _) in enumerate(UNIT_COLUMNS, 1)}


def good_row(index: int) -> dict:
    run = small_run()
    finding = run.findings[index]
    return {
        "entry_id": f"id-{index}", "type": "decision", "finding_id": finding.finding_id, "judgement": "confirmed",
        "reviewer": "Ana", "decided_at": NOW, "basis": basis_of(Places(run), finding), "correction": None,
    }  # fmt: skip


@pytest.mark.parametrize("case", FILES, ids=lambda c: c["label"])
def test_a_decisions_file(case: dict, tmp_path: Path) -> None:
    path = tmp_path / "sent.json"
    if "bytes" in case:
        path.write_bytes(bytes(case["bytes"]))
    elif "repeat" in case:
        path.write_text(case["repeat"][0] * case["repeat"][1], encoding="utf-8")
    elif "text" in case:
        path.write_text(case["text"], encoding="utf-8")
    else:
        rows = []
        for changes in case["entries"]:
            changes = dict(changes)
            row = {**good_row(changes.pop("finding", 0)), **changes}
            rows.append({k: v for k, v in row.items() if v is not None})
        path.write_text(json.dumps({"format": "dygjuhe-decisions", "version": 1, "entries": rows}), encoding="utf-8")
    if "error" in case:
        with pytest.raises(DecisionError, match=case["error"]):
            read_decisions(path, small_run(), "report")
        return
    reading = read_decisions(path, small_run(), "report")
    assert len(reading.entries) == case["taken"]
    assert len(reading.refused) == len(case["refused"])
    for refusal, words in zip(reading.refused, case["refused"], strict=True):
        assert words in str(refusal)
        assert refusal.place.startswith("sent.json, entry ")


def test_lines_of_a_store_are_read_and_a_damaged_one_is_named(tmp_path: Path) -> None:
    lines = [json.dumps(row_of(entry(small_run(), i))) for i in range(3)]
    path = tmp_path / "old.jsonl"
    path.write_text("\n".join([lines[0], lines[1][:50], "", lines[2]]) + "\n", encoding="utf-8")
    reading = read_decisions(path, small_run(), "report")
    assert len(reading.entries) == 2
    assert [r.place for r in reading.refused] == ["old.jsonl, line 2"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match=r"no\.json: cannot be read"):
        read_decisions(tmp_path / "no.json", small_run(), "report")


# --- the workbook -------------------------------------------------------------------------------------------------


def filled(path: Path, case: dict) -> Path:
    write_workbook(small_run(), Glossary(), path)
    book = openpyxl.load_workbook(path)
    sheet = book["Findings"]
    for row, cells in ((2, case["cells"]), (3, case.get("second", {}))):
        for key, value in cells.items():
            sheet.cell(row, COLUMN[key]).value = value
    book.properties.lastModifiedBy = None
    book.save(path)
    return path


@pytest.mark.parametrize("case", ROWS, ids=lambda c: c["label"])
def test_a_filled_workbook(case: dict, tmp_path: Path) -> None:
    reading = read_decisions(filled(tmp_path / "review.xlsx", case), small_run(), "report")
    assert [e.judgement for e in reading.entries] == case["taken"]
    assert len(reading.refused) == len(case["refused"])
    for refusal, words in zip(reading.refused, case["refused"], strict=True):
        assert words in str(refusal)
        assert "sheet Findings, row" in refusal.place
    for taken in reading.entries:
        assert taken.reviewer == "Ana"
        if taken.judgement == "corrected":
            assert taken.correction == "116006"


def test_a_name_given_with_the_file_stands_in(tmp_path: Path) -> None:
    path = filled(tmp_path / "review.xlsx", {"cells": {"decision": "unsure"}})
    reading = read_decisions(path, small_run(), "report", reviewer="Ben")
    assert [e.reviewer for e in reading.entries] == ["Ben"]


def test_columns_in_another_order_and_sheets_with_other_names_are_found(tmp_path: Path) -> None:
    path = filled(tmp_path / "review.xlsx", {"cells": {"decision": LABELS[1], "note": "so", "reviewer": "Ana"}})
    book = openpyxl.load_workbook(path)
    sheet = book["Findings"]
    sheet.move_range("A1:D6", cols=40)
    sheet.title = "Feuille 1"
    book.create_sheet("notes", 0)["A1"] = "hello"
    book.save(path)
    reading = read_decisions(path, small_run(), "report")
    assert [(e.judgement, e.note) for e in reading.entries] == [("dismissed", "so")]


def test_two_rows_of_one_finding_that_differ_are_both_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "review.xlsx", {"cells": {"decision": "confirmed", "reviewer": "Ana"}})
    book = openpyxl.load_workbook(path)
    sheet = book["Findings"]
    sheet.append([c.value for c in sheet[2]])
    sheet.cell(sheet.max_row, COLUMN["decision"]).value = "unsure"
    book.save(path)
    reading = read_decisions(path, small_run(), "report")
    assert reading.entries == ()
    assert ["row 2" in r.place or "row 6" in r.place for r in reading.refused] == [True, True]
    assert "row 6" in reading.refused[0].problem


def test_a_workbook_without_the_columns_is_refused_whole(tmp_path: Path) -> None:
    path = filled(tmp_path / "review.xlsx", {"cells": {}})
    book = openpyxl.load_workbook(path)
    book["Findings"].cell(1, COLUMN["finding_id"]).value = "number"
    book.save(path)
    with pytest.raises(DecisionError, match="no sheet with the columns"):
        read_decisions(path, small_run(), "report")


def test_an_edited_translation_comes_back_as_an_edit(tmp_path: Path) -> None:
    path = filled(tmp_path / "review.xlsx", {"cells": {}})
    book = openpyxl.load_workbook(path)
    sheet = book["Units"]
    sheet.cell(3, UNIT_COLUMN["target_text"]).value = "Mbështetja e viktimave"
    sheet.cell(3, UNIT_COLUMN["reviewer"]).value = "Ana"
    book.save(path)
    reading = read_decisions(path, small_run(), "report")
    assert [(e.type, e.unit_id, e.target_text) for e in reading.entries] == [("edit", "u2", "Mbështetja e viktimave")]


def test_the_same_run_gives_the_same_workbook(tmp_path: Path) -> None:
    for name in "ab":
        write_workbook(small_run(), Glossary(), tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_hostile_words_are_text_in_every_cell(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    write_workbook(hostile_run(), Glossary(), path)
    book = openpyxl.load_workbook(path)
    shown = set()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "inlineStr"), (sheet.title, cell.coordinate, cell.value)
                if cell.hyperlink is not None:
                    assert cell.hyperlink.target is None, "links stay inside the workbook"
                shown.add(cell.value)
    for words in HOSTILE:
        if words.isascii() and words.isprintable():
            assert words in shown


def test_the_workbook_is_ready_to_be_filled(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    write_workbook(small_run(), Glossary(), path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Findings", "Units", "Concordance", "About"]
    sheet = book["Findings"]
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref is not None
    assert sheet.protection.sheet
    assert not sheet.cell(2, COLUMN["decision"]).protection.locked
    assert sheet.cell(2, COLUMN["finding_id"]).protection.locked
    rule = sheet.data_validations.dataValidation[0]
    assert rule.formula1 == '"' + ",".join(LABELS) + '"'
    assert sheet.cell(2, COLUMN["line"]).hyperlink.location == "'Units'!F4"
    assert book["Units"]["F4"].value == small_run().passages[2].text
    forms = [[c.value for c in row][3:7] for row in book["Concordance"].iter_rows(min_row=2)]
    assert ["State Police", "preferred", 1, "5"] in forms


def test_a_short_right_text_does_not_swallow_a_passage(tmp_path: Path) -> None:
    row = {"quotes": [(2, LINES[2][1]), (3, LINES[3][1])], "found": "16006", "suggestion": "116006"}
    run = build_run(LINES, [row])
    path = tmp_path / "review.xlsx"
    write_workbook(run, Glossary(), path)
    book = openpyxl.load_workbook(path)
    sheet = book["Findings"]
    assert sheet.cell(2, COLUMN["replaces"]).value == LINES[3][1]
    for key, value in {"decision": "corrected", "correction": "116006", "reviewer": "Ana"}.items():
        sheet.cell(2, COLUMN[key]).value = value
    book.save(path)
    reading = read_decisions(path, run, "report")
    assert reading.entries == ()
    assert "in the place of 111 characters" in str(reading.refused[0])


def test_every_label_is_read_back() -> None:
    assert [judgement_of(label) for label in LABELS] == ["confirmed", "dismissed", "corrected", "unsure"]
    assert [judgement_of(half) for label in LABELS for half in label.split(" / ")] == [
        j for j in ("confirmed", "dismissed", "corrected", "unsure") for _ in range(2)
    ]


def test_a_workbook_sent_back_says_only_what_is_new(tmp_path: Path) -> None:
    folder = make_folder(small_run(), tmp_path / "report")
    Store(tmp_path).append([entry(small_run(), 1, "dismissed", note="so it is")])
    apply_file(folder, None, Glossary())
    book = openpyxl.load_workbook(folder / "review.xlsx")
    sheet = book["Findings"]
    assert sheet.cell(3, COLUMN["decision"]).value == LABELS[1]
    sheet.cell(2, COLUMN["decision"]).value = LABELS[0]
    sheet.cell(2, COLUMN["reviewer"]).value = "Ben"
    book.save(tmp_path / "sent.xlsx")
    outcome = apply_file(folder, tmp_path / "sent.xlsx", Glossary())
    assert (outcome.added, outcome.known) == (1, 1)
    assert apply_file(folder, tmp_path / "sent.xlsx", Glossary()).added == 0


SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>"""
FILL = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Fill(path As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, hidden())
  sheet = book.Sheets.getByName("Findings")
  sheet.getCellByPosition(0, 1).String = "Corrected / E ndrequr"
  sheet.getCellByPosition(1, 1).Value = 116006
  sheet.getCellByPosition(3, 1).String = "Ana"
  book.store()
  book.close(True)
End Sub
</script:module>"""


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice on this machine (Debian: apt-get install libreoffice-calc)")
def test_libreoffice_opens_fills_and_saves_the_workbook(tmp_path: Path) -> None:
    """A macro types into the open workbook, as a person would, and saves it over itself."""
    assert SOFFICE is not None
    path = tmp_path / "review.xlsx"
    write_workbook(small_run(), Glossary(), path)
    profile = tmp_path / "profile"
    office = [SOFFICE, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
    # The first start makes the profile that the macro is put into.
    subprocess.run([*office, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
    basic = profile / "user" / "basic" / "Standard"
    (basic / "script.xlb").write_text(LIBRARIES, encoding="utf-8")
    (basic / "Module1.xba").write_text(FILL, encoding="utf-8")
    subprocess.run([*office, f'macro:///Standard.Module1.Fill("{path}")'], check=True, capture_output=True, timeout=180)
    book = openpyxl.load_workbook(path)
    assert book["Findings"].data_validations.dataValidation, "the drop-down list is still there"
    reading = read_decisions(path, small_run(), "report")
    assert [(e.judgement, e.correction, e.reviewer) for e in reading.entries] == [("corrected", "116006", "Ana")]
    assert reading.refused == ()
