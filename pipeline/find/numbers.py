"""Finds numbers in digits and in words: counts, amounts, percentages, ages, ratios, ordinals.

Reads: a Scan. Writes: Figure. Written forms: those of `digits.py`, `number_words.py` and `quantities.py`; further
`1/3`, `1:4`, `½`, `trevjeçar`, `no cases`, `asnjë rast`, `i dyti`, `thirty-sixth`; damaged: `2O19`, `1.20.000`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.find.digits import NUMBER, Quantity
from pipeline.find.number_words import fraction_after, joined, number_words
from pipeline.find.quantities import SIMPLE, VULGAR, add_quantity, add_unreadable, unit_follows
from pipeline.find.scan import Scan
from pipeline.languages import CARDINALS, COMPOUND_ENDINGS, MAGNITUDES, ORDINALS
from pipeline.model import Lang

_FRACTION = re.compile(r"(?<![\w/.,])(\d{1,3})\s?[/⁄]\s?(\d{1,4})(?![\d/])")
_RATIO = re.compile(r"(?<![\w:.,])(\d{1,4})(?::|\s:\s)(\d{1,4})(?![\d:.,]|\s?%)")


def find_numbers(scan: Scan) -> None:
    """Adds every number in words or in digits that no other recogniser took."""
    _find_words(scan)
    for sign in VULGAR:
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
            add_unreadable(scan, start, end)
            continue
        add_quantity(scan, Quantity(start, end, ()))


def _loose_digits(scan: Scan, start: int, end: int) -> None:
    for match in SIMPLE.finditer(scan.text, start, end):
        if scan.free(match.start(), match.end()) and not _is_code(scan, match.start(), match.end()):
            add_quantity(scan, Quantity(match.start(), match.end(), ()))


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
    if after.isalpha() and not unit_follows(scan, end):
        return True
    return bool(_NAME_BEFORE.search(scan.text, max(0, start - 9), start))


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
            scan.add("ratio", at, at + 1, VULGAR[sign])
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
        if (
            quantity is None
            and word.folded in ("nje", "one")
            and (fraction := fraction_after(scan, word.end)) is not None
        ):
            if scan.free(word.start, fraction[1]):
                scan.add("ratio", word.start, fraction[1], f"1/{fraction[0]}", written="words")
                skip_to = fraction[1]
            continue
        if quantity is not None:
            if _DIGITS_BEFORE.search(scan.text, max(0, quantity.start - 22), quantity.start):
                continue  # `7 (seven)` is read from its digits
            if scan.free(quantity.start, quantity.end):
                skip_to = add_quantity(scan, quantity)
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
            return add_quantity(scan, Quantity(word.start, following[0].end, (value,), "words"))
        if word.folded == "gjysme":
            return 0
        scan.add("ratio", word.start, word.end, "1/2", written="words")
        return word.end
    for lang in scan.languages:
        rank = ORDINALS[lang].get(word.folded)
        if rank is None:
            continue
        if lang == "sq" and (previous is None or previous.folded not in _PARTICLES or not joined(scan, previous, word)):
            continue
        if word.folded == "second" and previous is not None and previous.folded in ("per", "a", "every"):
            continue
        scan.add("ordinal", word.start, word.end, str(rank), written="words")
        return word.end
    return 0


def _no(scan: Scan, index: int) -> int:
    """`no cases`, `no training sessions`, `asnjë rast`: a count of 0."""
    word = scan.words[index]
    following = scan.words[index + 1 : index + 4]
    if not following or not joined(scan, word, following[0]) or scan.text[word.end] == ".":
        return 0
    if word.folded == "asnje":
        if following[0].folded in ("nga", "prej", "here", "lloj", "e", "prej", "tjeter"):
            return 0
        scan.add("count", word.start, word.end, "0", written="words")
        return word.end
    last = word
    for candidate in following:
        if not joined(scan, last, candidate):
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
