"""Automatic numbers of Word paragraphs, written out as Word shows them: `Neni 5`, `1.2`, `b)`, `iv.`, bullets.

Reads: numbering.xml and styles.xml. Writes: the label of each numbered paragraph, in order.

Written forms: a level's text has places `%1` to `%9` for the counters of the levels, as in `Neni %1` or `%1.%2.`;
a counter restarts when a higher level counts on; a `num` may restart or redefine levels of the list it is based on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# Levels of a Word list.
_LEVELS = 9
# Signs of the symbol fonts that Word uses for bullets, as Unicode has them.
_SYMBOLS = {
    0xB7: "•", 0xA7: "▪", 0xD8: "➢", 0xFC: "✓", 0xA8: "□", 0x6F: "□", 0x76: "❖", 0x6E: "■", 0x71: "❑", 0x2D: "-",
    0xFE: "☒", 0xFB: "✗", 0xE0: "→",
}  # fmt: skip
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Above this Word itself gives up roman numerals.
_MOST_ROMAN = 3999
# Letters of one label: `aaa` is 53; a start value of a billion is a broken file.
_MOST_LETTERS = 20


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list as defined."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    """Level, from 1, whose counting on restarts this one; None: any higher one; 0: never."""
    legal: bool = False
    """All counters as decimal numbers, whatever their levels say."""
    style: str | None = None
    symbol: bool = False
    """The text is in a symbol font."""
    round_bullet: bool = False
    """The text is the letter o, which Courier New shows as a ring."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph, and on which level, from 1."""

    text: str
    level: int
    bullet: bool


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A `num`: its levels, the counters it shares, and the levels that it starts anew."""

    abstract: str
    levels: tuple[Level, ...]
    restarts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """The counters of a document's lists while it is read."""

    lists: dict[str, ListDefinition] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, num_id: str, style: str) -> int:
        """The level that a list gives to paragraphs of a style; 0 where it names none."""
        found = self.lists.get(num_id)
        levels = found.levels if found else ()
        return next((i for i, level in enumerate(levels) if level.style == style), 0)

    def next(self, num_id: str, ilvl: int) -> Label | None:
        """The label of the next paragraph of this list and level; None where the list is not defined."""
        found = self.lists.get(num_id)
        if found is None or not 0 <= ilvl < len(found.levels):
            return None
        level = found.levels[ilvl]
        counters = self.counters.setdefault(found.abstract, [None] * _LEVELS)
        if ilvl in found.restarts and (num_id, ilvl) not in self.begun:
            self.begun.add((num_id, ilvl))
            counters[ilvl] = None
        value = counters[ilvl]
        counters[ilvl] = level.start if value is None else value + 1
        for lower in range(ilvl + 1, len(found.levels)):
            restart = found.levels[lower].restart
            if restart is None or ilvl < restart:
                counters[lower] = None
        if level.form == "bullet":
            return Label(_bullet(level), ilvl + 1, True)
        return Label(_written(found.levels, ilvl, counters), ilvl + 1, False)


def _written(levels: tuple[Level, ...], ilvl: int, counters: list[int | None]) -> str:
    level = levels[ilvl]

    def counter(match: re.Match[str]) -> str:
        i = int(match.group(1)) - 1
        if i > ilvl or i >= len(levels):
            return ""
        value = counters[i]
        if value is None:
            value = counters[i] = levels[i].start
        form = levels[i].form
        if level.legal and form not in ("decimal", "decimalZero", "bullet", "none"):
            form = "decimal"
        return format_counter(value, form)

    return _PLACE.sub(counter, level.text)


def format_counter(value: int, form: str) -> str:
    """A counter as a list form writes it.

    >>> [format_counter(4, f) for f in ("decimal", "lowerLetter", "upperRoman", "decimalZero", "ordinal")]
    ['4', 'd', 'IV', '04', '4th']
    >>> format_counter(28, "upperLetter")
    'BB'
    """
    match form:
        case "none" | "bullet":
            return ""
        case "lowerLetter" | "upperLetter" if value > 0:
            repeats, letter = divmod(value - 1, 26)
            text = chr(ord("a") + letter) * min(repeats + 1, _MOST_LETTERS)
        case "lowerRoman" | "upperRoman" if 0 < value <= _MOST_ROMAN:
            text = ""
            for worth, sign in _ROMAN:
                while value >= worth:
                    text, value = text + sign, value - worth
        case "decimalZero":
            text = f"{value:02d}"
        case "ordinal":
            ending = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
            text = f"{value}{ending}"
        case "decimalEnclosedParen":
            text = f"({value})"
        case "decimalEnclosedFullstop":
            text = f"{value}."
        case "numberInDash":
            text = f"- {value} -"
        case _:
            text = str(value)
    return text.upper() if form.startswith("upper") else text


def _bullet(level: Level) -> str:
    if level.round_bullet:
        return "◦"
    return "".join(symbol(ord(c)) if level.symbol or 0xF000 <= ord(c) <= 0xF0FF else c for c in level.text)


def symbol(code: int) -> str:
    """The sign of a symbol font at `code` (0xF0B7 or 0xB7) as Unicode has it.

    >>> symbol(0xF0B7)
    '•'
    """
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    return _SYMBOLS.get(low, "•" if low != code or code < 0x100 else chr(code))


def read_numbering(root: etree._Element | None, style_lists: Mapping[str, str]) -> Numbering:
    """The lists of a numbering part. `style_lists`: numbering style id -> num id, for lists that point to a style."""
    if root is None:
        return Numbering()
    abstracts: dict[str, tuple[Level, ...]] = {}
    links: dict[str, str] = {}
    for item in root.iterchildren(f"{W}abstractNum"):
        key = item.get(f"{W}abstractNumId", "")
        abstracts[key] = _levels(item)
        link = item.find(f"{W}numStyleLink")
        if link is not None:
            links[key] = link.get(f"{W}val", "")
    nums = {n.get(f"{W}numId", ""): n for n in root.iterchildren(f"{W}num")}

    def abstract_of(num: etree._Element, depth: int = 0) -> str:
        pointer = num.find(f"{W}abstractNumId")
        key = pointer.get(f"{W}val", "") if pointer is not None else ""
        other = nums.get(style_lists.get(links.get(key, ""), ""))
        # A style points to a list that points to a style: two steps are the most that Word writes.
        return abstract_of(other, depth + 1) if other is not None and depth < 4 else key

    lists: dict[str, ListDefinition] = {}
    for num_id, num in nums.items():
        key = abstract_of(num)
        levels = list(abstracts.get(key, ()))
        restarts: dict[int, int] = {}
        for override in num.iterchildren(f"{W}lvlOverride"):
            ilvl = number(override.get(f"{W}ilvl"), 0)
            if not 0 <= ilvl < len(levels):
                continue
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[ilvl] = _level(own)
            start = override.find(f"{W}startOverride")
            if start is not None:
                restarts[ilvl] = number(start.get(f"{W}val"), 1)
                levels[ilvl] = replace(levels[ilvl], start=restarts[ilvl])
        lists[num_id] = ListDefinition(key, tuple(levels), restarts)
    return Numbering(lists)


def _levels(abstract: etree._Element) -> tuple[Level, ...]:
    found = {number(item.get(f"{W}ilvl"), 0): _level(item) for item in abstract.iterchildren(f"{W}lvl")}
    return tuple(found.get(i, Level(form="none")) for i in range(_LEVELS)) if found else ()


def _level(item: etree._Element) -> Level:
    def value(name: str) -> str | None:
        child = item.find(f"{W}{name}")
        return None if child is None else child.get(f"{W}val", "")

    form = value("numFmt")
    if form is None:
        inner = item.find(".//" + f"{W}numFmt")
        form = inner.get(f"{W}val", "decimal") if inner is not None else "decimal"
    text = value("lvlText") or ""
    fonts = item.find(f"{W}rPr/{W}rFonts")
    font = (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""
    restart = value("lvlRestart")
    return Level(
        start=number(value("start"), 0),
        form=form, text=text, suffix=value("suff") or "tab",
        restart=None if restart is None else number(restart, 0),
        legal=is_on(item.find(f"{W}isLgl")), style=value("pStyle"),
        symbol=font.lower().startswith(("symbol", "wingdings", "webdings")),
        round_bullet=form == "bullet" and text == "o",
    )  # fmt: skip


def is_on(switch: etree._Element | None) -> bool:
    """Whether a property that is on or off is on."""
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def value_of(parent: etree._Element | None, name: str) -> str | None:
    """The `w:val` of the child called `name`; None where parent, child or value is missing."""
    child = None if parent is None else parent.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def number(text: str | None, default: int) -> int:
    """A decimal attribute; the default where it is missing or nonsense.

    >>> number("12", 0), number("x", 3), number(None, 1)
    (12, 3, 1)
    """
    if text is None or len(text) > 9:
        return default
    try:
        return int(text)
    except ValueError:
        return default
