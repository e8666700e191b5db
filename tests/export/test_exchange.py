"""What CAT tools are given is valid, comes back equal, and is taken by a real one."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline.export import ExportOptions, write_format
from pipeline.export.rows import bilingual_rows, translated_rows
from pipeline.export.xml_text import xml_text
from pipeline.model import Run, Severity
from tests.export.runs import RUNS, every_mark
from tests.export.test_formats import GLOSSARY
from tests.review.builders import LINES, build_run

SCHEMAS = Path(__file__).parent.parent / "cases" / "schemas"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CORE = {"x": "urn:oasis:names:tc:xliff:document:2.0", "its": "http://www.w3.org/2005/11/its"}

# W3C, Internationalization Tag Set 2.0, section 8.17, table of the values of Localization Quality Issue Type.
ISSUE_TYPES = frozenset(
    """terminology mistranslation omission untranslated addition duplication inconsistency grammar legal register
    locale-specific-content locale-violation style characters misspelling typographical formatting
    inconsistent-entities numbers markup pattern-problem whitespace internationalization length non-conformance
    uncategorized other""".split()
)


def written(name: str, run: Run, folder: Path, options: ExportOptions | None = None) -> Path:
    path = folder / f"out.{name}"
    write_format(name, run, GLOSSARY, path, options)
    return path


def big() -> Run:
    return build_run([LINES[n % len(LINES)] for n in range(400)], [])


# --- TMX ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", RUNS)
def test_tmx_is_valid_against_its_dtd(run: str, tmp_path: Path) -> None:
    dtd = etree.DTD(str(SCHEMAS / "tmx14.dtd"))
    assert dtd.validate(etree.parse(written("tmx", RUNS[run](), tmp_path))), dtd.error_log


def test_the_dtd_would_notice_a_wrong_file(tmp_path: Path) -> None:
    dtd = etree.DTD(str(SCHEMAS / "tmx14.dtd"))
    tree = etree.parse(written("tmx", every_mark(), tmp_path))
    tree.find(".//tuv").tag = "tvu"
    assert not dtd.validate(tree)


@pytest.mark.parametrize("run", ["every-mark", "hostile", "table"])
def test_tmx_reads_back_equal(run: str, tmp_path: Path) -> None:
    from translate.storage import tmx

    made = RUNS[run]()
    store = tmx.tmxfile.parsefile(str(written("tmx", made, tmp_path)))
    wanted = [(r.sq, r.en) if r.original == "sq" else (r.en, r.sq) for r in translated_rows(made)]
    assert [(u.source, u.target) for u in store.units] == [(xml_text(a), xml_text(b)) for a, b in wanted]


def test_tmx_says_of_each_unit_what_it_is(tmp_path: Path) -> None:
    root = etree.parse(written("tmx", every_mark(), tmp_path)).getroot()
    units = root.findall(".//tu")
    marks = [u.get("creationid") for u in units]
    assert marks == ["reviewed", "memory", "machine", "human", "source", "machine"]
    assert [u.get("srclang") for u in units] == ["en", "en", "en", "sq", "sq", "en"]
    third = {p.get("type"): p.text for p in units[2].findall("prop")}
    assert third["x-state"] == "initial"
    assert third["x-engine"] == "argos sq-en 1.2 (sha256 0123456789ab)"
    assert "a sentence was cut" in [n.text for n in units[2].findall("note")]
    assert not re.search(rb"(creation|change)date", (tmp_path / "out.tmx").read_bytes()), "the clock is in no file"


def test_omegat_takes_the_memory_and_finds_every_segment(tmp_path: Path) -> None:
    """OmegaT in console mode: its own statistics count every segment, and none is left to translate."""
    jar = Path("/usr/share/omegat/OmegaT.jar")
    if shutil.which("java") is None or not jar.exists():
        pytest.skip("OmegaT is not installed")
    run = every_mark()
    rows = translated_rows(run)
    project = tmp_path / "project"
    for name in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat"):
        (project / name).mkdir(parents=True)
    (project / "source" / "report.txt").write_text("\n\n".join(r.en for r in rows) + "\n", encoding="utf-8")
    written("tmx", run, tmp_path).rename(project / "tm" / "auto" / "bilingual.tmx")
    written("tbx", run, tmp_path).rename(project / "glossary" / "terms.tbx")
    names = ("source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir")
    folders = "".join(f"<{name}>__DEFAULT__</{name}>" for name in names)
    (project / "omegat.project").write_text(
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><omegat><project version="1.0">{folders}'
        "<source_lang>en</source_lang><target_lang>sq</target_lang><sentence_seg>false</sentence_seg>"
        "<support_default_translations>true</support_default_translations><remove_tags>false</remove_tags>"
        "</project></omegat>"
    )
    command = ["java", f"-Duser.home={tmp_path}", "-jar", str(jar), "--mode=console-translate", str(project)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    statistics = (project / "omegat" / "project_stats.txt").read_text(encoding="utf-8")
    counted = {line.split(":")[0].strip(): int(line.split(":")[1].split()[0])
               for line in statistics.splitlines() if re.match(r"(Total|Remaining):", line)}  # fmt: skip
    assert counted == {"Total": len(rows), "Remaining": 0}
    translated = (project / "target" / "report.txt").read_text(encoding="utf-8").split("\n\n")
    assert [t.strip() for t in translated] == [r.sq for r in rows]


# --- XLIFF ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("options", [ExportOptions(), ExportOptions(only_reviewed=True)])
def test_xliff_is_valid_against_its_core_schema(run: str, options: ExportOptions, tmp_path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "xliff_core_2.0.xsd"))
    tree = etree.parse(written("xlf", RUNS[run](), tmp_path, options))
    assert schema.validate(tree), schema.error_log
    assert tree.getroot().get("version") == "2.1"


def test_the_schema_would_notice_a_wrong_file(tmp_path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "xliff_core_2.0.xsd"))
    tree = etree.parse(written("xlf", every_mark(), tmp_path))
    tree.find(".//x:segment", CORE).set("state", "machine")
    assert not schema.validate(tree)


@pytest.mark.parametrize("run", ["every-mark", "hostile", "table"])
def test_xliff_reads_back_equal_with_its_states(run: str, tmp_path: Path) -> None:
    from translate.storage import xliff2

    made = RUNS[run]()
    store = xliff2.Xliff2File.parsefile(str(written("xlf", made, tmp_path)))
    rows = bilingual_rows(made)
    # The report is in English for the most part: that is the source.
    assert [(u.source or "", u.target or "") for u in store.units] == [(xml_text(r.en), xml_text(r.sq)) for r in rows]
    states = [u.xmlelement.get("state") for u in store.units]
    wanted = [r.unit.state if r.unit and r.sq else "initial" for r in rows]
    assert states == wanted


def test_xliff_takes_the_source_that_is_asked_for(tmp_path: Path) -> None:
    root = etree.parse(written("xlf", every_mark(), tmp_path, ExportOptions(("sq", "en"), order_given=True))).getroot()
    assert (root.get("srcLang"), root.get("trgLang")) == ("sq", "en")
    unit = root.find(".//x:unit", CORE)
    assert unit.findtext(".//x:source", namespaces=CORE) == "Raport i Republikës së Lirisë 2023"
    assert "the source side is its translation" in etree.tostring(unit).decode()


def _issues(root: Any) -> list[tuple[str, dict[str, str]]]:
    """Each marked stretch with the quality issues on it, those that stand in a list beside the text included."""
    its = f"{{{CORE['its']}}}"
    lists = {e.get("{http://www.w3.org/XML/1998/namespace}id"): e for e in root.iter(f"{its}locQualityIssues")}
    found = []
    for mark in root.iter(f"{{{CORE['x']}}}mrk"):
        text = "".join(mark.itertext())
        reference = mark.get(f"{its}locQualityIssuesRef")
        if reference:
            found += [(text, dict(i.attrib)) for i in lists[reference.removeprefix("#its=")]]
        else:
            found.append((text, {k.removeprefix(its): v for k, v in mark.attrib.items() if k.startswith(its)}))
    return found


def test_xliff_carries_the_findings_as_quality_issues(tmp_path: Path) -> None:
    run = every_mark()
    issues = _issues(etree.parse(written("xlf", run, tmp_path)).getroot())
    assert {text for text, _ in issues} == {"call the national", "116006", "16006", "24", "42"}
    for _, issue in issues:
        assert issue["locQualityIssueType"] in ISSUE_TYPES
        assert float(issue["locQualityIssueSeverity"]) in {float(s) for s in Severity}
        assert issue["locQualityIssueComment"]


def test_issues_on_the_same_words_stand_in_a_list(tmp_path: Path) -> None:
    quotes: list[dict[str, Any]] = [
        {"rule": "AA01", "quotes": [(0, "national helpline")], "message": "one"},
        {"rule": "AA02", "quotes": [(0, "helpline on 116")], "message": "two"},
    ]
    run = build_run([("en", "Call the national helpline on 116006.")], quotes)
    issues = _issues(etree.parse(written("xlf", run, tmp_path)).getroot())
    assert [(t, i["locQualityIssueComment"]) for t, i in issues] == [
        ("national helpline on 116", "AA01: one"), ("national helpline on 116", "AA02: two"),
    ]  # fmt: skip


# --- TBX ------------------------------------------------------------------------------------------------------------


def test_tbx_holds_the_terms_met_and_reads_back(tmp_path: Path) -> None:
    from translate.storage import tbx

    path = written("tbx", every_mark(), tmp_path)
    store = tbx.tbxfile.parsefile(str(path))
    assert [(u.source, u.target) for u in store.units] == [("Policia e Shtetit", "State Police")]
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "tbx.xsd"))
    tree = etree.parse(path)
    assert schema.validate(tree), schema.error_log
    terms = [(s.getparent().get(XML_LANG), s.findtext("term"), s.findtext("termNote[@type='administrativeStatus']"))
             for s in tree.iter("tig")]  # fmt: skip
    assert terms == [
        ("sq", "Policia e Shtetit", "preferredTerm-admn-sts"), ("en", "State Police", "preferredTerm-admn-sts"),
        ("en", "ASP", "admittedTerm-admn-sts"), ("en", "Albanian State Police", "deprecatedTerm-admn-sts"),
    ]  # fmt: skip


# --- office programs ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The Word document as PDF and the workbook as CSV, made by LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for name in ("docx", "xlsx"):
        written(name, every_mark(), folder)
    for kind, name in (("pdf", "docx"), ("csv:Text - txt - csv (StarCalc):44,34,76", "xlsx")):
        where = ["--outdir", str(folder), str(folder / f"out.{name}")]
        command = [office, "--headless", profile, "--convert-to", kind, *where]
        subprocess.run(command, capture_output=True, timeout=180, check=True)
    return {"pdf": folder / "out.pdf", "csv": folder / "out.csv"}


def test_the_word_document_made_into_a_pdf_reads_back(converted: dict[str, Path]) -> None:
    from pipeline.ingest import read_document

    document = read_document(converted["pdf"])
    rows = bilingual_rows(every_mark())
    cells = {}
    for block in document.blocks:
        place = block.location
        if place.table == 1:
            cells[(place.row, place.column)] = document.source_text[block.start : block.end]
    read = [(cells.get((n, 1), ""), cells.get((n, 2), "")) for n in range(2, 2 + len(rows))]
    missing = ("(e papërkthyer)", "(not translated)")
    assert read == [(r.sq or missing[0], r.en or missing[1]) for r in rows]


def test_the_workbook_opens_in_libreoffice(converted: dict[str, Path]) -> None:
    import csv

    rows = list(csv.reader(converted["csv"].open(encoding="utf-8")))[1:]
    assert [(r[2], r[3]) for r in rows] == [(r.sq, r.en) for r in bilingual_rows(every_mark())]
