"""Institutions and office holders: tables of real names in every form, near misses, and what holds for any text."""

from __future__ import annotations

import re
import time
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.find.acronyms import acronyms, definitions
from pipeline.find.institutions import find_institutions
from pipeline.find.terms import find_terms
from pipeline.settings import Settings
from pipeline.terminology import Glossary, load_glossary

CASES = Path(__file__).parent.parent / "cases" / "institutions"


@cache
def glossary() -> Glossary:
    return load_glossary(Settings().glossary)


def rows(hits: bool) -> list[object]:
    found = []
    for path in sorted(CASES.glob("*.yml")):
        for group, lines in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for i, line in enumerate(lines):
                if ("⟦" in line) is hits:
                    found.append(pytest.param(group, line, id=f"{group}-{i} {re.sub(r'[^a-zA-Z ]+', '', line)[:36]}"))
    return found


def marked(text: str) -> tuple[str, list[str]]:
    return text.replace("⟦", "").replace("⟧", ""), re.findall(r"⟦([^⟧]*)⟧", text)


def lang_of(group: str, text: str) -> str:
    return "sq" if "albanian" in group or re.search(r"[ëç]| e | i ", text) else "en"


def test_there_are_enough_rows_and_a_third_are_near_misses() -> None:
    assert len(rows(True)) + len(rows(False)) >= 200
    assert 3 * len(rows(False)) >= len(rows(True)) + len(rows(False))


@pytest.mark.parametrize(("group", "line"), rows(True))
def test_finds(group: str, line: str) -> None:
    text, _, concepts = line.partition(" => ")
    plain, places = marked(text)
    found = find_institutions(plain, lang_of(group, plain), glossary())
    assert [m.span.exact for m in found] == places
    if concepts:
        wanted = [set() if c == "-" else set(c.split(", ")) for c in concepts.split("; ")]
        assert [{c.concept_id for c in m.candidates} for m in found] == wanted


@pytest.mark.parametrize(("group", "line"), rows(False))
def test_leaves_alone(group: str, line: str) -> None:
    assert [m.span.exact for m in find_institutions(line, lang_of(group, line), glossary())] == []


def test_nothing_is_decided_while_finding() -> None:
    found = find_institutions("Ministry of Justice, Ministry of Water and general prosecutin office", "en", glossary())
    assert [m.concept_id for m in found] == [None, None, None]


def test_a_form_of_two_concepts_has_both_as_candidates() -> None:
    found = find_institutions("Ministry of Education and Sports", "en", glossary())
    assert {c.concept_id for c in found[0].candidates} == {"al-mas-2013", "al-mas-2021"}


def test_a_wrong_form_is_mapped_and_marked() -> None:
    (found,) = find_institutions("Electronic and Postal Communications Agency", "en", glossary())
    assert (found.status, [c.concept_id for c in found.candidates]) == ("deprecated", ["al-akep"])


def test_a_misread_letter_lowers_the_score() -> None:
    clean, damaged = (
        find_institutions(t, "en", glossary())[0] for t in ("Ministry of Interior", "Ministry of lnterior")
    )
    assert clean.score == 100 > damaged.score > 90


@given(st.text(alphabet="Ministria e Drejtësisë Agency of the Police, and ()AKEP-i\n", max_size=160))
@settings(max_examples=150, deadline=None)
def test_spans_quote_the_text_and_do_not_overlap(text: str) -> None:
    found = find_institutions(text, "sq", glossary())
    for mention in found:
        assert text[mention.span.start : mention.span.end] == mention.span.exact
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start


@given(st.text(max_size=120))
@settings(max_examples=100, deadline=None)
def test_a_sentence_without_names_changes_nothing(rest: str) -> None:
    text = "Ministria e Drejtësisë raportoi.\n\n\n"
    found = [m.span for m in find_institutions(text + "\n", "sq", glossary())]
    assert [
        m.span for m in find_institutions(text + "\n \n" + rest.lower(), "sq", glossary()) if m.span.end < len(text)
    ] == found


@pytest.mark.parametrize(
    "text",
    ["Ministry of " * 4000, "A " * 20_000 + "Agency", "(" * 20_000, "AKEP" * 5000, "Ministria e " * 4000,
     "Agency, " * 4000, "and Agency of the " * 3000, "A" * 50_000],
    ids=lambda t: t[:14].strip(),
)  # fmt: skip
def test_hostile_text_stays_fast(text: str) -> None:
    began = time.perf_counter()
    find_institutions(text, "und", glossary())
    assert time.perf_counter() - began < 3.0


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("the Coordinated Referral Mechanism (CRM), which", "CRM", "Coordinated Referral Mechanism"),
        ("Njësia për Mbrojtjen e Fëmijës (NJMF) ka", "NJMF", "Njësia për Mbrojtjen e Fëmijës"),
        ("CPU - Child Protection Unit", "CPU", "Child Protection Unit"),
        ("several non-governmental organisations (NGOs) met", "NGO", "non-governmental organisations"),
    ],
)
def test_explained_abbreviations(text: str, short: str, long: str) -> None:
    assert [(d.short, d.long) for d in definitions(text)] == [(short, long)]


@pytest.mark.parametrize(
    "text", ["see the annex (page 5)", "in May (2014) and June", "the Tax Office (open daily)", "a (b) c"]
)
def test_brackets_that_explain_nothing(text: str) -> None:
    assert list(definitions(text)) == []


@pytest.mark.parametrize(
    ("text", "shorts"),
    [("AKEP-it dhe OJQ-ve", ["AKEP", "OJQ"]), ("ISPs and CPU's", ["ISP", "CPU"]), ("the T-CY met", ["T-CY"]),
     ("ANNUAL REPORT OF THE AGENCY", []), ("Action II and NR 5", []), ("2011/93/EC", [])],
)  # fmt: skip
def test_abbreviations_in_capitals(text: str, shorts: list[str]) -> None:
    assert [a.short for a in acronyms(text)] == shorts


@pytest.mark.parametrize(
    ("text", "lang", "terms"),
    [
        ("Veprat penale të vitit", "sq", ["Veprat penale"]),
        ("Every criminal offence counts", "en", ["criminal offence"]),
        ("Pornography of a sort, and child pornography", "en", ["Pornography", "child pornography"]),
        ("unit", "sq", []),
    ],
)
def test_terms_longest_first_and_in_the_language_of_the_text(text: str, lang: str, terms: list[str]) -> None:
    assert [m.span.exact for m in find_terms(text, lang, glossary())] == terms
