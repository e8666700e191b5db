"""References in both languages: tables of real written forms and near misses, and what holds for any text."""

from __future__ import annotations

import re
import time
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.find.references import find_references
from pipeline.find.references.draft import clean_number, read_date
from pipeline.model import LegalReference
from pipeline.settings import Settings
from pipeline.terminology import Glossary, load_glossary

CASES = Path(__file__).parent.parent / "cases" / "references"
KEYS = {"para": "paragraph", "pt": "point", "let": "letter", "end": "article_end", "act": "act_type", "no": "number",
        "date": "date"}  # fmt: skip


@cache
def glossary() -> Glossary:
    return load_glossary(Settings().glossary)


def rows(hits: bool) -> list[object]:
    found = []
    for path in sorted(CASES.glob("*.yml")):
        for group, lines in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for i, line in enumerate(lines):
                if (" => " in line) is hits:
                    label = re.sub(r"[^\w/]+", " ", line)[:40]
                    found.append(pytest.param(line, id=f"{path.stem}-{group}-{i} {label}"))
    return found


def lang_of(text: str) -> str:
    return "sq" if re.search(r"[ëç]|\b(?:neni|nenit|nenet|sipas|dhe|ligji|datë|i|të)\b", text, re.IGNORECASE) else "en"


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    places, plain, start = [], "", 0
    for char in text:
        if char == "⟦":
            start = len(plain)
        elif char == "⟧":
            places.append((start, len(plain)))
        else:
            plain += char
    return plain, places


def parse(item: str) -> dict[str, object]:
    """`5 para=1 act=law title=The rest` as fields."""
    wanted: dict[str, object] = {}
    item, _, title = item.partition(" title=")
    if title:
        wanted["title"] = title
    article, *keys = item.split()
    wanted["article"] = None if article == "-" else article
    for key in keys:
        name, _, value = key.partition("=")
        if name == "ana":
            wanted["anaphoric"] = True
        else:
            wanted[KEYS[name]] = None if value == "None" else value
    return wanted


def test_there_are_enough_rows_and_a_third_are_near_misses() -> None:
    hits, misses = len(rows(True)), len(rows(False))
    kept_apart = sum("followed_by_counts" in p.id for p in rows(True))
    assert hits + misses >= 300
    assert 3 * (misses + kept_apart) >= hits + misses


@pytest.mark.parametrize("line", rows(True))
def test_finds(line: str) -> None:
    text, _, expected = line.rpartition(" => ")
    plain, places = marked(text)
    found = find_references(plain, lang_of(plain), glossary())
    spans = list(dict.fromkeys((r.span.start, r.span.end) for r in found))
    assert [plain[a:b] for a, b in spans] == [plain[a:b] for a, b in places]
    for place, item in zip(places, expected.split("; "), strict=True):
        here = [r for r in found if (r.span.start, r.span.end) == place]
        wanted = [parse(i.strip()) for i in item.split(" + ")]
        assert [r.article for r in here] == [w["article"] for w in wanted]
        shared = {k: v for k, v in wanted[-1].items() if k in ("act_type", "number", "date")}
        for reference, fields in zip(here, wanted, strict=True):
            for name, value in {**shared, **fields}.items():
                assert getattr(reference, name) == value, name


@pytest.mark.parametrize("line", rows(False))
def test_leaves_alone(line: str) -> None:
    assert [r.span.exact for r in find_references(line, lang_of(line), glossary())] == []


def test_the_language_of_the_passage_does_not_change_what_is_found() -> None:
    text = "neni 117 i Kodit Penal and Article 108 of the Penal Code"
    found = {lang: [r.span for r in find_references(text, lang, glossary())] for lang in ("sq", "en", "und", "mixed")}
    assert len({tuple(spans) for spans in found.values()}) == 1


def test_without_a_glossary_the_grammar_still_finds() -> None:
    found = find_references("neni 5 i ligjit nr. 9887, datë 10.03.2008", "sq", Glossary())
    assert [(r.article, r.number) for r in found] == [("5", "9887")]


@given(st.integers(1, 400), st.sampled_from(["", "/a", "/ç", "/dh", "/2"]), st.sampled_from(["neni", "nenit", "nenin"]))
@settings(max_examples=60, deadline=None)
def test_any_number_is_read_as_it_stands(number: int, tail: str, head: str) -> None:
    found = find_references(f"sipas {head} {number}{tail} të Kodit Penal.", "sq", glossary())
    assert [r.article for r in found] == [f"{number}{tail}"]


@given(st.text(alphabet='neni artcl 0123456789/çë.,()"“” Kodit Penal ligj nr datë Order\n-', max_size=200))
@settings(max_examples=150, deadline=None)
def test_spans_quote_the_text(text: str) -> None:
    for reference in find_references(text, "sq", glossary()):
        assert text[reference.span.start : reference.span.end] == reference.span.exact
        if reference.title_span is not None:
            assert text[reference.title_span.start : reference.title_span.end] == reference.title


@pytest.mark.parametrize(
    "text",
    [
        "neni " + "1" * 5000,
        "neni 5, " * 3000,
        "Article 5 (" + "(" * 5000,
        '"' * 5000 + "Article 5",
        "ligji nr. " * 3000,
        "Kodi i të " * 3000,
        "nenet " + "1, " * 4000,
        "Convention on " * 2000,
        "A" * 10_000 + " Code of the " * 500,
        "\n" * 20_000 + "neni 5",
        "urdhri e i të së " * 2000 + "nr. 5",
    ],
    ids=lambda t: t[:16].strip(),
)
def test_hostile_text_stays_fast(text: str) -> None:
    began = time.perf_counter()
    find_references(text, "und", glossary())
    assert time.perf_counter() - began < 2.0


def test_the_same_text_gives_the_same_references() -> None:
    text = "nenet 108 dhe 117 të Kodit Penal"
    first: tuple[LegalReference, ...] = find_references(text, "sq", glossary())
    assert first == find_references(text, "sq", load_glossary(Settings().glossary))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("293/ ç", "293/ç"),
        ("293/c", "293/c"),
        ("192-b", "192/b"),
        ("74/A", "74/a"),
        ("l17", "117"),
        ("143/a/1", "143/a/1"),
    ],
)
def test_numbers_are_cleaned_but_letters_kept(written: str, number: str) -> None:
    assert clean_number(written) == number


@pytest.mark.parametrize(
    ("written", "iso"),
    [("27.1.1995", "1995-01-27"), ("3 nëntor 2016", "2016-11-03"), ("31.02.2014", None), ("10.06.06.2014", None)],
)
def test_dates_are_read_or_refused(written: str, iso: str | None) -> None:
    assert read_date(written) == iso
