"""Cutting and joining, figures, faults and wording: the functions over text, by table and by property."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.terminology import Concept, Glossary, Term
from pipeline.translate.casing import cased_like, in_small_letters, is_capitals
from pipeline.translate.faithful import faults, is_copy, repeated_run
from pipeline.translate.fidelity import ADDRESS, discrepancy, mended, numbers
from pipeline.translate.names import proper_names
from pipeline.translate.near_terms import near_terms
from pipeline.translate.pieces import clauses, cut, join, shown, smaller
from pipeline.translate.protect import leaks, mask, unmask
from pipeline.translate.wording import Wanted, missing_names, placed, reworded

CASES = Path(__file__).parent.parent / "cases" / "translate"


def table(name: str) -> list[Any]:
    rows = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["label"]) for row in rows]


@pytest.mark.parametrize("row", table("figures"))
def test_figures(row: dict[str, Any]) -> None:
    found = discrepancy(row["source"], row["target"], "sq", "en")
    assert (list(found.lost), list(found.added), list(found.lost_words)) == (
        row.get("lost", []),
        row.get("added", []),
        row.get("words", []),
    )
    said = mended(row["source"], row["target"], "sq")
    assert said == row.get("mended", row["target"])
    if "mended" in row:
        assert not discrepancy(row["source"], said, "sq", "en")


@pytest.mark.parametrize("row", table("faults"))
def test_faults(row: dict[str, Any]) -> None:
    found = faults(row["source"], row["target"], row.get("from", "sq"), row.get("to", "en"))
    assert sorted(f.kind for f in found) == sorted(row.get("kinds", []))
    assert all(f.message and f.hard for f in found)


@pytest.mark.parametrize("row", table("pieces"))
def test_pieces(row: dict[str, Any]) -> None:
    parts = cut(row["text"], row["lang"])
    assert [row["text"][p.start : p.end] for p in parts if p.said] == row["said"]


@pytest.mark.parametrize("row", table("wording"))
def test_wording(row: dict[str, Any]) -> None:
    accepted = (row["preferred"], *row.get("accepted", []))
    wanted = (Wanted(0, 1, "c", row["lang"], row["preferred"], accepted, tuple(row.get("others", []))),)
    assert reworded(row["target"], wanted) == row["said"]
    assert missing_names(row["said"], wanted) == ([row["preferred"]] if row.get("missing") else [])


TEXTS = st.text(st.sampled_from("aeëçnstrAB 019.,;:()-–/<>p&_\t\n“”"), max_size=200) | st.text(max_size=80)


@given(TEXTS, st.sampled_from(["sq", "en", "und"]))
@settings(max_examples=150, deadline=None)
def test_cutting_and_joining_gives_the_text_back(text: str, lang: Any) -> None:
    parts = cut(text, lang)
    assert "".join(text[p.start : p.end] for p in parts) == text
    assert join(text, parts, [text[p.start : p.end] for p in parts if p.said]) == text


@given(TEXTS, st.integers(3, 40))
@settings(max_examples=100, deadline=None)
def test_a_sentence_in_clauses_is_whole_and_each_is_short(text: str, longest: int) -> None:
    def count(sentences: Any) -> list[int]:
        return [len(s) for s in sentences]

    for parts in (clauses(text, longest, count), smaller(text)):
        assert "".join(text[p.start : p.end] for p in parts) == text
    assert all(p.end - p.start <= longest for p in clauses(text, longest, count) if p.said)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_masking_is_undone(text: str) -> None:
    for turn in (0, 1):
        masked = mask(text, turn=turn)
        assert masked is None or unmask(masked, masked.text) == text


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_text_has_the_figures_of_itself(text: str) -> None:
    assert not discrepancy(text, text, "sq", "sq")
    assert mended(text, text, "sq") == text


@given(st.lists(st.integers(2, 99999), min_size=1, max_size=6), st.randoms())
@settings(max_examples=60, deadline=None)
def test_a_lost_figure_is_always_seen(values: list[int], random: Any) -> None:
    source = "raste: " + "; ".join(f"{v} herë" for v in values)
    gone = random.randrange(len(values))
    target = "cases: " + "; ".join(f"{v} times" for i, v in enumerate(values) if i != gone)
    assert discrepancy(source, target, "sq", "en").lost == (str(values[gone]),)
    assert Counter(m.group() for m in numbers(source)) == Counter(map(str, values))


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5000,
        "1." * 3000,
        "(" * 5000,
        "a@" * 3000,
        "<" * 5000,
        "x" * 20_000,
        "1 000" * 2000,
        "http://" * 700,
        "%(" * 3000,
    ],
)
def test_hostile_text_stays_fast(text: str) -> None:
    parts = cut(text, "sq")
    assert join(text, parts, [text[p.start : p.end] for p in parts if p.said]) == text
    assert not discrepancy(text, text, "sq", "sq")
    assert list(ADDRESS.finditer(text)) is not None
    assert repeated_run(text, text) == ""
    assert is_copy(text, text) in (True, False)


def test_what_a_model_is_shown_has_no_invisible_characters() -> None:
    assert shown("e\u200bmri\u0007 i\u00ad ri\u202e\nkëtu") == "emri i ri këtu"


MINISTRY = Wanted(0, 1, "c", "sq", "Ministria e Brendshme", ("Ministria e Brendshme",), definite=True)
OFFICE = Wanted(0, 1, "c", "en", "Ministry of Interior", ("Ministry of Interior",), bracket=" (MoI)", definite=True)
TERM = Wanted(0, 1, "c", "en", "victim of trafficking", ("victim of trafficking",))


@pytest.mark.parametrize(
    ("want", "before", "ending", "said"),
    [
        (MINISTRY, "urdhri i ", "", "Ministrisë së Brendshme"),
        (MINISTRY, "u tha nga ", "", "Ministria e Brendshme"),
        (MINISTRY, "punon ", "në", "Ministrinë e Brendshme"),
        (MINISTRY, "ndryshoi ", "së", "Ministrisë së Brendshme"),
        (OFFICE, "order of ", "", "the Ministry of Interior (MoI)"),
        (OFFICE, "order of the ", "", "Ministry of Interior (MoI)"),
        (OFFICE, "", "", "The Ministry of Interior (MoI)"),
        (TERM, "there were 12 ", "", "victims of trafficking"),
        (TERM, "there was 1 ", "", "victim of trafficking"),
    ],
)
def test_a_name_stands_as_its_place_asks(want: Wanted, before: str, ending: str, said: str) -> None:
    assert placed(want, before, "", ending) == said


def test_a_stand_in_gives_its_ending_to_the_name() -> None:
    masked = mask("order of the Ministry", [(13, 21, "Ministria e Brendshme")])
    assert masked is not None
    assert masked.text == "order of the UNICEF"
    said = unmask(masked, "urdhri i UNICEF-it", lambda name, before, ending: f"{name}/{ending}")
    assert said == "urdhri i Ministria e Brendshme/it"
    assert unmask(masked, "urdhri i UNICEFI") is None
    assert unmask(masked, "UNICEF dhe UNICEF") is None
    assert leaks("urdhri", "UNICEFI") is True
    assert leaks("i UNICEF-it", "of UNICEF") is False


def test_a_term_with_one_damaged_word_is_found() -> None:
    concept = Concept(
        "t1", "term", "procedurë e njoftimit dhe heqjes", "notice and takedown procedure",
        (Term("procedurat e njoftimit dhe të heqjes", "sq", "admitted", "variant"),),
    )  # fmt: skip
    index = near_terms(Glossary(concepts={"t1": concept}), "sq")
    text = "Sot procedural e njoftimit dhe të heqjes vijon."
    assert [m.span.exact for m in index.find(text)] == ["procedural e njoftimit dhe të heqjes"]
    assert index.find("Procedurat e njoftimit dhe të heqjes") == (), "the finder has this one"
    assert index.find("Praktikat e njoftimit dhe të heqjes") == ()
    assert index.find("procedura e njoftimit dhe e pagesës") == ()


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Foli Blerim Zharku i PAMECA-s.", ["Zharku", "PAMECA"]),
        ("Shqipëria dhe Tirana kanë shkolla.", []),
        ("Shkruani te Zharku@x.al ose në www.Zharku.al", []),
        ("MINISTRIA E ZHARKUT", []),
        ("Zharku foli.", []),
    ],
)
def test_names(sentence: str, names: list[str]) -> None:
    assert [sentence[a:b] for a, b in proper_names(sentence)] == names


@pytest.mark.parametrize(
    ("source", "calm"),
    [
        ("REPUBLIKA E SHQIPËRISË", "Republika e shqipërisë"),
        ("KREU II: VKM NR. 5", "Kreu II: VKM nr. 5"),
        ("1. HYRJE", "1. Hyrje"),
    ],
)
def test_capitals_are_calmed_and_put_back(source: str, calm: str) -> None:
    assert in_small_letters(source) == calm
    assert cased_like(source, "republic of Albania") == (
        "REPUBLIC OF ALBANIA" if is_capitals(source) else "Republic of Albania"
    )
