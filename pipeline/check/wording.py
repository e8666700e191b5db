"""The words of a report as its rules on form see them: known or not, with the doubtful ones' likely meaning.

Reads: CheckContext, Lexicon. Writes: Token, and the report's own vocabulary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.check.rule import CheckContext
from pipeline.languages import fold
from pipeline.lexicon import confusions, edits, is_known, lexicon
from pipeline.model import Lang, Passage, Span

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)\S{1,300}|\b[\w.+\-]{1,60}@[\w.\-]{1,100}|\b[\w\-]{2,60}\.(?:al|com|org|eu|net|gov|int)\b"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word at `passage.text[start:end]`."""

    start: int
    end: int
    text: str
    initial: bool
    """The first word of a sentence, whose capital says nothing."""


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a passage; addresses of mail and web are left out."""
    away = [m.span() for m in _ADDRESS.finditer(text)] if "." in text or "@" in text else []
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        if any(a <= match.start() < b for a, b in away):
            continue
        before = text[max(0, match.start() - 5) : match.start()].rstrip(" \"“„«'‘(•-–—)")
        initial = not before.strip() or before[-1:] in ".!?:\n" or not found
        found.append(Token(match.start(), match.end(), match.group(), initial))
    return tuple(found)


def readable(context: CheckContext) -> Iterator[Passage]:
    """Passages in one of the two languages."""
    for passage in context.passages:
        if passage.kind not in ("page_furniture", "table_header") and passage.lang in ("sq", "en", "mixed"):
            yield passage


def vocabulary(context: CheckContext) -> Counter[str]:
    """How often each word stands in the report, in lower case."""
    return Counter(t.text.lower() for p in readable(context) for t in tokens(p.text))


def glossary_words(context: CheckContext) -> frozenset[str]:
    """Words of the glossary's own forms, folded: known, whatever the dictionaries say."""
    words: set[str] = set()
    for concept in context.glossary.concepts.values():
        for term in (t for t in concept.terms if t.sort != "wrong"):
            words.update(fold(w) for w in _TOKEN.findall(term.form))
    return frozenset(words)


@lru_cache(maxsize=50_000)
def misread(word: str, lang: Lang) -> str | None:
    """The known word of `lang` that one confusion of letters turned into `word`, or None; `word` is unknown itself.

    >>> misread("transposai", "en"), misread("misslng", "en"), misread("vioIence", "en"), misread("Rruga", "en")
    ('transposal', 'missing', 'violence', None)
    """
    own = lexicon(lang if lang in ("sq", "en") else "en")
    inner = word[1:]
    if any(c.isupper() for c in inner) and not word.isupper():
        # A capital inside a word: I for l, O for o.
        small = word[0] + inner.replace("I", "l").replace("O", "o").replace("S", "s")
        return small if small != word and small[1:].islower() and is_known(small) else None
    found = [c for c in confusions(word) if own.lists(c) and c[0].isupper() == word[0].isupper()]
    if lang == "sq":
        # Vowels that differ are another form of an Albanian word more often than a misreading.
        found = [c for c in found if _consonants(c) != _consonants(word) or len(c) != len(word)]
    return min(found, key=lambda c: (c[-1] != word[-1], len(c) != len(word), c)) if found else None


@lru_cache(maxsize=50_000)
def misspelt(word: str, lang: Lang) -> str | None:
    """The known word of `lang` at one slip of the typing hand from a long unknown one, or None.

    In Albanian only a lost consonant counts: its words have too many near neighbours.

    >>> misspelt("commision", "en"), misspelt("ligjbatuese", "sq"), misspelt("rogatory", "sq")
    ('commission', 'ligjzbatuese', None)
    """
    if not word.isalpha() or len(word) < (10 if lang == "sq" else 7):
        return None
    own = lexicon(lang)
    if any(own.lists(word[:i]) and own.lists(word[i:]) for i in range(4, len(word) - 3)):
        # A compound of two words that the dictionary has apart: saltworks.
        return None
    ends = word[:2], word[-2:] if lang == "sq" else word[-1:]
    for edit in edits(word):
        if (edit[:2], edit[-len(ends[1]) :]) != ends or (lang == "sq" and not _one_consonant_more(word, edit)):
            continue
        if own.lists(edit) and (lang == "en" or edit[:5] == word[:5] or edit[:4] == word[:4]):
            return edit
    return None


def _one_consonant_more(word: str, longer: str) -> bool:
    return len(longer) == len(word) + 1 and len(_consonants(longer)) == len(_consonants(word)) + 1


def _consonants(word: str) -> str:
    return "".join(c for c in fold(word) if c not in "aeiouy")


def grouped(places: Sequence[tuple[str, Span]]) -> dict[str, list[Span]]:
    """Places by what is said of them, in order: the same words in two copies are one finding."""
    found: dict[str, dict[Span, None]] = {}
    for key, span in places:
        found.setdefault(key, {})[span] = None
    return {key: list(spans) for key, spans in found.items()}
