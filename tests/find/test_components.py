"""The recognisers in a spaCy pipeline of somebody else's."""

from __future__ import annotations

import pytest

spacy = pytest.importorskip("spacy")

from pipeline.find import components  # noqa: E402
from pipeline.terminology import Glossary  # noqa: E402

SQ = "Sipas nenit 117 të Kodit Penal, Ministria e Brendshme trajnoi 600 mësues më 5 dhjetor 2012."
EN = "Under Article 5(1) of Directive 2011/36/EU the State Police trained 20 officers."


def pipeline_of(lang: str) -> object:
    nlp = spacy.blank(lang)
    for name in components.NAMES:
        nlp.add_pipe(name)
    return nlp


@pytest.mark.parametrize(
    ("lang", "text", "references", "institutions"),
    [
        ("sq", SQ, [("nenit 117 të Kodit Penal", "article")], [("Ministria e Brendshme", "institution")]),
        ("en", EN, [("Article 5(1) of Directive 2011/36/EU", "article")], [("State Police", "institution")]),
    ],
)
def test_add_pipe_by_name(lang: str, text: str, references: list[object], institutions: list[object]) -> None:
    doc = pipeline_of(lang)(text)
    assert [(s.text, s.label_) for s in doc.spans["dygjuhe_legal_references"]] == references
    assert [(s.text, s.label_) for s in doc.spans["dygjuhe_institutions"]] == institutions
    assert {"count", "article_number"} <= {s.label_ for s in doc.spans["dygjuhe_figures"]}


def test_a_span_carries_its_mention_and_its_concept() -> None:
    doc = pipeline_of("sq")(SQ)
    reference = doc.spans["dygjuhe_legal_references"][0]
    assert reference._.dygjuhe.article == "117"
    assert doc.spans["dygjuhe_institutions"][0].kb_id_ == "al-moi"


def test_own_glossary(tmp_path: object) -> None:
    (tmp_path / "institutions.csv").write_text("id,name_sq,name_en,kind\nx-1,Zyra Ujit,Waterhouse,agency\n", "utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("dygjuhe_institutions", config={"glossary": [str(tmp_path)]})
    doc = nlp("The Waterhouse answered; the State Police did not.")
    assert [(s.text, s.kb_id_) for s in doc.spans["dygjuhe_institutions"]] == [
        ("Waterhouse", "x-1"),
        ("State Police", ""),
    ]


def test_a_doc_without_mentions_has_empty_groups() -> None:
    doc = pipeline_of("en")("It rained all day.")
    assert [len(doc.spans[name]) for name in components.NAMES] == [0, 0, 0]


def test_two_components_side_by_side_do_not_mix() -> None:
    nlp = spacy.blank("sq")
    nlp.add_pipe("dygjuhe_legal_references", name="first")
    nlp.add_pipe("dygjuhe_legal_references", name="second")
    doc = nlp("neni 5")
    assert len(doc.spans["first"]) == len(doc.spans["second"]) == 1


def test_an_empty_glossary_still_finds_by_grammar() -> None:
    from pipeline.find.institutions import find_institutions

    assert [m.span.exact for m in find_institutions("Ministry of Silly Walks", "en", Glossary())] == [
        "Ministry of Silly Walks"
    ]
