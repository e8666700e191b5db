"""Finds dates in digits; a damaged one is caught too and says so.

Reads: a Scan. Writes: Figure. Written forms: `datë 24.1.2001`, `dt. 10.06.2014`, `2014-06-10`, `06/25/2014`,
`27.1.95`, `1.II.1995`, `Tuesday (10.06.2014)`; damaged: `10.06.06.2014`, `05,05,2014`, `1O.06.2014`, `10.062014`,
`31.06.2014`.
"""

from __future__ import annotations

import calendar
import re

from pipeline.find.scan import Scan
from pipeline.languages import WEEKDAYS

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"

_YEAR = r"(?:19|20)\d{2}"

# The first and last year that a report's date is taken to mean; others are other numbers.
_FIRST_YEAR, _LAST_YEAR = 1900, 2099

# Three or four groups with points, commas, slashes or hyphens between, some read wrong by a machine.
_NUMERIC = re.compile(
    r"""(?<![\w/])(?P<body>[\dOolIS|B]{1,5}(?:(?:\s?[./]\s?|[.,/\-]{1,2})[\dOolIS|B]{1,5}){2,3})(?![\w/]|[.,]\d)"""
)

_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN = re.compile(rf"(?<![\w.,/])(?P<day>{_DAY})\.(?P<month>{'|'.join(_ROMAN_MONTHS)})\.(?P<year>{_YEAR})(?![\w/])")
_NUMERIC_QUICK = re.compile(r"\d[.,/\-]")

_GLUED = re.compile(
    rf"(?<![\w.,/])(?:{_DAY}[.,](?:0[1-9]|1[0-2]){_YEAR}|{_DAY}(?:0[1-9]|1[0-2])[.,]{_YEAR})(?![\w/]|[.,]\d)"
)

_ISO = re.compile(rf"(?<![\w-]){_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-])")

_CONFUSED = str.maketrans("OolIS|B", "0011518")

_DATE_CUE = re.compile(r"\b(?:dt|dl|date|dated|daten|me\sdate)\b[.:]?\s?$")

# A date's weekday stands next to it, within these characters before it.
_WEEKDAY_REACH = 24

_WEEKDAY_BEFORE = re.compile(r"\b([a-z]+)\s?(?:,|\(|\s)?\s?(?:(?:dt|dl|date|me|on|me\sdate)\b\.?\s?)?(?:the\s)?$")

_PARTICLE = re.compile(r"(?<![a-z])(?:e|te|se)\s$")
_WEEKDAY_AFTER = re.compile(r"\s?[,(]\s?(?:(?:a|e|dite|diten\se|dita\se)\s)?([a-z]+)\b")


def find_dates(scan: Scan) -> None:
    """Adds every date in digits that no earlier recogniser took."""
    if scan.has_digit:
        _find_numeric(scan)


def iso_date(year: int, month: int, day: int) -> str | None:
    """The ISO date, or None where the calendar has no such day.

    >>> iso_date(2014, 6, 31) is None, iso_date(2012, 2, 29)
    (True, '2012-02-29')
    """
    if not (1 <= month <= 12 and year > 0 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def add_date(
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
            if word.endswith("day") or _PARTICLE.search(scan.folded, max(0, match.start(1) - 4), match.start(1)):
                return f"weekday:{WEEKDAYS[word]}"
    return None


def _find_numeric(scan: Scan) -> None:
    text = scan.text
    if _NUMERIC_QUICK.search(text):
        for match in _ISO.finditer(text):
            if scan.free(*match.span()):
                year, month, day = map(int, match.group().split("-"))
                add_date(scan, *match.span(), iso_date(year, month, day))
        for match in _ROMAN.finditer(text):
            if scan.free(*match.span()):
                month = _ROMAN_MONTHS.index(match["month"]) + 1
                add_date(scan, *match.span(), iso_date(int(match["year"]), month, int(match["day"])))
        for match in _NUMERIC.finditer(text):
            if scan.free(*match.span()):
                _read_numeric(scan, match)
        for match in _GLUED.finditer(text):
            if scan.free(*match.span()):
                digits = re.sub(r"\D", "", match.group())
                value = iso_date(int(digits[-4:]), int(digits[-6:-4]), int(digits[:-6]))
                add_date(scan, *match.span(), value, generous=True)


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
    if len(numbers) == 4 and is_year(digits[2]) and not is_year(digits[3]):
        # `10.06.2014-12`, `10.06.2014. 25`: what follows the year is something else.
        shorter = _NUMERIC.match(scan.text, start, start + len(body) - len(re.split(r"[.,/\-]", body)[-1]) - 1)
        if shorter is not None:
            _read_numeric(scan, shorter)
        return
    if len(numbers) == 4:
        if (is_year(digits[-1]) and all(len(d) <= 2 for d in digits[:3])) or cue:
            add_date(scan, start, end, None, generous=True)
        return
    day, month, year = numbers
    if is_year(digits[0]) and len(digits[1]) <= 2 and len(digits[2]) <= 2 and separators[0] in ("-", "/", "."):
        day, month, year = numbers[2], numbers[1], numbers[0]
        value = iso_date(year, month, day)
        add_date(scan, start, end, value)
        return
    if not is_year(digits[2]):
        _read_short_year(scan, match, digits, separators, cue)
        return
    if len(digits[0]) > 2 or len(digits[1]) > 2:
        if len(digits[0]) <= 3 and len(digits[1]) <= 3 and (cue or "." in separators):
            add_date(scan, start, end, None, generous=True)
        return
    value = iso_date(year, month, day)
    odd = confused or separators[0] != separators[1] or separators[0] not in (".", "/", "-")
    if value is None and day <= 12 < month and separators[0] == "/":
        value = iso_date(year, day, month)  # 06/25/2014, the American order
        add_date(scan, start, end, value)
        return
    readings: tuple[str, ...] = (value,) if value else ()
    if value and separators[0] == "/" and day <= 12 and day != month:
        readings = (value, f"{year:04d}-{day:02d}-{month:02d}")
    add_date(scan, start, end, value, readings=readings, generous=odd)


def is_year(digits: str) -> bool:
    return len(digits) == 4 and _FIRST_YEAR <= int(digits) <= _LAST_YEAR


def _read_short_year(scan: Scan, match: re.Match[str], digits: list[str], separators: list[str], cue: bool) -> None:
    """`27.1.95` after a cue is a date; `10.06.201`, `10.06.20144` and `10.06.2l4` are damaged ones."""
    start, end = match.span()
    first, second, last = digits
    if len(first) > 2 or len(second) > 2 or not (1 <= int(first) <= 39 and 1 <= int(second) <= 19):
        if cue:
            add_date(scan, start, end, None, generous=True)
        return
    if len(last) == 2 and (cue or (len(first) == 2 and len(second) == 2 and separators == ["/", "/"])):
        # Two digits: the century that keeps the year nearest to the reports' time.
        year = int(last) + (2000 if int(last) < 60 else 1900)
        value = iso_date(year, int(second), int(first))
        add_date(scan, start, end, value, generous=separators[0] != separators[1])
    elif (
        len(last) in (3, 5) and (cue or (len(second) == 2 and last[:2] in ("20", "19") and separators[0] == "."))
    ) or (len(last) == 4 and cue):
        add_date(scan, start, end, None, generous=True)
