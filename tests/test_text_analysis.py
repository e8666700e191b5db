"""Sentence bounds and tokens of both languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Lang
from pipeline.text_analysis import blank_pipeline, split_sentences

# (language, text with ¦ between sentences, why)
CASES: list[tuple[Lang, str, str]] = [
    ("en", "The line is free.¦It works at night.", "plain"),
    ("sq", "Linja është falas.¦Ajo punon natën.", "plain"),
    ("en", "Order no. 135, dated 10.06.2014, was signed.¦It is in force.", "number and date"),
    ("sq", "Urdhri nr. 135, dt. 10.06.2014, u nënshkrua.¦Ai është në fuqi.", "nr. and dt."),
    ("sq", "Sipas VKM nr. 182, dt. 13.03.2012, zyra u hap.", "one sentence"),
    ("en", "See Art. 108 of the Code.¦Then decide.", "Art."),
    ("sq", "D.m.th. zyra është mbyllur.¦P.sh. të dielën.", "d.m.th. and p.sh."),
    ("en", "E. Rama and I. Meta met.¦They spoke.", "initials"),
    ("sq", "Takimin e hapi z. A. Llalla.¦Ai foli gjatë.", "title and initial"),
    ("en", "Mr. Eric Holder and Mrs. Cecilia Malmström opened it.", "titles"),
    ("en", "Leaflets, posters etc. were printed.", "etc. inside"),
    ("en", "They printed leaflets, posters etc.¦The schools got them.", "etc. at the end"),
    ("sq", "U shtypën fletëpalosje, postera etj.¦Shkollat i morën.", "etj. at the end"),
    ("sq", "Takimi u mbajt më 10. qershor në Tiranë.", "ordinal in a date"),
    ("en", "1. Albania plans to build a line.", "list number"),
    ("sq", "1. Shqipëria planifikon një linjë.¦2. Linja është falas.", "list numbers"),
    ("en", "The rate is 6.5 % and 3.2 %.¦It fell.", "decimals"),
    ("en", "Is it free?¦Yes!¦It is.", "other marks"),
    ("en", "He said: “It is late.”¦Then he left.", "closing mark"),
    ("en", "The U.S. Attorney General came.", "U.S."),
    ("en", "It was closed ... and opened again.", "ellipsis"),
    ("sq", "Neni 5.¦Policia raporton çdo muaj.", "number at the end"),
    ("en", "Write to www.police.al. or call.", "a small letter follows"),
]


@pytest.mark.parametrize(
    ("lang", "marked", "why"), CASES, ids=lambda v: v if isinstance(v, str) and len(v) < 25 else ""
)
def test_sentences(lang: Lang, marked: str, why: str) -> None:
    text = marked.replace("¦", " ")
    assert [text[a:b] for a, b in split_sentences(text, lang)] == marked.split("¦")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([".", " ", "nr", "A", "a", "\n", "?", "”", "12", "(", "etj", "ë", "..."]), max_size=40
    ).map("".join)
)
def test_sentences_hold_every_word(text: str) -> None:
    at = 0
    for start, end in split_sentences(text):
        assert not text[at:start].strip()
        assert start < end
        at = end
    assert not text[at:].strip()


def test_spacy_pipelines_keep_abbreviations_and_mark_sentences() -> None:
    doc = blank_pipeline("sq")("Sipas urdhrit nr. 135, dt. 10.06.2014, zyra u hap. Ajo punon.")
    assert {"nr.", "dt."} <= {t.text for t in doc}
    assert [s.text for s in doc.sents] == ["Sipas urdhrit nr. 135, dt. 10.06.2014, zyra u hap.", "Ajo punon."]
    assert len(list(blank_pipeline("en")("See Art. 5 of the law. It is new.").sents)) == 2


@pytest.mark.parametrize("text", [". " * 50_000, "A. " * 30_000, "1." * 50_000, "?!" * 50_000, "." * 100_000])
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    split_sentences(text)
    assert time.perf_counter() - start < 5
