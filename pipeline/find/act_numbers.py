"""Finds the numbers by which acts, articles, paragraphs and actions are called; numbering that is none is set aside.

Reads: a Scan. Writes: Figure. Written forms: `neni 117`, `nenet 108 dhe 117`, `Article 293/ b`, `neneve 293/a, 293/b
dhe 293/ç`, `Article 192-b`, `paragraph four`, `paragrafi i katërt`, `pika 1`, `Order No. 548/3`, `Urdhri nr. 135`,
`VKM nr. 182`, `DCM No. 182`, `vendimin e Këshillit të Ministrave nr. 766`, `ligji nr. 10 023`, `Law 44/2015`,
`LIGJI NR. 03/L-166`, `Directive 2011/93/EU`, `Direktiva (BE) 2016/1148`, `Action #1`, `Action No. 2`, `Veprimi 3`.
"""

from __future__ import annotations

import re

from pipeline.find.scan import Scan
from pipeline.languages import CARDINALS, MONTHS, ORDINALS
from pipeline.model import FigureKind

_ARTICLE_HEAD = re.compile(
    r"\b(?P<head>articles?|arts?\.?|neni|nenit|nenin|nene|nenet|neneve)\s?(?:(?:nr|no|nos)\.?\s?)?(?=\d)"
)
_LETTER = r"(?:dh|gj|ll|nj|rr|sh|th|xh|zh|[a-zçë])(?![^\W\d_])"
_ARTICLE = re.compile(
    rf"\d{{1,4}}(?:\s?[/⁄]\s?(?:{_LETTER}|\d{{1,2}}(?![\d.]))|-(?:{_LETTER}))?(?:/\d{{1,2}})?(?:\s?\(\d{{1,2}}\))?"
)
_LIST = re.compile(
    r"\s?(?:,|;|-|–|—|\band\b|\bdhe\b|\bor\b|\bose\b|\bto\b|\bderi\sne\b|\bderi\b|\be\b|&)\s?(?:(?:neni"
    r"|nenit|article)\s)?(?=\d)"
)
_END_OF_LIST = re.compile(r"\s?(?:$|[.,;:)\]\-–—\"”]|\b(?:of|te|i|e|and|dhe|or|ose|deri|to|se|foreseen|provided)\b)")

_PARAGRAPH = re.compile(
    r"\b(?:paragraphs?|para|par|paragrafi|paragrafit|paragrafin|paragrafet|paragrafeve|pika|pikes|piken"
    r"|pikat|pikave|points?|alineja|fjalia)\.?\s"
    r"(?:(?P<digits>\d{1,3}(?:\.\d{1,2}){0,3})(?![\w/]|[.,]\d)|(?:i|e|te|se)\s(?P<ordinal>[a-z]+)|(?P<word>[a-z]+))"
)

_ACTS: tuple[tuple[FigureKind, str], ...] = (
    ("decision_number", r"vendim\w{0,5}|vkm(?:-\w{1,3})?|decisions?|dcm|kuvend"),
    (
        "order_number",
        r"urdher\w{0,3}|urdhr\w{1,4}|(?<!in\s)orders?|udhezim\w{0,4}"
        r"|instructions?|urdheres\w{0,3}|prime\sminister's\sorder",
    ),
    ("directive_number", r"direktiv\w{1,3}|directives?|regulations?\s\(e[uc]\)|rregullor\w{1,4}\s\(b[ek]\)"),
    ("law_number", r"ligj\w{0,4}|laws?|kodi\w{0,2}|codes?|dekret\w{0,3}|decree|acts?"),
)
_ACT = re.compile("|".join(rf"(?P<{kind}>\b(?:{words})\b)" for kind, words in _ACTS))
_ACT_VALUE = (
    r"\d{2}/l\s?-\s?\d{1,3}|\d{1,2}[ \u00a0]\d{3}(?![\d ]*\d)|\d{1,6}(?:/\d{1,4}){0,2}"
    r"(?:\s?/\s?(?=\d{1,2}\.\d{1,2}\.\d{4}))?"
)
_NUMBERED = re.compile(
    rf"\b(?:nr|no|nos|numer|numri|number|n)\.?\s?(?P<value>{_ACT_VALUE})(?![\w]|[.,]\d)|#\s?(?P<hash>\d{{1,5}})\b"
)
_DIRECT = re.compile(
    r"\b(?P<act>vkm(?:-\w{1,3})?|dcm|ligj\w{1,4}|law|vendim\w{1,4}|decision|urdher\w{0,2}|urdhr\w{1,4}"
    r"|(?<!in\s)order)\s"
    r"(?P<value>\d{1,5}(?:/\d{1,4})?)(?![\w/]|[.,]\d)(?!\s(?:dhe|and|te|e)?\s?[a-z]{3,}s\b)"
)
_DIRECTIVE = re.compile(
    r"\b(?:direktiv\w{1,3}|directives?|regulations?|rregullor\w{1,4}|vendim\w{1,4}(?:\skuader)?"
    r"|(?:framework\s)?decision)\s"
    r"(?:e\s\w{3,15}\s(?=\())?"
    r"(?:(?:nr|no)\.?\s?)?(?:\((?:eu|ec|eec|be|ke|eu,\seuratom)\)\s?)?(?:(?:nr|no)\.?\s?)?"
    r"(?P<value>\d{2,4}/\d{1,4})(?P<suffix>/(?:eu|ec|eec|be|ke|kee|jha|gjeb|pb|euratom)\b)?(?![\w/])"
)
_EU_NUMBER = re.compile(
    r"(?<![\w/])(?:\((?:eu|ec|be|ke)\)\s(?:nr\.?\s|no\.?\s)?(?P<bare>\d{2,4}/\d{1,4})(?![\w/])"
    r"|(?P<value>\d{2,4}/\d{1,4})/(?:eu|ec|eec|be|ke|kee|jha|dcb|gjeb|pb|euratom)\b)"
)
# How far before `nr.` the act's name may stand: `vendimin e Këshillit të Ministrave nr.`
_ACT_REACH = 90
# `number` and `numri` are said of other things too; the act's name stands right before them.
_NEAR_REACH = 24
_STOP = re.compile(r"[;!?]|\.\s+[A-ZÇË]|\n|\t")

_ACTION = re.compile(
    r"\b(?:actions?|veprimi|aktiviteti|masa)\s?(?:#\s?|(?:no|nr)\.?\s?)?(?P<value>\d{1,3}(?:\.\d{1,2}){0,3})"
    r"(?![\w/]|[.,]\d)"
)
_OBJECTIVE = re.compile(
    r"\b(?:objectives?|objektiv\w{1,3}|qellimi|goals?|targets?|priorit(?:y|eti)|shtyll[ae]|pillar)\s?"
    r"(?:specifik\w{0,3}\s|strategjik\w{0,3}\s"
    r"|i\spolitikes\s)?(?:#\s?|(?:no|nr)\.?\s?)?(?:\d{1,2}\.\d{1,2}(?:\.\d{1,2})?|1?\d|20)(?![\w/]|[.,]\d|\s?%)"
)
# What only points, by the language of the text: Albanian pagë (wage) is no page.
_POINTS_EN = (
    "table|figure|chart|section|chapter|page|annex|appendix|box|step|phase|item|footnote|line|version|room|floor|group"
    "|lot|class"
)
_POINTS_SQ = (
    r"tabel\w{1,2}|figur\w{1,2}|grafik\w{1,2}|seksion\w{1,2}|kre(?:u|ut|un)|kapitull\w{0,2}|faq(?:e|ja|en|es|et)|fq"
    r"|aneks\w{0,2}|shtojc\w{1,2}"
    r"|kuti(?:a|ne|se)|hapi|faza|shenim\w{0,2}|rreshti|versioni|dhoma|kati|grupi|loti|klasa"
)


def _pointing(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\s?(?:(?:no|nr)\.?\s?)?(?P<value>\d{{1,4}}(?:\.\d{{1,3}}){{0,4}})(?![\w/])")


_STRUCTURE: dict[str, re.Pattern[str]] = {
    "en": _pointing(_POINTS_EN), "sq": _pointing(_POINTS_SQ), "both": _pointing(f"{_POINTS_EN}|{_POINTS_SQ}"),
}  # fmt: skip
_LIST_START = re.compile(
    r"\s*(?:[-–•*]\s*)?(?P<value>\(?\d{1,3}(?:\.\d{1,2}){0,4}"
    r"(?:[.)](?=\s|[^\W\d_])|(?:(?<=\.\d)|(?<=\.\d\d))(?=\s[A-ZÇË]))(?!\s?%))"
)
_LIST_INSIDE = re.compile(r"(?:(?<=[.;]\s)|(?<=\"\s)|(?<=”\s))(?P<value>\d{1,2}(?:\.\d{1,2}){0,2}[.)])\s(?=[A-ZÇË])")
# A footnote's number at its start (`12 The SEC ...`) and its mark in the text (`the complaint,16 the`).
_NOTE_START = re.compile(r"\s*(?P<value>\d{1,3})\s(?=(?P<word>[A-ZÇË][^\W\d_]*)\s)")
_NOTE_MARK = re.compile(r"(?<=[a-zçë][,.;\"”])\d{1,3}(?=\s|$)")
_DECIMAL_BEFORE = re.compile(r"\b(?:nr|no|p|fq|par|art|pp|n)[.,]$", re.IGNORECASE)
_SECTION = re.compile(r"(?<![\w.,/])\d{1,2}(?:\.\d{1,2}){2,4}(?![\w/]|[.,]\d)")


def find_act_numbers(scan: Scan) -> None:
    """Adds numbers of articles, paragraphs, acts and actions, and takes list numbers, which are no figures."""
    if not scan.has_digit:
        _find_paragraphs(scan)
        return
    _take_lists(scan)
    _find_articles(scan)
    for match in _ACTION.finditer(scan.folded):
        if scan.free(*match.span()) and _is_heading_word(scan, match):
            scan.add("action_number", *match.span(), match["value"])
    for match in _OBJECTIVE.finditer(scan.folded):
        if scan.free(*match.span()) and not scan.folded[match.start() : match.end()].startswith("objectives "):
            scan.take(*match.span())
    _find_acts(scan)
    _find_paragraphs(scan)


def find_structure_numbers(scan: Scan) -> None:
    """Adds `Table 3`, `seksioni 2.1`, `faqe 12`, which only point; run when dates and telephones are known."""
    if not scan.has_digit:
        return
    for match in _STRUCTURE[scan.lang if scan.lang in ("en", "sq") else "both"].finditer(scan.folded):
        if scan.free(match.start("value"), match.end("value")):
            scan.add("list_number", *match.span("value"), match["value"])
    for match in _SECTION.finditer(scan.text):
        if scan.free(*match.span()) and len(match.group()) <= 12:
            scan.add("list_number", *match.span(), match.group())


def _take_lists(scan: Scan) -> None:
    first = _LIST_START.match(scan.text)
    if first and not re.match(r"\s*\d{1,2}\.\d{1,2}\.\d", first.group()):
        scan.take(*first.span("value"))
    note = _NOTE_START.match(scan.text)
    if note and note["word"].lower() not in MONTHS:
        scan.take(*note.span("value"))
    for match in _NOTE_MARK.finditer(scan.text):
        if not _DECIMAL_BEFORE.search(scan.text, max(0, match.start() - 3), match.start()):
            scan.take(*match.span())
    for match in _LIST_INSIDE.finditer(scan.text):
        scan.take(*match.span("value"))


def _is_heading_word(scan: Scan, match: re.Match[str]) -> bool:
    """`Action 3` and `action no. 3` name an action; `masa 3` alone may count."""
    return (
        scan.text[match.start()].isupper()
        or any(c in match.group() for c in "#")
        or "no" in match.group()
        or "nr" in match.group()
    )


def _find_articles(scan: Scan) -> None:
    text = scan.folded
    raw = scan.text.lower()
    if len(raw) != len(text):
        raw = text
    for head in _ARTICLE_HEAD.finditer(text):
        at = head.end()
        while True:
            item = _ARTICLE.match(raw, at)
            if item is None or not scan.free(*item.span()):
                break
            _add_article(scan, item)
            separator = _LIST.match(text, item.end())
            if separator is None:
                break
            following = _ARTICLE.match(raw, separator.end())
            if (
                following is None
                or not _END_OF_LIST.match(text, following.end())
                or re.match(r"\.\d", text[following.end() :][:2])
            ):
                break
            at = separator.end()


def _add_article(scan: Scan, item: re.Match[str]) -> None:
    written = item.group()
    start, end = item.span()
    bracket = re.search(r"\s?\((\d{1,2})\)$", written)
    if bracket:
        end = start + bracket.start()
        written = written[: bracket.start()]
    value = re.sub(r"\s", "", written).replace("⁄", "/").replace("-", "/")
    scan.add("article_number", start, end, value)
    if bracket:
        scan.add("paragraph_number", item.start() + bracket.start(1), item.start() + bracket.end(1), bracket[1])


def _find_acts(scan: Scan) -> None:
    text = scan.folded
    for match in _DIRECTIVE.finditer(text):
        place = match.start("value"), match.end()
        if scan.free(*place):
            decision = "decision" in match.group() or "vendim" in match.group()
            scan.add("decision_number" if decision else "directive_number", *place, match["value"])
    for match in _EU_NUMBER.finditer(text):
        group = "bare" if match["bare"] else "value"
        if scan.free(match.start(group), match.end()):
            decision = _act_before(scan, match.start()) == "decision_number"
            scan.add(
                "decision_number" if decision else "directive_number", match.start(group), match.end(), match[group]
            )
    for match in _NUMBERED.finditer(text):
        group = "value" if match["value"] else "hash"
        start, end = match.span(group)
        while text[end - 1] in " /":
            end -= 1
        if not scan.free(start, end):
            continue
        word = text[match.start() : start].strip(" .")
        kind = _act_before(scan, match.start(), _ACT_REACH if len(word) < 4 else _NEAR_REACH)
        value = re.sub(r"\s", "", text[start:end])
        if kind is not None:
            scan.add(kind, start, end, value.upper() if "/l" in value else value)
        elif group == "value" and not text[match.start() : match.start() + 7].startswith("num"):
            scan.add("list_number", start, end, value)
    for match in _DIRECT.finditer(text):
        if not scan.free(*match.span("value")) or re.fullmatch(r"(?:19|20)\d\d", match["value"]):
            continue
        kind = _act_before(scan, match.end("act"))
        if kind is not None and (scan.text[match.start("act")].isupper() or "/" in match["value"]):
            scan.add(kind, *match.span("value"), match["value"])


def _act_before(scan: Scan, end: int, reach: int = 90) -> FigureKind | None:
    """The kind of the last act named before, in the same sentence."""
    at = max(0, end - reach)
    stops = [m.end() for m in _STOP.finditer(scan.text, at, end)]
    found: FigureKind | None = None
    for match in _ACT.finditer(scan.folded, stops[-1] - 1 if stops else at, end):
        found = match.lastgroup  # type: ignore[assignment]
    return found


_PARAGRAPH_WORDS = ("paragr", "pik", "point", "par", "aline", "fjali")


def _find_paragraphs(scan: Scan) -> None:
    if not any(w in scan.folded for w in _PARAGRAPH_WORDS):
        return
    for match in _PARAGRAPH.finditer(scan.folded):
        if match.group().startswith(("para ", "par ")) and "sq" in scan.languages:
            continue  # para: before
        if match["digits"] is not None:
            _add_paragraphs(scan, match)
            continue
        group, table = ("ordinal", ORDINALS["sq"]) if match["ordinal"] else ("word", CARDINALS["en"] | CARDINALS["sq"])
        value = table.get(match[group])
        if value is not None and scan.free(*match.span(group)):
            scan.add("paragraph_number", *match.span(group), str(value), written="words")


_MORE_PARAGRAPHS = re.compile(
    r"\s?(?:,|\band\b|\bdhe\b|\be\b)\s(?P<digits>\d{1,3}(?:\.\d{1,2}){0,3})(?=\s(?:of|te|e|i|and|dhe)\b|[.,;)]|$)"
)
_PERCENT_AFTER = re.compile(r"\s?(?:%|per\s?qind|perqind|percentage)")


def _add_paragraphs(scan: Scan, first: re.Match[str]) -> None:
    """`paragraph 5`, `paragrafet 7.5 dhe 7.6`; not `points 5 %`."""
    match: re.Match[str] | None = first
    while match is not None and scan.free(*match.span("digits")):
        if _PERCENT_AFTER.match(scan.folded, match.end("digits")):
            return
        scan.add("paragraph_number", *match.span("digits"), match["digits"])
        match = _MORE_PARAGRAPHS.match(scan.folded, match.end("digits"))
