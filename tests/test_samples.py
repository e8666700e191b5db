"""The invented reports: their gold quotes what it says, the clean ones are clean, and the program keeps to both."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Severity
from tests import measure, scoring

CLEAN = sorted(measure.SAMPLES.glob("clean-*.txt"))
QUIET = sorted(measure.QUIET.glob("*.txt"))
GOLD = [s for s in measure.samples() if s.gold and measure.ROOT in s.report.parents]
REAL = [s for s in measure.samples() if s.gold and measure.ROOT not in s.report.parents]
GLOSSARY = measure.ROOT / "glossary"

# The kinds of the run folder's contract.
KINDS = frozenset(
    """hotline_variant hotline_unregistered date_malformed date_mismatch count_mismatch sum_mismatch amount_mismatch
    figure_differs_between_languages article_number_mismatch article_title_mismatch article_title_variant
    article_unknown instrument_name_variant instrument_number_mismatch reference_format institution_name_variant
    abbreviation_conflict abbreviation_variant abbreviation_undefined name_variant term_variant passage_duplicate
    passage_near_duplicate passage_missing_in_copy untranslated_passage numbering_gap numbering_style truncated_text
    duplicated_phrase ocr_artifact markup_artifact case_variant punctuation_variant language_error""".split()
)
MONTHS = {
    name: number
    for names in ("January February March April May June July August September October November December",
                  "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor")
    for number, name in enumerate(names.split(), 1)
}  # fmt: skip
WEEKDAYS = {
    name: number
    for names in ("Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
                  "hënë martë mërkurë enjte premte shtunë diel", "hënën martën mërkurën enjten premten shtunën dielën")
    for number, name in enumerate(names.split())
}  # fmt: skip
NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d+"


def words(text: str) -> int:
    return len(re.sub(r"<[^>]*>", " ", text).split())


def named(paths: list[Path]) -> list[Any]:
    return [pytest.param(path, id=path.stem) for path in paths]


def gold_samples(samples: list[measure.Sample]) -> list[Any]:
    return [pytest.param(sample, id=sample.name) for sample in samples]


def gold_of(sample: measure.Sample) -> scoring.Gold:
    assert sample.gold is not None
    return scoring.read_gold(sample.gold)


# The gold


@pytest.mark.parametrize("sample", gold_samples(GOLD))
def test_gold_quotes_what_stands_there(sample: measure.Sample) -> None:
    lines = sample.report.read_text(encoding="utf-8").split("\n")
    gold = gold_of(sample)
    mentions = [m for row in (*gold.findings, *gold.hard_negatives) for m in row["mentions"]]
    mentions += [*gold.references, *gold.institutions, *gold.figures]
    assert len(mentions) > 100
    for m in mentions:
        assert lines[m["line"] - 1][m["start"] : m["end"]] == m["quote"], m
    for p in gold.passages:
        assert lines[p["line"] - 1][p["start"] : p["end"]].startswith(p["quote_first_60"]), p


@pytest.mark.parametrize("sample", gold_samples(GOLD))
def test_gold_rows_are_whole(sample: measure.Sample) -> None:
    gold = gold_of(sample)
    ids = [row["id"] for row in (*gold.findings, *gold.hard_negatives)]
    assert len(ids) == len(set(ids))
    for f in gold.findings:
        assert f["severity"] in {s.word for s in Severity}, f["id"]
        assert f["certainty"] in ("sure", "arguable"), f["id"]
        assert f["kind"] in KINDS or f["kind"] in scoring.FAMILIES_OF, f["id"]
        assert all(kind in scoring.FAMILIES_OF for kind in f.get("alt_kinds", ())), f["id"]
        assert set(f.get("related", ())) <= set(ids), f["id"]
        assert f["mentions"], f["id"]
        assert f["why"].endswith("."), f["id"]
    assert len(gold.hard_negatives) >= 10


def test_sample_holds_a_fault_of_every_kind() -> None:
    sample = next(s for s in GOLD if s.name == "liria-2023")
    assert 1500 <= words(sample.report.read_text(encoding="utf-8")) <= 2500
    gold = gold_of(sample)
    assert {f["kind"] for f in gold.findings} >= KINDS
    assert len(gold.hard_negatives) >= 12


def test_every_kind_is_planted_in_two_reports() -> None:
    reports: dict[str, set[str]] = {}
    for sample in GOLD:
        for f in gold_of(sample).findings:
            reports.setdefault(f["kind"], set()).add(sample.name)
    assert {kind for kind in KINDS if len(reports.get(kind, ())) < 2} == set()


# The clean reports


@pytest.mark.parametrize("path", named(CLEAN))
def test_clean_report_is_long_enough(path: Path) -> None:
    assert words(path.read_text(encoding="utf-8")) >= 1500


def value(text: str) -> int | None:
    """A whole number in either notation.

    >>> value("1,200"), value("1.200"), value("12,5 %")
    (1200, 1200, None)
    """
    text = text.strip()
    return int(re.sub(r"[.,]", "", text)) if re.fullmatch(NUMBER, text) else None


def percent(text: str) -> float | None:
    met = re.fullmatch(r"(\d+(?:[.,]\d+)?) %", text.strip())
    return float(met[1].replace(",", ".")) if met else None


def tables(text: str) -> Iterator[list[list[str]]]:
    """Runs of lines with tabs, as rows of cells; the header is the first row."""
    for block in re.findall(r"(?:^[^\n]*\t[^\n]*\n?)+", text, flags=re.MULTILINE):
        yield [line.split("\t") for line in block.strip("\n").split("\n")]


@pytest.mark.parametrize("path", named([*CLEAN, *QUIET]))
def test_tables_of_clean_texts_add_up(path: Path) -> None:
    for table in tables(path.read_text(encoding="utf-8")):
        *rows, total = table[1:]
        assert re.match("Total|Gjithsej", total[0])
        for column in range(1, len(total)):
            cells = [row[column] for row in rows]
            whole = value(total[column])
            if whole is not None:
                assert sum(v for c in cells if (v := value(c)) is not None) == whole, (total, column)
            elif len(total) > 3:
                for row in (*rows, total):
                    planned, spent = value(row[column - 2]), value(row[column - 1])
                    assert planned
                    assert spent is not None
                    assert percent(row[column]) == pytest.approx(100 * spent / planned, abs=0.051), row
            else:
                assert sum(percent(c) or 0 for c in cells) == pytest.approx(100)
                for row in rows:
                    part, of = value(row[1]), value(total[1])
                    assert part
                    assert of
                    assert percent(row[2]) == pytest.approx(100 * part / of, abs=0.051), row


def test_clean_reports_hold_tables() -> None:
    assert sum(1 for path in CLEAN for _ in tables(path.read_text(encoding="utf-8"))) == 9


SHARE = re.compile(
    rf"(?P<part>{NUMBER}) (?:\w+ )?(?:of|nga) (?:the )?(?P<whole>{NUMBER}) [\w ]{{0,40}}"
    r"\((?P<percent>\d+(?:[.,]\d+)?) %\)"
)


@pytest.mark.parametrize("path", named([*CLEAN, *QUIET]))
def test_shares_of_clean_texts_are_right(path: Path) -> None:
    for met in SHARE.finditer(path.read_text(encoding="utf-8")):
        part, whole = value(met["part"]), value(met["whole"])
        assert part
        assert whole
        assert float(met["percent"].replace(",", ".")) == pytest.approx(100 * part / whole, abs=0.051), met[0]


def test_clean_reports_hold_shares() -> None:
    assert sum(len(SHARE.findall(path.read_text(encoding="utf-8"))) for path in CLEAN) >= 7


WEEKDAY = re.compile(
    r"(?P<weekday>[A-Z][a-z]+day), (?P<day>\d\d?) (?P<month>[A-Z]\w+) (?P<year>\d{4})"
    r"|të (?P<weekday_sq>\w+), më (?P<day_sq>\d\d?) (?P<month_sq>\w+) (?P<year_sq>\d{4})"
    r"|(?P<day_after>\d\d?) (?P<month_after>\w+) (?P<year_after>\d{4}), ditë e (?P<weekday_after>\w+)"
)


def weekdays(text: str) -> Iterator[tuple[str, date]]:
    for met in WEEKDAY.finditer(text):
        end = next(end for end in ("", "_sq", "_after") if met["weekday" + end])
        when = date(int(met["year" + end]), MONTHS[met["month" + end]], int(met["day" + end]))
        yield met["weekday" + end], when


@pytest.mark.parametrize("path", named([*CLEAN, *QUIET]))
def test_dates_of_clean_texts_exist_and_fall_on_their_weekday(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for day, month, year in re.findall(r"\b(\d\d?)\.(\d\d?)\.(\d{4})\b", text):
        date(int(year), int(month), int(day))
    for weekday, when in weekdays(text):
        assert WEEKDAYS[weekday] == when.weekday(), (weekday, when)


def test_clean_reports_hold_weekdays() -> None:
    assert sum(1 for path in CLEAN for _ in weekdays(path.read_text(encoding="utf-8"))) >= 10


@cache
def glossary_rows(name: str) -> tuple[dict[str, str], ...]:
    with (GLOSSARY / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@pytest.mark.parametrize("path", named([*CLEAN, *QUIET]))
def test_citations_of_clean_texts_are_those_of_the_glossary(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    titles = {
        row["number"]: {row["title_sq"], row["title_en"], *row["variants_en"].split("|")}
        for row in glossary_rows("articles")
        if row["instrument_id"] == "al-kp-7895-1995"
    }
    code = r"(?: (?:of the Criminal Code|(?:të|i) Kodi\w* Penal))?"
    cited = rf'(?:Article|neni\w*) (\d+(?:/\w)?){code} "([^"]+)"'
    for number, title in re.findall(cited, text):
        assert title in titles[number], number
    laws = {(row["number"], row["date"]) for row in glossary_rows("instruments")}
    for number, day, month, year in re.findall(
        r"(?:Law No\.|ligj\w* nr\.|DCM No\.|VKM-së nr\.) (\d+(?:/\d{4})?), dat(?:ed|ë) (\d\d)\.(\d\d)\.(\d{4})", text
    ):
        assert (number, f"{year}-{month}-{day}") in laws, number


@pytest.mark.parametrize("path", named([*CLEAN, *QUIET]))
def test_lines_of_clean_texts_are_registered(path: Path) -> None:
    registered = {row["number"] for row in glossary_rows("contacts") if row["country"] in ("AL", "EU")}
    for line in re.findall(r"\b116[ -]\d{3}\b", path.read_text(encoding="utf-8")):
        assert re.sub(r"\D", "", line) in registered


def test_two_languages_of_the_bilingual_report_hold_the_same_figures() -> None:
    """Digits only: words such as `tri` and `three` are compared by eye."""
    text = (measure.SAMPLES / "clean-3-shkolla.txt").read_text(encoding="utf-8")
    # One side may write a date in figures where the other writes the month, so dates are left out.
    dates = re.compile(rf"\b\d\d?\.\d\d?\.\d{{4}}\b|\b\d\d? (?:{'|'.join(MONTHS)})i? \d{{4}}\b")
    blocks = [b for b in text.strip().split("\n\n") if "\t" not in b]
    assert len(blocks) % 2 == 0
    for left, right in zip(blocks[::2], blocks[1::2], strict=True):
        figures = [re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d)", "", dates.sub("", side))) for side in (left, right)]
        assert sorted(figures[0]) == sorted(figures[1]), left


# The scorer


ONE_GOLD = scoring.Gold(
    findings=(
        {"id": "F1", "kind": "count_mismatch", "severity": "critical", "certainty": "sure", "why": "",
         "mentions": [{"line": 1, "start": 0, "end": 2, "quote": "12"},
                      {"line": 2, "start": 0, "end": 2, "quote": "21"}]},
    ),
    hard_negatives=({"id": "N1", "subject": "", "mentions": [{"line": 3, "start": 0, "end": 1, "quote": "7"}]},),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "severity", "anchors", "expected"),
    [
        pytest.param("count_mismatch", "critical", [(0, 2), (9, 11)], (1, 1, 0, 0), id="both places"),
        pytest.param("number_style", "major", [(0, 2), (9, 11)], (1, 1, 0, 0), id="another kind of the family"),
        pytest.param("count_mismatch", "critical", [(0, 2)], (0, 0, 1, 0), id="one place of two"),
        pytest.param("date_mismatch", "critical", [(0, 2), (9, 11)], (0, 0, 1, 0), id="another family"),
        pytest.param("count_mismatch", "critical", [(0, 200)], (0, 0, 1, 0), id="an anchor round everything"),
        pytest.param("count_mismatch", "critical", [(18, 19)], (0, 0, 1, 1), id="on the hard negative"),
        pytest.param("count_mismatch", "trivial", [(18, 19)], (0, 0, 0, 0), id="trivial is not counted"),
    ],
)
def test_score(kind: str, severity: str, anchors: list[tuple[int, int]], expected: tuple[int, ...]) -> None:
    source = "12 rooms\n21 rooms\n7 doors\n" + "word " * 60
    finding = {"finding_id": "x", "rule_id": "R", "kind": kind, "severity": severity, "message": "",
               "anchors": [{"start": s, "end": e} for s, e in anchors]}  # fmt: skip
    s = scoring.score(source, ONE_GOLD, [finding], [], [])
    assert (s.recall(core=True)[0], len(s.right), len(s.wrong), len(s.on_negatives)) == expected


# The program on the samples


@cache
def examined(path: Path) -> dict[str, Any]:
    return measure.examine([path])[0]


def shown(finding: Any) -> str:
    return f"{finding['rule_id']} {finding['kind']}: {' | '.join(a['exact'][:60] for a in finding['anchors'])}"


@pytest.mark.parametrize("sample", gold_samples([*GOLD, *REAL]))
def test_no_hard_negative_is_flagged(sample: measure.Sample) -> None:
    rows = examined(sample.report)
    result = scoring.score(rows["source"], gold_of(sample), rows["findings"], rows["mentions"], rows["passages"])
    assert [f"{n['id']} {shown(f)}" for f, n in result.on_negatives] == []


@pytest.mark.parametrize("path", named(CLEAN))
def test_clean_report_gets_at_most_one_finding(path: Path) -> None:
    findings = [shown(f) for f in examined(path)["findings"] if f["severity"] in scoring.REPORTED]
    assert len(findings) <= 1, findings


@pytest.mark.parametrize("path", named(QUIET))
def test_quiet_text_gets_no_finding(path: Path) -> None:
    assert [shown(f) for f in examined(path)["findings"]] == []
