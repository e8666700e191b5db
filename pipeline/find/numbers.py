"""Reads numbers in digits and in words: counts, amounts, percentages, ages, ratios, ordinals.

Reads: a Scan. Writes: Figure. Written forms: `1.200.000`, `1,200,000`, `1 200 000`, `0,5 %`, `7 (seven)`,
`shtatë (7)`, `njëmijë e dyqind`, `2,3 milionë lekë`, `€ 450`, `12 vjeç`, `14-year-old`, `1 in 5`, `3.5 percentage
points`, `3,5 pikë përqindjeje`, `rreth 600`, `about 600`, `more than`, `deri në`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.find.scan import Scan, Word
from pipeline.languages import CARDINALS, COMPOUND_ENDINGS, CURRENCIES, FRACTIONS, MAGNITUDES, ORDINALS
from pipeline.model import FigureKind, Lang

# Spaces that group thousands: ordinary, no-break, thin, narrow no-break.
_GAP = " \u00a0\u2009\u202f"

NUMBER = re.compile(
    rf"""
    (?<![\w/\-:])(?<!['’])(?:(?<=\s)[-−+])?(?P<body>
      \d{{1,3}}(?:[{_GAP}]\d{{3}}){{1,4}}(?![{_GAP}]?\d)(?:[.,]\d{{1,6}}(?!\d))?   # 1 200 000,50
    | \d{{1,3}}(?:\.\d{{3}}){{1,6}}(?!\d)(?:,\d{{1,6}}(?!\d))?                      # 1.200.000,50
    | \d{{1,3}}(?:,\d{{3}}){{1,6}}(?!\d)(?:\.\d{{1,6}}(?!\d))?                      # 1,200,000.50
    | \d{{1,3}}(?:['’]\d{{3}}){{1,6}}(?!\d)                                         # 1'200'000
    | \d+(?:[.,]\d+)?
    )
    (?P<more>(?:[.,]{{1,2}}\d+){{1,20}})?                                           # 1.20.000: not a number
    """,
    re.VERBOSE,
)

_FRACTION = re.compile(r"(?<![\w/.,])(\d{1,3})\s?[/⁄]\s?(\d{1,4})(?![\d/])")
_RATIO = re.compile(r"(?<![\w:.,])(\d{1,4})(?::|\s:\s)(\d{1,4})(?![\d:.,]|\s?%)")
_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "1/3", "⅔": "2/3"}
_VULGAR_AFTER = re.compile("[½¼¾]")

# More digits than this are no quantity of a report; they are kept as seen and not read.
_LONGEST_NUMBER = 18

_APPROXIMATE = re.compile(
    r"""(?:\b(?:about|around|approximately|approx\.?|nearly|almost|roughly|some|over|under|above|below|up\sto|at\sleast
    |at\smost|more\sthan|less\sthan|fewer\sthan|close\sto|as\smany\sas|circa|rreth|aty\srreth|afersisht|perafersisht
    |gati|pothuajse|mbi|nen|deri\s(?:ne|me)|te\spakten|se\spaku|me\sshume\sse|me\spak\sse|jo\sme\s(?:shume|pak)\sse
    |afro|diku\ste)|[~≈<>≥≤]|\d\s(?:to|deri|deri\sne))\s*$""",
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


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number met at a place. `readings` is empty where it cannot be read; the first is the likelier."""

    start: int
    end: int
    readings: tuple[Decimal, ...]
    written: str = "digits"


def read_digits(raw: str, lang: Lang, *, small: bool = False) -> tuple[Decimal, ...]:
    """Every value that the digits may mean, the likelier first; empty where they are no number.

    `small` tells that a decimal is likelier (a percentage, or millions follow).

    >>> [str(v) for v in read_digits("1.200.000", "sq")], [str(v) for v in read_digits("0,5", "sq")]
    (['1200000'], ['0.5'])
    >>> [str(v) for v in read_digits("1.000", "en")], [str(v) for v in read_digits("1.20.000", "sq")]
    (['1000', '1.000'], [])
    """
    compact = re.sub(rf"[{_GAP}'’]", "", raw).lstrip("+").replace("−", "-")
    digits = "".join(str(int(c)) if c.isdigit() else c for c in compact) if not compact.isascii() else compact
    dots, commas = digits.count("."), digits.count(",")
    if sum(c.isdigit() for c in digits) > _LONGEST_NUMBER:
        return ()
    if not dots and not commas:
        return (Decimal(digits),)
    if dots and commas:
        decimal = max(".", ",", key=digits.rfind)
        group = "," if decimal == "." else "."
        head, _, tail = digits.rpartition(decimal)
        return (
            (Decimal(f"{head.replace(group, '')}.{tail}"),)
            if digits.count(decimal) == 1 and _grouped(head, group)
            else ()
        )
    separator = "." if dots else ","
    if dots + commas > 1:
        return (Decimal(digits.replace(separator, "")),) if _grouped(digits, separator) else ()
    head, _, tail = digits.partition(separator)
    as_decimal = Decimal(f"{head}.{tail}")
    if len(tail) != 3 or not 1 <= len(head.lstrip("-")) <= 3 or head.lstrip("-0") == "" or len(raw) != len(compact):
        return (as_decimal,)
    as_thousands = Decimal(head + tail)
    if lang == "en" and separator == "," and not small:
        return (as_thousands,)
    return (as_decimal, as_thousands) if small else (as_thousands, as_decimal)


def _grouped(digits: str, separator: str) -> bool:
    first, *rest = digits.lstrip("-").split(separator)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest)


def plain(value: Decimal) -> str:
    """The value without exponent or idle zeros: `1200000`, `0.5`.

    >>> plain(Decimal("1.50E+6")), plain(Decimal("12.0"))
    ('1500000', '12')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_words(scan: Scan, index: int) -> Quantity | None:
    """The number in words that begins with the word at `index`: `six hundred`, `njëmijë e dyqind`, `njëzet e pesë`.

    None where the word is no number, or is `një` or `one` used as an article or pronoun.
    """
    words = scan.words
    total = current = Decimal(0)
    factor_used = 1
    limit = 10**12
    end = -1
    count = 0
    i = index
    while i < len(words) and i < index + 16:
        word = words[i]
        if count and not _joined(scan, words[i - 1], word):
            break
        if count and (half_end := _and_a_half(scan, i)) is not None:
            current += Decimal(factor_used) / 2
            i, end, limit = scan.word_index(half_end), half_end, 1
            continue
        joiner = bool(count) and word.folded in ("e", "and") and limit >= 10
        if joiner:
            following = words[i + 1] if i + 1 < len(words) else None
            if following is None or not _joined(scan, word, following):
                break
            if following.folded not in MAGNITUDES and _cardinal(scan, following) not in range(1, limit):
                break
            if word.folded == "and" and limit not in (100, 1000):
                break
            i += 1
            continue
        value = _cardinal(scan, word)
        factor = MAGNITUDES.get(word.folded)
        if (value is not None and 0 < value < limit) or (value == 0 and not count):
            if value >= 1000:
                total, limit = total + value, 1000
            else:
                current += value
                limit = 100 if value >= 100 else 10 if value >= 20 and value % 10 == 0 else 1
        elif factor and (current or (not count and _after_a(scan, i))) and _in_order(factor, total):
            current = current or Decimal(1)
            if factor == 100:
                current, limit = max(current, Decimal(1)) * 100, 100
            else:
                total, current, limit = total + current * factor, Decimal(0), min(factor, 1000)
                factor_used = factor
        else:
            break
        count += 1
        end = word.end
        i += 1
    if end < 0 or (count == 1 and _is_article(scan, index)):
        return None
    if total + current in _DECADES and index and words[index - 1].folded in ("viteve", "vitet"):
        return None  # the nineties
    return Quantity(words[index].start, end, (total + current,), "words")


_DECADES = frozenset(Decimal(n) for n in range(20, 100, 10))


def _after_a(scan: Scan, index: int) -> bool:
    """`a thousand`, `a hundred`."""
    return index > 0 and scan.words[index - 1].folded == "a" and "en" in scan.languages


def _and_a_half(scan: Scan, index: int) -> int | None:
    """`two and a half`, `dy e gjysmë`: where it ends."""
    said = [w.folded for w in scan.words[index : index + 3]]
    if said == ["and", "a", "half"]:
        return scan.words[index + 2].end
    return scan.words[index + 1].end if said[:2] in (["e", "gjysme"], ["e", "gjysem"]) else None


def _in_order(factor: int, total: Decimal) -> bool:
    return factor == 100 or not total or total % (factor * 1000) == 0 or total >= factor * 1000


def _cardinal(scan: Scan, word: Word) -> int | None:
    for lang in scan.languages:
        value = CARDINALS[lang].get(word.folded)
        if value is not None:
            return value
    return None


def _joined(scan: Scan, left: Word, right: Word) -> bool:
    """Only spaces or one hyphen stand between."""
    return scan.text[left.end : right.start].strip() in ("", "-", "‑") and right.start - left.end <= 2


_NO_COUNT_AFTER = frozenset(
    """of another such day can could must should would may might will is was has had who which that and or more time hand
    to by in on at for side thing way cannot needs does""".split()
)
_NO_COUNT_BEFORE = frozenset("no any every each the this that another which some day first many not a".split())


def _is_article(scan: Scan, index: int) -> bool:
    """`një` is first of all `a`; `one` may be a pronoun: `one of`, `no one`. `një (1)` counts."""
    word = scan.words[index]
    if word.folded in ("nje", "one") and (ratio := _IN.match(scan.folded, word.end)):
        at = ratio.end()
        following = scan.word_index(at)
        if scan.text[at].isdigit() or (
            following < len(scan.words) and scan.words[following].start == at and _cardinal(scan, scan.words[following])
        ):
            return False
    if word.folded == "nje":
        previous = scan.words[index - 1].folded if index else ""
        return previous not in ("vetem", "vec") and scan.text[word.end : word.end + 3].strip()[:1] != "("
    if word.folded != "one":
        return False
    before = scan.words[index - 1].folded if index else ""
    after = scan.words[index + 1] if index + 1 < len(scan.words) else None
    if scan.text[word.end : word.end + 2].strip()[:1] == "(":
        return False
    if after is None or scan.text[word.end : after.start] not in (" ", "-", "\u00a0"):
        return True
    return after.folded in _NO_COUNT_AFTER or before in _NO_COUNT_BEFORE


def find_numbers(scan: Scan) -> None:
    """Adds every number in words or in digits that no other recogniser took."""
    _find_words(scan)
    for sign in _VULGAR:
        if sign in scan.text:
            _find_vulgar(scan, sign)
    if not scan.has_digit:
        return
    _find_misread(scan)
    _find_ratios(scan)
    for match in NUMBER.finditer(scan.text):
        start, end = match.span()
        if not scan.free(start, end):
            # A thousands space may have run into a place already taken: `2014 500 raste` is read from its parts.
            _loose_digits(scan, start, end)
            continue
        if _is_code(scan, start, end):
            scan.take(start, end)
            continue
        if match.group("more"):
            _add_unreadable(scan, start, end)
            continue
        _add_quantity(scan, Quantity(start, end, ()))


_SIMPLE_AFTER_DASH = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?![\d.,]*\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d|[.,/-]\d)")
_SIMPLE = re.compile(r"(?<![\w/\-:])\d+(?:[.,]\d+)?")


def _loose_digits(scan: Scan, start: int, end: int) -> None:
    for match in _SIMPLE.finditer(scan.text, start, end):
        if scan.free(match.start(), match.end()) and not _is_code(scan, match.start(), match.end()):
            _add_quantity(scan, Quantity(match.start(), match.end(), ()))


_NAME_BEFORE = re.compile(r"(?:ISO|ICD|COVID|SARS|Windows|Office|Boeing|Airbus)[\s-]$")
# `2O19`, `1O`, `2l4`: digits among which a letter was read for one. An l at the end may be litres.
_MISREAD = re.compile(r"(?<![\w.,/-])(?=[OolI]{0,5}\d)(?=\d{0,5}[OolI])[\dOolI]{2,6}(?<![lI])(?![\w/-]|[.,]\d)")


def _find_misread(scan: Scan) -> None:
    for match in _MISREAD.finditer(scan.text):
        digits = "".join({"O": "0", "o": "0", "l": "1", "I": "1"}.get(c, c) for c in match.group())
        if (
            not scan.free(*match.span())
            or sum(c.isdigit() for c in match.group()) < 1
            or not match.group()[0].isdigit()
        ):
            continue
        year = len(digits) == 4 and digits[:2] in ("19", "20")
        scan.add("year" if year else "count", *match.span(), digits, generous=True)


def _is_code(scan: Scan, start: int, end: int) -> bool:
    """Digits that belong to a name or are damaged: `ISO 9001`, `5G`, `3D`; handled, and no quantity."""
    after = scan.text[end : end + 1]
    if after.isalpha() and not _unit_follows(scan, end):
        return True
    return bool(_NAME_BEFORE.search(scan.text, max(0, start - 9), start))


def _unit_follows(scan: Scan, end: int) -> bool:
    return any(p.match(scan.folded, end) for p in (_MAGNITUDE, _ORDINAL_AFTER, _AGE, _DURATION)) or (
        (m := _CURRENCY.match(scan.folded, end)) is not None and m.group(1) in CURRENCIES
    )


def _find_ratios(scan: Scan) -> None:
    if ":" in scan.text:
        for match in _RATIO.finditer(scan.text):
            if scan.free(*match.span()) and int(match[1]) > 0 and int(match[2]) > 0:
                scan.add("ratio", *match.span(), f"{int(match[1])}:{int(match[2])}")
    if "/" in scan.text or "⁄" in scan.text:
        for match in _FRACTION.finditer(scan.text):
            if not scan.free(*match.span()):
                continue
            upper, lower = int(match[1]), int(match[2])
            if (upper, lower) == (24, 7):
                scan.take(*match.span())
            elif 0 < upper < lower <= 100:
                scan.add("ratio", *match.span(), f"{upper}/{lower}")
            else:
                scan.add("count", *match.span(), None, generous=True)


def _find_vulgar(scan: Scan, sign: str) -> None:
    at = scan.text.find(sign)
    while at != -1:
        if not scan.text[at - 1 : at].isdigit() and scan.free(at, at + 1):
            scan.add("ratio", at, at + 1, _VULGAR[sign])
        at = scan.text.find(sign, at + 1)


def _find_words(scan: Scan) -> None:
    known = _STARTERS[scan.languages]
    compounds = "sq" in scan.languages and _COMPOUND_QUICK.search(scan.folded) is not None
    if not compounds and known.isdisjoint(scan.vocabulary):
        return
    words = scan.words
    skip_to = 0
    for index, word in enumerate(words):
        if compounds and len(word.folded) > 5 and (compound := _COMPOUND.fullmatch(word.folded)):
            if scan.free(word.start, word.end):
                number = str(CARDINALS["sq"][compound["number"]])
                scan.add(
                    "count", word.start, word.end, number, unit=COMPOUND_ENDINGS[compound["ending"]], written="words"
                )
            continue
        if word.folded not in known or word.start < skip_to or not scan.free(word.start, word.end):
            continue
        quantity = number_words(scan, index)
        if quantity is None and word.folded in ("nje", "one") and (fraction := _fraction(scan, word.end)) is not None:
            if scan.free(word.start, fraction[1]):
                scan.add("ratio", word.start, fraction[1], f"1/{fraction[0]}", written="words")
                skip_to = fraction[1]
            continue
        if quantity is not None:
            if _DIGITS_BEFORE.search(scan.text, max(0, quantity.start - 22), quantity.start):
                continue  # `7 (seven)` is read from its digits
            if scan.free(quantity.start, quantity.end):
                skip_to = _add_quantity(scan, quantity)
            continue
        skip_to = max(skip_to, _other_word(scan, index))


_STARTERS_EN = (
    frozenset(CARDINALS["en"]) | frozenset(ORDINALS["en"]) | {"half", "hundred", "thousand", "million", "billion", "no"}
)
_STARTERS_SQ = (
    frozenset(CARDINALS["sq"])
    | frozenset(ORDINALS["sq"])
    | {"gjysme", "gjysma", "gjysmen", "gjysmes", "cereku", "cerek", "asnje"}
)
_STARTERS: dict[tuple[Lang, ...], frozenset[str]] = {
    ("en",): _STARTERS_EN, ("sq",): _STARTERS_SQ, ("en", "sq"): _STARTERS_EN | _STARTERS_SQ,
}  # fmt: skip
_COMPOUND_QUICK = re.compile("|".join(COMPOUND_ENDINGS))
_COMPOUND = re.compile(
    rf"(?P<number>{'|'.join(sorted((w for w in CARDINALS['sq'] if not w.endswith('ve')), key=len, reverse=True))})"
    rf"(?P<ending>{'|'.join(COMPOUND_ENDINGS)})(?:e|i|es|en|in|it|et|eve|s|ve|at|ave)?"
)
_DIGITS_BEFORE = re.compile(r"\d\s?\(\s?$")
_PARTICLES = frozenset({"i", "e", "te", "se"})
# `no` counts only before something countable in the plural; these end in s and are none.
_NO_PLURAL = frozenset(
    "longer less news progress access process business analysis basis is was has this less does its".split()
)


def _other_word(scan: Scan, index: int) -> int:
    """An ordinal, a fraction or a `no` that counts; gives the end of what was added, or 0."""
    word = scan.words[index]
    previous = scan.words[index - 1] if index else None
    if word.folded in ("no", "asnje"):
        return _no(scan, index)
    if word.folded in ("half", "gjysme", "gjysma", "gjysmen", "gjysmes"):
        following = [w for w in scan.words[index + 1 : index + 3] if w.folded != "a"][:1]
        if following and following[0].folded in MAGNITUDES and word.folded in ("half", "gjysme"):
            value = Decimal(MAGNITUDES[following[0].folded]) / 2
            return _add_quantity(scan, Quantity(word.start, following[0].end, (value,), "words"))
        if word.folded == "gjysme":
            return 0
        scan.add("ratio", word.start, word.end, "1/2", written="words")
        return word.end
    for lang in scan.languages:
        value = ORDINALS[lang].get(word.folded)
        if value is None:
            continue
        if lang == "sq" and (
            previous is None or previous.folded not in _PARTICLES or not _joined(scan, previous, word)
        ):
            continue
        if word.folded == "second" and previous is not None and previous.folded in ("per", "a", "every"):
            continue
        scan.add("ordinal", word.start, word.end, str(value), written="words")
        return word.end
    return 0


def _no(scan: Scan, index: int) -> int:
    """`no cases`, `no training sessions`, `asnjë rast`: a count of 0."""
    word = scan.words[index]
    following = scan.words[index + 1 : index + 4]
    if not following or not _joined(scan, word, following[0]) or scan.text[word.end] == ".":
        return 0
    if word.folded == "asnje":
        if following[0].folded in ("nga", "prej", "here", "lloj", "e", "prej", "tjeter"):
            return 0
        scan.add("count", word.start, word.end, "0", written="words")
        return word.end
    last = word
    for candidate in following:
        if not _joined(scan, last, candidate):
            break
        if candidate.folded in _NO_PLURAL or candidate.folded in ("more", "one", "matter", "of", "than"):
            break
        if (candidate.folded.endswith("s") and not candidate.folded.endswith("ss")) or candidate.folded in (
            "children",
            "women",
            "men",
            "people",
        ):
            scan.add("count", word.start, word.end, "0", written="words")
            return word.end
        last = candidate
    return 0


def _add_quantity(scan: Scan, quantity: Quantity) -> int:
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
        return _add_unreadable(scan, start, end)
    upper = _range_end(scan, readings, end) if written == "digits" else None
    if upper is not None:
        end = upper[1]
        magnitude = _MAGNITUDE.match(folded, end)
    half = _VULGAR_AFTER.match(scan.text, end)
    if half and written == "digits":
        readings, end = tuple(r + Decimal(_VULGAR[half[0]]) for r in readings), half.end()
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
    elif written == "words" and (fraction := _fraction(scan, end)) is not None and readings[0] < 10:
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
    values = tuple(plain(r) for r in readings)
    if upper is not None:
        values = (f"{values[0]}-{plain(upper[0] * factor)}",)
    scan.add(
        kind, start, end, values[0], readings=values, unit=unit, written=written,
        approximate=upper is not None or bool(_APPROXIMATE.search(before)),
    )  # fmt: skip
    return end


def _add_unreadable(scan: Scan, start: int, end: int) -> int:
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
    if before and (before[1] != "all" or scan.text[before.start(1) : before.end(1)] == "ALL"):
        return before.start(), end, CURRENCIES[before[1]]
    return None


def _is_term(scan: Scan, end: int, word: str) -> bool:
    """`plani 3-vjeçar`, `5-vjeçar`: a term of years, not an age, unless people are meant."""
    return word.startswith("-vjecar") or "vjecare" in word or ("vjecar" in word and word[:1] == "-")


def _fraction(scan: Scan, end: int) -> tuple[int, int] | None:
    """`two thirds`, `tre të katërtat`: the lower number and the end."""
    index = scan.word_index(end)
    words = scan.words[index : index + 2]
    if not words or scan.text[end : words[0].start].strip() not in ("", "-"):
        return None
    if words[0].folded in ("te", "e", "se") and len(words) == 2:
        words = words[1:]
    found = FRACTIONS.get(words[0].folded)
    return (found, words[0].end) if found and words[0].start - end <= 5 else None


_FROM_BEFORE = re.compile(r"\b(?:nga|from)\s$")
_IN = re.compile(r"\s(?:in\severy|ne\scdo|in|ne)\s(?=\S)")


def _one_in(scan: Scan, upper: Decimal, start: int, end: int) -> tuple[Decimal, int] | None:
    """`1 in 5 women`, `një në pesë gra`: a share, where the second number is small and counts people or things."""
    match = _IN.match(scan.folded, end)
    if not match or not 0 < upper <= 10 or _FROM_BEFORE.search(scan.folded, max(0, start - 6), start):
        return None
    at = match.end()
    digits = _SIMPLE.match(scan.text, at)
    if digits:
        lower, stop = read_digits(digits.group(), scan.lang)[0], digits.end()
    else:
        index = scan.word_index(at)
        spelt = number_words(scan, index) if index < len(scan.words) and scan.words[index].start == at else None
        if spelt is None:
            return None
        lower, stop = spelt.readings[0], spelt.end
    return (lower, stop) if upper < lower <= 100 and scan.free(at, stop) and upper < 4 else None
