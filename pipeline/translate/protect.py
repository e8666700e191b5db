"""Puts stand-ins for what a model must not touch, and takes them out again.

Reads: a sentence and the places in it. Writes: Masked; `unmask(mask(s), ...)` has every masked string again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.translate.fidelity import ADDRESS, PLACEHOLDER, numbers

# Stand-ins: short capitals that models copy; the first is taken of which no letter group stands in the sentence.
STAND_INS = ("XA{}", "QZ{}", "KX{}")


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with stand-ins, and what each stands for in the other language."""

    text: str
    stand_ins: tuple[tuple[str, str], ...]


def mask(sentence: str, replacements: Sequence[tuple[int, int, str]] = ()) -> Masked:
    """The sentence with a stand-in for each replacement (start, end, what shall come out) and each exact string.

    Exact strings are addresses, placeholders and numbers; they come out as they went in.
    """
    places = list(replacements)
    # A digit in a word (`A0`) stays there: a stand-in must stand free to be found again.
    free = [m for m in numbers(sentence) if not re.match(r"\w", sentence[m.start() - 1 : m.start()])]
    exact = [*ADDRESS.finditer(sentence), *PLACEHOLDER.finditer(sentence), *free]
    for match in exact:
        if all(match.end() <= start or end <= match.start() for start, end, _ in places):
            places.append((match.start(), match.end(), match.group()))
    form = next((f for f in STAND_INS if f.format("") not in sentence), STAND_INS[0])
    parts: list[str] = []
    stand_ins: list[tuple[str, str]] = []
    at = 0
    for number, (start, end, said) in enumerate(sorted(places), 1):
        stand_in = form.format(number)
        parts += [sentence[at:start], stand_in]
        stand_ins.append((stand_in, said))
        at = end
    return Masked("".join(parts) + sentence[at:], tuple(stand_ins))


def unmask(masked: Masked, target: str, place: Callable[[str, str], str] = lambda said, before: said) -> str | None:
    """The translation with what the stand-ins stand for; None unless each comes exactly once.

    `place` is given what is to be said and the text before it, and returns it as it stands there.
    """
    said = dict(masked.stand_ins)
    if not said:
        return target
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, said)) + r")(?!\d)")
    matches = list(pattern.finditer(target))
    if sorted(m.group() for m in matches) != sorted(said):
        return None
    text, at = "", 0
    for match in matches:
        text += target[at : match.start()]
        text += place(said[match.group()], text)
        at = match.end()
    return text + target[at:]
