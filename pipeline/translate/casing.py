"""Capitals: a heading in capitals is shown to the model in small letters, and put in capitals again.

Small models have seen few capitals, and garble them; Argos's own do too.

Reads: a sentence. Writes: the sentence in another case.
"""

from __future__ import annotations

import re

# Letters from which a text is judged, and the share of them that are capitals in a heading.
LEAST_LETTERS, CAPITAL_SHARE = 6, 0.85
# A word of this many capitals or fewer without a vowel is an abbreviation: VKM, MD, KLGJ.
_ABBREVIATION = re.compile(r"[^\W\d_AEIOUYËaeiouyë]{2,6}")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def is_capitals(text: str) -> bool:
    """Whether the text is set in capitals, and not just an abbreviation.

    >>> is_capitals("REPUBLIKA E SHQIPËRISË"), is_capitals("VKM"), is_capitals("Neni 5")
    (True, False, False)
    """
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= LEAST_LETTERS and sum(c.isupper() for c in letters) >= CAPITAL_SHARE * len(letters)


def in_small_letters(text: str) -> str:
    """The heading as a sentence; abbreviations and Roman numerals stay.

    >>> in_small_letters("VENDIM I KËSHILLIT, KREU II, VKM NR. 5")
    'Vendim i këshillit, kreu II, VKM nr. 5'
    """

    def small(match: re.Match[str]) -> str:
        word = match.group()
        following = text[match.end() : match.end() + 1]
        if word in ("I", "V") or following == ".":
            return word.lower()
        return word if _ROMAN.fullmatch(word) or _ABBREVIATION.fullmatch(word) else word.lower()

    said = _WORD.sub(small, text)
    first = next((i for i, c in enumerate(said) if c.isalpha()), 0)
    return said[:first] + said[first : first + 1].upper() + said[first + 1 :]


def cased_like(source: str, target: str) -> str:
    """The translation in capitals where the source is, with a capital at its beginning where the source has one."""
    if is_capitals(source):
        return target.upper()
    first = next((c for c in source if c.isalpha()), "")
    if first.isupper() and target[:1].islower():
        return target[:1].upper() + target[1:]
    return target
