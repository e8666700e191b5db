"""What the recognisers of references share: the text prepared once, and an act or citation while it is being read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.languages import CARDINALS, MONTHS, ORDINALS, fold
from pipeline.model import Lang
from pipeline.terminology import FormHit, Glossary

# Letters that a machine reads for one another, so that one pattern finds `Artic1e` and `nenl`.
_ALIKE = str.maketrans("l1|", "iii")
_CONFUSED_DIGITS = str.maketrans("lI|iOoSB", "11110058")


@dataclass(frozen=True, slots=True)
class RefScan:
    """One text while references are searched: as written, lower case, folded, and with look-alikes made one.

    All four have the same length, so that a place in one is the place in the others.
    """

    text: str
    lower: str
    """Keeps ç and ë: in an article number the cedilla is identity."""
    folded: str
    alike: str
    """Folded, with l, 1 and | as i: for words, not for numbers."""
    lang: Lang
    hits: tuple[FormHit, ...]
    """Names and abbreviations of instruments in the glossary."""


def instrument_hits(text: str, glossary: Glossary) -> tuple[FormHit, ...]:
    """The glossary's names and abbreviations of acts in a text."""
    return tuple(h for h in glossary.index.scan(text) if any(e.concept.kind == "instrument" for e in h.entries))


def prepared(text: str, lang: Lang, hits: tuple[FormHit, ...]) -> RefScan:
    folded = fold(text)
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return RefScan(text, lower, folded, folded.translate(_ALIKE), lang, hits)


@dataclass(frozen=True, slots=True)
class Act:
    """An act where it is named: `Criminal Code`, `ligji nr. 9887, datë 10.03.2008`, `this Code`."""

    start: int
    end: int
    form: str
    act_type: str
    instrument: str | None = None
    number: str | None = None
    date: str | None = None
    date_text: str | None = None
    anaphoric: bool = False
    attached_only: bool = False
    """An abbreviation that is an act only beside an article: `neni 5 i KP`, but `KP` alone may be the Kosovo Police."""

    @property
    def rank(self) -> tuple[int, int]:
        return self.start - self.end, self.start


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """An article with the parts of it that are cited."""

    article: str
    article_end: str | None = None
    paragraph: str | None = None
    point: str | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: a place, its articles, and the act where one stands with them."""

    start: int
    end: int
    form: str
    pinpoints: tuple[Pinpoint, ...]
    act: Act | None = None
    used: tuple[Act, ...] = field(default=())

    def with_act(self, act: Act) -> Citation:
        return replace(
            self, start=min(self.start, act.start), end=max(self.end, act.end), act=act, used=(*self.used, act)
        )


# --- small readings -------------------------------------------------------------------------------------------------

_ROMAN = {"i": 1, "v": 5, "x": 10}


def roman(word: str) -> int | None:
    """The value of a small Roman number.

    >>> roman("iv"), roman("via")
    (4, None)
    """
    if not word or len(word) > 5 or any(c not in _ROMAN for c in word):
        return None
    values = [_ROMAN[c] for c in word]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


def ordinal(word: str) -> str | None:
    """The number that a folded word says: `four`, `katert`, `second`, `ii`, `3`; `fundit` and `last` stay words.

    >>> ordinal("katert"), ordinal("four"), ordinal("ii"), ordinal("fundit"), ordinal("table")
    ('4', '4', '2', 'last', None)
    """
    if word.isdigit():
        return str(int(word)) if len(word) <= 3 else None
    if word in ("fundit", "last", "final"):
        return "last"
    for table in (ORDINALS["sq"], ORDINALS["en"], CARDINALS["en"], CARDINALS["sq"]):
        if word in table:
            return str(table[word])
    value = roman(word)
    return str(value) if value is not None else None


def clean_number(written: str) -> str:
    """An article number as it is cited: lower case, no spaces, a slash before a letter, digits for look-alikes.

    >>> clean_number("293/ Ç"), clean_number("192-b"), clean_number("l17"), clean_number("108.")
    ('293/ç', '192/b', '117', '108')
    """
    compact = re.sub(r"[\s.]", "", written).replace("⁄", "/").replace("-", "/").replace("–", "/")
    head, slash, tail = compact.partition("/")
    if not head.isdigit():
        head = head.translate(_CONFUSED_DIGITS)
    return (head + slash + tail).lower()


_DATE_PARTS = re.compile(r"\d{1,4}|[^\W\d_]+")


def read_date(written: str) -> str | None:
    """The ISO date that the words say, or None where they say none: `10.06.06.2014`, `31.02.2014`.

    >>> read_date("27.1.1995"), read_date("27 January 1995"), read_date("10.06.06.2014"), read_date("05,05,2014")
    ('1995-01-27', '1995-01-27', None, '2014-05-05')
    """
    import calendar

    parts = _DATE_PARTS.findall(fold(written))
    parts = [p for p in parts if p not in ("st", "nd", "rd", "th", "of", "me", "te", "i", "e")]
    if len(parts) != 3:
        return None
    words = [i for i, p in enumerate(parts) if not p.isdigit()]
    if not words:
        day, month, year = (int(p) for p in parts)
        if len(parts[0]) == 4:
            day, year = year, day
    elif len(words) == 1 and parts[words[0]] in MONTHS:
        month = MONTHS[parts[words[0]]]
        day, year = (int(p) for i, p in enumerate(parts) if i != words[0])
    else:
        return None
    if year < 100:
        year += 1900 if year > 50 else 2000
    if not (1 <= month <= 12 and 1900 <= year <= 2099 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}-{day:02}"
