"""Finds what a report says twice: copies in one language, and pairs of an Albanian and an English passage.

Reads: Passage, AnnotatedPassage. Writes: Copy, Pair.
"""

from pipeline.align.copies import find_copies
from pipeline.align.pairs import find_pairs

__all__ = ["find_copies", "find_pairs"]
