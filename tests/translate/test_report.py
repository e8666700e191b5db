"""Which passages are translated, by whom, and what is said where nobody can; lines in, lines out."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import packages
import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.errors import ModelError
from pipeline.find import find_references
from pipeline.model import (
    AnnotatedPassage,
    Copy,
    Difference,
    Lang,
    LegalReference,
    Pair,
    Passage,
    Repair,
    Span,
    TermMention,
    TranslationUnit,
)
from pipeline.settings import Settings
from pipeline.terminology import Article, Concept, Glossary, Term
from pipeline.translate import models, translate_report
from pipeline.translate.cache import CachedTranslator
from pipeline.translate.citations import cited
from pipeline.translate.lines import translate_lines, translate_raw

MINISTRY = Concept(
    "al-moi", "institution", "Ministria e Brendshme", "Ministry of Interior",
    (Term("Ministria e Brendshme", "sq", "preferred"), Term("Ministrisë së Brendshme", "sq", "preferred", "inflected"),
     Term("Ministry of Interior", "en", "preferred"), Term("Interior Ministry", "en", "admitted", "variant")),
)  # fmt: skip
GLOSSARY = Glossary(concepts={"al-moi": MINISTRY}, digest="d" * 64)


def report(*texts: tuple[str, Lang], **more: Any) -> list[AnnotatedPassage]:
    passages: list[AnnotatedPassage] = []
    at = 0
    for number, (text, lang) in enumerate(texts, 1):
        passage = Passage(f"p{number}", "d", number, at, at + len(text), text, "paragraph", lang=lang, lang_score=0.99)
        passages.append(AnnotatedPassage(replace(passage, **more) if number == 1 else passage, ()))
        at += len(text) + 1
    return passages


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DYGJUHE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(models, "BUNDLED", tmp_path / "no-bundled-model")


@pytest.fixture
def tiny(tiny_models: Path) -> Settings:
    return Settings(models=str(tiny_models))


def units(
    annotated: Sequence[AnnotatedPassage], settings: Settings, main: Lang = "en", pairs: Sequence[Pair] = (),
    copies: Sequence[Copy] = (), glossary: Glossary = GLOSSARY,
) -> list[TranslationUnit]:  # fmt: skip
    return list(translate_report(annotated, pairs, copies, main, glossary, settings, lambda stage, done, total: None))


ENGLISH: tuple[str, Lang] = ("The police organized 600 meetings in June.", "en")
ALBANIAN: tuple[str, Lang] = ("Ligji miratoi masat për fëmijët në vitin 2014.", "sq")


def test_all_translates_both_languages_and_names_its_engine(tiny: Settings, no_network: None) -> None:
    first, second = units(report(ENGLISH, ALBANIAN), tiny)
    assert (first.source_lang, first.target_lang, second.source_lang, second.target_lang) == ("en", "sq", "sq", "en")
    assert second.target_text == "Law approved measures for children in yearn 2014."
    assert (second.state, second.origin) == ("initial", "machine")
    assert second.engine is not None
    assert second.engine.startswith("tiny 1.0 sq-en sha256:")
    assert second.score is not None
    assert (second.start, second.end) == (len(ENGLISH[0]) + 1, len(ENGLISH[0]) + 1 + len(ALBANIAN[0]))


def test_foreign_translates_what_is_not_in_the_main_language(tiny: Settings) -> None:
    assert [u.passage_id for u in units(report(ENGLISH, ALBANIAN), replace(tiny, translate="foreign"))] == ["p2"]
    assert [u.passage_id for u in units(report(ENGLISH, ALBANIAN), replace(tiny, translate="foreign"), "sq")] == ["p1"]
    both = units(report(ENGLISH, ALBANIAN), replace(tiny, translate="foreign"), "mixed")
    assert [u.passage_id for u in both] == ["p1", "p2"], (
        "in a bilingual report a passage without counterpart is foreign"
    )


def test_none_keeps_the_aligned_units_alone(tiny: Settings) -> None:
    annotated = report(ALBANIAN, ("The law approved measures.", "en"), ENGLISH)
    found = units(annotated, replace(tiny, translate="none"), pairs=[Pair("p1", "p2", 0.9, "table_columns")])
    assert [(u.passage_id, u.origin, u.paired_passage_id) for u in found] == [("p1", "aligned", "p2")]


def test_a_pair_is_one_unit_and_never_translated(tiny: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CachedTranslator, "translate", lambda *_: pytest.fail("translated again"))
    annotated = report(("The law approved measures.", "en"), ALBANIAN)
    (unit,) = units(annotated, tiny, pairs=[Pair("p2", "p1", 0.9, "alternating")])
    assert (unit.passage_id, unit.source_lang, unit.target_text, unit.state) == (
        "p2", "sq", "The law approved measures.", "translated",
    )  # fmt: skip


def test_an_identical_copy_of_a_paired_passage_is_aligned_and_one_with_differences_is_not(tiny: Settings) -> None:
    annotated = report(
        ALBANIAN, ("The law approved measures.", "en"), ALBANIAN, (ALBANIAN[0].replace("2014", "2015"), "sq")
    )
    copies = [
        Copy("p3", "p1", 100.0),
        Copy("p4", "p1", 97.0, (Difference(0, 4, 0, 4, "2014", "2015", "figure"),)),
    ]
    found = units(annotated, tiny, pairs=[Pair("p1", "p2", 0.9, "anchors")], copies=copies)
    assert [(u.passage_id, u.origin) for u in found] == [("p1", "aligned"), ("p3", "aligned"), ("p4", "machine")]
    assert found[1].paired_passage_id == "p2"


def test_equal_passages_are_decoded_once(tiny: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[int] = []
    before = CachedTranslator.translate

    def counted(self: CachedTranslator, sentences: Any, *more: Any) -> Any:
        result = before(self, sentences, *more)
        decoded.append(self.decoded)
        return result

    monkeypatch.setattr(CachedTranslator, "translate", counted)
    found = units(report(ALBANIAN, ALBANIAN, ALBANIAN), tiny, "en")
    assert len({u.unit_id for u in found}) == 3
    assert len({u.target_text for u in found}) == 1
    assert max(decoded) == 1
    decoded.clear()
    assert units(report(ALBANIAN, ALBANIAN, ALBANIAN), tiny, "en") == found
    assert max(decoded) == 0, "the second run decodes nothing"


@pytest.mark.parametrize("text", ["12.06.2014", "116 111; info@mb.gov.al", "—", "5 %", "https://isigurt.al", "<br/>"])
def test_figures_and_addresses_alone_need_none(text: str, tiny: Settings) -> None:
    assert units(report((text, "sq")), tiny) == []


def test_an_undecided_passage_and_page_furniture_need_none(tiny: Settings) -> None:
    assert units(report(("Terre des hommes", "und")), tiny) == []
    assert units(report(ALBANIAN, kind="page_furniture"), tiny) == []


def test_a_foreign_run_has_a_unit_of_its_own_and_stays_in_the_whole(tiny: Settings) -> None:
    text = 'The police organized a "ligji penal" and a meeting.'
    start = text.index("ligji")
    annotated = report((text, "en"), foreign=((start, start + 11, "sq"),))
    whole, run = units(annotated, tiny, "en")
    assert "ligji penal" in whole.target_text
    assert (run.start, run.end, run.source_text, run.source_lang) == (start, start + 11, "ligji penal", "sq")
    assert run.target_text == "law criminal"
    assert [u.source_text for u in units(annotated, replace(tiny, translate="foreign"), "en")] == ["ligji penal"]


def test_a_unit_in_a_repaired_passage_stands_at_its_place_in_the_source(tiny: Settings) -> None:
    text = "Shkolla është penal"
    repair = Repair(8, 10, "Ã«", "ë", "mojibake")
    passage = Passage("p1", "d", 1, 0, 20, text, "paragraph", lang="en", repairs=(repair,),
                      foreign=((14, 19, "sq"),))  # fmt: skip
    found = units([AnnotatedPassage(passage, ())], tiny, "en")
    assert (found[-1].start, found[-1].end, found[-1].source_text) == (15, 20, "penal")


def test_without_a_model_the_run_goes_on(tmp_path: Path) -> None:
    (unit,) = units(report(ALBANIAN), Settings(models=str(tmp_path / "none")))
    assert (unit.target_text, unit.state, unit.engine) == ("", "initial", None)
    assert "run `dygjuhe models install sq-en" in unit.warnings[0]


def test_a_damaged_model_is_passed_over_and_named(tmp_path: Path) -> None:
    whole = packages.tiny_package(tmp_path, version="1.0")
    damaged = packages.tiny_package(tmp_path, version="2.0")
    (damaged / "model" / "model.bin").write_bytes(b"garbage")
    (unit,) = units(report(ALBANIAN), Settings(models=str(tmp_path)))
    assert unit.target_text
    assert "translate-sq_en-2_0" in unit.warnings[0]
    (whole / "model" / "model.bin").write_bytes(b"garbage")
    (unit,) = units(report(ALBANIAN), Settings(models=str(tmp_path)))
    assert unit.target_text == ""
    assert unit.warnings[0].startswith("no model: run")


def named(text: str, name: str) -> AnnotatedPassage:
    start = text.index(name)
    mention = TermMention(
        Span("d", start, start + len(name), name), "institution", "sq", name, "preferred", "al-moi", 100.0
    )
    return replace(report((text, "sq"))[0], mentions=(mention,))


def test_a_name_alone_is_the_glossarys(tiny: Settings) -> None:
    (unit,) = units([named("Ministria e Brendshme", "Ministria e Brendshme")], tiny)
    assert (unit.target_text, unit.origin, unit.engine) == (
        "Ministry of Interior",
        "memory",
        "glossary sha256:" + "d" * 16,
    )


def test_a_name_in_a_sentence_comes_out_as_the_glossary_prefers(tiny: Settings) -> None:
    (unit,) = units([named("Policia dhe Ministrisë së Brendshme u trajnuan.", "Ministrisë së Brendshme")], tiny)
    assert unit.target_text == "Police and the Ministry of Interior were trained."
    assert not unit.warnings


CODE = Concept("kp", "instrument", "Kodi Penal", "Criminal Code",
               (Term("Kodi Penal", "sq", "preferred"), Term("Criminal Code", "en", "preferred"),
                Term("Penal Code", "en", "admitted", "variant")))  # fmt: skip
ARTICLE = Article("kp-143-b", "kp", "143/b", "Mashtrimi kompjuterik", "Computer fraud")


@pytest.mark.parametrize(
    ("printed", "said"), [("Mashtrimi kompjuterik", "Computer fraud"), ("Mashtrim i ri", "Mashtrim the ri")]
)
def test_an_articles_own_title_comes_out_as_the_act_has_it(printed: str, said: str, tiny: Settings) -> None:
    text = f"sipas neni 143/b, Kodi Penal “{printed}” u miratua"
    at, title = text.index("neni"), text.index(printed)
    reference = LegalReference(
        Span("d", at, at + 22, text[at : at + 22]), "article", "sq", instrument="Kodi Penal", article="143/b",
        title=printed, title_span=Span("d", title, title + len(printed), printed), concept_id="kp",
    )  # fmt: skip
    glossary = Glossary(concepts={"kp": CODE}, articles={("kp", "143/b"): (ARTICLE,)})
    annotated = [replace(report((text, "sq"))[0], mentions=(reference,))]
    (unit,) = units(annotated, tiny, glossary=glossary)
    assert "143/b" in unit.target_text
    assert "Criminal Code" in unit.target_text
    assert f"“{said}”" in unit.target_text


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("Neni 143/b, Kodi Penal", "sq", None),
        ("neni 143/b i Kodit Penal", "sq", "article 143/b of the Criminal Code"),
        (
            "Neni 143/b i Kodit Penal “Mashtrimi kompjuterik”.",
            "sq",
            "Article 143/b of the Criminal Code “Computer fraud”.",
        ),
        ("Article 143/ b of the Criminal Code: 'x'", "en", None),
        ('Article 143/b of the Penal Code "computer fraud"', "en", 'Neni 143/b i Kodit Penal "Mashtrimi kompjuterik"'),
        ('Article 143/b of the Penal Code "another title"', "en", None),
        ("Article 143/b of the Penal Code was amended", "en", None),
    ],
)
def test_a_plain_citation_is_said_by_rule(text: str, lang: Lang, said: str | None) -> None:
    glossary = Glossary(concepts={"kp": CODE}, articles={("kp", "143/b"): (ARTICLE,)})
    references = [replace(r, concept_id="kp") for r in find_references(text, lang, glossary)]
    assert cited(text, references, glossary, "en" if lang == "sq" else "sq") == said


def test_a_memory_is_preferred_and_said(tiny: Settings, tmp_path: Path) -> None:
    rows = [
        ("Ligji miratoi masat për fëmijët në vitin 2014.", "The law approved the measures for children in 2014."),
        ("Policia organizoi 12 takime në qershor.", "The police held 12 meetings in June."),
    ]
    path = tmp_path / "memory.jsonl"
    path.write_text("".join(
        json.dumps({"source_lang": "sq", "source_text": a, "target_lang": "en", "target_text": b}) + "\n"
        for a, b in rows
    ))  # fmt: skip
    settings = replace(tiny, memory=(str(path),))
    exact, near = units(report(ALBANIAN, ("Policia organizoi 14 takime në qershor.", "sq")), settings)
    assert (exact.target_text, exact.origin, exact.score, exact.warnings) == (rows[0][1], "memory", 100.0, ())
    assert (near.target_text, near.origin, near.state) == ("The police held 14 meetings in June.", "memory", "initial")
    assert "check what differs" in near.warnings[0]


def test_a_passage_of_a_third_language_is_marked_and_the_run_goes_on(tiny: Settings) -> None:
    text = "Il ministero ha organizzato corsi destinati agli insegnanti delle scuole."
    first, second = units(report((text, "sq"), ALBANIAN), tiny)
    assert first.warnings
    assert first.target_text == text
    assert second.target_text == "Law approved measures for children in yearn 2014."


def test_control_characters_and_a_vast_paragraph(tiny: Settings) -> None:
    (unit,) = units(report(("Policia\x00 organizoi\x07 \u202etakime\u200b dhe fushatë.", "sq")), tiny)
    assert unit.target_text == "Police organized meetings and campaign."
    (unit,) = units(report(("Policia organizoi takime dhe " * 5_000, "sq")), tiny)
    assert unit.target_text.split()[:4] == ["Police", "organized", "meetings", "and"]
    assert len(unit.target_text.split()) == 20_000


def call(*arguments: str, stdin: bytes | None = None) -> Any:
    return CliRunner().invoke(cli, list(arguments), input=stdin, catch_exceptions=False)


def test_lines_in_are_lines_out(tiny_models: Path, no_network: None) -> None:
    text = "neni 5 i kodit penal\n\n  \nLigji.\r\n12.06.2014"
    result = call("translate", "--from", "sq", "--to", "en", "--models", str(tiny_models), stdin=text.encode())
    assert result.exit_code == 0
    assert result.stdout.split("\n") == ["article 5 the code criminal", "", "  ", "Law.", "12.06.2014", ""]


def test_warnings_are_on_standard_error_with_the_line(tiny_models: Path) -> None:
    text = "Ligji.\nAi foli shumë papritur këtu sonte.\n"
    result = call("translate", "--from", "sq", "--to", "en", "--models", str(tiny_models), stdin=text.encode())
    assert result.stdout.count("\n") == 2
    assert result.stderr.startswith("line 2: ")


def test_raw_is_the_models_own_word(tiny_models: Path) -> None:
    settings = Settings(models=str(tiny_models))
    assert [line.text for line in translate_raw(["neni", "", "x"], "sq", "en", settings)] == ["article", "", "x"]
    assert translate_raw(["a@b.al"], "en", "sq", settings)[0].text == "një@b.al"
    assert translate_lines(["Law a@b.al"], "en", "sq", Glossary(), settings)[0].text == "Ligji a@b.al"


def test_lines_are_the_same_however_they_are_batched(tiny_models: Path) -> None:
    settings = Settings(models=str(tiny_models))
    lines = [f"Policia organizoi {i} takime." if i % 3 else "" for i in range(40)]
    together = translate_lines(lines, "sq", "en", Glossary(), settings)
    alone = [translate_lines([line], "sq", "en", Glossary(), settings)[0] for line in lines]
    assert together == alone
    assert [bool(line.text) for line in together] == [bool(line) for line in lines]


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [(["--from", "sq", "--to", "sq"], b"x"), (["--from", "sq", "--to", "en", "none.txt"], b""),
     (["--from", "sq", "--to", "en"], b"\xff\xfe\x00")],
)  # fmt: skip
def test_wrong_calls_are_one_line(
    arguments: list[str], stdin: bytes, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.cli import main

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
    with pytest.raises(SystemExit) as stop:
        main(["translate", *arguments])
    assert stop.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_lines_without_a_model_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="models install"):
        translate_lines(["Ligji"], "sq", "en", Glossary(), Settings(models=str(tmp_path)))


def test_the_models_command(tmp_path: Path, no_network: None) -> None:
    archive = packages.zipped(packages.tiny_package(tmp_path / "made"), tmp_path / "a.argosmodel")
    home = str(tmp_path / "home")
    assert "No translation package" in call("models", "list", "--models", home).output
    assert "Installed tiny 1.0 sq-en" in call("models", "install", str(archive), "--models", home).output
    listed = call("models", "list", "--models", home, "--json").output
    assert json.loads(listed)["used"] is True
    assert json.loads(listed)["recorded"] is True
    assert "checksums agree; says “Law" in call("models", "check", "--models", home).output
    (tmp_path / "home" / "translate-sq_en-1_0" / "model" / "config.json").write_text("{}")
    broken = call("models", "check", "--models", home)
    assert broken.exit_code == 2
    assert "has changed" in broken.stderr
    assert "Removed" in call("models", "remove", "sq-en", "--models", home).output
    with pytest.raises(ModelError, match="is no file"):
        call("models", "install", "sq-en", "--models", home)
