"""The language of passages: tables of cases, splits, and what must hold for every text."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.identify import identify_passages, language_of, main_language
from pipeline.lexicon import confusions, lexicon, without_marks
from pipeline.model import Document, Passage, short_hash
from pipeline.segment import split_passages
from pipeline.spans import passage_source

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "identify" / "texts.yml").read_text(encoding="utf-8"))
ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold" / "albania-2014" / "passages.jsonl"
CLEAN = sorted((ROOT / "data" / "samples").glob("clean-*.txt"))


def identified(text: str) -> list[Passage]:
    document = Document(short_hash(text), "case.txt", "text/plain", text, text)
    return [p for p in identify_passages(split_passages(document)) if p.kind != "page_furniture"]


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["label"])
def test_says_the_language(row: dict[str, Any]) -> None:
    passages = identified(row["text"])
    expected = row["lang"] if isinstance(row["lang"], list) else [row["lang"]]
    assert [p.lang for p in passages] == expected
    if "foreign" in row:
        assert [passages[0].text[a:b] for a, b, _ in passages[0].foreign] == row["foreign"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(
    ["The line is free. ", "Linja është pa pagesë. ", "116 006 ", "Arjeta Kodra ", "/ ", "\n\n", "; ", "\t", "Neni 5 "]
), max_size=12).map("".join))  # fmt: skip
def test_splitting_loses_nothing(text: str) -> None:
    document = Document(short_hash(text), "case.txt", "text/plain", text, text)
    passages = identify_passages(split_passages(document))
    at = 0
    for number, passage in enumerate(passages, 1):
        assert passage.number == number
        assert not text[at : passage.start].strip()
        assert passage_source(passage) == text[passage.start : passage.end]
        assert all(0 <= a < b <= len(passage.text) for a, b, _ in passage.foreign)
        at = passage.end
    assert not text[at:].strip()


def test_the_main_language_is_that_of_most_of_the_text() -> None:
    assert main_language(identified("The line is free of charge.\n\nThe police answer.\n\nPolicia.")) == "en"
    assert main_language(identified("Linja është pa pagesë.\n\nPolicia përgjigjet në çdo kohë.")) == "sq"
    both = "Linja është pa pagesë.\n\nThe line is free of charge.\n\nPolicia përgjigjet.\n\nThe police answer."
    assert main_language(identified(both)) == "mixed"
    assert main_language(identified("116 006\n\nArjeta Kodra")) == "und"


def test_short_passages_lean_on_their_neighbours() -> None:
    """`Masat alternative` alone could be either; among Albanian paragraphs it is Albanian."""
    text = "Linja është pa pagesë.\n\nMasat alternative\n\nPolicia përgjigjet në çdo kohë të ditës."
    assert [p.lang for p in identified(text)] == ["sq", "sq", "sq"]


@pytest.mark.skipif(not GOLD.exists(), reason="the annotated report does not lie beside the checkout")
def test_every_passage_of_the_annotated_report_is_right() -> None:
    import json

    source = (GOLD.parents[2] / "samples" / "albania-2014.txt").read_text(encoding="utf-8")
    starts = [0, *(i + 1 for i, c in enumerate(source) if c == "\n")]
    document = Document("d", "r.txt", "text/plain", source, source)
    passages = identify_passages(split_passages(document))
    wrong = []
    for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines()):
        start = starts[row["line"] - 1] + row["start"]
        found = next((p for p in passages if p.start <= start < p.end), None)
        if row["lang"] in ("sq", "en") and found is not None and found.lang not in (row["lang"], "und"):
            wrong.append((row["n"], found.lang))
    assert wrong == []


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.stem)
def test_clean_reports_have_no_words_of_the_other_language(path: Path) -> None:
    passages = identified(path.read_text(encoding="utf-8"))
    long = [p for p in passages if len(p.text.split()) >= 6]
    assert [p.text for p in long if p.lang == "und"] == []
    assert [p.text[a:b] for p in long for a, b, _ in p.foreign if b - a > 12] == []


def test_a_report_takes_a_third_of_a_second_once_warm() -> None:
    source = (ROOT / "data" / "samples" / "liria-2023.txt").read_text(encoding="utf-8") * 2
    identified(source)
    start = time.perf_counter()
    identified(source)
    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "ë" * 50_000, "('" * 20_000, "word-" * 20_000, "A b " * 20_000, "”“" * 9_999]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    language_of(text)
    assert time.perf_counter() - start < 5


def test_the_lexicon_knows_forms_and_not_slips() -> None:
    assert all(lexicon("sq").knows(w) for w in ("vepra", "fëmijëve", "prokurorisë", "ministrisë", "ligjzbatuese"))
    assert all(
        lexicon("en").knows(w) for w in ("prosecution", "children's", "organised", "organized", "self-regulatory")
    )
    assert not any(lexicon("sq").knows(w) for w in ("verpra", "fëmijev", "ligjbatuese"))
    assert not any(lexicon("en").knows(w) for w in ("prosecutin", "transposai", "misslng"))
    assert without_marks("eshte") == "është"
    assert without_marks("prosecution") is None
    assert "missing" in set(confusions("misslng"))
