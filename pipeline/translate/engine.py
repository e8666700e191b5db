"""What a translation engine is: sentences in, hypotheses out, in order.

Reads: sentences of one language. Writes: Hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.model import Lang

Told = Callable[[int], None]
"""Called with how many more sentences are done."""


def tell_nobody(done: int) -> None:
    """Takes the count and says nothing."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation as the model says it. `score` is the mean log-probability a token (0 is best), no confidence."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search. Two calls with the same values over the same engine give the same hypotheses."""

    beam: int = 4
    hypotheses: int = 4
    """How many to return; never more than `beam`."""
    no_repeat: int = 0
    """Words of tokens (n-grams of this size) that may not come twice; 0: any may."""

    @property
    def key(self) -> str:
        return f"beam={self.beam};n={min(self.hypotheses, self.beam)};no_repeat={self.no_repeat}"


class Translator(Protocol):
    """One direction of one model."""

    @property
    def name(self) -> str:
        """Name, version and checksum: what stands in `TranslationUnit.engine`."""

    @property
    def source_lang(self) -> Lang: ...

    @property
    def target_lang(self) -> Lang: ...

    def count_tokens(self, sentences: Sequence[str]) -> list[int]:
        """The number of tokens that the model reads in each sentence."""

    def translate(
        self, sentences: Sequence[str], decoding: Decoding, told: Told = tell_nobody
    ) -> list[tuple[Hypothesis, ...]]:
        """The hypotheses of each sentence, best first; an empty tuple where the sentence could not be decoded."""
