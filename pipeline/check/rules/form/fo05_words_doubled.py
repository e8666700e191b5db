"""Words stand twice in a row, or a phrase comes back in its own sentence by mistake.

Why a reviewer should care: a doubled word is a slip; a doubled phrase often stands where another one was meant.

Not flagged: words that are doubled on purpose (`that that`, `had had`, `herë herë`, `pak e nga pak`); numbers; names of
parties that differ in one word.

Source: texts edited by cutting and pasting.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.wording import Token, grouped, readable, tokens
from pipeline.languages import fold
from pipeline.model import Finding, Severity, Span
from pipeline.text_analysis import split_sentences

# Words that are doubled by right, folded.
_BY_RIGHT = frozenset(
    """that had is her very no so ha pak here dale cope rrethe sot nje dy tri kush dita vend mire shpejt avash keshtu
    faqe dore kohe dikush nganjehere fund krejt te se e i u me""".split()
)
# `exploitation of children and exploitation of children online`: two things joined, not one said twice.
_JOINING = frozenset("and or dhe ose e".split())
# First words of phrases that are doubled by right: pak nga pak, dita me dita, door to door.
_STEP_BY_STEP = frozenset(
    """pak here dale hap dite dita dore dora door day step side face hand case year one
    bit word""".split()
)
# Words of a phrase that comes back, and at most so many between the two.
_PHRASE, _BETWEEN = 4, 6
# Words compared for a phrase that stands twice in a row.
_LONGEST = 8

RULE = Rule(
    id="FO05",
    name="form.words-doubled",
    kind="duplicated_phrase",
    issue_type="duplication",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Fjalë që përsëriten njëra pas tjetrës, ose një shprehje që kthehet gabimisht në të njëjtën fjali.",
    why_sq="Fjala e përsëritur është lapsus; shprehja e përsëritur shpesh qëndron aty ku duhej një tjetër.",
    examples=(
        Flags("The centre passed the reports ⟦on to the on to the⟧ police on the same day.", why="a phrase twice"),
        Flags("Drejtoria e përgjithshme ka ka përgatitur planin.".replace("ka ka", "⟦ka ka⟧"), why="folja dy herë"),
        Flags(
            "The state promotes ⟦the protection of human rights as integral part of the protection of human rights⟧.",
            why="a thing called a part of itself",
        ),
        Passes("The report says that that law had had no effect.", why="right English"),
        Passes("Numri i ankesave rritet herë herë, dhe zyra i shqyrton pak e nga pak.", why="përsëritje e qëllimshme"),
        Passes(
            "An agreement between the Ministry of Interior and the Ministry of Justice was signed.",
            why="two ministries",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: list[tuple[str, Span]] = []
    for passage in readable(context):
        words = tokens(passage.text)
        taken = [*_in_a_row(passage.text, words)]
        taken += [t for t in _coming_back(passage.text, words) if not any(a < t[1] and t[0] < b for a, b in taken)]
        for start, end in taken:
            span = context.quote(passage, start, end)
            places.append((fold(span.exact), span))
    for spans in grouped(places).values():
        quoted = spans[0].exact
        yield finding(
            RULE,
            f"Words are repeated in “{quoted}”. Take out one of the two, or put in what was meant.",
            f"Fjalë të përsëritura në “{quoted}”. Hiqni njërën, ose vendosni atë që duhej.",
            spans,
            found=quoted,
        )


def _in_a_row(text: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    keys = [w.text.lower() for w in words]
    n = 0
    while n < len(words) - 1:
        for size in range(min(_LONGEST, (len(words) - n) // 2), 0, -1):
            if keys[n : n + size] != keys[n + size : n + 2 * size] or not _plain(text, words[n : n + 2 * size]):
                continue
            if size == 1 and not _slip(words[n], words[n + 1]):
                continue
            if size > 1 and fold(words[n].text) in _STEP_BY_STEP:
                continue
            yield words[n].start, words[n + 2 * size - 1].end
            n += 2 * size - 1
            break
        n += 1


def _plain(text: str, words: Sequence[Token]) -> bool:
    """Nothing but spaces between the words."""
    return all(text[a.end : b.start].isspace() for a, b in itertools.pairwise(words))


def _slip(a: Token, b: Token) -> bool:
    if fold(a.text) in _BY_RIGHT or b.text[0].isupper() or len(a.text) > 24:
        return False
    return a.text.islower() or a.initial


def _coming_back(text: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """A phrase of four words or more, with what stands between its two places, inside one sentence."""
    keys = [w.text.lower() for w in words]
    bounds = split_sentences(text)
    at: dict[tuple[str, ...], int] = {}
    until = -1
    for n in range(len(keys) - _PHRASE + 1):
        phrase = tuple(keys[n : n + _PHRASE])
        before = at.get(phrase)
        at[phrase] = n
        if before is None or n <= until or not _PHRASE <= n - before <= _PHRASE + _BETWEEN:
            continue
        size = _PHRASE
        while n + size < len(keys) and before + size < n and keys[before + size] == keys[n + size]:
            size += 1
        start, end = words[before].start, words[n + size - 1].end
        telling = sum(len(k) > 4 for k in keys[n : n + size])
        one = any(a <= start and end <= b for a, b in bounds)
        if set(keys[before + size : n]) <= _JOINING:
            continue
        if telling >= 2 and one and not re.search(r"[,;:\d]", text[start:end]) and n > before + size - 1:
            yield start, end
            until = n + size
