"""Figures in both languages: every written form, what only looks like one, and hostile input."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.find.digits import plain, read_digits
from pipeline.find.figures import find_figures
from pipeline.model import Figure

FOLDER = Path(__file__).parent.parent / "cases" / "figures"
ROWS = [
    pytest.param(row, id=f"{path.stem}: {row['label']}")
    for path in sorted(FOLDER.glob("*.yml"))
    if path.stem != "labels"
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def said(figure: Figure) -> str:
    """`kind value`, as the tables write it."""
    readings = figure.readings or ((figure.value,) if figure.value else ())
    value = "|".join(readings) if figure.value is not None else "-"
    return f"{figure.kind} {value}{'~' if figure.approximate and figure.value is not None else ''}"


@pytest.mark.parametrize("row", ROWS)
def test_row(row: dict[str, object]) -> None:
    figures = find_figures(str(row["text"]), row["lang"])  # type: ignore[arg-type]
    assert [said(f) for f in figures] == row["found"]
    if "unit" in row:
        assert [f.unit for f in figures] == row["unit"]


def test_rows_are_in_both_languages_and_hold_near_misses() -> None:
    rows = [p.values[0] for p in ROWS]
    assert {r["lang"] for r in rows} == {"sq", "en"}
    assert len({p.id for p in ROWS}) == len(ROWS) >= 200


@pytest.mark.parametrize(
    ("text", "generous"),
    [("05,05,2014", True), ("05.05.2014", False), ("ALOI 16", True), ("ALO 116", False), ("1.20.000 lekë", True),
     ("31.06.2014", True), ("10.06.06.2014", True), ("2O19", True), ("2019", False)],
)  # fmt: skip
def test_what_the_strict_reading_refuses_says_so(text: str, generous: bool) -> None:
    (figure,) = find_figures(f"dt. {text}" if "." in text or "," in text else text, "sq")[:1]
    assert (figure.captured_by == "generous") is generous


@pytest.mark.parametrize(
    ("text", "unit"),
    [("Tuesday, 10 June 2014", "weekday:2"), ("Tuesday (dt. 10.06.2014)", "weekday:2"),
     ("10.06.2014 (e martë)", "weekday:2"), ("e martë, 10.06.2014", "weekday:2"),
     ("10 qershor 2014, e martë", "weekday:2"), ("the meeting of 10 June 2014", None), ("31 June 2014", "impossible")],
)  # fmt: skip
def test_a_date_knows_its_weekday(text: str, unit: str | None) -> None:
    (figure,) = find_figures(text, "en" if "June" in text or "Tue" in text else "sq")
    assert figure.unit == unit


# Alphabet of the property tests: digits of three scripts, separators, letters, marks, directions.
_HOSTILE = "0123456789.,:/-–()%€$ \u00a0\u200f\u0301\u202eOIl|абвçëÇ nr.ALOmajtëneni１２٣"


@given(st.text(alphabet=_HOSTILE, max_size=80))
@settings(max_examples=300, deadline=None)
def test_spans_quote_the_text_and_do_not_overlap(text: str) -> None:
    for lang in ("sq", "en", "und"):
        figures = find_figures(text, lang)  # type: ignore[arg-type]
        assert all(text[f.span.start : f.span.end] == f.span.exact for f in figures)
        assert all(a.span.end <= b.span.start for a, b in pairwise(figures))


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["sq", "en"]))
@settings(max_examples=200, deadline=None)
def test_formatting_and_reading_gives_the_number(number: int, lang: str) -> None:
    separator = "." if lang == "sq" else ","
    written = f"{number:,}".replace(",", separator)
    assert number in [int(r) for r in read_digits(written, lang) if r == int(r)]  # type: ignore[arg-type]
    assert plain(read_digits(f"{number:,}".replace(",", " "), "en")[0]) == str(number)


@given(st.sampled_from(["The town has 1,250 pupils.", "Më 5 maj 2014 u trajnuan 600 mësues.", "ALO 116"]))
def test_a_sentence_without_figures_changes_none(text: str) -> None:
    before = [said(f) for f in find_figures(text, "en")]
    assert [said(f) for f in find_figures(text + " The road is long.", "en")] == before


# Strings on which nested repetitions would hang; each is far longer than any passage of a report.
HOSTILE = {
    "a number of 5,000 digits": "9" * 5000, "digits and spaces": "1 " * 4000, "groups": "123 " * 2500,
    "dots": "1." * 4000, "mixed": "1.1,1/1-" * 1500, "telephones": "+355 4 2223 444, 116 006; 0800 1212 " * 250,
    "brackets": "(" * 4000 + "7" + ")" * 4000, "words": "njëzet e " * 2500, "hundreds": "one hundred and " * 1500,
    "directions": "\u200f12\u200e34\u202e56 " * 700, "marks": "1\u03012\u03013 " * 1000, "months": "maj " * 2500,
    "ranges": "1-2-3-4-" * 1500, "acts": "ligj " * 2500 + "nr. 5", "articles": "neni 1, 2, 3, " * 1000,
    "letters for digits": "OI1lO" * 1500, "lines": "ALOI 1 " * 1200, "at signs": "a@" * 2500, "www": "www." * 2500,
    "dates": "10.06.06.2014 " * 400, "cells": "1.234,56\t" * 4000, "capitals": "Abc 5 " * 1500,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_read_in_bounded_time(text: str) -> None:
    started = time.process_time()
    find_figures(text, "und")
    # Seconds of processor time; linear patterns need a tenth of it, a nested one would need minutes.
    assert time.process_time() - started < 3
