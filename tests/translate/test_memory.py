"""Translation memories: read, matched, their figures replaced only where that is certain, written and read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SettingsError
from pipeline.translate.memory import Memory, Remembered, load_memory, with_figures_of, write_tmx

ENTRIES = (
    Remembered("sq", "Policia regjistroi 583 raste në vitin 2014.", "en", "The police recorded 583 cases in 2014."),
    Remembered("en", "The law came into force.", "sq", "Ligji hyri në fuqi."),
    Remembered("sq", "Takimi u mbajt.", "en", "The meeting was held."),
    Remembered("sq", "Takimi u mbajt.", "en", "The meeting took place."),
)


def test_exact_matches_go_both_ways_and_the_last_one_counts() -> None:
    memory = Memory(ENTRIES, "sq", "en")
    match = memory.exact("Takimi  u mbajt.\n")
    assert match is not None
    assert (match.target_text, match.score) == ("The meeting took place.", 100.0)
    match = memory.exact("Ligji hyri në fuqi.")
    assert match is not None
    assert match.target_text == "The law came into force."
    assert memory.exact("takimi u mbajt.") is None


def test_a_near_match_brings_the_figures_of_the_text() -> None:
    match = Memory(ENTRIES, "sq", "en").near("Policia regjistroi 601 raste në vitin 2015.", 75)
    assert match is not None
    assert match.target_text == "The police recorded 601 cases in 2015."
    assert 75 <= match.score < 100


@pytest.mark.parametrize(
    ("text", "remembered", "target", "expected"),
    [
        ("7 raste", "5 raste", "5 cases", "7 cases"),
        ("7 raste", "5 raste", "five cases", None),
        ("7 raste, 8 viktima", "5 raste, 6 viktima", "6 victims, 5 cases", "8 victims, 7 cases"),
        ("7 raste, 8 viktima", "5 raste, 5 viktima", "5 cases, 5 victims", None),
        ("7 raste", "5 raste, 6 viktima", "5 cases, 6 victims", None),
        ("më 3.4.2015", "5 raste", "5 cases", None),
        ("1.425 raste", "1.300 raste", "1,300 cases", "1.425 cases"),
        ("pa raste", "pa raste të reja", "no new cases", "no new cases"),
    ],
)
def test_figures_are_replaced_only_where_it_is_certain(
    text: str, remembered: str, target: str, expected: str | None
) -> None:
    assert with_figures_of(text, remembered, target) == expected


def test_a_far_text_matches_nothing() -> None:
    assert Memory(ENTRIES, "sq", "en").near("Fëmijët luajnë në oborr çdo ditë.", 75) is None
    assert Memory((), "sq", "en").near("Takimi", 75) is None


@given(st.text(st.characters(min_codepoint=1, max_codepoint=0x2FFF), max_size=60), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, source: str, target: str) -> None:
    path = tmp_path_factory.mktemp("tmx") / "m.tmx"
    write_tmx(path, [Remembered("sq", f"a{source}", "en", f"b{target}")])
    (entry,) = load_memory([str(path)])
    assert Memory([entry], "sq", "en").exact(f"a{source}") or "\r" in source or not source.isprintable()


TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="sq-AL" datatype="xml"/><body>
<tu><tuv xml:lang="sq-AL"><seg>Neni <bpt i="1">&lt;b></bpt>117<ept i="1">&lt;/b></ept> i <hi>Kodit</hi></seg></tuv>
<tuv xml:lang="EN-gb"><seg>Article 117 of the Code</seg></tuv><tuv xml:lang="fr"><seg>Article</seg></tuv></tu>
<tu><tuv lang="sq"><seg>Vetëm</seg></tuv></tu></body></tmx>"""


def test_a_tmx_of_another_program(tmp_path: Path, no_network: None) -> None:
    (tmp_path / "m.tmx").write_text(TMX, encoding="utf-8")
    assert load_memory([str(tmp_path / "m.tmx")]) == (
        Remembered("sq", "Neni 117 i Kodit", "en", "Article 117 of the Code"),
    )


def test_an_entity_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    text = TMX.replace('SYSTEM "tmx14.dtd"', f'[<!ENTITY x SYSTEM "file://{tmp_path}/secret">]').replace("Vetëm", "&x;")
    text = text.replace('<tuv xml:lang="fr"><seg>Article</seg></tuv>', "").replace("Article 117", "Article &x; 117")
    (tmp_path / "m.tmx").write_text(text, encoding="utf-8")
    assert "secret" not in repr(load_memory([str(tmp_path / "m.tmx")]))


def test_reviewers_edits(tmp_path: Path) -> None:
    path = tmp_path / "memory.jsonl"
    row = {"source_lang": "sq", "source_text": "Takimi", "target_lang": "en", "target_text": "The meeting"}
    path.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    assert load_memory([str(path)]) == (Remembered("sq", "Takimi", "en", "The meeting"),)


@pytest.mark.parametrize(
    ("name", "content"),
    [("m.tmx", "<tmx><body><tu>"), ("m.tmx", ""), ("m.tmx", "\x00"), ("m.jsonl", "{"), ("m.jsonl", "[1]"),
     ("m.jsonl", '{"source_lang": "sq", "source_text": 1, "target_lang": "en", "target_text": "x"}')],
)  # fmt: skip
def test_a_damaged_memory_is_an_error_that_names_it(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(SettingsError, match=name):
        load_memory([str(tmp_path / name)])


def test_a_memory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_memory([str(tmp_path / "none.tmx")])
