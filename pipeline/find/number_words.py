"""Reads a number written in words.

Reads: a Scan. Writes: Quantity. Written forms: `six hundred`, `twenty-five`, `two and a half million`, `a thousand`,
`njëmijë e dyqind`, `njëzet e pesë`, `dy milionë e gjysmë`, `two thirds`, `një e treta`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.find.digits import Quantity
from pipeline.find.scan import Scan, Word
from pipeline.languages import CARDINALS, FRACTIONS, MAGNITUDES


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
        if count and not joined(scan, words[i - 1], word):
            break
        if count and (half_end := _and_a_half(scan, i)) is not None:
            current += Decimal(factor_used) / 2
            i, end, limit = scan.word_index(half_end), half_end, 1
            continue
        joiner = bool(count) and word.folded in ("e", "and") and limit >= 10
        if joiner:
            following = words[i + 1] if i + 1 < len(words) else None
            if following is None or not joined(scan, word, following):
                break
            if following.folded not in MAGNITUDES and cardinal(scan, following) not in range(1, limit):
                break
            if word.folded == "and" and limit not in (100, 1000):
                break
            i += 1
            continue
        value = cardinal(scan, word)
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


def cardinal(scan: Scan, word: Word) -> int | None:
    for lang in scan.languages:
        value = CARDINALS[lang].get(word.folded)
        if value is not None:
            return value
    return None


def joined(scan: Scan, left: Word, right: Word) -> bool:
    """Only spaces or one hyphen stand between."""
    return scan.text[left.end : right.start].strip() in ("", "-", "‑") and right.start - left.end <= 2


_NO_COUNT_AFTER = frozenset(
    """of another such day can could must should would may might will is was has had who which that and or more time
    hand
    to by in on at for side thing way cannot needs does""".split()
)
_NO_COUNT_BEFORE = frozenset("no any every each the this that another which some day first many not a".split())


def _is_article(scan: Scan, index: int) -> bool:
    """`një` is first of all `a`; `one` may be a pronoun: `one of`, `no one`. `një (1)` counts."""
    word = scan.words[index]
    if word.folded in ("nje", "one") and (ratio := ONE_IN.match(scan.folded, word.end)):
        at = ratio.end()
        following = scan.word_index(at)
        if scan.text[at].isdigit() or (
            following < len(scan.words) and scan.words[following].start == at and cardinal(scan, scan.words[following])
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


ONE_IN = re.compile(r"\s(?:in\severy|ne\scdo|in|ne)\s(?=\S)")


def fraction_after(scan: Scan, end: int) -> tuple[int, int] | None:
    """`two thirds`, `tre të katërtat`: the lower number and the end."""
    index = scan.word_index(end)
    words = scan.words[index : index + 2]
    if not words or scan.text[end : words[0].start].strip() not in ("", "-"):
        return None
    if words[0].folded in ("te", "e", "se") and len(words) == 2:
        words = words[1:]
    found = FRACTIONS.get(words[0].folded)
    return (found, words[0].end) if found and words[0].start - end <= 5 else None
