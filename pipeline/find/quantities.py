"""Says what kind of quantity a number is, by what stands beside it: money, percentage, age, length of time, ordinal.

Reads: a Scan and a Quantity. Writes: Figure. Written forms: `0,5 %`, `45 për qind`, `3,5 pikë përqindjeje`,
`2,3 milionë lekë`, `€ 450`, `ALL 1.2 million`, `12 vjeç`, `14-year-old`, `6 muaj`, `21st`, `2-të`, `7 (seven)`,
`shtatë (7)`, `10-15 persons`, `1 in 5`, `rreth 600`, `about 600`, `more than 600`, `deri në 600`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.find.digits import NUMBER, Quantity, plain, read_digits
from pipeline.find.number_words import ONE_IN, fraction_after, number_words
from pipeline.find.scan import Scan
from pipeline.languages import CURRENCIES, MAGNITUDES, ORDINALS
from pipeline.model import FigureKind

VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "1/3", "⅔": "2/3"}
_VULGAR_AFTER = re.compile("[½¼¾]")
_APPROXIMATE = re.compile(
    r"""(?:\b(?:about|around|approximately|approx\.?|nearly|almost|roughly|some|over|under|above|below|up\sto|at\sleast
    |at\smost|more\sthan|less\sthan|fewer\sthan|close\sto|as\smany\sas|circa|rreth|aty\srreth|afersisht|perafersisht
    |gati|pothuajse|mbi|nen|deri\s(?:ne|me)|te\spakten|se\spaku|me\sshume\sse|me\spak\sse|jo\sme\s(?:shume|pak)\sse
    |afro|diku\ste)|[~≈<>≥≤]|\d\s(?:to|deri|deri\sne))\s*(?:an?\s)?$""",
    re.VERBOSE,
)

# Characters before a figure in which `about` or `më shumë se` may stand.
_BEFORE = 22
_PERCENT = re.compile(r"\s?(?:%|‰)|[\s-](?:per\s?cent|percent|per\s?qind|perqind(?:\w{0,3})|pct)\b")
_POINTS = re.compile(r"[\s-](?:percentage[\s-]points?|pike\w{0,2}\s(?:te\s)?perqindje\w{0,2}|p\.p\.|pp\b)")
_MAGNITUDE = re.compile(rf"[\s-]?({'|'.join(sorted(MAGNITUDES, key=len, reverse=True))})\b")
_CURRENCY = re.compile(
    r"\s?(?:us\s|u\.s\.\s)?(us\$|€|\$|£|[a-z]{2,9}\b)(?:\s(?:te\s)?(?:reja|vjetra|rinj|vjeter|amerikane?)\b)?"
)
_CURRENCY_BEFORE = re.compile(r"(us\$|€|\$|£|\b(?:eur|euro|usd|all|lek|leke|gbp|chf)\b)\.?\s?$")
_AGE = re.compile(r"[\s-]?(?:vjec\w{0,6}|years?[\s-]olds?)\b")
_AGE_GROUP_BEFORE = re.compile(
    r"\b(?:children|persons|people|girls|boys|minors|women|youth|femije|persona|te\srinj|vajza|djem)\s"
    r"(?:under|over|above|below|aged|nen|mbi)\s(?:the\sage\sof\s|moshen\s)?$"
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged|ages?|age\sof|moshes|moshe|mosha|moshen|mosha\se?)\s(?:prej\s|rreth\s|mbi\s|nen\s)?$"
)
_DURATION = re.compile(
    r"""[\s-]?(?:(?P<year>years?|vjet|vite|viteve|vitesh|vjetore?|vjecare?)|(?P<month>months?|muaj\w{0,3}|mujor\w{0,2})
    |(?P<week>weeks?|jave\w{0,3})|(?P<day>days?|dite\w{0,3}|ditor\w{0,2})|(?P<hour>hours?|ore(?:sh|ve)?|oresh)
    |(?P<minute>minutes?|minut\w{0,3}))\b""",
    re.VERBOSE,
)
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b|-(?:re|te|ti|ta|a|e|i)\b")

# Endings that Albanian hangs on a number with a hyphen: 100-a, 15-te, 2014-es.
_ENDING_AFTER = re.compile(r"-(?:shit|shin|sh|se|es|en|ve|n|s|t|it|in)\b")
_OPEN = re.compile(r"\s?\(\s?")
_CLOSE = re.compile(r"\s?\)")
_RANGE = re.compile(r"\s?[-–—]\s?(?=\d)")
_SIMPLE_AFTER_DASH = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?![\d.,]*\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d|[.,/-]\d)")
SIMPLE = re.compile(r"(?<![\w/\-:])\d+(?:[.,]\d+)?")


def add_quantity(scan: Scan, quantity: Quantity) -> int:
    """Reads what follows the number (magnitude, percent, money, age, ...) and adds the figure; gives its end."""
    folded = scan.folded
    start, end = quantity.start, quantity.end
    written = quantity.written
    magnitude = _MAGNITUDE.match(folded, end) if written == "digits" else None
    percent = _PERCENT.match(folded, end)
    points = _POINTS.match(folded, end)
    small = bool(percent or points or (magnitude and MAGNITUDES[magnitude[1]] >= 1_000_000 and scan.lang == "en"))
    readings = quantity.readings or read_digits(scan.text[start:end], scan.lang, small=small)
    if not readings:
        return add_unreadable(scan, start, end)
    upper = _range_end(scan, readings, end) if written == "digits" else None
    if upper is not None:
        end = upper[1]
        magnitude = _MAGNITUDE.match(folded, end)
    half = _VULGAR_AFTER.match(scan.text, end)
    if half and written == "digits":
        readings, end = tuple(r + Decimal(VULGAR[half[0]]) for r in readings), half.end()
    factor = Decimal(1)
    while magnitude:
        factor *= MAGNITUDES[magnitude[1]]
        readings = tuple(r * MAGNITUDES[magnitude[1]] for r in readings)
        end = magnitude.end()
        magnitude = _MAGNITUDE.match(folded, end)
    readings, end, written = _with_brackets(scan, readings, end, written)
    percent, points = _PERCENT.match(folded, end), _POINTS.match(folded, end)
    kind: FigureKind = "count"
    unit: str | None = None
    before = folded[max(0, start - _BEFORE) : start]
    if points:
        kind, unit, end = "percent", "pp", points.end()
    elif percent:
        kind, unit, end = "percent", "‰" if "‰" in percent[0] else "%", percent.end()
    elif (money := _money(scan, start, end)) is not None:
        kind, (start, end, unit) = "amount", money
    elif (age := _AGE.match(folded, end)) and not _is_term(scan, age.end(), age[0]):
        kind, unit, end = "age", "year", age.end()
    elif _AGE_BEFORE.search(before) or (readings[0] <= 99 and _AGE_GROUP_BEFORE.search(before)):
        kind, unit = "age", "year"
    elif (duration := _DURATION.match(folded, end)) is not None:
        unit = duration.lastgroup
    elif written == "digits" and (ordinal := _ORDINAL_AFTER.match(folded, end)) and len(readings) == 1:
        kind, end = "ordinal", ordinal.end()
    elif written == "words" and (fraction := fraction_after(scan, end)) is not None and readings[0] < 10:
        lower, end = fraction
        scan.add("ratio", start, end, f"{readings[0]}/{lower}", written="words")
        return end
    elif written == "digits" and (ending := _ENDING_AFTER.match(folded, end)):
        end = ending.end()
    elif (in_five := _one_in(scan, readings[0], start, end)) is not None:
        lower_value, end = in_five
        scan.add("ratio", start, end, f"{plain(readings[0])}/{plain(lower_value)}", written=written)
        return end
    elif (
        written == "words" and kind == "count" and (ordinal_word := _ordinal_after(scan, readings[0], end)) is not None
    ):
        kind = "ordinal"
        readings, end = (readings[0] + ordinal_word[0],), ordinal_word[1]
    if not scan.free(start, end):
        start, end = quantity.start, quantity.end
    values = tuple(plain(r) for r in readings)
    if upper is not None:
        values = (f"{values[0]}-{plain(upper[0] * factor)}",)
    scan.add(
        kind, start, end, values[0], readings=values, unit=unit, written=written,
        approximate=upper is not None or (kind != "age" and bool(_APPROXIMATE.search(before))),
    )  # fmt: skip
    return end


def add_unreadable(scan: Scan, start: int, end: int) -> int:
    """`1.20.000 lekë`: seen, and not read."""
    money = _money(scan, start, end)
    if money:
        start, end, unit = money
        scan.add("amount", start, end, None, unit=unit, generous=True)
    else:
        scan.add("count", start, end, None, generous=True)
    return end


def _ordinal_after(scan: Scan, tens: Decimal, end: int) -> tuple[int, int] | None:
    """`thirty-sixth`: what to add to the tens, and the end."""
    if "en" not in scan.languages or scan.text[end : end + 1] not in ("-", "‑") or not 20 <= tens <= 90:
        return None
    index = scan.word_index(end)
    word = scan.words[index] if index < len(scan.words) else None
    value = ORDINALS["en"].get(word.folded) if word and word.start == end + 1 else None
    return (value, word.end) if word and value and value < 10 else None


def _range_end(scan: Scan, readings: tuple[Decimal, ...], end: int) -> tuple[Decimal, int] | None:
    """`10-15 persons`: the upper number and where it ends."""
    dash = _RANGE.match(scan.text, end)
    number = _SIMPLE_AFTER_DASH.match(scan.text, dash.end()) if dash else None
    if number is None or not scan.free(end, number.end()) or scan.text[number.end() : number.end() + 1].isalpha():
        return None
    upper = read_digits(number.group(), scan.lang)
    return (upper[0], number.end()) if upper and readings[0] < upper[0] else None


def _with_brackets(
    scan: Scan, readings: tuple[Decimal, ...], end: int, written: str
) -> tuple[tuple[Decimal, ...], int, str]:
    """`shtatë (7)`, `7 (seven)`: one figure, whose readings are two where digits and words disagree."""
    opened = _OPEN.match(scan.text, end)
    if not opened:
        return readings, end, written
    at = opened.end()
    if written == "words":
        digits = NUMBER.match(scan.text, at)
        if not digits or digits.group("more") or not scan.free(at, digits.end()):
            return readings, end, written
        other, stop = read_digits(digits.group(), scan.lang), digits.end()
        magnitude = _MAGNITUDE.match(scan.folded, stop)
        if magnitude:
            other, stop = tuple(r * MAGNITUDES[magnitude[1]] for r in other), magnitude.end()
    else:
        index = scan.word_index(at)
        spelt = number_words(scan, index) if index < len(scan.words) and scan.words[index].start == at else None
        if (
            spelt is None
            and index < len(scan.words)
            and scan.words[index].start == at
            and scan.words[index].folded in ("nje", "one")
        ):
            spelt = Quantity(at, scan.words[index].end, (Decimal(1),), "words")
        if spelt is None:
            return readings, end, written
        other, stop = spelt.readings, spelt.end
    closed = _CLOSE.match(scan.text, stop)
    if not closed or not other:
        return readings, end, written
    digits_said, words_said = (other, readings) if written == "words" else (readings, other)
    agreed = tuple(r for r in digits_said if r in words_said)
    return agreed or (digits_said[0], words_said[0]), closed.end(), "both"


def _money(scan: Scan, start: int, end: int) -> tuple[int, int, str] | None:
    after = _CURRENCY.match(scan.folded, end)
    if after and after[1] in CURRENCIES and (after[1] != "all" or scan.text[after.start(1) : after.end(1)] == "ALL"):
        return start, after.end(), CURRENCIES[after[1]]
    before = _CURRENCY_BEFORE.search(scan.folded, max(0, start - 6), start)
    if before is None or not scan.free(before.start(), start):
        return None
    if before[1] != "all" or scan.text[before.start(1) : before.end(1)] == "ALL":
        return before.start(), end, CURRENCIES[before[1]]
    return None


def _is_term(scan: Scan, end: int, word: str) -> bool:
    """`plani 3-vjeçar`, `5-vjeçar`: a term of years, not an age, unless people are meant."""
    return word.startswith("-vjecar") or "vjecare" in word or ("vjecar" in word and word[:1] == "-")


_FROM_BEFORE = re.compile(r"\b(?:nga|from)\s$")


def _one_in(scan: Scan, upper: Decimal, start: int, end: int) -> tuple[Decimal, int] | None:
    """`1 in 5 women`, `një në pesë gra`: a share, where the second number is small and counts people or things."""
    match = ONE_IN.match(scan.folded, end)
    if not match or not 0 < upper <= 10 or _FROM_BEFORE.search(scan.folded, max(0, start - 6), start):
        return None
    at = match.end()
    digits = SIMPLE.match(scan.text, at)
    if digits:
        lower, stop = read_digits(digits.group(), scan.lang)[0], digits.end()
    else:
        index = scan.word_index(at)
        spelt = number_words(scan, index) if index < len(scan.words) and scan.words[index].start == at else None
        if spelt is None:
            return None
        lower, stop = spelt.readings[0], spelt.end
    return (lower, stop) if upper < lower <= 100 and scan.free(at, stop) and upper < 4 else None


def unit_follows(scan: Scan, end: int) -> bool:
    return any(p.match(scan.folded, end) for p in (_MAGNITUDE, _ORDINAL_AFTER, _AGE, _DURATION)) or (
        (m := _CURRENCY.match(scan.folded, end)) is not None and m.group(1) in CURRENCIES
    )
