"""Mentions to concepts: by number, name, date, country, definition and place; what cannot be decided stays so."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.annotate import annotate_passages
from pipeline.identify import identify_passages
from pipeline.model import AnnotatedPassage, Document, LegalReference, TermMention, short_hash
from pipeline.resolve import report_date, resolve_mentions
from pipeline.segment import split_passages
from pipeline.settings import Settings
from pipeline.terminology import Glossary, load_glossary

KP = "al-kp-7895-1995"


@cache
def glossary() -> Glossary:
    return load_glossary(Settings().glossary)


def report(text: str, when: str | None = None, words: Glossary | None = None) -> tuple[AnnotatedPassage, ...]:
    document = Document(short_hash(text), "r.txt", "text/plain", text, text)
    known = glossary() if words is None else words
    annotated = annotate_passages(identify_passages(split_passages(document), Settings()), known)
    return resolve_mentions(annotated, known, when or report_date(document, annotated), Settings())


def references(text: str, when: str | None = None) -> list[LegalReference]:
    return [m for a in report(text, when) for m in a.mentions if isinstance(m, LegalReference)]


def names(text: str, when: str | None = None) -> list[TermMention]:
    return [m for a in report(text, when) for m in a.mentions if isinstance(m, TermMention) and m.kind == "institution"]


@pytest.mark.parametrize(
    "text",
    [
        "neni 117 i Kodit Penal",
        "nenit 117 të Kodit Penal",
        "nenin 117 te Kodit Penal",
        "neni 117 i KP-së",
        "Kodi Penal, neni 117",
        "Article 117 of the Criminal Code",
        "Art. 117 of the Penal Code",
        "Article 117 of the Albanian Criminal Code",
    ],
)
def test_one_identity_for_every_form_and_both_languages(text: str) -> None:
    (found,) = references(f"{text} u zbatua.")
    assert (found.concept_id, found.provision_id) == (KP, "al-kp-117")
    assert found.href == "/akn/al/act/1995-01-27/7895/!main~art_117"


@pytest.mark.parametrize(
    ("text", "concept", "provision", "href"),
    [
        ("neni 293/ç i Kodit Penal", KP, "al-kp-293-ccedil", "!main~art_293~ccedil"),
        ("neni 293/c i Kodit Penal", KP, "al-kp-293-c", "!main~art_293~c"),
        ("neni 245/1 i Kodit Penal", KP, "al-kp-245-1", "!main~art_245~1"),
        ("neni 283/2 i Kodit Penal", KP, "al-kp-283", "!main~art_283__para_2"),
        ("neni 108, paragrafi i katërt, i Kodit Penal", KP, "al-kp-108", "!main~art_108__para_4"),
        (
            'neni 131, pika 1, shkronja "f", e Kushtetutës',
            "al-kushtetuta-8417-1998",
            None,
            "art_131__point_1__letter_f",
        ),
        ("neni 321/b i Kodit Penal", KP, None, None),
        ("neni 5 i ligjit nr. 9669, datë 18.12.2006", "al-l-9669-2006", None, "/9669/!main~art_5"),
        ("Article 23 of Directive 2011/93/EU", "eu-dir-2011-93", None, "art_23"),
    ],
)
def test_slash_rule_and_addresses(text: str, concept: str, provision: str | None, href: str | None) -> None:
    (found,) = references(f"{text}.")
    assert (found.concept_id, found.provision_id) == (concept, provision)
    assert found.href is None if href is None else str(found.href).endswith(href)


def test_a_letter_that_is_in_no_table_keeps_its_article_as_a_candidate() -> None:
    (found,) = references("Article 321/b of the Criminal Code was cited.")
    assert [c.concept_id for c in found.candidates] == ["al-kp-321"]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("ligji nr. 9887, datë 10.03.2008", "al-l-9887-2008"),
        ("Law No. 9887, dated 10.3.2008", "al-l-9887-2008"),
        ("ligji nr. 9887", "al-l-9887-2008"),
        ("ligji nr. 10 347, datë 4.11.2010", "al-l-10347-2010"),
        ("VKM nr. 182, datë 13.03.2012", "al-dcm-182-2012"),
        ("DCM No. 182, dated 13.03.2012", "al-dcm-182-2012"),
        ("Order No. 548/3, dated 05.05.2014", "al-order-moi-548-3-2014"),
        ("Directive 2011/93/EC", "eu-dir-2011-93"),
        ("Direktiva 2011/93/BE", "eu-dir-2011-93"),
        ("Ligji Nr. 03/L-166", "xk-l-03-l-166"),
        ("the Budapest Convention", "coe-budapest-185"),
        ("Konventës së Budapestit", "coe-budapest-185"),
        # Every year has an order no. 135 and a decision no. 182.
        ("Order No. 135", None),
        ("VKM nr. 182, datë 13.03.2019", None),
        ("Order No. 548/3, dated 05.06.2019", None),
        ("ligji nr. 5, datë 3.2.2012", None),
        ("Maritime Code", None),
        ("Italian Criminal Code", None),
    ],
)
def test_acts_by_number_date_and_name(text: str, concept: str | None) -> None:
    (found,) = references(f"Sipas {text} u veprua." if any(c in text for c in "ëç") else f"Under {text} they acted.")
    assert found.concept_id == concept


def test_a_law_with_another_date_is_known_by_its_number_and_less_sure() -> None:
    (found,) = references("Under Law No. 9669, dated 18.11.2006, they acted.")
    assert found.concept_id == "al-l-9669-2006"
    assert found.score < 100
    assert found.candidates


@pytest.mark.parametrize(
    ("when", "concept"),
    [
        ("2010", "al-l-9749-2007"),
        ("2016", "al-l-108-2014"),
        ("2025", "al-l-82-2024"),
        ("2001", "al-l-8553-1999"),
        ("2014", None),
    ],
)
def test_the_date_decides_between_laws_of_one_name(when: str, concept: str | None) -> None:
    (found,) = references("Sipas ligjit për Policinë e Shtetit u veprua.", when)
    assert found.concept_id == concept
    if concept is None:
        assert {c.concept_id for c in found.candidates} >= {"al-l-9749-2007", "al-l-108-2014"}


@pytest.mark.parametrize(
    ("text", "anaphor", "concept"),
    [
        ("The Criminal Code was amended. Article 117 of this Code was rewritten.", "this Code", KP),
        ("They signed the Code of Conduct in 2013. Upon the signature of this Code they met.", "this Code",
         "al-code-conduct-2013"),
        ("Ligji nr. 9669, datë 18.12.2006 mbron viktimat. Sipas këtij ligji ato strehohen.", "këtij ligji",
         "al-l-9669-2006"),
        ("Order No. 548/3, dated 05.05.2014 was signed. Under the aforementioned Order they met.",
         "the aforementioned Order",
         "al-order-moi-548-3-2014"),
        ("Upon the signature of this Code they met.", "this Code", None),
        ("The Criminal Code was amended. Under the aforementioned Order they met.", "the aforementioned Order", None),
    ],
)  # fmt: skip
def test_short_forms_mean_the_last_act_of_their_kind(text: str, anaphor: str, concept: str | None) -> None:
    (found,) = [r for r in references(text) if anaphor in r.span.exact]
    assert found.anaphoric
    assert found.concept_id == concept


def test_a_bare_article_in_a_list_has_the_acts_of_the_list() -> None:
    text = (
        "The offences of the Criminal Code are listed below:\n\n- a) Article 74/a of the Criminal Code\n"
        "- b) Article 119/a\n"
        "- c) Article 143/b\n\nThe Civil Code is another matter."
    )
    found = {r.article: r.concept_id for r in references(text) if r.article}
    assert found == {"74/a": KP, "119/a": KP, "143/b": KP}


def test_a_bare_article_before_the_one_with_the_act() -> None:
    first, second = references("Gjykata zbatoi nenin 134 dhe nenin 139 të Kodit Penal.")
    assert first.concept_id == second.concept_id == KP


def test_a_bare_article_with_two_codes_in_the_report_stays_undecided() -> None:
    text = (
        "Article 134 of the Criminal Code was applied.\n\nArticle 50 of the Family Code too.\n\n"
        "The court then cited Article 12."
    )
    last = references(text)[-1]
    assert last.concept_id is None
    assert {c.concept_id for c in last.candidates} >= {KP}


def test_a_title_says_which_act_a_bare_article_is_of() -> None:
    text = 'The Family Code and the Criminal Code were amended.\n\nThe court cited Article 143/b "Computer fraud".'
    assert references(text)[-1].concept_id == KP


def test_in_a_report_on_two_countries_the_criminal_code_is_undecided_unless_the_passage_names_one() -> None:
    text = (
        "Bulletin of Kosovo and Albania 2022\n\nArticle 134 of the Criminal Code was applied in both.\n\n"
        "In Albania Article 134 of the Criminal Code was applied."
    )
    first, second = references(text)
    assert first.concept_id is None
    assert {c.concept_id for c in first.candidates} == {KP, "xk-kp-06-l-074"}
    assert second.concept_id == KP


# --- institutions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Ministria e Brendshme", "al-moi"),
        ("Ministrisë së Punëve të Brendshme", "al-moi"),
        ("Ministry of Interior", "al-moi"),
        ("MoI", "al-moi"),
        ("Ministry of lnterior", "al-moi"),
    ],
)
def test_one_concept_for_every_form(text: str, concept: str) -> None:
    (found,) = names(f"{text} u përgjigj." if "i" in text else text)
    assert found.concept_id == concept


@pytest.mark.parametrize(
    ("when", "concept"), [("2014-06-10", "al-mas-2013"), ("2022", "al-mas-2021"), ("2019", None), (None, None)]
)
def test_the_date_decides_between_institutions_of_one_name(when: str | None, concept: str | None) -> None:
    (found,) = names("The Ministry of Education and Sports answered.", when)
    assert found.concept_id == concept
    assert {c.concept_id for c in found.candidates} == {"al-mas-2013", "al-mas-2021"}


def test_a_name_out_of_force_is_superseded() -> None:
    (found,) = names("The Ministry of Health and Social Protection answered.", "2015")
    assert (found.concept_id, found.status) == ("al-mshms", "superseded")


def test_a_near_name_is_never_taken_for_the_listed_one() -> None:
    (found,) = names("The general prosecutin offices is in Tirana, and the Ministry of Interiour too.")[-1:]
    assert found.concept_id is None
    assert [c.concept_id for c in found.candidates] == ["al-moi"]
    assert 80 < found.candidates[0].score < 100


def test_an_unlisted_name_stays_without_candidates() -> None:
    (found,) = names("The Lumi Centre answered.")
    assert (found.concept_id, found.candidates) == (None, ())


def test_the_reports_own_definition_goes_before_the_glossary() -> None:
    text = "The Police Advisory Office (PA) met in May.\n\nIn June the PA met again."
    last = names(text)[-1]
    assert (last.span.exact, last.concept_id) == ("PA", None)


def test_an_abbreviation_that_the_report_defines_is_found_where_it_stands_alone() -> None:
    text = "The Food and Veterinary Board (FVB) met in May.\n\nIn June the FVB met again."
    assert [m.span.exact for m in names(text)] == ["Food and Veterinary Board (FVB)", "FVB"]


def test_a_defined_abbreviation_has_the_concept_of_its_name() -> None:
    text = "The Ministry of Justice (MOJUS) met in May.\n\nIn June MOJUS met again."
    assert [m.concept_id for m in names(text)] == ["al-moj", "al-moj"]


def test_resolving_changes_no_place_and_loses_nothing() -> None:
    text = "Ministria e Drejtësisë zbaton nenin 117 të Kodit Penal. AKEP-i dhe MoES u përgjigjën në vitin 2014."
    document = Document(short_hash(text), "r.txt", "text/plain", text, text)
    before = annotate_passages(identify_passages(split_passages(document), Settings()), glossary())
    after = resolve_mentions(before, glossary(), "2014", Settings())
    spans = [[(m.span.start, m.span.end, type(m)) for m in a.mentions] for a in before]
    assert [[(m.span.start, m.span.end, type(m)) for m in a.mentions] for a in after] == spans


def test_an_empty_glossary_decides_nothing() -> None:
    annotated = report("neni 5 i Kodit Penal, Ministria e Drejtësisë", words=Glossary())
    assert all(
        m.concept_id is None for a in annotated for m in a.mentions if isinstance(m, LegalReference | TermMention)
    )


# --- the report's date ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Annual report 2015\n\nIn March 2016 the board met.", "2015"),
        ("Raporti vjetor 2021\n\nU miratua më 12 maj 2022.", "2021"),
        (
            "Report\n\nThe board met on 22 May 2014. On 10.06.2014 it met again. By the end of 2020 it will end.",
            "2014-06-10",
        ),
        ("Report\n\nThe plan runs until 2030.", "2030"),
        ("Report\n\nLaw No. 9669, dated 18.12.2006 applies.", None),
        ("Report\n\nThe board met.", None),
    ],
)
def test_report_date(text: str, date: str | None) -> None:
    document = Document("d", "r.txt", "text/plain", text, text)
    annotated = annotate_passages(identify_passages(split_passages(document), Settings()), glossary())
    assert report_date(document, annotated) == date
