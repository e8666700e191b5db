"""Words of a passage with their places, folded for comparison: what copies and differences are made of.

Reads: str. Writes: Word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.languages import fold
from pipeline.segment.lists import read_marker

# A word, a figure with its inner signs (`10.06.2014`, `293/ç`, `0,5`), or one sign.
_TOKEN = re.compile(
    r"""
    \d+ (?: [./,:\-] \d+ | /[^\W\d_]{1,2}\b )*      # 10.06.06.2014  548/3  293/ç  1,200,000
  | [^\W_]+ (?: [’'] [^\W\d_]+ )*                   # children's  ALO116
  | [^\w\s] | _
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A token at `text[start:end]`; `key` is what it is compared by."""

    start: int
    end: int
    text: str
    key: str

    @property
    def sign(self) -> bool:
        """A punctuation mark."""
        return not self.text[0].isalnum()


def words_of(text: str) -> list[Word]:
    """All tokens, without the list marker that the passage begins with."""
    marker = read_marker(text)
    return [
        Word(m.start(), m.end(), m.group(), fold(m.group())) for m in _TOKEN.finditer(text, marker.end if marker else 0)
    ]
