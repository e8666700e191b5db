"""Albanian and English: codes, separators, months, number words, magnitudes, abbreviations that end in a full stop."""

from __future__ import annotations

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


def fold(text: str) -> str:
    """Lower case without ë and ç and with one apostrophe, character for character, so that offsets stay.

    Characters whose lower case is longer (İ) are kept as they are.

    >>> fold("Ministria e Brendshme ËSHTË")
    'ministria e brendshme eshte'
    """
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
