"""Proper names that no glossary has: persons, companies, programmes. A model garbles them, or puts another one.

Reads: a sentence. Writes: the places of its names.

A name is a capitalised word that neither dictionary knows (`Zharku`), or four capitals or more (`PAMECA`);
the first word of a sentence has its capital anyway, and is one only in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.languages import fold
from pipeline.lexicon import is_known
from pipeline.translate.casing import is_capitals
from pipeline.translate.fidelity import ADDRESS

# Letters of a name: shorter ones are initials and chance.
LEAST_LETTERS = 4

_WORD = re.compile(r"(?<![\w@./])[A-ZÇË][^\W\d_]*(?:-[A-ZÇË][^\W\d_]+)*(?![\w@])")


def proper_names(sentence: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[tuple[int, int], ...]:
    """The places of names outside `taken` (mentions that the glossary knows) and outside addresses.

    >>> ["Foli Zharku i PAMECA-s"[a:b] for a, b in proper_names("Foli Zharku i PAMECA-s")]
    ['Zharku', 'PAMECA']
    """
    if is_capitals(sentence):
        return ()
    covered = [*taken, *((m.start(), m.end()) for m in ADDRESS.finditer(sentence))]
    return tuple(
        (m.start(), m.end())
        for m in _WORD.finditer(sentence)
        if len(m.group()) >= LEAST_LETTERS
        and (m.group().isupper() or sentence[: m.start()].strip(" \"“„«'‘(–—-"))
        and not is_known(m.group())
        and all(m.end() <= start or end <= m.start() for start, end in covered)
    )


def is_kept(name: str, target: str) -> bool:
    """Whether a word of the translation is the name, with whatever ending.

    >>> is_kept("Llallës", "with Llalla"), is_kept("Llalla", "me Llallën"), is_kept("Llalla", "me Llubë")
    (True, True, False)
    """
    folded = fold(name)
    stem = folded[: max(LEAST_LETTERS - 1, len(folded) - 2)] if not name.isupper() else folded
    return re.search(rf"(?<!\w){re.escape(stem)}", fold(target)) is not None


def lost_names(sentence: str, target: str, names: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The names that the translation lacks."""
    return [(start, end) for start, end in names if not is_kept(sentence[start:end], target)]
