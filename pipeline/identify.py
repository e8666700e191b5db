"""Says in which language each passage is; splits one that changes in the middle; too little is said, never guessed.

Reads: Passage. Writes: Passage with lang, lang_score and foreign runs.

Three witnesses: function words that only one language has, the dictionaries of both, and lingua's probability.
Albanian is Albanian without its ë and ç. Names, figures and addresses alone are undecided (`und`), and so is a
third language.
"""

from __future__ import annotations

import bisect
import math
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from pipeline.languages import fold
from pipeline.lexicon import (
    AT_HOME_WORDS,
    FUNCTION_WORDS_EN,
    FUNCTION_WORDS_SQ,
    SHARED_WORDS,
    THIRD_LANGUAGE_WORDS,
    confusions,
    edits,
    lexicon,
    without_marks,
)
from pipeline.model import Lang, Passage, short_hash
from pipeline.segment.lists import read_marker
from pipeline.settings import Settings
from pipeline.text_analysis import split_sentences

_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
# E-mail and web addresses, and file names: letters that are no words of a language.
_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)\S{1,300}|\b[\w.+-]{1,60}@[\w.-]{1,100}|\b[\w-]{1,60}\.(?:al|com|org|eu|net|gov|int)\b"
)
_BREAK = re.compile(r"(?:\s+[/|–—]\s+|;\s+|\n+|\s+-\s+)")

_STRONG, _WEAK, _DICTIONARY, _LETTER = 2.0, 0.6, 1.0, 0.8
# Log-odds: lingua alone may not outvote three function words.
_LINGUA_LIMIT = 4.0
# Log-odds that a part of a passage must reach before the passage is split there.
_SPLIT_SURE = 2.5
# Log-odds: the price of a change of language between two neighbouring sentences.
_SWITCH = 4.0
# Words in lower case from which a passage that neither dictionary knows is in a third language.
_THIRD_WORDS = 4
_THIRD_SHARE = 0.55
# Letters: shorter unknown words are near to words of any language.
_RUN_LETTERS = 5


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    score: float
    """Above 0: Albanian; below: English; 0: says nothing."""
    known: bool
    name: bool
    """A capital that the sentence does not explain."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    lang: Lang
    probability: float
    odds: float


def identify_passages(passages: Sequence[Passage], settings: Settings | None = None) -> tuple[Passage, ...]:
    """The passages with their languages, numbered anew where one was split."""
    settings = settings or Settings()
    found: list[Passage] = []
    for passage in passages:
        if passage.kind == "page_furniture":
            found.append(replace(passage, lang="und", lang_score=0.0))
        else:
            found.extend(_split_where_it_changes(passage, settings))
    decided = _with_neighbours(found, settings)
    return tuple(replace(p, number=n) if p.number != n else p for n, p in enumerate(decided, 1))


def main_language(passages: Sequence[Passage]) -> Lang:
    """The language that most of the report is in, by characters; `mixed` where each has at least 35 in 100."""
    size = {"sq": 0, "en": 0}
    for passage in passages:
        if passage.kind != "page_furniture" and passage.lang in size:
            size[passage.lang] += len(passage.text)
    total = sum(size.values())
    if not total:
        return "und"
    if min(size.values()) >= 0.35 * total:
        return "mixed"
    return "sq" if size["sq"] > size["en"] else "en"


def language_of(text: str, settings: Settings | None = None, hint: Lang | None = None) -> tuple[Lang, float]:
    """Language and probability of one text.

    >>> language_of("Eshte e nevojshme qe te merren masa")[0], language_of("Ministry of Justice")[0]
    ('sq', 'en')
    >>> language_of("Adriatik Llalla")[0], language_of("116 006, info@alo116.al")[0]
    ('und', 'und')
    """
    verdict = _judge(text, settings or Settings(), hint)
    return verdict.lang, verdict.probability


def _judge(text: str, settings: Settings, hint: Lang | None = None) -> _Verdict:
    words = _weigh(text)
    evidence = sum(word.score for word in words)
    telling = [word for word in words if word.score]
    if not words or (not telling and all(word.name for word in words)) or _is_name(text, words):
        return _Verdict("und", 0.0, 0.0)
    if _third_language(words):
        return _Verdict("und", 0.0, 0.0)
    odds = evidence + _lingua_odds(_plain_words(words))
    if hint in ("sq", "en"):
        odds += 1.0 if hint == "sq" else -1.0
    lang: Lang = "sq" if odds > 0 else "en"
    probability = 1.0 / (1.0 + math.exp(-min(abs(odds), 30.0)))
    if not telling or probability < settings.language_sure:
        # Lingua alone, on words that neither dictionary tells apart, is no ground to stand on.
        return _Verdict("und", probability if telling else 0.0, odds if telling else 0.0)
    return _Verdict(lang, round(probability, 4), odds)


def _is_name(text: str, words: Sequence[_Word]) -> bool:
    """A name and nothing else: one word listed as a place (`Prizren`), or capitals of which half are no words."""
    if not all(w.text[:1].isupper() for w in words) or text.strip().isupper():
        return False
    if len(words) > 1:
        return len(words) <= 4 and 2 * sum(w.name and len(w.text) > 2 for w in words) >= len(words)
    name = words[0].text.capitalize()
    place = name in lexicon("sq").stems and name.lower() not in lexicon("sq").stems
    return place and words[0].text.lower() == text.strip().lower() and not lexicon("en").knows(name.lower())


def _weigh(text: str) -> list[_Word]:
    return list(_weighed(text))


def _weighed(text: str) -> Iterator[_Word]:
    blanked = _ADDRESS.sub(lambda m: " " * len(m.group()), text) if "." in text or "@" in text else text
    marker = read_marker(blanked)
    matches = list(_WORD.finditer(blanked, marker.end if marker else 0))
    quoted = [m.span() for m in _QUOTES.finditer(blanked)] if matches else []
    if quoted and quoted[0][0] < 2 and len(quoted) == 1 and quoted[0][1] > 0.8 * len(blanked.strip()):
        quoted = []
    shouting = sum(m.group().isupper() for m in matches) > 0.6 * len(matches)
    # A heading in title case: every long word has its capital, so that a capital says nothing.
    titled = sum(m.group()[0].isupper() for m in matches if len(m.group()) > 3) > 0.75 * max(
        1, sum(len(m.group()) > 3 for m in matches)
    )
    names: list[tuple[int, int]] = []
    if not shouting and not titled:
        names = [m.span() for m in _LONG_NAME.finditer(blanked) if m.start() > 0]
    for match in matches:
        word = match.group()
        initial = _starts_sentence(blanked, match.start())
        weighed = _weigh_word(match.start(), word, word[0].isupper() and not initial, shouting, titled)
        # A quoted title, or a long name, may be in the other language.
        if _inside(weighed, names):
            yield replace(weighed, score=0.3 * weighed.score, name=True)
        else:
            yield replace(weighed, score=0.4 * weighed.score) if _inside(weighed, quoted) else weighed


# A name of several words with their particles: `Qendra për Mbrojtjen e të Drejtave`, `Ministry of Justice`.
_LONG_NAME = re.compile(
    r"[A-ZËÇ][^\W\d_]{2,30}"
    r"(?: (?:(?:për|për të|e|i|të|së|e të|dhe|në|of|of the|for|for the|and|on) )?[A-ZËÇ][^\W\d_]{2,30}){1,12}"
)


def _starts_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(" \"“„«'‘(•-–")
    return at == 0 or not before or before[-1] in ".!?:\n"


def _weigh_word(start: int, word: str, capital: bool, shouting: bool, titled: bool) -> _Word:
    score, known, common = _word_evidence(word.lower())
    acronym = word.isupper() and len(word) <= 6 and not shouting
    name = (word[0].isupper() or shouting or titled) and not common
    if acronym or name:
        score, known = 0.0, True
    elif capital and not shouting:
        # Inside a name (`Ministry of Justice`, `Terre des Hommes`) a word still tells, but less.
        score *= 0.7
    return _Word(start, start + len(word), word, score, known, name or acronym)


@lru_cache(maxsize=100_000)
def _word_evidence(lowered: str) -> tuple[float, bool, bool]:
    """(score, known to a dictionary, a common word of one of the languages) of a word in lower case."""
    folded = fold(lowered)
    if lowered != folded and lowered in ("në", "të", "së", "për", "që", "datë"):
        return _STRONG, True, True
    in_sq, in_en = folded in FUNCTION_WORDS_SQ, lowered in FUNCTION_WORDS_EN
    if in_sq != in_en:
        weight = _WEAK if folded in SHARED_WORDS else _STRONG
        return (weight if in_sq else -weight), True, True
    if in_sq:
        return 0.0, True, True
    sq = lexicon("sq").knows(lowered)
    en = lexicon("en").knows(lowered)
    if not sq and not en and len(lowered) > 3 and any(c in "ec" for c in lowered):
        sq = without_marks(lowered) is not None
    marked = any(c in "ëç" for c in lowered)
    score = (_DICTIONARY if sq else 0.0) - (_DICTIONARY if en else 0.0)
    if marked and not en:
        score += _LETTER
    listed_name = lowered.capitalize() in lexicon("sq").stems and lowered not in lexicon("sq").stems
    return score, sq or en, en or (sq and not (listed_name and not lexicon("sq").knows(lowered)))


def _third_language(words: Sequence[_Word]) -> bool:
    """Neither dictionary knows the words, or the small words are those of a third language."""
    plain = [word for word in words if not word.name]
    if len(plain) < _THIRD_WORDS:
        return False
    foreign = sum(w.text.lower() in THIRD_LANGUAGE_WORDS for w in plain)
    own = sum(abs(w.score) >= _STRONG for w in plain)
    return sum(w.known for w in plain) < _THIRD_SHARE * len(plain) or (foreign >= 3 and foreign > own)


def _plain_words(words: Sequence[_Word]) -> str:
    return " ".join(word.text for word in words if not word.name)


@lru_cache(maxsize=20_000)
def _lingua_odds(text: str) -> float:
    """Lingua's log-odds for Albanian against English, within limits that grow with the number of words."""
    if not text:
        return 0.0
    from lingua import Language

    shares = _detector().compute_language_confidence_values(text)
    value = next((c.value for c in shares if c.language == Language.ALBANIAN), 0.5)
    odds = math.log(max(value, 1e-6) / max(1.0 - value, 1e-6))
    limit = min(_LINGUA_LIMIT, 0.6 * len(text.split()))
    return max(-limit, min(limit, odds))


@cache
def _detector() -> Any:
    from lingua import Language, LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(Language.ALBANIAN, Language.ENGLISH).build()


def _split_where_it_changes(passage: Passage, settings: Settings) -> list[Passage]:
    """The passage, or its parts where it goes over from one language into the other."""
    verdict = _judge(passage.text, settings, passage.lang_hint)
    words = _weigh(passage.text)
    against = sum(1 for w in words if w.score * verdict.odds < 0 and abs(w.score) >= _DICTIONARY * 0.7)
    if passage.kind == "table_header" or against < 2:
        return [_labelled(passage, verdict, words)]
    parts = _parts(passage.text, settings)
    if len(parts) < 2:
        return [_labelled(passage, verdict, words)]
    cut: list[Passage] = []
    for start, end in parts:
        part = _slice(passage, start, end)
        if part is None:
            return [_labelled(passage, verdict, words)]
        cut.append(_labelled(part, _judge(part.text, settings, None), _weigh(part.text)))
    return cut


def _parts(text: str, settings: Settings) -> list[tuple[int, int]]:
    """Bounds of the stretches in one language each, at sentence and clause ends; one stretch where it is all one."""
    clauses: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        at = start
        for match in _BREAK.finditer(text, start, end):
            clauses.append((at, match.end()))
            at = match.end()
        clauses.append((at, end))
    clauses = [(a, b) for a, b in clauses if a < b]
    # A sentence in quotation marks is somebody's words; it parts nothing.
    odds = [0.0 if _QUOTES.fullmatch(text[a:b].strip()) else _judge(text[a:b], settings).odds for a, b in clauses]
    labels = _smoothed(odds)
    parts: list[tuple[int, int]] = []
    n = 0
    while n < len(clauses):
        m = n
        while m + 1 < len(clauses) and labels[m + 1] == labels[n]:
            m += 1
        if abs(sum(odds[n : m + 1])) < _SPLIT_SURE or len(_WORD.findall(text[clauses[n][0] : clauses[m][1]])) < 2:
            return [(0, len(text))]
        parts.append((clauses[n][0], clauses[m][1]))
        n = m + 1
    return parts


def _smoothed(odds: Sequence[float]) -> list[bool]:
    """The labels (Albanian or not) of a row of clauses at the least cost of being wrong and of changing."""
    if not odds:
        return []
    best = [(-odds[0] if not sq else odds[0], [sq]) for sq in (True, False)]
    for value in odds[1:]:
        new = []
        for sq in (True, False):
            gain = value if sq else -value
            stay = best[0 if sq else 1]
            change = best[1 if sq else 0]
            score, path = max((stay[0], stay[1]), (change[0] - _SWITCH, change[1]), key=lambda x: x[0])
            new.append((score + gain, [*path, sq]))
        best = new
    return max(best, key=lambda x: x[0])[1]


def _slice(passage: Passage, start: int, end: int) -> Passage | None:
    """The passage cut to `text[start:end]`, or None where a repair stands across the cut."""
    while start < end and passage.text[start].isspace():
        start += 1
    while end > start and passage.text[end - 1].isspace():
        end -= 1
    from pipeline.spans import passage_span

    span = passage_span(passage, start, end)
    first, last = span.start - passage.start, span.end - passage.start
    inside = tuple(r for r in passage.repairs if first <= r.start and r.end <= last)
    if any(r not in inside and r.start < last and first < r.end for r in passage.repairs):
        return None
    moved = tuple(replace(r, start=r.start - first, end=r.end - first) for r in inside)
    return replace(
        passage, passage_id=short_hash(passage.passage_id, str(start)), start=span.start, end=span.end,
        text=passage.text[start:end], repairs=moved,
    )  # fmt: skip


def _labelled(passage: Passage, verdict: _Verdict, words: Sequence[_Word]) -> Passage:
    lang: Lang = verdict.lang
    foreign: tuple[tuple[int, int, Lang], ...] = ()
    if lang in ("sq", "en"):
        foreign = tuple(_foreign_runs(passage.text, lang, words))
    return replace(passage, lang=lang, lang_score=verdict.probability, foreign=foreign)


def _with_neighbours(passages: Sequence[Passage], settings: Settings) -> list[Passage]:
    """Short undecided passages that lean to a language take that of both their neighbours."""
    decided = list(passages)
    worded = [i for i, p in enumerate(decided) if p.kind != "page_furniture"]
    for at, i in enumerate(worded):
        passage = decided[i]
        if passage.lang != "und" or passage.lang_score < 0.5 or not passage.lang_score:
            continue
        near = {decided[j].lang for j in worded[max(0, at - 2) : at] + worded[at + 1 : at + 3]} - {"und"}
        if len(near) == 1:
            (lang,) = near
            odds = _judge(passage.text, settings).odds
            if (odds > 0) == (lang == "sq"):
                decided[i] = replace(passage, lang=lang)
    return decided


def _foreign_runs(text: str, lang: Lang, words: Sequence[_Word]) -> Iterator[tuple[int, int, Lang]]:
    """Runs of words of the other language in a passage; names, quoted words and glosses in brackets are none."""
    other: Lang = "sq" if lang == "en" else "en"
    sign = 1.0 if other == "sq" else -1.0
    quoted = _quoted(text)
    run: list[_Word] = []

    def told(run: list[_Word]) -> bool:
        sure = [w for w in run if w.score * sign >= _DICTIONARY * 0.7 or _is_near(w, other, lang)]
        if other == "sq":
            # One Albanian word is enough in an English sentence; a lone small word may be a letter or a name.
            return any(len(w.text) >= 4 and fold(w.text) not in AT_HOME_WORDS for w in sure)
        # English words are at home in Albanian reports (online, software): a phrase must hold a function word.
        # Two common words that only English has (open day) are a phrase too.
        phrase = len(sure) >= 3 and any(fold(w.text) in FUNCTION_WORDS_EN - SHARED_WORDS for w in sure)
        return phrase or (len(sure) == len(run) >= 2 and all(_only_english(w.text) for w in run))

    for word in (*words, None):
        if word is not None and not word.name and word.text[:1].islower() and not _inside(word, quoted):
            foreign = word.score * sign > 0 or _is_near(word, other, lang)
            if foreign and (not run or not text[run[-1].end : word.start].strip(" ,")):
                run.append(word)
                continue
        if run and told(run):
            yield run[0].start, run[-1].end, other
        run = []
        if (
            word is not None
            and not word.name
            and word.score * sign > 0
            and not _inside(word, quoted)
            and not word.text[:1].isupper()
        ):
            run = [word]
    if other == "sq":
        for match in re.finditer(r"(?<![\w.])(?:dt|datë|nr\.?\s?prot)\.(?=\s?\d)", text):
            if text[match.start() : match.end()].startswith("dt"):
                yield match.start(), match.end(), other


def _only_english(word: str) -> bool:
    folded = fold(word)
    if folded in AT_HOME_WORDS or folded != word or not lexicon("en").knows(word):
        return False
    return not lexicon("sq").knows(word) and without_marks(word) is None


def _is_near(word: _Word, other: Lang, lang: Lang) -> bool:
    """A word that no dictionary has, one letter from a word of the other language and not from one of its own."""
    return (
        not word.known and len(word.text) >= _RUN_LETTERS and word.text.islower() and _nearest(word.text, lang) == other
    )


@lru_cache(maxsize=20_000)
def _nearest(word: str, lang: Lang) -> Lang:
    """The language that has a word at one letter's distance: `lang` where both have."""
    own, other = lexicon(lang), lexicon("sq" if lang == "en" else "en")
    if any(own.knows(e) for e in confusions(word)):
        return lang
    near = "und"
    for edit in edits(word):
        # `cadastre` beside `kadastra`: an international word in English spelling, not one left in Albanian.
        if len(edit) < _RUN_LETTERS - 1 or edit.replace("k", "c").replace("q", "c") == word or edit[:-1] == word[:-1]:
            continue
        if own.knows(edit):
            return lang
        if near == "und" and other.knows(edit):
            near = other.lang
    return "sq" if near == "sq" else "en" if near == "en" else "und"


_QUOTES = re.compile(r"[\"“„«][^\"“”„«»\n]{1,300}[\"”“»]|\([^()\n]{1,120}\)|\*[^*\n]{1,80}\*")


def _quoted(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _QUOTES.finditer(text)]


def _inside(word: _Word, places: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the places, which are in order and apart, holds the word."""
    n = bisect.bisect_right(places, (word.start, sys.maxsize)) - 1
    return n >= 0 and word.end <= places[n][1]
