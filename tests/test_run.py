"""One report through every stage: the folder is the contract's, the accounts hold, bytes repeat."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import AccountingError, ExportError
from pipeline.export.accounting import check_accounts
from pipeline.export.run_folder import read_run
from pipeline.model import Run
from pipeline.run import folder_names, process_report, write_run
from pipeline.settings import Settings
from pipeline.terminology import Glossary, load_glossary

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "liria-2023.txt"
FILES = {
    "source.txt", "passages.jsonl", "units.jsonl", "mentions.jsonl", "findings.jsonl", "report.html", "review.xlsx",
    "run.json", "bilingual.tsv", "bilingual.tmx", "bilingual.xlf", "bilingual.docx", "bilingual.html",
}  # fmt: skip
FIELDS = {
    "passages.jsonl": "passage_id number start end kind lang lang_score duplicate_of location",
    "units.jsonl": "unit_id passage_id start end source_lang source_text target_lang target_text state origin engine "
    "paired_passage_id warnings",
    "mentions.jsonl": "mention_id type start end exact concept_id candidates canonical_sq canonical_en score",
    "findings.jsonl": "finding_id rule_id kind severity message anchors found expected suggestion",
}


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary(Settings().glossary)


@pytest.fixture(scope="module")
def run(glossary: Glossary) -> Run:
    return process_report(SAMPLE, Settings(translate="none"), glossary=glossary)


@pytest.fixture(scope="module")
def folder(run: Run, glossary: Glossary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(run, glossary, tmp_path_factory.mktemp("runs"))


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_folder_holds_the_files_of_the_contract(folder: Path) -> None:
    assert {p.name for p in folder.iterdir()} >= FILES
    assert folder.name == "liria-2023"


@pytest.mark.parametrize("name", FIELDS)
def test_every_row_has_the_fields_of_the_contract(folder: Path, name: str) -> None:
    found = rows(folder / name)
    assert found or name == "units.jsonl"
    for row in found:
        assert set(FIELDS[name].split()) <= set(row)


def test_source_is_the_decoded_file_unchanged(folder: Path) -> None:
    assert (folder / "source.txt").read_bytes().decode() == SAMPLE.read_bytes().decode()


def test_every_quotation_stands_at_its_place(folder: Path) -> None:
    source = (folder / "source.txt").read_bytes().decode()
    places = [*rows(folder / "mentions.jsonl")]
    for finding in rows(folder / "findings.jsonl"):
        places += finding["anchors"]
        for anchor in finding["anchors"]:
            assert source.count("\n", 0, anchor["start"]) + 1 == anchor["line"]
    for place in places:
        assert source[place["start"] : place["end"]] == place["exact"]


def test_every_letter_lies_in_a_passage(folder: Path) -> None:
    source = (folder / "source.txt").read_bytes().decode()
    covered = [False] * len(source)
    for row in rows(folder / "passages.jsonl"):
        for i in range(row["start"], row["end"]):
            assert not covered[i]
            covered[i] = True
    assert [c for i, c in enumerate(source) if not covered[i] and not c.isspace()] == []


def test_reading_the_folder_back_gives_the_run(run: Run, folder: Path) -> None:
    again = read_run(folder)
    assert again.passages == run.passages
    assert again.mentions == run.mentions
    assert again.units == run.units
    assert again.copies == run.copies
    assert again.pairs == run.pairs
    assert again.findings == run.findings


def test_the_same_report_gives_the_same_bytes(run: Run, glossary: Glossary, folder: Path, tmp_path: Path) -> None:
    again = write_run(process_report(SAMPLE, Settings(translate="none"), glossary=glossary), glossary, tmp_path)
    for path in sorted(folder.iterdir()):
        if path.name == "run.json":
            one, two = (json.loads((f / "run.json").read_text()) for f in (folder, again))
            assert {k: v for k, v in one.items() if k != "seconds"} == {k: v for k, v in two.items() if k != "seconds"}
        else:
            assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_files_are_readable_to_the_user_only(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    assert all(p.stat().st_mode & 0o077 == 0 for p in folder.iterdir())


def test_a_lost_character_stops_the_run(run: Run) -> None:
    with pytest.raises(AccountingError, match="outside every passage"):
        check_accounts(replace(run, passages=run.passages[:-1]))
    with pytest.raises(AccountingError, match="overlaps"):
        check_accounts(replace(run, passages=(run.passages[0], *run.passages)))


def test_nothing_is_left_where_writing_fails(run: Run, glossary: Glossary, tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(ExportError, match="cannot be written"):
        write_run(run, glossary, tmp_path / "runs")
    assert [p.name for p in tmp_path.iterdir()] == ["runs"]


@pytest.mark.parametrize("damage", ["run.json", "passages.jsonl", "findings.jsonl"])
def test_a_damaged_folder_is_named(folder: Path, tmp_path: Path, damage: str) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / damage).write_text("{", encoding="utf-8")
    with pytest.raises(ExportError, match="no complete run folder"):
        read_run(copy)


NAMES = [
    (["a/r.txt", "b/r.txt", "c/r.docx"], ["r", "r-2", "r-3"], "one name, three files"),
    (["r-2.txt", "r.txt", "x/r.txt"], ["r-2", "r", "r-3"], "the number is taken by another report's own name"),
    (["a.b.txt"], ["a.b"], "only the last ending goes"),
]


@pytest.mark.parametrize(("paths", "names", "why"), NAMES)
def test_folder_names(paths: list[str], names: list[str], why: str) -> None:
    assert folder_names([Path(p) for p in paths]) == names, why
