"""A text prepared once for all recognisers of figures: its folded form, its words, and what is taken already."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from pipeline.languages import fold
from pipeline.model import Figure, FigureKind, Lang, Span

# Letters with the marks that may follow them; an apostrophe joins only inside a word (don't, d'accord).
_WORD = re.compile(r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W\d_]*)?(?:['’][^\W\d_]{1,20})?")

_DIGIT = re.compile(r"\d")


class Word(NamedTuple):
    """A run of letters; `folded` is lower case without ë and ç."""

    start: int
    end: int
    folded: str


class Scan:
    """One text while it is searched. Recognisers run in order of certainty; what one took the next leaves alone."""

    def __init__(self, text: str, lang: Lang) -> None:
        self.text = text
        self.folded = fold(text)
        self.lang = lang
        self.languages: tuple[Lang, ...] = ("en",) if lang == "en" else ("sq",) if lang == "sq" else ("en", "sq")
        self._taken = bytearray(len(text))
        self.figures: list[Figure] = []

    @cached_property
    def words(self) -> Sequence[Word]:
        return [Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(self.folded)]

    @cached_property
    def has_digit(self) -> bool:
        """Most passages of a report have none, and are spared the patterns that need one."""
        return _DIGIT.search(self.text) is not None

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.folded))

    @cached_property
    def _word_starts(self) -> list[int]:
        return [w.start for w in self.words]

    def word_index(self, offset: int) -> int:
        """Index of the first word that begins at or after `offset`."""
        return bisect.bisect_left(self._word_starts, offset)

    def free(self, start: int, end: int) -> bool:
        return self._taken.find(1, start, end) == -1

    def take(self, start: int, end: int) -> None:
        """Marks a place as understood, so that no later recogniser reads it again."""
        self._taken[start:end] = b"\1" * (end - start)

    def add(
        self,
        kind: FigureKind,
        start: int,
        end: int,
        value: str | None,
        *,
        readings: tuple[str, ...] = (),
        unit: str | None = None,
        approximate: bool = False,
        written: str = "digits",
        generous: bool = False,
    ) -> None:
        """A figure at the place, which is taken from now on."""
        self.take(start, end)
        self.figures.append(
            Figure(
                Span("", start, end, self.text[start:end]), kind, value, readings or ((value,) if value else ()),
                unit, approximate=approximate, written=written,  # type: ignore[arg-type]
                captured_by="generous" if generous else "strict",
            )
        )  # fmt: skip
