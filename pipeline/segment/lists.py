"""Markers of lists, `a)`, `- b)`, `1.`, `2.3`, `(iv)`: reading them, and finding items run into one line.

Reads: str. Writes: Marker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["letter", "number", "multilevel", "roman", "bullet"]

ALPHABET_SQ = (
    "a", "b", "c", "ç", "d", "dh", "e", "ë", "f", "g", "gj", "h", "i", "j", "k", "l", "ll", "m", "n", "nj", "o", "p",
    "q", "r", "rr", "s", "sh", "t", "th", "u", "v", "x", "xh", "y", "z", "zh",
)  # fmt: skip
"""The 36 letters; a list in Albanian may use all of them, or only those of one sign."""

ALPHABET_EN = tuple("abcdefghijklmnopqrstuvwxyz")

BULLETS = "•▪◦●○■□‣⁃∙·►➢✓"
"""Signs that are nothing but list markers; a dash or an asterisk is one only before a space."""

_MARKER = re.compile(
    rf"""
    \s{{0,8}}
    (?P<bullet> [{BULLETS}]\s{{0,4}} | [-–—*]\s{{1,4}} )?
    (?:
        \(? (?P<letter> dh|gj|ll|nj|rr|sh|th|xh|zh|[a-zçë] ) \)      # a) (a) dh)
      | \(? (?P<roman> [ivx]{{2,6}} ) \)                              # (iv) xi)
      | (?P<multi> \d{{1,2}}(?:\.\d{{1,2}}){{1,4}} ) \.? (?=\s+[^\W\d_])   # 2.3 Title
      | \(? (?P<number> \d{{1,3}} ) (?: \.(?!\d) | \) )               # 1. 1) (1)
      | (?P<capital> [A-Z] ) \)                                       # A)
      | (?P<romandot> [IVX]{{1,5}} ) \. (?=\s)                        # IV.
    )?
    """,
    re.VERBOSE,
)

# A marker inside a line, where an item may have been run into the one before it.
_INNER = re.compile(
    r"""
    (?<=[\s;,:.”"“])
    (?:
        \(? (?P<letter> dh|gj|ll|nj|rr|sh|th|xh|zh|[a-zçë] ) \) (?=\s{0,2}\S)
      | \(? (?P<number> \d{1,2} ) [.)] (?= \s{0,2} [„“"A-ZËÇ] )
    )
    """,
    re.VERBOSE,
)
_BULLET_INSIDE = re.compile(rf"(?<=\s)[{BULLETS}](?=\s)")

# Words before `b)` or `2.` that make it a reference to an item and no item of its own.
_REFERRING = re.compile(
    r"(?:\b(?:article|articles|art|neni|nenit|nenin|nenet|pika|pikat|pikën|pikës|shkronja|shkronjat|shkronjën|point|points"
    r"|letter|letters|item|items|paragraph|paragrafi|no|nr|and|or|dhe|ose|e|to|action|veprimi|in|në|under|sipas|table"
    r"|tabela|tabelën|tabelës|figure|figura|chapter|kreu|kreut|section|seksioni|part|pjesa|phase|faza|fazën|fazës|step"
    r"|hapi|objective|objektivi|objektivin|measure|masa|annex|aneksi|shtojca|lot|loti|grade|klasa|klasën|type|tipi"
    r"|level|niveli|nivelin|category|kategoria|version|versioni|group|grupi|of|i|të|së|by|me|for|për|at)[.,]?"
    r"|[§№#/])\s*$",
    re.IGNORECASE,
)
# Words: items shorter than this are an enumeration inside a sentence, unless their line begins with a marker itself.
_ITEM_WORDS, _OWN_ITEM_WORDS = 3, 2


@dataclass(frozen=True, slots=True)
class Marker:
    """The marker that a passage begins with. `value` counts from 1; a multilevel one has its parts in `path`."""

    style: Style
    text: str
    """As written, without the bullet: `a)`, `1.`, `2.3`."""
    start: int
    end: int
    value: int = 0
    letter: str = ""
    path: tuple[int, ...] = ()
    bullet: str = ""


def read_marker(text: str) -> Marker | None:
    """The list marker at the start of a passage, or None.

    Forms: `a) ...`, `- a) ...`, `(b) ...`, `dh) ...`, `1. ...`, `1.Improvement`, `(2) ...`, `2.3 Qëllimi`,
    `• ...`, `- ...`, `(iv) ...`, `II. ...`. A date or a decimal is none.

    >>> read_marker("- c) Article 119/a").letter, read_marker("3. Albania").value
    ('c', 3)
    >>> read_marker("10.06.2014 u nënshkrua"), read_marker("12.5 % e fëmijëve"), read_marker("2014. Viti")
    (None, None, None)
    """
    match = _MARKER.match(text)
    if match is None or not (match["bullet"] or match.end() > match.end("bullet") > -1 or match.group().strip()):
        return None
    if match.end() >= len(text) or not text[match.end() :].strip():
        return None
    bullet = (match["bullet"] or "").strip()
    start = match.end("bullet") if match["bullet"] else len(match.group()) - len(match.group().lstrip())
    written = text[start : match.end()]
    if letter := match["letter"] or (match["capital"] or "").lower():
        return Marker("letter", written, start, match.end(), letter_value(letter), letter, bullet=bullet)
    if match["number"]:
        return Marker("number", written, start, match.end(), int(match["number"]), bullet=bullet)
    if match["multi"]:
        path = tuple(int(part) for part in match["multi"].split("."))
        return Marker("multilevel", written, start, match.end(), path[-1], path=path, bullet=bullet)
    if roman := match["roman"] or match["romandot"]:
        value = roman_value(roman)
        return Marker("roman", written, start, match.end(), value, bullet=bullet) if value else None
    if bullet:
        return Marker("bullet", bullet, start - len(match["bullet"]), match.end(), bullet=bullet)
    return None


def letter_value(letter: str) -> int:
    """Place in the English alphabet, or, for a letter that only Albanian has, that of the letter before it.

    >>> letter_value("c"), letter_value("ç"), letter_value("dh")
    (3, 3, 4)
    """
    return ord("c" if letter[0] == "ç" else "e" if letter[0] == "ë" else letter[0]) - 96


def next_letters(letter: str) -> frozenset[str]:
    """What may follow in a list: in English, in Albanian, or in Albanian with single signs only.

    >>> sorted(next_letters("c")), sorted(next_letters("g")), sorted(next_letters("ç"))
    (['d', 'ç'], ['gj', 'h'], ['d'])
    """
    found: set[str] = set()
    singles = tuple(a for a in ALPHABET_SQ if len(a) == 1)
    for alphabet in (ALPHABET_EN, ALPHABET_SQ, singles):
        if letter in alphabet and (i := alphabet.index(letter) + 1) < len(alphabet):
            found.add(alphabet[i])
    return frozenset(found)


def roman_value(text: str) -> int | None:
    """The number, or None where the letters are no number below 40.

    >>> roman_value("iv"), roman_value("IX"), roman_value("iix")
    (4, 9, None)
    """
    lowered = text.lower()
    for value in range(1, 40):
        tens, units = divmod(value, 10)
        if lowered == "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[units]:
            return value
    return None


def merged_items(text: str) -> list[int]:
    """Where further list items begin in a text that holds several: `j) ... k) ...`, `• ... • ...`, `1. ... 2. ...`.

    An enumeration inside a sentence (`in points a) and b) of Article 5`) is left whole.

    >>> merged_items('j) Article 293/c "Interference" k) Article 293/ç "Misuse of equipment"')
    [32]
    >>> merged_items("as points a) and b) of Article 5 say")
    []
    """
    bullets = [m.start() for m in _BULLET_INSIDE.finditer(text) if text[: m.start()].strip()]
    return sorted({*bullets, *_numbered_cuts(text)})


def _numbered_cuts(text: str) -> list[int]:
    own = read_marker(text)
    inner = [m for m in _INNER.finditer(text) if own is None or m.start() >= own.end]
    inner = [m for m in inner if not _REFERRING.search(text[max(0, m.start() - 24) : m.start()])]
    if not inner:
        return []
    cuts: list[int] = []
    current: tuple[str, str] | None = None
    if own is not None and own.style in ("letter", "number"):
        current = (own.style, own.letter or str(own.value))
    previous = own.end if own else 0
    for match in inner:
        found = ("letter", match["letter"]) if match["letter"] else ("number", match["number"])
        if current is None:
            # A list that starts in the middle: after a colon, with its first item.
            if found[1] in ("a", "1") and text[: match.start()].rstrip().endswith(":"):
                current, cuts, previous = found, [match.start()], match.end()
            continue
        least = _OWN_ITEM_WORDS if own is not None else _ITEM_WORDS
        if not _follows(current, found) or len(text[previous : match.start()].split()) < least:
            continue
        if found[0] == "number" and not _may_end_item(text[: match.start()].rstrip()[-1:]):
            continue
        cuts.append(match.start())
        current, previous = found, match.end()
    # One marker alone after a colon is no list.
    return [] if own is None and len(cuts) < 2 else cuts


def _may_end_item(char: str) -> bool:
    """A sign that ends an item, or a small letter where it has none; a capital or a figure goes on (`Table A 2.`)."""
    return char in '.;:!?,)”"“' or char.islower()


def _follows(current: tuple[str, str], found: tuple[str, str]) -> bool:
    if current[0] != found[0]:
        return False
    if found[0] == "letter":
        return found[1] in next_letters(current[1])
    return int(found[1]) == int(current[1]) + 1
