"""Names of institutions and offices by the grammar of names, for those that no glossary lists.

English: `Ministry of Tourism and Environment`, `Food and Veterinary Authority`, `Directorate for Economic and Financial
Crime`, `Fier Judicial District Court`, `Minister of State for Youth`, `Deputy Director General for Organized Crime`.
Albanian: `Ministria e Turizmit, Kulturës, Rinisë dhe Sporteve`, `Drejtorisë Rajonale të Mjedisit Elbasan`,
`Prokuroria pranë Gjykatës së Rrethit Gjyqësor Tiranë`, `ministri i Drejtësisë`, `Shoqata e Gjyqtarëve`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from pipeline.find.institution_words import (
    GENERIC,
    HEADS,
    LINKS_EN,
    LINKS_SQ,
    NOT_FIRST,
    SMALL_SQ,
    Head,
)
from pipeline.languages import fold

_WORD = re.compile(r"[^\W_]+(?:['’‘`\-‑][^\W_]+)*['’]?|&")
# `Section IV`, `Division II`: a part of a text.
_ROMAN = re.compile(r"[IVX]{1,5}")
# A name of more words has run into the sentence; the longest official one met has 17.
_LONGEST = 18
# Words before an English head that may belong to the name: `Electronic and Postal Communications Authority`.
_LONGEST_BEFORE = 8
_AND = ("and", "dhe", "&")
_TITLES = frozenset("deputy first general state vice acting chief prime assistant".split())
_GENERAL = frozenset("general pergjithshem pergjithshme".split())


class Token(NamedTuple):
    start: int
    end: int
    text: str
    folded: str
    gap: str
    """What stands between the token before and this one."""

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or (self.text[0].isdigit() and len(self.text) > 1 and self.text[-1].isupper())

    @property
    def shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True, slots=True)
class NamePlace:
    start: int
    end: int
    head: Head


@cache
def _head_finder() -> Any:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(list(HEADS))


def may_hold_names(text: str) -> bool:
    """Whether a head stands somewhere in the text, perhaps inside a word: a cheap look before the words are read."""
    return bool(_head_finder().find_matches_as_indexes(fold(text)))


def tokens_of(text: str) -> list[Token]:
    folded = fold(text)
    tokens: list[Token] = []
    at = 0
    for m in _WORD.finditer(text):
        start, end = m.span()
        tokens.append(Token(start, end, m.group(), folded[start:end].replace("‘", "'"), text[at:start]))
        at = end
    return tokens


def name_places(text: str, tokens: Sequence[Token], listed: Sequence[tuple[int, int]]) -> Iterator[NamePlace]:
    """Names by their heads, in order of place; `listed` are places of listed names of several words.

    A name does not run on into a listed one that follows without a linking word: cells that hold one name after the
    other stay apart.
    """
    begins = {start for start, _ in listed}
    upto = 0
    for at, token in enumerate(tokens):
        head = HEADS.get(token.folded)
        if head is None or at < upto or (token.start in begins and any(s == token.start for s, _ in listed)):
            continue
        found = (_english if head.lang == "en" else _albanian)(tokens, at, head, begins, upto)
        if found is None:
            continue
        first, last = found
        first = _not_cutting(tokens, first, at, listed)
        words = " ".join(t.folded for t in tokens[first : last + 1])
        if words in GENERIC or last == first or _ROMAN.fullmatch(tokens[last].text):
            continue
        upto = last + 1
        yield NamePlace(tokens[first].start, tokens[last].end, head)


def _not_cutting(tokens: Sequence[Token], first: int, at: int, listed: Sequence[tuple[int, int]]) -> int:
    """The first token, moved behind a listed name that the capitals before the head would cut in two."""
    start = tokens[first].start
    for begin, end in listed:
        if begin < start < end <= tokens[at].start:
            while first < at and (tokens[first].start < end or tokens[first].folded in LINKS_EN):
                first += 1
            return first
    return first


def _joined(token: Token) -> bool:
    """Whether the token goes on from the one before, with nothing but white space in between."""
    return not token.gap.strip() and len(token.gap) < 4


# --- English --------------------------------------------------------------------------------------------------------


def _english(tokens: Sequence[Token], at: int, head: Head, begins: set[int], upto: int) -> tuple[int, int] | None:
    token = tokens[at]
    if token.shouted and at + 1 < len(tokens) and (tokens[at + 1].shouted or (at and tokens[at - 1].shouted)):
        return _shouted(tokens, at, head)
    first = _before(tokens, at, upto) if token.capital else at
    if head.role == "office":
        return _english_office(tokens, first, at, head, begins)
    last = _after(tokens, at, LINKS_EN, begins, small=head.strong and token.capital)
    before = at - first
    following = last - at
    if not token.capital:
        # `sector of Cybercrime`, `association of Albanian Municipalities`: in small letters only with a name after it.
        return (
            (at, last)
            if following and token.folded in _SMALL_HEADS_EN and tokens[at + 1].folded in ("of", "for")
            else None
        )
    if head.strong:
        if token.folded in (
            "sector",
            "section",
            "units",
            "offices",
            "courts",
            "councils",
            "committees",
            "centres",
        ) and not (following or before >= 2):
            return None
        return (first, last) if before or following else None
    return (first, last) if before >= 2 or (before and following) or following >= 2 else None


_SMALL_HEADS_EN = frozenset(
    """ministry ministries agency directorate inspectorate sector association municipality embassy bureau
    authority""".split()
)


def _english_office(
    tokens: Sequence[Token], first: int, at: int, head: Head, begins: set[int]
) -> tuple[int, int] | None:
    """`Minister of Interior`, `Prosecutor General`, `Deputy Director General for Organized Crime`, `Mayor of Vau`."""
    last = at
    if last + 1 < len(tokens) and _joined(tokens[last + 1]) and tokens[last + 1].text == "General":
        last += 1
    named = _after(tokens, last, LINKS_EN, begins, small=False)
    if not tokens[at].capital:
        return None
    titled = any(t.folded in _TITLES or t.folded in _GENERAL for t in tokens[first:at]) or last > at
    if named == last and not titled and not (head.kind == "commissioner" and first < at):
        return None
    if head.kind in ("director", "secretary", "prosecutor") and not titled and named == last:
        return None
    if head.kind in ("director", "secretary") and last == at and not titled:
        return None
    return first, named


def _before(tokens: Sequence[Token], at: int, upto: int) -> int:
    """The first token of a name whose head stands at `at`: capitals before it, also over `and`."""
    first = at
    while first > upto and at - first < _LONGEST_BEFORE:
        if not _joined(tokens[first]):
            break
        word = tokens[first - 1]
        if word.folded in _AND and first - 2 >= upto and _joined(word):
            other = tokens[first - 2]
            if not other.capital or other.folded in NOT_FIRST or other.folded in HEADS or first == at:
                break
            # One adjective before `and`: `Electronic and Postal Communications`; more is another name.
            third = tokens[first - 3] if first - 3 >= upto else None
            if third is not None and third.capital and _joined(other) and third.folded not in NOT_FIRST:
                break
            first -= 2
            break
        if (
            not word.capital
            or word.folded in NOT_FIRST
            or (word.text.endswith(("’s", "'s")) and word.folded[:-2] in NOT_FIRST)
        ):
            break
        if word.shouted and not tokens[at].shouted and len(word.text) > 5:
            break
        first -= 1
    return first


def _after(tokens: Sequence[Token], at: int, links: frozenset[str], begins: set[int], *, small: bool) -> int:
    """The last token of a name whose head stands at `at`."""
    last = at
    while last - at < _LONGEST:
        step = _step(tokens, last, links, begins, small=small and last == at)
        if step is None:
            break
        last = step
    return last


def _step(tokens: Sequence[Token], last: int, links: frozenset[str], begins: set[int], *, small: bool) -> int | None:
    """The token that the name goes on to after `last`; None where it ends."""
    following = last + 1
    if following >= len(tokens):
        return None
    token = tokens[following]
    if token.gap.strip() == "," and len(token.gap) < 4:
        return _over_comma(tokens, following)
    if not _joined(token):
        return None
    if token.capital and token.folded not in LINKS_EN:
        return None if token.start in begins or token.folded in _NEW_NAME or token.folded in NOT_FIRST else following
    linked = following
    joined_by_and = False
    while (
        linked < len(tokens) and tokens[linked].folded in links and _joined(tokens[linked]) and linked - following < 3
    ):
        joined_by_and = joined_by_and or tokens[linked].folded in _AND
        linked += 1
    if linked == following or linked >= len(tokens) or not _joined(tokens[linked]):
        return None
    after = tokens[linked]
    if not after.capital:
        # `School of magistrates`: one word in small letters, right after the head.
        return (
            linked
            if small
            and tokens[following].folded in ("of", "for")
            and after.text.isalpha()
            and len(after.text) > 3
            and not _is_clause(tokens, linked)
            else None
        )
    if joined_by_and and (after.start in begins or _heads_soon(tokens, linked)):
        return None
    if tokens[following].folded in ("in", "ne", "with", "me", "to") or after.folded in NOT_FIRST - _IN_NAMES:
        # `... Falas në Lezhë`, `the Sector in the Directorate`: where it is, or another office.
        return None
    return linked


_NEW_NAME = frozenset(
    "article articles neni nenit law ligji order urdhri decision vendimi mr mrs ms dr prof znj z".split()
)
# Of the words that begin no name, those that may stand in one: the Faculty of Law, the Ministry of Public Order.
_IN_NAMES = frozenset({"law", "order", "first", "main"})
_CLAUSE = frozenset("the this that which all any each their its his her our those these all children".split())


def _is_clause(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].folded in _CLAUSE


def _heads_soon(tokens: Sequence[Token], at: int) -> bool:
    """Whether the capitals that begin at `at` hold a head: then they are another name."""
    for offset in range(5):
        if at + offset >= len(tokens):
            return False
        token = tokens[at + offset]
        if offset and (not token.capital or not _joined(token)):
            return False
        if token.folded in HEADS and (offset or HEADS[token.folded].role != "office" or True):
            return True
    return False


def _over_comma(tokens: Sequence[Token], at: int) -> int | None:
    """A list inside a name: `Tourism, Culture, Youth and Sports`, if it ends with `and` and no part is a name."""
    i = at
    for _ in range(8):
        if i >= len(tokens):
            return None
        token = tokens[i]
        if token.folded in HEADS or token.folded in NOT_FIRST or not token.capital or token.shouted:
            return None
        i += 1
        while i < len(tokens) and tokens[i].capital and _joined(tokens[i]):
            if tokens[i].folded in HEADS:
                return None
            i += 1
        if i >= len(tokens):
            return None
        if tokens[i].gap.strip() == "," and tokens[i].folded not in _AND:
            continue
        if tokens[i].folded in _AND and tokens[i].gap.strip() in ("", ","):
            j = i + 1
            while j < len(tokens) and tokens[j].folded in ("te", "the", "e", "i") and _joined(tokens[j]):
                j += 1
            if j < len(tokens) and tokens[j].capital and not _heads_soon(tokens, j):
                return at
            return None
        return None
    return None


# --- Albanian -------------------------------------------------------------------------------------------------------

# Heads that also stand in small letters before a name: `ministri i Drejtësisë`, `gjykata e Rrethit`.
_SMALL_HEADS = frozenset(
    """ministry minister prosecution prosecutor court directorate agency police municipality council director
    commissioner committee authority inspectorate""".split()
)


def _albanian(tokens: Sequence[Token], at: int, head: Head, begins: set[int], upto: int) -> tuple[int, int] | None:
    token = tokens[at]
    if token.shouted and at + 1 < len(tokens) and tokens[at + 1].shouted:
        return _shouted(tokens, at, head)
    if not token.capital and head.kind not in _SMALL_HEADS:
        return None
    last = at
    while True:
        following = last + 1
        if (
            following < len(tokens)
            and _joined(tokens[following])
            and tokens[following].folded in SMALL_SQ
            and not tokens[following].capital
        ):
            last = following
            continue
        if (
            following + 1 < len(tokens) and _joined(tokens[following])
            and tokens[following].folded in ("e", "i", "te", "se")
            and tokens[following + 1].folded in SMALL_SQ and not tokens[following + 1].capital
            and _joined(tokens[following + 1])
        ):  # fmt: skip
            last = following + 1
            continue
        break
    small = last
    last = _after(tokens, last, LINKS_SQ, begins, small=False)
    named = last > small
    if not named:
        if token.capital and small > at and head.strong:
            return at, small
        return None
    if not token.capital and not (tokens[at + 1].folded in ("e", "i", "te", "se") or small > at):
        return None
    if (
        head.role == "office"
        and head.kind in ("advocate", "director", "prosecutor")
        and tokens[at + 1].folded not in ("i", "e", "te", "se")
    ):
        return None
    if not head.strong and not token.capital:
        return None
    if head.kind == "centre" and last - at == 2 and tokens[last].folded in ("tiranes", "qytetit", "durresit"):
        return None
    return at, last


# --- capitals throughout --------------------------------------------------------------------------------------------

_SHOUTED_HEADS = frozenset({"ministry", "agency", "directorate", "prosecution", "court", "municipality", "institute",
                            "inspectorate", "commissioner", "minister"})  # fmt: skip


def _shouted(tokens: Sequence[Token], at: int, head: Head) -> tuple[int, int] | None:
    """A name in a line of capitals: only after a head that hardly stands in another heading."""
    if head.kind not in _SHOUTED_HEADS:
        return None
    links = LINKS_EN if head.lang == "en" else LINKS_SQ
    last = at
    while (
        last + 1 < len(tokens)
        and last - at < 10
        and _joined(tokens[last + 1])
        and (tokens[last + 1].shouted or tokens[last + 1].folded in links)
    ):
        last += 1
    while last > at and tokens[last].folded in links:
        last -= 1
    if last == at or (head.lang == "en" and tokens[at + 1].folded not in ("of", "for", "on")):
        return None
    return at, last
