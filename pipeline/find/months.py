"""Finds dates and periods that name a month.

Reads: a Scan. Writes: Figure. Written forms: `më 5 dhjetor 2012`, `5 December 2012`, `December 5, 2012`, `5th of
December`, `22 dhe 23 maj 2014`, `22-23 May 2014`, `nga 5 deri më 9 maj`, `janar-mars 2014`, `April 2013`, `February`.
"""

from __future__ import annotations

import re

from pipeline.find.dates import add_date, is_year, iso_date
from pipeline.find.scan import Scan
from pipeline.languages import MONTH_WORDS_TO_CHECK, MONTHS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"

_YEAR = r"(?:19|20)\d{2}"

_OF = r"(?:,\s?|\s(?:of\sthe\syear|of|i\svitit|te\svitit|i|te|e\svitit|viti|vitit|vitin)\s|\s|\s?,\s)"

_DAY_MONTH = re.compile(
    rf"""(?<![\w.,/])(?P<first>\d{{1,2}})(?:st|nd|rd|th|-?te|-?re)?\.?
    (?:(?P<and>\s?(?:-|–|—|\band\b|\bdhe\b|\be\b|\bto\b|\bderi\s(?:me|ne)\b|\bderi\b|&)\s?)(?P<last>\d{{1,2}})(?:st|nd|rd|th|-?te)?\.?)?
    \s?(?:\s(?:of)\s|\s|-)?(?P<month>{_MONTH})\b\.?(?:{_OF}(?P<year>\d{{4}})(?!\d))?""",
    re.VERBOSE,
)

_MONTH_DAY = re.compile(
    rf"""\b(?P<month>{_MONTH})\.?\s(?P<first>{_DAY})(?:st|nd|rd|th)?(?!\w|[.,]\d)
    (?:(?P<and>\s?(?:-|–|—|and|to|&)\s?)(?P<last>{_DAY})(?:st|nd|rd|th)?(?!\w))?
    (?:,?\s(?P<year>{_YEAR})(?!\w))?(?![\w])""",
    re.VERBOSE,
)

_MONTHS_YEAR = re.compile(
    rf"""\b(?P<from>{_MONTH})\.?(?:\s(?P<from_year>{_YEAR}))?\s?(?:-|–|—|to|until|through|deri\sne|deri\sme|deri|ne|and|dhe)\s?
    (?P<to>{_MONTH})\b\.?(?:{_OF}(?P<year>{_YEAR})(?!\w))?""",
    re.VERBOSE,
)

_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\b\.?(?:{_OF}(?P<year>{_YEAR})(?![\w/]|-\d))?")


def find_months(scan: Scan) -> None:
    """Adds every date and period that names a month."""
    if scan.vocabulary.isdisjoint(MONTHS):
        return
    for match in _DAY_MONTH.finditer(scan.folded):
        if scan.free(*match.span()):
            _read_day_month(scan, match)
        elif match["last"] and (last := _DAY_MONTH.match(scan.folded, match.start("last"))) and scan.free(*last.span()):
            _read_day_month(scan, last)  # `Article 8 to 31 December`: the 8 is no day
    for match in _MONTH_DAY.finditer(scan.folded):
        if scan.free(*match.span()) and (match["year"] or scan.text[match.start()].isupper()):
            _read_day_month(scan, match)
    for match in _MONTHS_YEAR.finditer(scan.folded):
        if not scan.free(*match.span()) or not _surely_month(scan, match.start("from"), match["from"], True):
            continue
        first, until = MONTHS[match["from"]], MONTHS[match["to"]]
        last_year = match["year"] or match["from_year"]
        first_year = match["from_year"] or match["year"]
        if first_year is None or last_year is None:
            if "-" in match.group() or "–" in match.group():
                scan.add("period", *match.span(), f"--{first:02d}/--{until:02d}")
            continue
        if (" and " in match.group() or " dhe " in match.group()) and not _BETWEEN.search(
            scan.folded, max(0, match.start() - 11), match.start()
        ):
            continue  # two months, not the time between them
        scan.add("period", *match.span(), f"{first_year}-{first:02d}/{last_year}-{until:02d}")
    for match in _MONTH_YEAR.finditer(scan.folded):
        if not scan.free(*match.span()):
            continue
        month = MONTHS[match["month"]]
        if match["year"]:
            scan.add("date", *match.span(), f"{match['year']}-{month:02d}")
        elif _surely_month(scan, match.start(), match["month"], False):
            scan.add("date", match.start("month"), match.end("month"), f"--{month:02d}")


_BETWEEN = re.compile(r"\b(?:between|ndermjet|midis|mes)\s$")

_MONTH_CUE = re.compile(
    r"\b(?:in|of|since|until|by|from|during|each|every|last|this|next|muaji|muajit|muajin|ne|gjate|nga"
    r"|deri\sne|me|mid|early|late)\s$"
)


def _surely_month(scan: Scan, start: int, word: str, beside: bool) -> bool:
    """English months have a capital; `maj`, `mars`, `may`, `march` are other words unless a cue stands there."""
    capital = scan.text[start].isupper()
    if word not in MONTH_WORDS_TO_CHECK:
        return capital or "sq" in scan.languages or beside
    cue = bool(_MONTH_CUE.search(scan.folded, max(0, start - 14), start))
    return (cue or beside) and (capital or ("sq" in scan.languages and word in ("mars", "maj", "shkurt")))


_ENGLISH_WORDS = frozenset("may march mar dec jan jun jul sep sept".split())


def _read_day_month(scan: Scan, match: re.Match[str]) -> None:
    month = MONTHS[match["month"]]
    start, end = match.span()
    end = start + len(match.group().rstrip(" ,.")) if match["year"] is None else end
    year = match["year"]
    first = int(match["first"])
    small = year is None and not scan.text[match.start("month")].isupper()
    if small and (
        match["month"] in _ENGLISH_WORDS or (match["month"] in MONTH_WORDS_TO_CHECK and "sq" not in scan.languages)
    ):
        return
    if year is not None and not is_year(year):
        add_date(scan, start, end, None, generous=True)
        return

    def one(day: int) -> str | None:
        if year is None:
            return f"--{month:02d}-{day:02d}" if iso_date(2000, month, day) else None
        return iso_date(int(year), month, day)

    if match["last"] is None:
        if year is None and not 1 <= first <= 31:
            return  # `45 May`: a count before a name
        add_date(scan, start, end, one(first))
        return
    values = (one(first), one(int(match["last"])))
    if None in values and year is None:
        return
    value = "/".join(v for v in values if v) if None not in values else None
    scan.add("date_range", start, end, value, unit="impossible" if value is None else None, generous=value is None)
