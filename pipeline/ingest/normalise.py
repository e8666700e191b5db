"""Repairs of a text as read, each recorded: mojibake of Albanian and typographic letters, control characters.

Reads: the text as decoded. Writes: Repair, in code points of that text.

Letters written as two code points (e + combining diaeresis) are read as one, so that a word has one form; the text
as read keeps them. Control characters that no report means (NUL, soft hyphen, zero-width space, byte-order marks in
the middle) are taken out of the words and stay in the text as read.
"""

from __future__ import annotations

import re

from pipeline.model import Repair

# What UTF-8 bytes look like when they were read as Windows-1252 or ISO-8859-1: "Ã«" for ë. Both readings of the
# second byte are listed, for the letters and marks that Albanian and English reports hold.
_LETTERS = "ëçËÇéáíóúàèâêîôöüäß–—‘’“”„…•€«»°§½"


def _mojibake() -> dict[str, str]:
    table: dict[str, str] = {}
    for letter in _LETTERS:
        for wrong in ("cp1252", "latin-1"):
            try:
                once = letter.encode("utf-8").decode(wrong)
                table.setdefault(once, letter)
                # A file that was damaged twice: ÃƒÂ« for ë.
                table.setdefault(once.encode("utf-8").decode(wrong), letter)
            except UnicodeDecodeError:
                continue
    return table


MOJIBAKE = _mojibake()

_SEQUENCES = re.compile("|".join(sorted(map(re.escape, MOJIBAKE), key=len, reverse=True)))
_COMPOSED = {"e\u0308": "ë", "E\u0308": "Ë", "c\u0327": "ç", "C\u0327": "Ç"}
_COMBINED = re.compile("[eE]\u0308|[cC]\u0327")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff]+")


def _kind(signs: str) -> str:
    """soft_hyphen where a word was divided at a line's end; control_character otherwise."""
    return "soft_hyphen" if signs.strip("\u00ad") == "" else "control_character"


def find_repairs(text: str) -> tuple[Repair, ...]:
    """Every repair that `text` needs, in order, without overlaps.

    >>> [(r.before, r.after, r.kind) for r in find_repairs("QÃ«llimi i njÃ« raporti")]
    [('Ã«', 'ë', 'mojibake'), ('Ã«', 'ë', 'mojibake')]
    >>> find_repairs("Qëllimi i një raporti, São Paulo")
    ()
    """
    found: list[Repair] = []
    if not text.isascii():
        found += [
            Repair(m.start(), m.end(), m.group(), MOJIBAKE[m.group()], "mojibake") for m in _SEQUENCES.finditer(text)
        ]
        found += [
            Repair(m.start(), m.end(), m.group(), _COMPOSED[m.group()], "unicode_composition")
            for m in _COMBINED.finditer(text)
        ]
    found += [Repair(m.start(), m.end(), m.group(), "", _kind(m.group())) for m in _CONTROL.finditer(text)]
    chosen: list[Repair] = []
    for repair in sorted(found, key=lambda r: (r.start, -r.end)):
        if not chosen or repair.start >= chosen[-1].end:
            chosen.append(repair)
    return tuple(chosen)
