"""Compares the figures, addresses and placeholders of a sentence and its translation, and mends what is provable.

A figure counts by its value and keeps, by default, the digits as printed: `1.425` stays `1.425`.

Reads: a sentence in two languages. Writes: Discrepancy, the mended sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.find.figures import find_figures
from pipeline.model import Figure, Lang

# A number as printed: 7, 1.425, 14 000 000, 10.06.2014, 548/3, 293/ç, 2011/93; not its unit, not its sign.
NUMBER = re.compile(
    r"""
      (?<![\w.,/]) (?: \d{1,3} (?:[ \u00a0\u202f]\d{3})+ (?![\d.,/]*\d) (?!\s\d)    # groups parted by spaces
        | \d{1,400} (?: [.,/:] \d{1,40} ){0,12} )
      (?: / (?: dh|gj|ll|nj|rr|sh|th|xh|zh|[a-zçë] ) (?!\w) )?
    | \d{1,400}
    """,
    re.VERBOSE | re.IGNORECASE,
)

ADDRESS = re.compile(
    r"""
      (?: https?:// | www\. ) [^\s<>"“”„«»]{1,500} [^\s<>"“”„«».,;:!?)\]]
    | [\w.+-]{1,64} @ [\w-]{1,63} (?: \. [\w-]{1,63} ){1,6}
    """,
    re.VERBOSE,
)

# {name}, {{name}}, %s, %(name)s, ${name}, [[name]], <<name>>: fields that a program fills in later.
PLACEHOLDER = re.compile(
    r"\{\{?[\w.:-]{1,60}\}?\}|\$\{[\w.:-]{1,60}\}|%\([\w.-]{1,60}\)[sd]|%[sd](?!\w)|\[\[[^\[\]]{1,60}\]\]|<<[^<>]{1,60}>>"
)

GROUP_SPACES = re.compile(r"[ \u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What one side has and the other lacks; `words` where the figure is written as a word (`tre`)."""

    lost: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    lost_words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lost or self.added or self.lost_words)


def numbers(text: str) -> list[re.Match[str]]:
    """Each number as printed, in order, outside addresses and placeholders."""
    return list(NUMBER.finditer(_blanked(text, (ADDRESS, PLACEHOLDER))))


def _blanked(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda m: "\x1f" * len(m.group()), text)
    return text


def _plain(number: str) -> str:
    return GROUP_SPACES.sub("", number).casefold()


def same_value(left: str, right: str) -> bool:
    """Whether two printed numbers can only be the same value in other notation.

    >>> same_value("1.425", "1,425"), same_value("2,3", "2.3"), same_value("2.5.2013", "02.05.2013")
    (True, True, True)
    >>> same_value("1.425", "1.42"), same_value("293/c", "293/ç"), same_value("2,5", "25")
    (False, False, False)
    """
    a, b = _plain(left), _plain(right)
    if a == b:
        return True
    parts_a, parts_b = re.split(r"([.,/:])", a), re.split(r"([.,/:])", b)
    if len(parts_a) == len(parts_b) == 5:
        # A date: leading zeros do not count, the year has four digits or two on both sides.
        return [p.lstrip("0") for p in parts_a[::2]] == [p.lstrip("0") for p in parts_b[::2]]
    if "/" in a or "/" in b:
        return False
    return _decimal(parts_a) == _decimal(parts_b)


def _decimal(parts: list[str]) -> tuple[str, str] | None:
    """Whole digits and decimals, where the separators can be told: (`1425`, ``), (`2`, `3`), (`38000`, `50`)."""
    digits, marks = parts[::2], parts[1::2]
    if not marks:
        return digits[0].lstrip("0"), ""
    grouped = all(len(d) == 3 for d in digits[1:]) and len(digits[0]) <= 3
    if len(set(marks)) == 1 and grouped:
        return "".join(digits).lstrip("0"), ""
    if len(marks) == 1:
        return digits[0].lstrip("0"), digits[1]
    if len(set(marks[:-1])) == 1 and marks[-1] != marks[0] and all(len(d) == 3 for d in digits[1:-1]):
        return "".join(digits[:-1]).lstrip("0"), digits[-1]
    return None


def discrepancy(source: str, target: str, source_lang: Lang, target_lang: Lang) -> Discrepancy:
    """What the translation lost or added, by value; nothing where every figure has its counterpart."""
    left, right = [m.group() for m in numbers(source)], [m.group() for m in numbers(target)]
    lost, added = _unmatched(left, right)
    found = find_figures(source, source_lang)
    words = [f for f in found if f.written == "words" and f.value is not None and _tells(f)]
    if not lost and not added and not words:
        return Discrepancy()
    return _by_value(lost, added, found, words, find_figures(target, target_lang))


def _unmatched(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Printed numbers without an equal one on the other side."""
    a, b = Counter(map(_plain, left)), Counter(map(_plain, right))
    if a == b:
        return [], []
    more, less = a - b, b - a
    lost = [n for n in left if _take(more, _plain(n))]
    added = [n for n in right if _take(less, _plain(n))]
    for number in list(lost):
        twin = next((n for n in added if same_value(number, n)), None)
        if twin is not None:
            lost.remove(number)
            added.remove(twin)
    return lost, added


def _take(counter: Counter[str], key: str) -> bool:
    if counter[key] > 0:
        counter[key] -= 1
        return True
    return False


def _tells(figure: Figure) -> bool:
    """Not `një` / `one`, which is an article as often as a number."""
    return figure.value not in ("1", "0")


def _by_value(
    lost: list[str], added: list[str], found: Sequence[Figure], words: Sequence[Figure], said: Sequence[Figure]
) -> Discrepancy:
    """Settles the numbers left over by what the figures mean: `7` against `seven`, a date against its words."""
    values = Counter(v for f in said for v in {f.value, *f.readings} if v is not None)
    lost_left, added_left = list(lost), list(added)
    for figure in found:
        digits = [n for n in lost_left if n in figure.span.exact]
        if not digits or figure.value is None:
            continue
        twin = next(
            (
                f
                for f in said
                if _means(f, figure) and (f.written == "words" or _has_any(f, added_left) or f.kind == "date")
            ),
            None,
        )
        if twin is not None:
            lost_left = [n for n in lost_left if n not in digits]
            added_left = [n for n in added_left if n not in twin.span.exact]
    missing: list[str] = []
    for figure in words:
        twin = next((f for f in said if _means(f, figure)), None)
        if twin is None and figure.value not in values:
            missing.append(figure.span.exact)
        elif twin is not None and twin.written != "words":
            # A word that has become digits: `tetë` -> `8`.
            added_left = [n for n in added_left if n not in twin.span.exact]
    return Discrepancy(tuple(lost_left), tuple(added_left), tuple(missing))


def _means(said: Figure, figure: Figure) -> bool:
    return figure.value in (said.value, *said.readings) or said.value in figure.readings


def _has_any(figure: Figure, printed: Sequence[str]) -> bool:
    return any(n in figure.span.exact for n in printed)


def as_printed(source: str, target: str) -> str:
    """The translation with each number in the digits of the source, where it is the same value in other notation.

    >>> as_printed("1.425 raste, 2,3 %", "1,425 cases, 2.3 %")
    '1.425 cases, 2,3 %'
    """
    left, right = [m.group() for m in numbers(source)], numbers(target)
    missing = list((Counter(left) - Counter(m.group() for m in right)).elements())
    if not missing:
        return target
    spare = Counter(m.group() for m in right) - Counter(left)
    parts: list[str] = []
    at = 0
    for match in right:
        said = match.group()
        twin = next((n for n in missing if spare[said] > 0 and same_value(n, said)), None)
        if twin is not None:
            missing.remove(twin)
            spare[said] -= 1
            parts += [target[at : match.start()], twin]
            at = match.end()
    return "".join(parts) + target[at:]


def mended(source: str, target: str, source_lang: Lang) -> str:
    """The translation with an address, placeholder or number put right where only one reading is possible.

    One number of the source is missing, one that the source lacks stands in the translation, both have the same
    make (digits and separators), and the latter is no word of the source in digits: then the one is the other.
    """
    for pattern in (ADDRESS, PLACEHOLDER):
        target = _restored([m.group() for m in pattern.finditer(source)], list(pattern.finditer(target)), target)
    target = as_printed(source, target)
    left, right = [m.group() for m in numbers(source)], numbers(target)
    missing = list((Counter(left) - Counter(m.group() for m in right)).elements())
    spare = Counter(m.group() for m in right) - Counter(left)
    if len(missing) == 1 and spare.total() == 1 and _make(missing[0]) == _make(next(spare.elements())):
        wrong = next(spare.elements())
        if any(f.written == "words" and wrong in (f.value, *f.readings) for f in find_figures(source, source_lang)):
            return target
        match = [m for m in right if m.group() == wrong][-1]
        target = target[: match.start()] + missing[0] + target[match.end() :]
    return target


def _make(number: str) -> str:
    """`10.06.2014` and `2.5.2013` are of one make, `548/3` and `548` are not."""
    return re.sub(r"\d{1,400}", "0", re.sub(r"[^\W\d_]+", "a", _plain(number)))


def _restored(wanted: Sequence[str], said: Sequence[re.Match[str]], target: str) -> str:
    """The wanted strings in their order over as many that were said; unchanged where the counts differ."""
    if not wanted or len(wanted) != len(said) or Counter(wanted) == Counter(m.group() for m in said):
        return target
    for match, word in zip(reversed(said), reversed(wanted), strict=True):
        target = target[: match.start()] + word + target[match.end() :]
    return target


def lost_strings(source: str, target: str) -> list[str]:
    """Addresses and placeholders of the source that the translation lacks, and ones that it made up."""
    lost: list[str] = []
    for pattern in (ADDRESS, PLACEHOLDER):
        left = Counter(m.group() for m in pattern.finditer(source))
        right = Counter(m.group() for m in pattern.finditer(target))
        lost += list((left - right).elements()) + list((right - left).elements())
    return lost
