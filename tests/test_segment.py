"""Cutting a text into passages: tables of cases, and what must hold for every text."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Block, Document, Location, Passage, Repair, short_hash
from pipeline.segment import split_passages
from pipeline.segment.lists import merged_items, next_letters, read_marker
from pipeline.spans import apply_repairs, passage_source, passage_span

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "segment" / "text.yml").read_text(encoding="utf-8"))
SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "liria-2023.txt"


def document(source: str, repairs: tuple[Repair, ...] = (), blocks: tuple[Block, ...] = ()) -> Document:
    text = apply_repairs(source, repairs)[0]
    return Document(short_hash(source), "case.txt", "text/plain", source, text, repairs, blocks)


def said(passages: tuple[Passage, ...]) -> list[Passage]:
    return [p for p in passages if p.kind != "page_furniture"]


def joined(source: str, passages: tuple[Passage, ...]) -> str:
    """The passages and what is between them; what is between must be white space."""
    parts: list[str] = []
    at = 0
    for passage in passages:
        between = source[at : passage.start]
        assert not between.strip(), f"text outside every passage: {between!r}"
        assert passage_source(passage) == source[passage.start : passage.end]
        parts += [between, passage_source(passage)]
        at = passage.end
    assert not source[at:].strip()
    return "".join([*parts, source[at:]])


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["label"])
def test_cuts(row: dict[str, Any]) -> None:
    passages = split_passages(document(row["text"]))
    assert [[p.kind, p.text] for p in said(passages)] == row["expected"]
    assert joined(row["text"], passages) == row["text"]


PIECES = st.sampled_from(
    ["1. ", "a) ", "k) ", "- ", "• ", "\n", "\n\n", "\t", "<p>", "</p>", "<ul>", "<i>", "&amp;", "Neni 5", "police",
     " ", "POLICIA", ".", ";", ":", "\r\n", "\f", "<", ">", "ë", "2014", "Measures\tWho\n", "12", '"']
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_joining_the_passages_gives_the_text_back(source: str) -> None:
    passages = split_passages(document(source))
    assert joined(source, passages) == source
    assert [p.number for p in passages] == list(range(1, len(passages) + 1))
    assert len({p.passage_id for p in passages}) == len(passages)
    for passage in said(passages):
        assert passage_span(passage, 0, len(passage.text)).exact == passage_source(passage)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_repairs_stay_whole_and_lead_back(source: str, data: st.DataObject) -> None:
    """A repair is made inside one passage, wherever it stands."""
    if not source:
        return
    at = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(at + 1, min(len(source), at + 3)))
    passages = split_passages(document(source, (Repair(at, end, source[at:end], "x", "mojibake"),)))
    assert joined(source, passages) == source
    if source[at:end].strip():
        assert sum(r.kind == "mojibake" for p in passages for r in p.repairs) == 1


def test_the_sample_loses_nothing() -> None:
    source = SAMPLE.read_text(encoding="utf-8")
    assert joined(source, split_passages(document(source))) == source


def test_a_passage_keeps_its_id_when_the_text_around_it_changes() -> None:
    one = said(split_passages(document("The law is new.\n\nThe courts decide.\n")))
    two = said(split_passages(document("A new line.\n\nThe law is new.\n\nThe courts decide.\n")))
    assert {p.text: p.passage_id for p in one}.items() <= {p.text: p.passage_id for p in two}.items()


def test_tables_count_rows_and_columns_over_pages() -> None:
    source = "Measures\tWho\nTraining\tPolice\n\nMeasures\tWho\n\tSchools\tx\n"
    cells = [p for p in said(split_passages(document(source))) if p.kind == "table_cell"]
    assert [(p.text, p.location.table, p.location.row, p.location.column) for p in cells][:2] == [
        ("Training", 1, 2, 1), ("Police", 1, 2, 2),
    ]  # fmt: skip
    assert {p.location.table for p in cells} == {1}


def test_page_numbers_and_running_heads_are_furniture() -> None:
    page = "Annual report of the agency\n\nThe law number {0} is new in the land.\n\nPage {0} of 4\n\f"
    passages = split_passages(document("".join(page.format(n) for n in range(1, 5))))
    assert [p.text for p in said(passages)] == [f"The law number {n} is new in the land." for n in range(1, 5)]


def test_blocks_of_a_structured_format_are_kept() -> None:
    source = "Report\nj) one of two k) two of two\nrest"
    blocks = (
        Block(0, 6, "title", Location(page=1)),
        Block(7, 34, "list_item", Location(page=1, column=2), "en", 1),
    )
    passages = split_passages(document(source, blocks=blocks))
    assert [(p.kind, p.text) for p in passages[:3]] == [
        ("title", "Report"), ("list_item", "j) one of two"), ("list_item", "k) two of two"),
    ]  # fmt: skip
    assert passages[1].lang_hint == "en"
    assert passages[1].location.column == 2
    assert joined(source, passages) == source


MARKERS = [
    ("a) theft", ("letter", "a")), ("- b) theft", ("letter", "b")), ("dh) njoftimi", ("letter", "dh")),
    ("ç) botimi", ("letter", "ç")), ("(c) forgery", ("letter", "c")), ("1. aim", ("number", 1)),
    ("1.Aim", ("number", 1)), ("(2) aim", ("number", 2)), ("12) aim", ("number", 12)),
    ("2.3 Data", ("multilevel", 3)), ("iv) aim", ("roman", 4)), ("II. Hyrje", ("roman", 2)), ("• aim", ("bullet", 0)),
    ("– aim", ("bullet", 0)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKERS, ids=lambda v: v if isinstance(v, str) else "")
def test_reads_markers(text: str, expected: tuple[str, str | int]) -> None:
    marker = read_marker(text)
    assert marker is not None
    assert (marker.style, marker.letter or marker.value) == expected


@pytest.mark.parametrize(
    "text",
    ["10.06.2014 u nënshkrua", "12.5 % e fëmijëve", "2014. Viti", "-5 gradë", "a theft", "A. Hoxha foli", "1)", "-"],
)
def test_reads_no_marker(text: str) -> None:
    assert read_marker(text) is None


def test_both_alphabets_go_on_after_c_and_d() -> None:
    assert next_letters("c") == {"d", "ç"}
    assert next_letters("d") == {"e", "dh"}
    assert next_letters("ç") == {"d"}


@pytest.mark.parametrize(
    "source",
    ["(" * 50_000, "a) " * 20_000, "<p" * 30_000, "1. " * 20_000, "\t" * 50_000, "• " * 30_000, "9" * 50_000,
     "&" * 50_000, "a) b) c) d) " * 5_000],
    ids=lambda s: s[:6],
)  # fmt: skip
def test_hostile_text_takes_no_time(source: str) -> None:
    start = time.perf_counter()
    split_passages(document(source))
    assert time.perf_counter() - start < 5


def test_merged_items_need_items() -> None:
    assert merged_items("Neni 5, pika 1. Policia raporton.") == []
    assert merged_items("1. See Table 2. The figures grew.") == []
