"""Albanian and English: codes, separators, months, number words, magnitudes, abbreviations that end in a full stop."""

from __future__ import annotations

import re
import unicodedata

from pipeline.model import Lang

MONTHS_SQ = (
    "janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

ABBREVIATIONS: dict[Lang, frozenset[str]] = {
    # Written with a full stop that ends no sentence; lower case, without the last stop.
    "sq": frozenset(
        """nr dt d.m.th d.m.th p.sh etj fq art par pk pika shkr kap v m.s pr pr.kr sh.p.k sh.a dr prof znj z zj av
        ing mr inxh kol gjen maj lek tel faq vëll bot red krh sipas.p n.q.s m.a.q""".split()
    ),
    "en": frozenset(
        """no nos art arts para paras p pp e.g i.e etc mr mrs ms dr prof st vs cf al ed eds vol fig inc ltd co jr sr
        approx dept u.s u.k ch sec tel ext""".split()
    ),
}

# Letters that are dropped in typing or by bad encodings; folded for finding words only, never in article numbers.
FOLD = str.maketrans({"ë": "e", "Ë": "e", "ç": "c", "Ç": "c", "’": "'", "‘": "'", "`": "'", "´": "'"})


# Half of a damaged character (a lone surrogate): no form has one, and the automata take no such text.
_SURROGATE = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """The text with a replacement character for each lone surrogate; lengths stay."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def fold(text: str) -> str:
    """Lower case without ë and ç and with one apostrophe, character for character, so that offsets stay.

    Characters whose lower case is longer (İ) are kept as they are.

    >>> fold("Ministria e Brendshme ËSHTË")
    'ministria e brendshme eshte'
    """
    text = without_surrogates(text)
    lowered = text.translate(FOLD).lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(FOLD))


def plain(text: str) -> str:
    """Compatibility-composed text with one kind of space between words: for comparing, not for offsets.

    >>> plain("e\\u0308sht\\u00eb  1\\u00a0000")
    'është 1 000'
    """
    return " ".join(unicodedata.normalize("NFKC", text).split())


# --- numbers in words -----------------------------------------------------------------------------------------------
# All keys are folded (lower case, ë as e, ç as c), so that `shtatë`, `SHTATE` and `Shtatë` meet one entry.

_UNITS_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " \
    "seventeen eighteen nineteen".split()  # fmt: skip
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS_EN = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth " \
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()  # fmt: skip
_UNITS_SQ = "nje dy tre kater pese gjashte shtate tete nente".split()


def _cardinals_en() -> dict[str, int]:
    words = {word: i for i, word in enumerate(_UNITS_EN)}
    words |= {word: 20 + 10 * i for i, word in enumerate(_TENS_EN)}
    return words | {"fourty": 40}


def _cardinals_sq() -> dict[str, int]:
    """Cardinals with the endings they take: tetë, tetëve, dhjetëshit; dy, dyve, të dyja; tre, tri, treve."""
    base = {"zero": 0, "dhjete": 10, "njezet": 20, "tridhjete": 30, "dyzet": 40, "katerdhjete": 40}
    for i, unit in enumerate(_UNITS_SQ, start=1):
        base[unit] = i
        base[f"{unit}mbedhjete"] = 10 + i
        base[f"{unit}qind"] = 100 * i
        if i >= 5:
            base[f"{unit}dhjete"] = 10 * i
    base |= {"tri": 3, "triqind": 300, "tremedhjete": 13, "dymedhjete": 12}
    words = dict(base)
    for word, value in base.items():
        if value != 1:
            words.setdefault(word + "ve", value)
            if value > 4:
                words.setdefault(word + "t", value)
    for tens in ("njezet", "tridhjete", "dyzet", "katerdhjete", *(f"{u}dhjete" for u in _UNITS_SQ[4:])):
        # Written as one word: njëzetepesë, tridhjetenjë.
        for i, unit in enumerate(_UNITS_SQ, start=1):
            words.setdefault(f"{tens}e{unit}", base[tens] + i)
    for i, unit in enumerate([*_UNITS_SQ, "dhjete"], start=1):
        words[f"{unit}mije"] = 1000 * i  # njëmijë, dymijë as one word
    return words | {"dyja": 2, "trija": 3, "treja": 3}


CARDINALS: dict[Lang, dict[str, int]] = {"en": _cardinals_en(), "sq": _cardinals_sq()}

ORDINALS: dict[Lang, dict[str, int]] = {
    "en": {word: i for i, word in enumerate(_ORDINALS_EN, start=1)} | {"thirtieth": 30, "hundredth": 100},
    # After i, e, të, së: i parë, e dytë, të tretën, së katërtit.
    "sq": {
        stem + ending: i
        for i, stem in enumerate(
            "pare dyte trete katert peste gjashte shtate tete nente dhjete njembedhjete dymbedhjete".split(), start=1
        )
        for ending in (("", "n", "s", "t", "ve") if stem.endswith("e") else ("", "a", "en", "es", "i", "it", "in"))
    }
    | {
        stem[:-1] + ending: i
        for i, stem in enumerate("pare dyte trete - peste gjashte shtate tete nente dhjete".split(), start=1)
        for ending in ("i", "it", "in", "a", "at")
        if len(stem) > 1
    },
}

MAGNITUDES: dict[str, int] = {
    word: value
    for value, words in (
        (100, "hundred qind"),
        (1_000, "thousand mije mijesh mijeve"),
        (1_000_000, "million mln milion milioni milione milionesh milioneve milionet milionit"),
        (1_000_000_000, "billion bn mld miliard miliardi miliarde miliardesh miliardeve miliardet miliardit"),
    )
    for word in words.split()
}
"""Words by which the number before them is multiplied, in both languages; `billion` is 10^9, as in the EU's style."""

FRACTIONS: dict[str, int] = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "tenth": 10,
    "tenths": 10,
} | {
    stem + ending: lower
    for stem, lower in (("tret", 3), ("katert", 4), ("pest", 5), ("gjasht", 6), ("shtat", 7), ("tet", 8), ("dhjet", 10))
    for ending in ("a", "at", "ave", "en", "es")
}  # fmt: skip
"""Lower numbers of fractions in words: `two thirds`, `një e treta`, `tri të katërtat`, `një të pestën`."""

COMPOUND_ENDINGS: dict[str, str | None] = {
    "vjecar": "year", "vjetor": "year", "mujor": "month", "javor": "week", "ditor": "day", "oresh": "hour",
    "katesh": None,
    "fish": None, "palesh": None,
}  # fmt: skip
"""Albanian words that begin with a number, by what follows it, and its unit: `trevjeçar`, `dykatëshe`."""

# --- months and weekdays --------------------------------------------------------------------------------------------


def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for i, name in enumerate(MONTHS_EN, start=1):
        months[name.lower()] = i
        if len(name) > 4:
            months[name[:3].lower()] = i
    months["sept"] = 9
    months |= {"januar": 1, "januarit": 1, "februar": 2, "februarit": 2}  # so in Kosovo and North Macedonia
    for i, name in enumerate(MONTHS_SQ, start=1):
        for ending in ("", "u", "ut", "un") if name.endswith("k") else ("", "i", "it", "in"):
            months[fold(name) + ending] = i
    return months


MONTHS: dict[str, int] = _months()
"""Month names of both languages, folded, with the Albanian cases and the English abbreviations, to 1-12."""

MONTH_WORDS_TO_CHECK = frozenset("march may mars maj shkurt mar dec jan jun jul aug sep sept oct nov feb apr".split())
"""Month names that are other words too (may, march, shkurt = briefly) or cut short: a month only beside a number."""


def _weekdays() -> dict[str, int]:
    days = {d: i for i, d in enumerate("monday tuesday wednesday thursday friday saturday sunday".split(), start=1)}
    for i, forms in enumerate(
        ("hene henen henes", "marte marten martes", "merkure merkuren merkures", "enjte enjten enjtes",
         "premte premten premtes", "shtune shtunen shtunes", "diel dielen dieles"), start=1,
    ):  # fmt: skip
        for form in forms.split():
            days[form] = i
    return days


WEEKDAYS: dict[str, int] = _weekdays()
"""Weekday names of both languages, folded, to ISO weekday 1-7."""

# --- money ----------------------------------------------------------------------------------------------------------

CURRENCIES: dict[str, str] = {
    word: code
    for code, words in (
        ("ALL", "lek leke lekesh lekeve leket leku lekut all"),
        ("EUR", "eur euro euros eurosh eurove €"),
        ("USD", "usd dollar dollars dollare dollaresh us$ $ usd$"),
        ("GBP", "gbp £ paund paund pounds"),
        ("CHF", "chf"),
        ("MKD", "mkd denar denare denars"),
    )
    for word in words.split()
}
