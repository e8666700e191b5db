"""The glossary out to TBX and a workbook and back without loss; what is refused, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.commands.glossary import command
from pipeline.errors import GlossaryError
from pipeline.glossary_exchange import canonical, read_exchange, read_folder, write_exchange, write_folder
from pipeline.settings import Settings
from pipeline.terminology.tables import COLUMNS, Row

SUPPLIED = Settings().glossary[0]
MARTIF = '<?xml version="1.0"?>{0}<martif type="TBX" xml:lang="en"><text><body>{1}</body></text></martif>'


def cells(tables: dict[str, list[Row]]) -> dict[str, list[dict[str, str]]]:
    return {t: sorted((r.cells for r in rows), key=str) for t, rows in tables.items() if rows}


@pytest.mark.parametrize("name", ["g.tbx", "g.xlsx", "folder"])
def test_the_supplied_glossary_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    format_name = path.suffix[1:] or "csv"
    assert write_exchange([SUPPLIED], path, format_name) > 1000
    assert cells(read_exchange(path)) == cells(read_folder([SUPPLIED]))


@pytest.mark.parametrize("table", COLUMNS)
def test_files_are_in_canonical_order(table: str) -> None:
    path = Path(SUPPLIED) / f"{table}.csv"
    assert path.read_bytes().decode() == canonical(read_folder([SUPPLIED])[table], table), (
        "run `dygjuhe glossary check --fix`"
    )


form = st.text(alphabet="abcëçÇË &<>\"'()/-.,é", min_size=1, max_size=12).map(str.strip).filter(
    lambda s: bool(s) and s[0] not in "=@" and "column: " not in s and " ".join(s.split()) == s
)  # fmt: skip


@given(st.lists(form, min_size=1, max_size=4, unique=True), form, st.sampled_from([".tbx", ".xlsx"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_forms_come_back(tmp_path: Path, forms: list[str], note: str, ending: str) -> None:
    row = dict.fromkeys(COLUMNS["institutions"], "") | {
        "id": "x-1", "name_sq": forms[0], "kind": "agency", "variants_sq": "|".join(forms[1:]), "note": note,
    }  # fmt: skip
    tables = {"institutions": [Row("institutions", "x", 2, row)]}
    folder = tmp_path / "f"
    write_folder(tables, folder)
    write_exchange([folder], tmp_path / f"g{ending}", ending[1:])
    assert cells(read_exchange(tmp_path / f"g{ending}")) == cells(tables)


def test_the_translate_toolkit_reads_our_termbase(tmp_path: Path) -> None:
    from translate.storage.tbx import tbxfile

    write_exchange([SUPPLIED], tmp_path / "g.tbx", "tbx")
    store = tbxfile.parsefile(str(tmp_path / "g.tbx"))
    assert len(store.units) > 1000
    entry = next(u for u in store.units if u.getid() == "institutions.al-moi")
    assert "Ministria e Brendshme" in list(map(str, entry.xmlelement.itertext()))


# What TBX-Basic allows: elements, and the values of each kind of note.
ELEMENTS = set("martif martifHeader fileDesc sourceDesc encodingDesc p text body termEntry langSet tig term termNote "
               "descrip admin note".split())  # fmt: skip
TYPES = {
    "termNote": {"termType", "administrativeStatus"}, "descrip": {"subjectField"}, "admin": {"projectSubset", "source"},
}  # fmt: skip
VALUES = {
    "termType": {"fullForm", "abbreviation", "variant", "phrase"},
    "administrativeStatus": {"preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"},
}


def test_only_what_tbx_basic_has_is_written(tmp_path: Path) -> None:
    from lxml import etree

    write_exchange([SUPPLIED], tmp_path / "g.tbx", "tbx")
    ids = set()
    for element in etree.parse(str(tmp_path / "g.tbx")).iter():
        assert element.tag in ELEMENTS
        kind = element.get("type")
        if element.tag in TYPES:
            assert kind in TYPES[element.tag]
        if kind in VALUES:
            assert element.text in VALUES[kind]
        if element.tag == "termEntry":
            assert element.get("id") not in ids
            ids.add(element.get("id"))
            # Concept level first, then the languages.
            tags = [child.tag for child in element]
            assert tags == sorted(tags, key=lambda t: t == "langSet")


def test_another_programs_termbase_becomes_terms(tmp_path: Path) -> None:
    body = (
        '<termEntry id="17"><note>met in a law</note>'
        '<langSet xml:lang="en-GB"><tig><term>criminal offence</term></tig>'
        '<tig><term>penal deed</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>'
        "<tig><term>offence</term></tig></langSet>"
        '<langSet xml:lang="sq"><ntig><termGrp><term>vepër penale</term></termGrp></ntig></langSet></termEntry>'
    )
    (tmp_path / "x.tbx").write_text(MARTIF.format("", body), encoding="utf-8")
    (row,) = read_exchange(tmp_path / "x.tbx")["terms"]
    assert (row["id"], row["term_en"], row["term_sq"]) == ("17", "criminal offence", "vepër penale")
    assert (row["admitted_en"], row["deprecated_en"], row["note"]) == ("offence", "penal deed", "met in a law")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (MARTIF.format('<!DOCTYPE martif SYSTEM "file:///etc/passwd">', ""), "DOCTYPE"),
        (MARTIF.format('<!DOCTYPE martif [<!ENTITY a "b">]>', "&a;"), "DOCTYPE"),
        ("<martif><text>", "well-formed"),
        ("<html></html>", "no TBX"),
        (MARTIF.format("", ""), "no entries"),
        (MARTIF.format("", '<termEntry id="a"><langSet xml:lang="sq"/></termEntry>'), "empty"),
    ],
)
def test_a_bad_termbase_is_refused(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "x.tbx"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GlossaryError, match=words) as error:
        read_exchange(path)
    assert "x.tbx" in error.value.place


@pytest.mark.parametrize(
    ("head", "line", "words"),
    [
        (["id", "term_sq"], ["t1", "=1+1"], "cell B2.*formula"),
        (["id", "term_sq", "colour"], ["t1", "a", "b"], "colour"),
        (["id", "term_sq"], ["t 1", "a"], "column id"),
    ],
)
def test_a_bad_workbook_is_refused(tmp_path: Path, head: list[str], line: list[str], words: str) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "terms"
    book.active.append(head)
    book.active.append(line)
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(GlossaryError, match=words):
        read_exchange(tmp_path / "x.xlsx")


def test_numbers_and_dates_of_a_workbook_become_text(tmp_path: Path) -> None:
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "instruments"
    book.active.append(["id", "kind", "name_sq", "number", "date"])
    book.active.append(["l1", "law", "Ligji për Ujin", 9918, datetime.date(2008, 5, 19)])
    book.save(tmp_path / "x.xlsx")
    (row,) = read_exchange(tmp_path / "x.xlsx")["instruments"]
    assert (row["number"], row["date"]) == ("9918", "2008-05-19")


@pytest.mark.parametrize("name", ["x.docx", "x.xlsx", "x.tbx", "x"])
def test_a_file_that_is_not_there_or_no_format(tmp_path: Path, name: str) -> None:
    with pytest.raises(GlossaryError):
        read_exchange(tmp_path / name)


# --- the commands ---------------------------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_check_passes_the_supplied_glossary() -> None:
    code, output = run("check")
    assert code == 0, output
    assert "no problems" in output


def test_check_lists_problems_and_fails(tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text("id,term_sq\nt 1,a\n,b\n", encoding="utf-8")
    code, output = run("check", str(tmp_path))
    assert code == 1
    assert output.count("terms.csv, row") == 2
    assert "2 problems" in output


def test_check_names_a_form_that_no_text_can_hold(tmp_path: Path) -> None:
    (tmp_path / "institutions.csv").write_text("id,name_sq,name_en,kind\nx,Q,Water Office,agency\n", encoding="utf-8")
    code, output = run("check", str(tmp_path))
    assert code == 1
    assert "'Q' is never found" in output


def test_check_mends_the_order(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("term_sq,id\nujë i pijshëm,t10\nujë i ndotur,t9\n", encoding="utf-8")
    assert run("check", str(tmp_path))[0] == 1
    assert run("check", "--fix", str(tmp_path))[0] == 0
    assert [line.split(",")[0] for line in path.read_text().splitlines()] == ["id", "t9", "t10"]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("neni 293/ç i Kodit Penal", ["Keqpërdorimi i pajisjeve", "Misuse of devices", "/akn/al/act/1995-01-27/7895"]),
        ("Ministrisë së Brendshme", ["al-moi", "Ministry of Interior", "inflected"]),
        ("MoI", ["al-moi", "abbreviation"]),
        ("vepër penale", ["criminal offence"]),
        ("Article 512 of the Criminal Code", ["not in the glossary's table"]),
    ],
)
def test_lookup(words: str, parts: list[str]) -> None:
    code, output = run("lookup", words)
    assert code == 0
    for part in parts:
        assert part in output


def test_lookup_says_when_nothing_is_found() -> None:
    assert run("lookup", "xyzzy")[0] == 1


def test_import_checks_before_it_writes(tmp_path: Path) -> None:
    (tmp_path / "x.tbx").write_text(MARTIF.format("", "<termEntry/>"), encoding="utf-8")
    with pytest.raises(GlossaryError):
        run("import", str(tmp_path / "x.tbx"), "--out", str(tmp_path / "g"))
    assert not (tmp_path / "g").exists()


def test_import_does_not_write_over_files_unasked(tmp_path: Path) -> None:
    assert run("export", "--format", "tbx", "--out", str(tmp_path / "g.tbx"))[0] == 0
    assert run("import", str(tmp_path / "g.tbx"), "--out", str(tmp_path / "g"))[0] == 0
    with pytest.raises(GlossaryError, match="is there already"):
        run("import", str(tmp_path / "g.tbx"), "--out", str(tmp_path / "g"))
    assert run("import", str(tmp_path / "g.tbx"), "--out", str(tmp_path / "g"), "--replace")[0] == 0


def test_candidates_are_rows_that_can_be_pasted(tmp_path: Path) -> None:
    import csv
    import io
    import json

    folder = tmp_path / "run"
    folder.mkdir()
    mentions = [
        {"type": "institution", "exact": "Bashkia Liria", "lang": "sq", "concept_id": None, "candidates": []},
        {"type": "institution", "exact": "Bashkia Liria", "lang": "sq", "concept_id": None, "candidates": []},
        {"type": "institution", "exact": "Lumi Centre (LC)", "lang": "en", "concept_id": None, "candidates": []},
        {"type": "institution", "exact": "Ministry of Justice", "lang": "en", "concept_id": "al-moj", "candidates": []},
        {"type": "figure", "exact": "12", "concept_id": None},
    ]
    (folder / "mentions.jsonl").write_text("\n".join(json.dumps(m) for m in mentions), encoding="utf-8")
    code, output = run("candidates", str(folder))
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(output)))
    assert [(r["name_sq"], r["name_en"]) for r in rows] == [("Bashkia Liria", ""), ("", "Lumi Centre")]
    own = tmp_path / "own"
    own.mkdir()
    (own / "institutions.csv").write_text(output, encoding="utf-8")
    assert run("check", str(own))[0] == 0


def test_every_term_status_and_date_survives_the_way_there_and_back(tmp_path: Path) -> None:
    from pipeline.terminology import load_glossary

    write_exchange([SUPPLIED], tmp_path / "g.tbx", "tbx")
    write_folder(read_exchange(tmp_path / "g.tbx"), tmp_path / "back")
    before, after = load_glossary([SUPPLIED]), load_glossary([tmp_path / "back"])
    for concept_id, concept in before.concepts.items():
        other = after.concepts[concept_id]
        assert (concept.terms, concept.valid_from, concept.valid_until) == (
            other.terms,
            other.valid_from,
            other.valid_until,
        )
    assert before.articles == after.articles
