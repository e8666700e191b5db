"""Reads a number written in digits, in Albanian and English notation.

Reads: the digits and the language of their text. Writes: Quantity, and every value that the digits may mean.
Written forms: `1.200.000`, `1,200,000`, `1 200 000`, `1'200'000`, `0,5`, `12.75`, `1.000` (one thousand or one).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model import Lang

# Spaces that group thousands: ordinary, no-break, thin, narrow no-break.
_GAP = " \u00a0\u2009\u202f"
NUMBER = re.compile(
    rf"""
    (?<![\w/\-:])(?<!['’])(?:(?:(?<=[\s(])|(?<!.))[-−+])?(?P<body>
      (?<!\d[{_GAP}])\d{{1,3}}(?:[{_GAP}]\d{{3}}){{1,4}}(?![{_GAP}]?\d)(?:[.,]\d{{1,6}}(?!\d))?   # 1 200 000,50
    | \d{{1,3}}(?:\.\d{{3}}){{1,6}}(?!\d)(?:,\d{{1,6}}(?!\d))?                      # 1.200.000,50
    | \d{{1,3}}(?:,\d{{3}}){{1,6}}(?!\d)(?:\.\d{{1,6}}(?!\d))?                      # 1,200,000.50
    | \d{{1,3}}(?:['’]\d{{3}}){{1,6}}(?!\d)                                         # 1'200'000
    | \d+(?:[.,]\d+)?
    )
    (?P<more>(?:[.,]{{1,2}}\d+){{1,20}})?                                           # 1.20.000: not a number
    """,
    re.VERBOSE,
)

# More digits than this are no quantity of a report; they are kept as seen and not read.
_LONGEST_NUMBER = 18


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
