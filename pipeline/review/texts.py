"""The words of the report page, the workbook and the commands, in English and Albanian; a test keeps both complete."""

from __future__ import annotations

import re
from typing import Literal

Tongue = Literal["en", "sq"]

TEXTS: dict[str, tuple[str, str]] = {
    # head
    "title": ("Review report", "Raport shqyrtimi"),
    "language": ("Language of this page", "Gjuha e kësaj faqeje"),
    "skip": ("Skip to the findings", "Kalo te gjetjet"),
    "help": ("Keys and help", "Tastet dhe ndihma"),
    "reviewer": ("Your name", "Emri juaj"),
    "reviewer_hint": ("Stands beside each of your decisions.", "Shënohet pranë çdo vendimi tuaj."),
    "report_date": ("Date of the report", "Data e raportit"),
    "no_date": ("not stated in the text", "nuk thuhet në tekst"),
    "characters": ("characters", "shkronja e shenja"),
    "repaired": ("Repaired while reading", "Ndrequr gjatë leximit"),
    # picture
    "picture": ("The whole document", "I gjithë dokumenti"),
    "picture_hint": (
        "From its first line (left) to its last. Above: findings by severity. In the middle: languages. "
        "Below: passages that repeat and passages that translate each other. Click to go there.",
        "Nga rreshti i parë (majtas) deri te i fundit. Sipër: gjetjet sipas rëndësisë. Në mes: gjuhët. "
        "Poshtë: pasazhet që përsëriten dhe ato që përkthejnë njëri-tjetrin. Klikoni për të shkuar atje.",
    ),
    "place_slider": ("Place in the document", "Vendi në dokument"),
    "copies": ("said twice", "thuhet dy herë"),
    "pairs": ("same in both languages", "e njëjta në të dyja gjuhët"),
    "here": ("the finding you are at", "gjetja ku ndodheni"),
    # numbers
    "at_a_glance": ("At a glance", "Me një vështrim"),
    "findings": ("Findings", "Gjetjet"),
    "passages": ("Passages", "Pasazhet"),
    "passages_word": ("passages", "pasazhe"),
    "coverage": ("What the program understood", "Çfarë kuptoi programi"),
    "coverage_hint": (
        "What was seen and not understood was not compared: please look at it yourself.",
        "Çfarë u pa dhe nuk u kuptua, nuk u krahasua: ju lutemi shikojeni vetë.",
    ),
    "figures": ("Figures and dates", "Shifra dhe data"),
    "references": ("Legal references", "Referenca ligjore"),
    "institutions": ("Institutions", "Institucione"),
    "of_seen": ("{0} of {1} seen", "{0} nga {1} të para"),
    "none_seen": ("none in the text", "asnjë në tekst"),
    "translation": ("Translation", "Përkthimi"),
    "origin_aligned": ("by its counterpart in the report", "nga pasazhi përkatës në raport"),
    "origin_memory": ("from the translation memory", "nga kujtesa e përkthimeve"),
    "origin_machine": ("by machine", "nga makina"),
    "origin_person": ("by a person", "nga një person"),
    "origin_none": ("without a translation", "pa përkthim"),
    "drafts": (
        "Machine translations are drafts. No person has read them yet; do not publish them before somebody has.",
        "Përkthimet e makinës janë drafte. Askush nuk i ka lexuar ende; mos i botoni para se t’i lexojë dikush.",
    ),
    "nothing_translated": (
        "Nothing was translated in this run.",
        "Në këtë kalim nuk u përkthye asgjë.",
    ),
    "engine": ("Made by", "Bërë nga"),
    "lang_sq": ("Albanian", "shqip"),
    "lang_en": ("English", "anglisht"),
    "lang_mixed": ("mixed", "e përzier"),
    "lang_und": ("undecided", "e papërcaktuar"),
    # severities
    "critical": ("critical", "kritike"),
    "major": ("major", "e rëndë"),
    "minor": ("minor", "e lehtë"),
    "trivial": ("trivial", "e vogël"),
    "critical_many": ("critical", "kritike"),
    "major_many": ("major", "të rënda"),
    "minor_many": ("minor", "të lehta"),
    "trivial_many": ("trivial", "të vogla"),
    # filters
    "search": ("Search", "Kërko"),
    "search_hint": ("words, line, rule", "fjalë, rresht, rregull"),
    "kind": ("Kind", "Lloji"),
    "all_kinds": ("All kinds", "Të gjitha llojet"),
    "severity": ("Severity", "Rëndësia"),
    "state": ("State", "Gjendja"),
    "all_states": ("All", "Të gjitha"),
    "open": ("Open", "Të hapura"),
    "decided": ("Decided", "Të vendosura"),
    "stale": ("Stale: words changed", "Të vjetruara: fjalët ndryshuan"),
    "conflict": ("Reviewers disagree", "Shqyrtuesit nuk pajtohen"),
    "new": ("New since the last run", "Të reja nga kalimi i fundit"),
    "new_badge": ("new", "e re"),
    "order": ("Order", "Renditja"),
    "by_severity": ("Most serious first", "Më të rëndat të parat"),
    "by_place": ("As in the document", "Si në dokument"),
    "clear_filters": ("Clear filters", "Hiq filtrat"),
    "shown": ("{0} of {1} shown", "{0} nga {1} të shfaqura"),
    "decided_count": ("{0} of {1} decided", "{0} nga {1} të vendosura"),
    "none_match": ("No finding matches these filters.", "Asnjë gjetje nuk u përgjigjet këtyre filtrave."),
    "no_findings": (
        "No finding. The rules below found nothing to question; that is not a promise that nothing is wrong.",
        "Asnjë gjetje. Rregullat nuk gjetën asgjë për të pyetur; kjo nuk do të thotë se gjithçka është në rregull.",
    ),
    # a finding
    "line": ("line", "rreshti"),
    "page": ("page", "faqja"),
    "passage": ("passage", "pasazhi"),
    "table": ("table", "tabela"),
    "row": ("row", "rreshti i tabelës"),
    "column": ("column", "kolona"),
    "in_translation": ("in the translation", "në përkthim"),
    "to_text": ("Show in the text", "Shfaqe në tekst"),
    "to_finding": ("Go to the finding", "Shko te gjetja"),
    "more_places": ("{0} more places", "edhe {0} vende"),
    "one_more_place": ("1 more place", "edhe 1 vend"),
    "why": ("Why it matters", "Pse ka rëndësi"),
    "suggestion": ("Suggestion", "Sugjerim"),
    "found": ("found", "u gjet"),
    "expected": ("expected", "pritej"),
    "unchanged_left_out": ("characters without a difference left out", "shenja pa ndryshim të lëna jashtë"),
    "rule": ("Rule", "Rregulli"),
    # deciding
    "decide": ("Decision", "Vendimi"),
    "confirm": ("Confirm", "Konfirmo"),
    "dismiss": ("Dismiss", "Hiq poshtë"),
    "correct": ("Correct", "Ndreq"),
    "unsure": ("Unsure", "Nuk jam i sigurt"),
    "confirmed_word": ("Confirmed", "E konfirmuar"),
    "dismissed_word": ("Dismissed", "E hedhur poshtë"),
    "corrected_word": ("Corrected", "E ndrequr"),
    "unsure_word": ("Unsure", "E pasigurt"),
    "by": ("by", "nga"),
    "confirm_hint": ("It is a fault; somebody will mend it in the report.", "Është gabim; dikush do ta ndreqë."),
    "dismiss_hint": ("It is right as it stands.", "Është e saktë ashtu siç është."),
    "correct_hint": ("It is a fault, and this is the right text.", "Është gabim, dhe ky është teksti i saktë."),
    "unsure_hint": ("Somebody else should look.", "Duhet ta shohë dikush tjetër."),
    "reason": ("Reason (why it is right as it stands)", "Arsyeja (pse është e saktë siç është)"),
    "reason_needed": ("Please say why, so that nobody has to ask again.", "Ju lutemi thoni pse, që të mos pyetet më."),
    "reason_1": ("Both are right", "Të dyja janë të sakta"),
    "reason_2": ("They are different things", "Janë gjëra të ndryshme"),
    "reason_3": ("Quoted as it stands in the original", "Cituar siç është në origjinal"),
    "reason_4": ("Agreed house style", "Mënyrë shkrimi e miratuar"),
    "correction": ("Right text", "Teksti i saktë"),
    "places_to_correct": ("Replace in", "Zëvendëso në"),
    "place_needed": ("Please choose at least one place.", "Ju lutemi zgjidhni të paktën një vend."),
    "note": ("Note", "Shënim"),
    "save": ("Save", "Ruaj"),
    "cancel": ("Cancel", "Anulo"),
    "undo": ("Undo", "Zhbëj"),
    "add_note": ("Add a note", "Shto një shënim"),
    "stale_note": (
        "The words have changed since this was decided. The old decision is not applied; please decide again.",
        "Fjalët kanë ndryshuar që kur u vendos. Vendimi i vjetër nuk zbatohet; ju lutemi vendosni përsëri.",
    ),
    "then": ("then", "atëherë"),
    "now": ("now", "tani"),
    "conflict_note": (
        "Two reviewers decided differently. Nothing is applied until it is settled.",
        "Dy shqyrtues vendosën ndryshe. Asgjë nuk zbatohet derisa të zgjidhet.",
    ),
    "settle": ("This one holds", "Vlen ky"),
    "carried": ("carried over from an earlier run", "marrë nga një kalim i mëparshëm"),
    "saved": ("Saved", "U ruajt"),
    "not_saved": ("Not saved: {0}", "Nuk u ruajt: {0}"),
    "retry": ("Try again", "Provo përsëri"),
    "unsaved": (
        "{0} decisions are only in this browser. Save the file and send it back.",
        "{0} vendime janë vetëm në këtë shfletues. Ruani skedarin dhe dërgojeni.",
    ),
    "download": ("Save decisions as a file", "Ruaj vendimet si skedar"),
    "load": ("Load decisions from a file", "Ngarko vendime nga një skedar"),
    "loaded": ("{0} decisions loaded", "U ngarkuan {0} vendime"),
    "not_loaded": ("That is no decisions file of this program.", "Ky nuk është skedar vendimesh i këtij programi."),
    "served": ("Each decision is saved at once.", "Çdo vendim ruhet menjëherë."),
    "name_needed": ("Please write your name first.", "Ju lutemi shkruani më parë emrin tuaj."),
    # the text
    "text": ("The text in both languages", "Teksti në të dyja gjuhët"),
    "text_hint": (
        "The report as read, with its translation beside it. Marked words belong to a finding.",
        "Raporti siç u lexua, me përkthimin në krah. Fjalët e shënuara i përkasin një gjetjeje.",
    ),
    "source": ("Report", "Raporti"),
    "target": ("Translation", "Përkthimi"),
    "draft": ("machine draft", "draft i makinës"),
    "counterpart": ("counterpart: passage {0}", "përkatës: pasazhi {0}"),
    "from_memory": ("from memory", "nga kujtesa"),
    "by_person": ("by a person", "nga një person"),
    "reviewed": ("reviewed", "i shqyrtuar"),
    "no_translation": ("no translation", "pa përkthim"),
    "copy_of": ("repeats passage {0}", "përsërit pasazhin {0}"),
    "edit": ("Edit", "Redakto"),
    "edit_label": ("Translation of passage {0}", "Përkthimi i pasazhit {0}"),
    "edit_saved": ("Saved as reviewed; it goes into the memory.", "U ruajt si i shqyrtuar; hyn në kujtesë."),
    # the end
    "rules_off": ("Rules that were not run", "Rregulla që nuk u përdorën"),
    "rules_off_none": ("Every rule was run.", "U përdorën të gjitha rregullat."),
    "signature": ("How this report was made", "Si u bë ky raport"),
    "signature_hint": (
        "With the same file and the same signature this page comes out the same.",
        "Me të njëjtin skedar dhe të njëjtën nënshkrim, kjo faqe del e njëjtë.",
    ),
    "program": ("Program", "Programi"),
    "glossary_sum": ("Glossary checksum", "Shuma e kontrollit të glosarit"),
    "code_sum": ("Program checksum", "Shuma e kontrollit të programit"),
    "document_sum": ("Report checksum", "Shuma e kontrollit të raportit"),
    "libraries": ("Libraries", "Biblioteka"),
    "settings": ("Settings", "Cilësime"),
    "memories": ("Translation memories", "Kujtesa përkthimesh"),
    "no_engine": ("no translation engine", "asnjë motor përkthimi"),
    # help
    "keys": ("Keys", "Tastet"),
    "key_next": ("next finding", "gjetja tjetër"),
    "key_back": ("finding before", "gjetja e mëparshme"),
    "key_decide": ("confirm, dismiss, correct, unsure", "konfirmo, hiq poshtë, ndreq, nuk jam i sigurt"),
    "key_undo": ("undo your last decision", "zhbëj vendimin tuaj të fundit"),
    "key_note": ("note", "shënim"),
    "key_text": ("show it in the text; back to the finding", "shfaqe në tekst; kthehu te gjetja"),
    "key_search": ("search", "kërko"),
    "key_next_open": ("next open finding", "gjetja tjetër e hapur"),
    "key_language": ("Albanian, English", "shqip, anglisht"),
    "key_close": ("leave a field, close this", "dil nga fusha, mbyll këtë"),
    "close": ("Close", "Mbyll"),
    "help_private": (
        "This page asks for nothing from outside: it can be read without a network. Decisions you make in it stay "
        "in this browser until you save the file.",
        "Kjo faqe nuk kërkon asgjë nga jashtë: lexohet pa rrjet. Vendimet që merrni këtu mbeten në këtë shfletues "
        "derisa të ruani skedarin.",
    ),
    "passage_kind_title": ("title", "titull"),
    "passage_kind_heading": ("heading", "titull pjese"),
    "passage_kind_paragraph": ("paragraph", "paragraf"),
    "passage_kind_list_item": ("list item", "element liste"),
    "passage_kind_table_cell": ("table cell", "kuti tabele"),
    "passage_kind_table_header": ("table header", "krye tabele"),
    "passage_kind_note": ("note", "shënim"),
    "passage_kind_page_furniture": ("page header or footer", "kryefaqe ose fundfaqe"),
}  # fmt: skip

KINDS: dict[str, tuple[str, str]] = {
    "hotline_variant": ("Line with two numbers", "Linjë me dy numra"),
    "hotline_unregistered": ("Line not in the register", "Linjë jashtë regjistrit"),
    "date_malformed": ("Date that is none", "Datë e pamundur"),
    "date_mismatch": ("Dates that disagree", "Data që nuk përputhen"),
    "count_mismatch": ("Counts that disagree", "Numra që nuk përputhen"),
    "sum_mismatch": ("Parts that do not add up", "Pjesë që nuk japin shumën"),
    "amount_mismatch": ("Amounts that disagree", "Shuma parash që nuk përputhen"),
    "figure_differs_between_languages": ("Figure differs between languages", "Shifra ndryshon ndërmjet gjuhëve"),
    "article_number_mismatch": ("Article numbers that disagree", "Numra nenesh që nuk përputhen"),
    "article_title_mismatch": ("Article with another’s title", "Nen me titull tjetri"),
    "article_title_variant": ("Article title written differently", "Titull neni i shkruar ndryshe"),
    "article_unknown": ("Article that does not exist", "Nen që nuk ekziston"),
    "instrument_name_variant": ("Act under several names", "Akt me disa emra"),
    "instrument_number_mismatch": ("Act numbers that disagree", "Numra aktesh që nuk përputhen"),
    "reference_format": ("Form of a reference", "Forma e referencës"),
    "institution_name_variant": ("Institution under several names", "Institucion me disa emra"),
    "abbreviation_conflict": ("Abbreviation with two meanings", "Shkurtim me dy kuptime"),
    "abbreviation_variant": ("Misspelt abbreviation", "Shkurtim i shkruar gabim"),
    "abbreviation_undefined": ("Abbreviation never explained", "Shkurtim i pashpjeguar"),
    "name_variant": ("Name in two spellings", "Emër me dy shkrime"),
    "term_variant": ("Competing terms", "Terma konkurrues"),
    "passage_duplicate": ("Passage said twice", "Pasazh i thënë dy herë"),
    "passage_near_duplicate": ("Passage said twice, differently", "Pasazh i thënë dy herë, ndryshe"),
    "passage_missing_in_copy": ("Passage missing in a copy", "Pasazh që mungon në njërën kopje"),
    "untranslated_passage": ("Not translated", "E papërkthyer"),
    "numbering_gap": ("Gap in numbering", "Numërim me hapësirë"),
    "numbering_style": ("Numbering in two styles", "Numërim në dy mënyra"),
    "truncated_text": ("Text cut off", "Tekst i prerë"),
    "duplicated_phrase": ("Words repeated", "Fjalë të përsëritura"),
    "ocr_artifact": ("Damaged by scanning", "Dëmtim nga skanimi"),
    "markup_artifact": ("Leftover markup", "Mbetje kodi"),
    "case_variant": ("Capitals used differently", "Shkronja të mëdha ndryshe"),
    "punctuation_variant": ("Punctuation used differently", "Pikësim i ndryshëm"),
    "language_error": ("Wording that changes the meaning", "Shprehje që ndryshon kuptimin"),
}

# What the translation says of its drafts, phrase by phrase; a phrase that is not here stays in English.
WARNINGS_SQ: tuple[tuple[str, str], ...] = (
    (r"\bsentence (\d+): ", r"fjalia \1: "),
    (r"the glossary's ((?:“[^”]*”(?:, )?)+) is not in the translation", r"\1 e glosarit mungon në përkthim"),
    (
        r"the model is unsure of this translation: read it against the source",
        "modeli nuk është i sigurt për këtë përkthim: krahasojeni me origjinalin",
    ),
    (r"the model does not know these words", "modeli nuk i njeh këto fjalë"),
    (r"the text is too long for the model", "teksti është tepër i gjatë për modelin"),
    (r"((?:“[^”]*”(?:, )?)+) is lost", r"humbi \1"),
    (r"((?:“[^”]*”(?:, )?)+) is added", r"u shtua \1"),
    (r"part of the source was kept", "një pjesë e origjinalit mbeti siç ishte"),
    (r"the source was kept, translate it by hand", "mbeti origjinali, përkthejeni me dorë"),
    (
        r"from memory, for a text that is like this one by (\d+) of 100: (“.*”); check what differs",
        r"nga kujtesa, për një tekst të ngjashëm me këtë në masën \1 nga 100: \2; shihni çfarë ndryshon",
    ),
    (r"no model: run (`[^`]*`)", r"pa model: ekzekutoni \1"),
    (
        r"the passage was corrected after this translation was made: check it",
        "pasazhi u ndreq pasi u bë ky përkthim: kontrollojeni",
    ),
)


def warning_sq(warning: str) -> str:
    """A draft's warning in Albanian.

    >>> warning_sq("sentence 2: the glossary's “Policia e Shtetit” is not in the translation")
    'fjalia 2: “Policia e Shtetit” e glosarit mungon në përkthim'
    """
    for english, albanian in WARNINGS_SQ:
        warning = re.sub(english, albanian, warning)
    return warning


def text(key: str, tongue: Tongue) -> str:
    """One of the interface's texts."""
    return TEXTS[key][tongue == "sq"]


def tables() -> dict[str, dict[str, dict[str, str]]]:
    """Both languages' texts and kinds, as the page takes them."""
    return {
        tongue: {
            "texts": {k: v[i] for k, v in TEXTS.items()},
            "kinds": {k: v[i] for k, v in KINDS.items()},
        }
        for i, tongue in enumerate(("en", "sq"))
    }
