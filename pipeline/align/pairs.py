"""Albanian and English passages that say the same: columns of a table, paragraphs in turn, one edition after the other.

Reads: AnnotatedPassage. Writes: Pair.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import AnnotatedPassage, Pair
from pipeline.settings import Settings


def find_pairs(annotated: Sequence[AnnotatedPassage], settings: Settings | None = None) -> tuple[Pair, ...]:
    """The pairs in reading order of the Albanian passage; a passage is in one pair at most."""
    return ()
