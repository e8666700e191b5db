"""Finds dates, date ranges, periods, years and times; a damaged date is caught too and says so.

Reads: a Scan. Writes: Figure. Written forms: `datë 24.1.2001`, `dt. 10.06.2014`, `më 5 dhjetor 2012`,
`22 dhe 23 maj 2014`, `5 December 2012`, `December 5, 2012`, `5th of December 2012`, `2014-06-10`, `22-23 May 2014`,
`janar-mars 2014`, `first quarter of 2014`, `tremujori i parë i vitit 2014`, `Q1 2014`, `2012-2014`, `viti shkollor
2013-2014`, `fundi i vitit 2014`, `in 2014`, `February`, `ora 10:30`; damaged: `10.06.06.2014`, `05,05,2014`, `1O.06.2014`.
"""

from __future__ import annotations

import calendar
import re

from pipeline.find.scan import Scan
from pipeline.find.stems import is_finite
from pipeline.languages import MONTH_WORDS_TO_CHECK, MONTHS, WEEKDAYS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:19|20)\d{2}"
_OF = r"(?:,\s?|\s(?:of\sthe\syear|of|i\svitit|te\svitit|i|te|e\svitit|viti|vitit|vitin)\s|\s|\s?,\s)"

# The first and last year that a report's date is taken to mean; others are other numbers.
_FIRST_YEAR, _LAST_YEAR = 1900, 2099

# Three or four groups with points, commas, slashes or hyphens between, some read wrong by a machine.
_NUMERIC = re.compile(
    r"""(?<![\w/])(?P<body>[\dOolIS|B]{1,5}(?:(?:\s?[./]\s?|[.,/\-]{1,2})[\dOolIS|B]{1,5}){2,3})(?![\w/]|[.,]\d)"""
)
_NUMERIC_QUICK = re.compile(r"\d[.,/\-]")
_GLUED = re.compile(
    rf"(?<![\w.,/])(?:{_DAY}[.,](?:0[1-9]|1[0-2]){_YEAR}|{_DAY}(?:0[1-9]|1[0-2])[.,]{_YEAR})(?![\w/]|[.,]\d)"
)
_ISO = re.compile(rf"(?<![\w-]){_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-])")
_CONFUSED = str.maketrans("OolIS|B", "0011518")
_CUE = re.compile(r"(?:\b(?:dt|dl|dat|d|date|dates|dated|daten|datat|me|on|of|the|prej|nga|deri)\b[.:]?|\(|,)\s?$")
_DATE_CUE = re.compile(r"\b(?:dt|dl|date|dated|daten|me\sdate)\b[.:]?\s?$")

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
_MONTH_QUICK = re.compile(r"[^\W\d_]+")

_ORD = (
    r"(?:first|second|third|fourth|1st|2nd|3rd|4th|[1-4]|i{1,3}|iv"
    r"|(?:i|e|te|se)?\s?(?:pare|dyte|trete|katert)(?:n|s|t|i|it|in|en|es)?)"
)
_ORDER = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "pare": 1, "dyte": 2,
    "trete": 3, "katert": 4,
}  # fmt: skip
_YEAR_TAIL = rf"(?:\s?(?:,|of|te|i|e|per)?\s?(?:the\syear\s|year\s|vitit\s|vitin\s|viti\s)?(?P<year>{_YEAR})(?!\w))?"
_QUARTER_EN = re.compile(rf"\b(?P<order>{_ORD})[\s-](?P<part>quarter|half|semester|trimester)\b{_YEAR_TAIL}")
_QUARTER_SQ = re.compile(
    rf"""\b(?P<part>tremujor\w{{0,3}}|3-mujor\w{{0,3}}|gjashtemujor\w{{0,3}}|6-mujor\w{{0,3}}|gjysm\w{{1,2}}|semestr\w{{1,3}}|katermujor\w{{0,3}})
    \s(?P<order>(?:i|e|te|se)\s(?:pare|dyte|trete|katert)\w{{0,2}}|iv|i{{1,3}}|(?:i|te)\s(?:iv|i{{1,3}}))\b
    (?:\s(?:te|i|e|se)?\s?(?:vitit\s|vitin\s|viti\s)?(?P<year>{_YEAR})(?!\w))?""",
    re.VERBOSE,
)
_QUARTER_SHORT = re.compile(
    rf"\b(?:q(?P<order>[1-4])[\s/-](?P<year>{_YEAR})|(?P<year2>{_YEAR})[\s/-]?q(?P<order2>[1-4]))\b"
)
_SCHOOL_YEAR = re.compile(
    rf"(?P<cue>\b(?:vit\w{{0,4}}\s(?:shkollor|akademik)\w{{0,2}}|(?:school|academic)\syears?)\s)"
    rf"(?P<from>{_YEAR})\s?[-–—/]\s?(?P<to>\d{{4}}|\d{{2}})(?!\w)"
)
_YEARS = re.compile(
    rf"""(?<![\w./,-])(?P<from>{_YEAR})(?P<sep>\s?[-–—/]\s?|\s(?:to|until|through|deri\sne\svitin|deri\sne|deri\sme|deri)\s)
    (?P<to>{_YEAR}|\d{{2}})(?![\w/]|[.,-]\d)""",
    re.VERBOSE,
)
_PART_OF_YEAR = re.compile(
    rf"\b(?:end|beginning|start|middle|fund\w{{1,3}}|fillim\w{{0,2}}|mes\w{{0,2}}|early|late|mid)(?:\s(?:of|i|te|e)|-)?"
    rf"(?:\s(?:the\syear|vitit|vitin))?\s?(?P<year>{_YEAR})(?!\w)"
)
_ONE_YEAR = re.compile(rf"(?<![\w.,/\-+])(?P<year>{_YEAR})(?![\w/]|[.,-]\d)")
_YEAR_CUE = re.compile(
    r"""\b(?:in|of|by|since|from|until|till|for|during|year|years|through|to|before|after|and|viti|vitit|vitin|vite|vitet|viteve|ne
    |gjate|per|nga|deri|deri\sme|prej|dhe|pas|para|than|the|this|between|with|krahasuar\sme|me|e|budget|buxhetit|buxheti
    |fiscal|fund|qershor|korrik)\s(?:the\s)?$|[(\-–—/]\s?$|^\s*$""",
    re.VERBOSE,
)
_YEAR_ENDING = re.compile(r"-(?:s|n|es|en|ta|tat|ten|tes|te|it|in|a|ave)\b")
_COUNTED_AFTER = re.compile(r"[\s\u00a0]([a-z]{3,})")
_NOT_COUNTED = frozenset(
    """and or but the was were are is has have had will would shall may can to in on at by for from with of as that which when
    while where than there this these those also its their compared according until since report reports budget act law
    edition survey census annual through during after before dhe ose por jane ishin eshte ishte kane kishte kishin ka per ne
    me nga si dhe sipas deri gjate kur qe ku ndersa u do pas para prej mbi krahasuar nuk mund raporti u ishte kete keto
    nen kunder edhe""".split()
)

_TIME = re.compile(
    r"(?<![\w.,:/])(?P<hour>[01]?\d|2[0-4])(?P<sep>[:.])(?P<minute>[0-5]\d)(?P<half>\s?[ap]\.?m\b\.?)?(?![\d:]|[.,]\d)"
)
_TIME_CUE = re.compile(
    r"(?:\b(?:ora|ore|oren|ores|oret|orari|at|from|to|until|till|after|before|by|between|and|nga|deri"
    r"|deri\sne|deri\sme|ne|pas|para|dhe|h|hours|midis"
    r"|mes)\s|[-–]\s?|^\s*)$"
)
_NO_TIME_AFTER = re.compile(
    r"\s?(?:%|€|\$|per\s?(?:cent|qind)|milion|million|mije|thousand|euro|lek|eur\b|all\b|usd\b|percent"
    r"|point|pike|km|m2|ha\b|times|here)"
)
_CLOCK = re.compile(
    r"\b(?P<hour>1[0-2]|0?[1-9])\s?(?P<half>[ap])\.?m\b\.?|\bor(?:a|en|es)\s(?P<hour2>2[0-4]|1\d|0?\d)(?![\d:.,]*\d|\w)"
)

# A date's weekday stands next to it, within these characters before it.
_WEEKDAY_REACH = 24
_WEEKDAY_BEFORE = re.compile(r"\b([a-z]+)\s?(?:,|\(|\s)?\s?(?:(?:dt|dl|date|me|on|me\sdate)\b\.?\s?)?(?:the\s)?$")
_WEEKDAY_AFTER = re.compile(r"\s?[,(]\s?(?:(?:a|e|dite|diten\se|dita\se)\s)?([a-z]+)\b")


def find_dates(scan: Scan) -> None:
    """Adds every date, period and time that no earlier recogniser took."""
    text = scan.folded
    has_digit = scan.has_digit
    months = not scan.vocabulary.isdisjoint(MONTHS)
    if has_digit:
        _find_numeric(scan)
    if months:
        _find_months(scan)
    if has_digit or "quarter" in text or "mujor" in text:
        _find_periods(scan)
    if has_digit:
        _find_times(scan)
        _find_years(scan)


def iso_date(year: int, month: int, day: int) -> str | None:
    """The ISO date, or None where the calendar has no such day.

    >>> iso_date(2014, 6, 31) is None, iso_date(2012, 2, 29)
    (True, '2012-02-29')
    """
    if not (1 <= month <= 12 and year > 0 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _add_date(
    scan: Scan, start: int, end: int, value: str | None, *, readings: tuple[str, ...] = (), generous: bool = False
) -> None:
    """A date; one that is written as it should be and has no value is a day that the calendar lacks."""
    unit = "impossible" if value is None and not generous else _weekday(scan, start, end)
    scan.add("date", start, end, value, readings=readings, unit=unit, generous=generous or value is None)


def _weekday(scan: Scan, start: int, end: int) -> str | None:
    """`weekday:2` where `Tuesday, 10 June 2014` or `10.06.2014 (e martë)` names the day of the week."""
    before = _WEEKDAY_BEFORE.search(scan.folded, max(0, start - _WEEKDAY_REACH), start)
    after = _WEEKDAY_AFTER.match(scan.folded, end)
    for match in (before, after):
        if match and match[1] in WEEKDAYS:
            word = match[1]
            particle = scan.folded[: match.start(1)].rstrip()[-2:].strip()
            if word.endswith("day") or particle in ("e", "te", "se") or not word.isascii():
                return f"weekday:{WEEKDAYS[word]}"
    return None


def _find_numeric(scan: Scan) -> None:
    text = scan.text
    if _NUMERIC_QUICK.search(text):
        for match in _ISO.finditer(text):
            if scan.free(*match.span()):
                year, month, day = map(int, match.group().split("-"))
                _add_date(scan, *match.span(), iso_date(year, month, day))
        for match in _NUMERIC.finditer(text):
            if scan.free(*match.span()):
                _read_numeric(scan, match)
        for match in _GLUED.finditer(text):
            if scan.free(*match.span()):
                digits = re.sub(r"\D", "", match.group())
                value = iso_date(int(digits[-4:]), int(digits[-6:-4]), int(digits[:-6]))
                _add_date(scan, *match.span(), value, generous=True)


def _read_numeric(scan: Scan, match: re.Match[str]) -> None:
    """Strictly first: day.month.year that the calendar has. Then what only looks like it."""
    body = match.group()
    start, end = match.span()
    cue = bool(_DATE_CUE.search(scan.folded, max(0, start - 12), start))
    parts = [p.strip() for p in re.split(r"[.,/\-]{1,2}", body)]
    separators = re.findall(r"[.,/\-]{1,2}", body)
    digits = [p.translate(_CONFUSED) for p in parts]
    confused = digits != parts
    if sum(c.isdigit() for c in body) < 3 or not all(d.isdigit() for d in digits) or not body[0].isalnum():
        return
    if confused and (sum(c.isalpha() or c == "|" for c in body) > 2 or not any(c.isdigit() for c in parts[-1])):
        return
    numbers = [int(d) for d in digits]
    if len(numbers) == 4 and _is_year(digits[2]) and not _is_year(digits[3]):
        # `10.06.2014-12`, `10.06.2014. 25`: what follows the year is something else.
        shorter = _NUMERIC.match(scan.text, start, start + len(body) - len(re.split(r"[.,/\-]", body)[-1]) - 1)
        if shorter is not None:
            _read_numeric(scan, shorter)
        return
    if len(numbers) == 4:
        if (_is_year(digits[-1]) and all(len(d) <= 2 for d in digits[:3])) or cue:
            _add_date(scan, start, end, None, generous=True)
        return
    day, month, year = numbers
    if _is_year(digits[0]) and len(digits[1]) <= 2 and len(digits[2]) <= 2 and separators[0] in ("-", "/", "."):
        day, month, year = numbers[2], numbers[1], numbers[0]
        value = iso_date(year, month, day)
        _add_date(scan, start, end, value)
        return
    if not _is_year(digits[2]):
        _read_short_year(scan, match, digits, separators, cue)
        return
    if len(digits[0]) > 2 or len(digits[1]) > 2:
        if len(digits[0]) <= 3 and len(digits[1]) <= 3 and (cue or "." in separators):
            _add_date(scan, start, end, None, generous=True)
        return
    value = iso_date(year, month, day)
    odd = confused or separators[0] != separators[1] or separators[0] not in (".", "/", "-")
    if value is None and day <= 12 < month and separators[0] == "/":
        value = iso_date(year, day, month)  # 06/25/2014, the American order
        _add_date(scan, start, end, value)
        return
    readings: tuple[str, ...] = (value,) if value else ()
    if value and separators[0] == "/" and day <= 12 and day != month:
        readings = (value, f"{year:04d}-{day:02d}-{month:02d}")
    _add_date(scan, start, end, value, readings=readings, generous=odd)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and _FIRST_YEAR <= int(digits) <= _LAST_YEAR


def _read_short_year(scan: Scan, match: re.Match[str], digits: list[str], separators: list[str], cue: bool) -> None:
    """`27.1.95` after a cue is a date; `10.06.201`, `10.06.20144` and `10.06.2l4` are damaged ones."""
    start, end = match.span()
    first, second, last = digits
    if len(first) > 2 or len(second) > 2 or not (1 <= int(first) <= 39 and 1 <= int(second) <= 19):
        if cue:
            _add_date(scan, start, end, None, generous=True)
        return
    if len(last) == 2 and (cue or (len(first) == 2 and len(second) == 2 and separators == ["/", "/"])):
        # Two digits: the century that keeps the year nearest to the reports' time.
        year = int(last) + (2000 if int(last) < 60 else 1900)
        value = iso_date(year, int(second), int(first))
        _add_date(scan, start, end, value, generous=separators[0] != separators[1])
    elif (
        len(last) in (3, 5) and (cue or (len(second) == 2 and last[:2] in ("20", "19") and separators[0] == "."))
    ) or (len(last) == 4 and cue):
        _add_date(scan, start, end, None, generous=True)


def _find_months(scan: Scan) -> None:
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
        first, last = MONTHS[match["from"]], MONTHS[match["to"]]
        last_year = match["year"] or match["from_year"]
        first_year = match["from_year"] or match["year"]
        if first_year is None or last_year is None:
            if "-" in match.group() or "–" in match.group():
                scan.add("period", *match.span(), f"--{first:02d}/--{last:02d}")
            continue
        if (" and " in match.group() or " dhe " in match.group()) and not _BETWEEN.search(
            scan.folded, max(0, match.start() - 11), match.start()
        ):
            continue  # two months, not the time between them
        scan.add("period", *match.span(), f"{first_year}-{first:02d}/{last_year}-{last:02d}")
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
    """English months have a capital; `maj`, `mars`, `shkurt`, `may`, `march` are other words unless a cue stands there."""
    capital = scan.text[start].isupper()
    if word not in MONTH_WORDS_TO_CHECK:
        return capital or "sq" in scan.languages or beside
    cue = bool(_MONTH_CUE.search(scan.folded, max(0, start - 14), start))
    return (cue or beside) and (capital or ("sq" in scan.languages and word in ("mars", "maj", "shkurt")))


def _read_day_month(scan: Scan, match: re.Match[str]) -> None:
    month = MONTHS[match["month"]]
    start, end = match.span()
    end = start + len(match.group().rstrip(" ,.")) if match["year"] is None else end
    year = match["year"]
    first = int(match["first"])
    if match["month"] in MONTH_WORDS_TO_CHECK and year is None and not scan.text[match.start("month")].isupper():
        if (
            match["month"] in ("may", "march", "mar", "dec", "jan", "jun", "jul", "sep", "sept")
            or "sq" not in scan.languages
        ):
            return
    if year is not None and not _is_year(year):
        _add_date(scan, start, end, None, generous=True)
        return

    def one(day: int) -> str | None:
        if year is None:
            return f"--{month:02d}-{day:02d}" if iso_date(2000, month, day) else None
        return iso_date(int(year), month, day)

    if match["last"] is None:
        if year is None and not 1 <= first <= 31:
            return  # `45 May`: a count before a name
        _add_date(scan, start, end, one(first))
        return
    values = (one(first), one(int(match["last"])))
    if None in values and year is None:
        return
    value = "/".join(v for v in values if v) if None not in values else None
    scan.add("date_range", start, end, value, unit="impossible" if value is None else None, generous=value is None)


def _find_periods(scan: Scan) -> None:
    for match in _SCHOOL_YEAR.finditer(scan.folded):
        if scan.free(match.start("from"), match.end()):
            scan.add("period", match.start("from"), match.end(), _years(match["from"], match["to"]), unit="school year")
    for pattern in (_QUARTER_SQ, _QUARTER_EN):
        for match in pattern.finditer(scan.folded):
            if scan.free(*match.span()):
                _read_quarter(scan, match)
    for match in _QUARTER_SHORT.finditer(scan.folded):
        if scan.free(*match.span()):
            scan.add("period", *match.span(), f"{match['year'] or match['year2']}-Q{match['order'] or match['order2']}")
    for match in _YEARS.finditer(scan.folded):
        if not scan.free(*match.span()) or (len(match["to"]) == 2 and match["sep"].strip() not in ("/", "-", "–")):
            continue
        if len(match["to"]) == 2 and int(match["to"]) != (int(match["from"]) + 1) % 100:
            if match["sep"].strip() == "/":
                scan.take(*match.span())  # 2011/93: the number of an act that stands without its name
            continue
        scan.add("period", *match.span(), _years(match["from"], match["to"]))
    for match in _PART_OF_YEAR.finditer(scan.folded):
        if scan.free(*match.span()):
            scan.add("date", *match.span(), match["year"])


def _years(first: str, last: str) -> str:
    return f"{first}/{last if len(last) == 4 else first[:2] + last}"


def _read_quarter(scan: Scan, match: re.Match[str]) -> None:
    part = match["part"]
    letter = "Q" if part.startswith(("quarter", "trimester", "tremujor", "3-mujor")) else "H"
    if part.startswith("katermujor"):
        return
    words = match["order"].split()
    order = next((n for stem, n in _ORDER.items() if len(stem) > 3 and words[-1].startswith(stem)), 0)
    order = order or _ORDER.get(words[-1], 0) or (int(words[-1][0]) if words[-1][0].isdigit() else 0)
    if not order or (letter == "H" and order > 2):
        return
    year = match["year"]
    if (year is None and part in ("half", "semester")) or (year is None and part.startswith(("gjysm", "semestr"))):
        return  # the first half of a match, of a list: not a time
    scan.add("period", *match.span(), f"{year or '-'}-{letter}{order}")


def _find_times(scan: Scan) -> None:
    for match in _TIME.finditer(scan.folded):
        if not scan.free(*match.span()):
            continue
        cue = match["half"] or _TIME_CUE.search(scan.folded, max(0, match.start() - 9), match.start())
        pointed = (
            cue
            and not _NO_TIME_AFTER.match(scan.folded, match.end())
            and (
                _near_hour_word(scan, match.start())
                or (match["minute"] in ("00", "15", "30", "45") and _clock_like(scan, match))
            )
        )
        if match["sep"] == ":" or pointed:
            hour = int(match["hour"])
            if match["half"]:
                hour = hour % 12 + (12 if "p" in match["half"] else 0)
            if match["sep"] == ":" and not cue and len(match["hour"]) == 1:
                continue  # 1:20 may be a ratio
            scan.add("time", *match.span(), f"{hour:02d}:{match['minute']}")
    for match in _CLOCK.finditer(scan.folded):
        if scan.free(*match.span()):
            hour = int(match["hour"] or match["hour2"])
            if match["half"]:
                hour = hour % 12 + (12 if match["half"] == "p" else 0)
            scan.add("time", *match.span(), f"{hour:02d}:00")


def _clock_like(scan: Scan, match: re.Match[str]) -> bool:
    """`at 10.30`, `from 6.00 to 22.00`: English puts no word for the hour."""
    before = scan.folded[max(0, match.start() - 8) : match.start()]
    return "en" in scan.languages and bool(re.search(r"\b(?:at|from|to|until|after|before|and)\s$", before))


def _near_hour_word(scan: Scan, start: int) -> bool:
    """With a point between, `10.30` is a time only where hours are spoken of."""
    return bool(
        re.search(
            r"\b(?:ora|ore|oren|ores|oret|orari|orarin|hours|o'clock)\b|[ap]\.m\.",
            scan.folded[max(0, start - 30) : start + 12],
        )
    )


def _find_years(scan: Scan) -> None:
    for match in _ONE_YEAR.finditer(scan.folded):
        if not scan.free(*match.span()):
            continue
        start, end = match.span()
        after = _COUNTED_AFTER.match(scan.folded, end)
        cue = _YEAR_CUE.search(scan.folded, max(0, start - 18), start)
        counted = (
            after is not None
            and after[1] not in _NOT_COUNTED
            and scan.text[after.start(1)].islower()
            and not is_finite(after[1], scan.lang)
        )
        if (
            counted
            and not (
                cue
                and cue.group().strip()
                not in (
                    "",
                    "the",
                    "and",
                    "dhe",
                    "e",
                    "to",
                    "than",
                    "me",
                    "with",
                    "from",
                    "by",
                    "for",
                    "per",
                    "nga",
                    "ne",
                    "of",
                )
            )
            and not _plural_or_year(scan, cue.group().strip() if cue else "", after[1] if after else "")
        ):
            continue
        ending = _YEAR_ENDING.match(scan.folded, end)
        scan.add("year", start, ending.end() if ending else end, match["year"])


_UNIT_AFTER = frozenset("leke lek lekesh euro eur all usd mije milion milione persona vete".split())


def _plural_or_year(scan: Scan, cue: str, after: str) -> bool:
    """Whether the number before `after` is a year all the same: `në 2013 u trajnuan`, `the 2013 report`, `in 2014 teachers`."""
    if after in _UNIT_AFTER:
        return False
    if cue == "ne" or cue == "in":
        return True
    if cue in ("the", "of", "by", "from", "for") and "en" in scan.languages:
        return not after.endswith("s") or after.endswith("ss")
    return False
