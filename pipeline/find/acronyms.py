"""Abbreviations in capitals, and where a text says what one stands for.

Defined: `National Agency for Information Society (NAIS)`, `Njësia për Mbrojtjen e Fëmijës (NJMF)`, `CPU - Child
Protection Unit`, `the Coordinated Referral Mechanism (hereinafter CRM)`, `NAIS (National Agency ...)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.languages import fold
from pipeline.terminology.inflection import ABBREVIATION_ENDING

_BARE = (
    r"(?:[A-Z]-[A-Z]{2,4}|(?:[A-ZÇË]{1,8}[a-z]{0,2}[A-ZÇË]{1,6}[A-ZÇË0-9]{0,4}|[A-ZÇË]{2,10}\d{0,3})(?:-[A-Z]{2,6})?)"
)
# A word in capitals of more letters is no abbreviation, unless it mixes in small letters (MoSWY).
_LONGEST = 8
ACRONYM = re.compile(rf"(?<![^\W_])(?<![./@-])(?P<short>{_BARE})(?P<plural>s|'s|’s)?(?![^\W_]|[/@]|\.\w)")
_IN_BRACKETS = re.compile(
    r"\s?\(\s?(?:(?:the|hereinafter|hereafter|in short|or|më poshtë|këtu e më poshtë|tani e tutje|shkurt|në vijim)"
    r"[:,]?\s)?"
    rf"(?:referred to as\s)?[\"“„]?(?P<short>{_BARE})(?P<plural>s)?[\"”“]?\s?\)"
)
_LINE = re.compile(
    rf"\s*(?:[-•*]\s)?(?P<short>{_BARE})\s{{0,3}}(?:[-–—:=]|\t)\s{{0,3}}(?P<long>[^\W\d_][^\n\t;|]{{4,120}}?)\s*[.;]?\s*$",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SMALL = frozenset(
    "of for on and the against in to at with a an de i e te se per dhe nga mbi ne ndaj me kunder prej".split()
)

# Roman numbers and words in capitals that are no abbreviations.
NOT_ACRONYMS = frozenset("II III IV VI VII VIII IX XI XII XIII XIV XV XVI XX NR NO DT OK AM PM".split())


@dataclass(frozen=True, slots=True)
class Acronym:
    start: int
    end: int
    short: str
    """Without plural and case ending."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Where an abbreviation is explained; `long` is the full name as written."""

    start: int
    end: int
    short: str
    short_start: int
    long: str
    long_start: int
    long_end: int


def acronyms(text: str) -> Iterator[Acronym]:
    """The abbreviations in a text, with their endings; none in a text that is all capitals."""
    for match in ACRONYM.finditer(text):
        short = match["short"]
        if short in NOT_ACRONYMS or sum(c.isupper() for c in short) < 2 or (len(short) > _LONGEST and short.isupper()):
            continue
        if (short == text.strip(" .:;") and len(short) > 4) or _shouting(text, match.start(), match.end()):
            continue
        if text[match.end() : match.end() + 2].strip().isdigit():
            # `ALO 116`, `ALOI 16`: a line with its number.
            continue
        ending = ABBREVIATION_ENDING.match(text, match.end())
        yield Acronym(match.start(), ending.end() if ending else match.end(), short)


def _shouting(text: str, start: int, end: int) -> bool:
    """Whether the words on both sides are capitals too: a heading."""
    before = re.findall(r"[^\W\d_]{3,}", text[max(0, start - 40) : start])[-2:]
    after = re.findall(r"[^\W\d_]{3,}", text[end : end + 40])[:2]
    beside = before + after
    return bool(beside) and sum(w.isupper() for w in beside) * 2 > len(beside) and len(beside) > 1


def in_brackets(text: str, at: int) -> tuple[int, str] | None:
    """(end, abbreviation) where a bracket with one follows at `at`."""
    match = _IN_BRACKETS.match(text, at)
    return (match.end(), match["short"]) if match and match["short"] not in NOT_ACRONYMS else None


def definitions(text: str) -> Iterator[Definition]:
    """Every place where an abbreviation is explained."""
    for match in re.finditer(rf"\((?:[^()\n]{{0,24}}\s)?[\"“„]?(?P<short>{_BARE})s?[\"”]?\s?\)", text):
        short = match["short"]
        if short in NOT_ACRONYMS:
            continue
        start = _long_start(text, match.start(), short)
        if start is not None:
            end = match.start() - len(text[: match.start()]) + len(text[: match.start()].rstrip())
            yield Definition(start, match.end(), short, match.start("short"), text[start:end], start, end)
    for match in _LINE.finditer(text):
        long = match["long"]
        if match["short"] not in NOT_ACRONYMS and _spells(match["short"], long) >= 0.5:
            yield Definition(
                match.start("short"), match.end("long"), match["short"], match.start("short"), long,
                match.start("long"), match.end("long"),
            )  # fmt: skip


def _long_start(text: str, end: int, short: str) -> int | None:
    """Where the name before a bracket begins: the fewest words whose initials give the abbreviation."""
    window_start = max(0, end - 160)
    words = list(_WORD.finditer(text, window_start, end))
    cut = max((i for i in range(window_start, end) if text[i] in ".;:\n\t()"), default=window_start)
    words = [w for w in words if w.start() >= cut]
    letters = [fold(c) for c in short if c.isalpha()]
    best: tuple[float, int] | None = None
    for count in range(1, min(len(words), len(letters) * 2 + 4) + 1):
        first = words[-count]
        if not first.group()[:1].isalpha() or fold(first.group()) in _SMALL:
            continue
        score = _spells(short, text[first.start() : end])
        if fold(first.group())[0] == letters[0] and (best is None or score > best[0]):
            best = (score, first.start())
    return best[1] if best and best[0] >= 0.6 else None


def _spells(short: str, long: str) -> float:
    """Share of the abbreviation's letters that the words' initials give in order.

    >>> _spells("NAIS", "National Agency on Information Society"), _spells("ARC", "Tax Office") < 0.5
    (1.0, True)
    """
    letters = [fold(c) for c in short if c.isalpha()]
    words = [fold(w) for w in _WORD.findall(long)]
    at = found = 0
    for letter in letters:
        for i in range(at, len(words)):
            if words[i].startswith(letter):
                found += 1
                at = i + 1
                break
        else:
            # `SH`, `DH`: a second letter of the same initial.
            if at and letter in words[at - 1][1:3]:
                found += 1
    return found / len(letters) if letters else 0.0
