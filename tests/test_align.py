"""Copies, differences and pairs: tables of cases, and what must hold for every text."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align import find_copies, find_pairs
from pipeline.align.differences import differences
from pipeline.align.word_pairs import cognate, meanings
from pipeline.annotate import annotate_passages
from pipeline.identify import identify_passages
from pipeline.model import Copy, Document, Passage, short_hash
from pipeline.segment import split_passages
from pipeline.settings import Settings
from pipeline.terminology import load_glossary

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "align" / "differences.yml").read_text(encoding="utf-8"))
SAMPLES = Path(__file__).parents[1] / "data" / "samples"


def passages_of(text: str) -> tuple[Passage, ...]:
    document = Document(short_hash(text), "case.txt", "text/plain", text, text)
    return identify_passages(split_passages(document))


def copies_of(text: str) -> list[tuple[str, str, Copy]]:
    passages = passages_of(text)
    by_id = {p.passage_id: p.text for p in passages}
    return [(by_id[c.of_passage_id], by_id[c.passage_id], c) for c in find_copies(passages)]


def pairs_of(text: str) -> list[tuple[str, str, str]]:
    passages = passages_of(text)
    by_id = {p.passage_id: p.text for p in passages}
    annotated = annotate_passages(passages, load_glossary(Settings().glossary))
    return [(by_id[p.sq_passage_id], by_id[p.en_passage_id], p.how) for p in find_pairs(annotated)]


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["label"])
def test_names_every_difference(row: dict[str, Any]) -> None:
    found = differences(row["left"], row["right"])
    assert [[d.left, d.right, d.kind] for d in found] == row["expected"]


@settings(max_examples=300, deadline=None)
@given(*[st.lists(st.sampled_from(
    ["police", "Police", "116006", "16006", ",", ".", "(", "law", "ligj", "për", "per", "a)", "-", "nuk", "ALO", "116"]
), max_size=14).map(" ".join)] * 2)  # fmt: skip
def test_differences_quote_their_places(left: str, right: str) -> None:
    found = differences(left, right)
    for d in found:
        assert left[d.left_start : d.left_end] == d.left
        assert right[d.right_start : d.right_end] == d.right
        assert d.left or d.right
        assert d.left != d.right
    assert [d.left_start for d in found] == sorted(d.left_start for d in found)
    assert differences(left, left) == ()


SECTION = [
    "The State Police informs that no investigations were conducted to identify images in the ICSE.",
    "Structures of computer examination use licensed software such as EnCase to speed up the analysis of images.",
    "A number of trainings have taken place with the School of Magistrates in this field in the course of the year.",
    "The Directive is planned to be adopted in the future, with a view to its transposal to the domestic legislation.",
]


def twice(second: list[str]) -> str:
    return "\n".join([*SECTION, "Interlude on another matter altogether, told once.", *second])


def test_finds_copies_and_what_differs() -> None:
    second = [SECTION[0].replace("ICSE", "ISCE"), SECTION[1].replace("EnCase", "HnCase"), SECTION[2], SECTION[3]]
    found = copies_of(twice(second))
    assert [(a, b) for a, b, _ in found] == list(zip(SECTION, second, strict=True))
    assert [[(d.left, d.right) for d in c.differences] for _, _, c in found] == [
        [("ICSE", "ISCE")], [("EnCase", "HnCase")], [], [],
    ]  # fmt: skip


def test_a_passage_may_merge_two() -> None:
    found = copies_of(twice([SECTION[0] + " " + SECTION[1], SECTION[2], SECTION[3]]))
    assert [a for a, b, _ in found if b.startswith(SECTION[0])] == SECTION[:2]
    assert all(c.identical for _, _, c in found)


def test_a_passage_may_be_cut_in_two() -> None:
    at = SECTION[1].index("to speed up")
    first, second = SECTION[1][:at].strip(), SECTION[1][at:]
    found = copies_of("\n\n".join([*SECTION, "Interlude.", SECTION[0], first, second, SECTION[2], SECTION[3]]))
    parts = [(b, a[c.left_start : c.left_end].strip()) for a, b, c in found if a == SECTION[1]]
    assert parts == [(first, first), (second, second)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2013 the police registered 25 cases and arrested 11 persons.\nThe courts decided.\n"
        "In 2014 the police registered 31 cases and arrested 14 persons.",
        "The school of Vlora received 20 computers and two printers.\n"
        "The school of Fier received 15 computers and six printers.",
        "a) Article 147 of the Code \"Fraud with works\"\nb) Article 148 of the Code \"Publication of works\"\n"
        "c) Article 149 of the Code \"Reproduction of works\"\nd) Article 150 of the Code \"Sale of works\"",
        "The deadline is thirty days.\nOther words.\nOther words again.\nMore.\nThe deadline is sixty days.",
    ],
)  # fmt: skip
def test_what_is_built_alike_is_no_copy(text: str) -> None:
    assert copies_of(text) == []


def test_headers_and_furniture_are_no_copies() -> None:
    head = "Objectives of the plan\tActions of the plan\tMeasures of the plan\tInstitutions of the plan"
    assert copies_of(f"{head}\nOne\tTwo\tThree\tFour\n\n{head}\nFive\tSix\tSeven\tEight") == []


def test_the_languages_are_kept_apart() -> None:
    text = "Policia e Shtetit ka 8 specialistë për krimin.\nThe State Police has 8 specialists for crime."
    assert copies_of(text) == []


def test_many_equal_passages_stay_linear() -> None:
    """A thousand equal cells and a thousand that differ in a figure: bounded work, the first is the original."""
    line = "The Ministry of Education and Sports is responsible for the training of {} teachers in this region"
    passages = tuple(
        Passage(short_hash(str(n)), "d", n + 1, n * 200, n * 200 + len(t), t, "table_cell", lang="en")
        for n, t in enumerate([line.format(7)] * 1000 + [line.format(i) for i in range(1000)])
    )
    found = find_copies(passages)
    assert {c.of_passage_id for c in found[:999]} == {passages[0].passage_id}
    assert len(found) < 4_000


def test_order_of_unrelated_passages_changes_no_copy() -> None:
    chance = random.Random(5)
    words = [f"fjala{n}" for n in range(400)]
    others = [" ".join(chance.choices(words, k=20)) + "." for _ in range(30)]
    text = "\n".join([SECTION[1], *others, SECTION[1].replace("EnCase", "HnCase")])
    assert [[d.left for d in c.differences] for _, _, c in copies_of(text)] == [["EnCase"]]


PAIRED = [
    ("Gjatë vitit 2023 u regjistruan 214 raste të dhunës.", "During 2023, 214 cases of violence were registered."),
    ("Strehimi priti 36 gra dhe 29 fëmijë.", "The shelter received 36 women and 29 children."),
    ("Policia ka tetë specialistë për krimin kompjuterik.", "The police has eight specialists for computer crime."),
    ("Marrëveshja u lidh më 12.05.2021 për tre vjet.", "The agreement was concluded on 12.05.2021 for three years."),
]  # fmt: skip


def test_pairs_in_turn() -> None:
    found = pairs_of("\n\n".join(f"{sq}\n{en}" for sq, en in PAIRED))
    assert found == [(sq, en, "alternating") for sq, en in PAIRED]


def test_pairs_in_columns() -> None:
    table = "Shqip\tEnglish\n" + "\n".join(f"{sq}\t{en}" for sq, en in PAIRED)
    assert [(a, b) for a, b, how in pairs_of(table) if how == "table_columns"][-4:] == PAIRED


def test_pairs_of_two_editions() -> None:
    text = "\n\n".join([sq for sq, _ in PAIRED] + [en for _, en in PAIRED])
    assert [(a, b) for a, b, _ in pairs_of(text)] == PAIRED


def test_a_figure_that_differs_does_not_part_a_pair() -> None:
    """That is what the comparison of the two languages is for."""
    rows = [(sq, en.replace("36 women", "63 women").replace("12.05", "12.06")) for sq, en in PAIRED]
    assert [(a, b) for a, b, _ in pairs_of("\n\n".join(f"{sq}\n{en}" for sq, en in rows))] == rows


@pytest.mark.parametrize(
    "text",
    [
        "The centre receives all reports in the town hall.\n\nÇdo viktimë ka të drejtë të shoqërohet në gjykatë.\n\n"
        "The police kept a register of the orders.",
        "Policia e Shtetit trajnoi 40 hetues.\n\nThe Ministry of Health opened two clinics in Vlora.",
        "The police came.\n\nThe law is new.\n\nThe courts decided.",
    ],
)
def test_unrelated_passages_are_no_pairs(text: str) -> None:
    assert pairs_of(text) == []


def test_the_sample_has_its_three_pairs() -> None:
    found = pairs_of((SAMPLES / "liria-2023.txt").read_text(encoding="utf-8"))
    assert len(found) == 3


def test_word_pairs_meet() -> None:
    assert meanings("femijeve", True) & meanings("children", False)
    assert not meanings("femijeve", True) & meanings("police", False)
    assert cognate("komisioni") == cognate("commission")
    assert cognate("ligji") is None
