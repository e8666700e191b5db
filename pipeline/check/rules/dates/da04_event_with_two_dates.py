"""One event is given two different dates.

Why a reviewer should care: one of the dates is wrong, and deadlines and periods that count from it are wrong with it.

Not flagged: two events on two days; a day against the month it lies in; one date in two notations; dates of acts, which
another rule compares.

Source: reports that tell an event in the text and again in a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from pipeline.check.figure_pairs import DATES, Opposite, figures_of, opposites, same_value
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.timeline import act_dates, is_day, is_month, one_part_differs
from pipeline.find.stems import stem
from pipeline.model import Figure, Finding, Lang, Severity

RULE = Rule(
    id="DA04",
    name="dates.event-with-two-dates",
    kind="date_mismatch",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="E njëjta ngjarje ka dy data të ndryshme.",
    why_sq="Njëra nga datat është e gabuar, dhe bashkë me të edhe afatet e periudhat që llogariten prej saj.",
    examples=(
        Flags(
            "The cooperation agreement between the two agencies was signed on ⟦8 March 2023⟧.\n"
            "As noted, the cooperation agreement between the two agencies was signed on ⟦8 May 2023⟧.",
            why="one signing, two months",
        ),
        Flags(
            "Marrëveshja e bashkëpunimit me universitetin u nënshkrua më ⟦12 maj 2021⟧.\n"
            "Në aneks: marrëveshja e bashkëpunimit me universitetin u nënshkrua më ⟦12 qershor 2021⟧.",
            why="një nënshkrim, dy muaj",
        ),
        Passes(
            "The first course for social workers was held on 8 March 2023.\nThe second course was held on 8 May 2023.",
            why="two courses",
        ),
        Passes(
            "Marrëveshja u nënshkrua më 12 maj 2021.\nMarrëveshja e nënshkruar më 12.05.2021 zgjat tri vjet.",
            why="e njëjta datë",
        ),
    ),
)

# Of the words that tell two events, this share must be the same, and at least three words.
_SHARED, _WORDS = 0.7, 3
# For a deed that is done to a thing once, this share of the shorter telling is enough.
_SHARED_ONCE = 0.75

_ONCE = frozenset(
    "+" + stem(w, "en")
    for w in "signed approved adopted submitted presented published launched ratified established founded "
    "completed".split()
) | frozenset(
    sign + stem(w, "sq")
    for w in "nenshkrua nenshkruar miratua miratuar paraqit paraqitur dorezua botua botuar ratifikua themelua "
    "perfundoi lidh lidhur".split()
    for sign in ("", "+")
)
"""Deeds that are done to one thing once: meetings and courses come again, a signature does not."""

# A new act in one place and `the act` in another are two acts where years lie between them.
_NEW = frozenset({"new", "ri", "rej"})

# Words that make the same deed another one: an amendment, a second edition, a draft.
_ANOTHER = re.compile(
    r"^\+?(?:ndryshi?m|amend|revis|rishik|first|par|second|dyt|third|tret|fourth|kat|draft|projekt|anoth"
    r"|tjet|next|annual"
    r"|vjetor|month|mujor|quarter)"
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    of_acts = act_dates(context)
    done: set[frozenset[str]] = set()
    for pair in opposites(context):
        if _both_dates(pair) and not same_value(pair.left, pair.right) and _span(pair.left) not in of_acts:
            key = frozenset({pair.left.span.exact, pair.right.span.exact})
            if key not in done:
                done.add(key)
                yield _finding(pair.left, pair.right)
    told: list[tuple[Figure, Lang]] = [
        (f, a.passage.lang)
        for a in context.annotated
        for f in figures_of(a.mentions)
        if f.kind == "date" and (is_day(f.value) or is_month(f.value)) and f.label_key and _span(f) not in of_acts
    ]
    for a, b in _near_in_time(told):
        key = frozenset({a.span.exact, b.span.exact})
        if a.value == b.value or key in done:
            continue
        if _one_event(a, b) or _named_by_its_date(a, b, [f for f, _ in told]):
            done.add(key)
            yield _finding(a, b)


# More dates than this that share two of their parts are a calendar.
_MOST = 120


def _near_in_time(told: list[tuple[Figure, Lang]]) -> list[tuple[Figure, Figure]]:
    """Pairs of dates that share all but one of year, month and day, or have two of them swapped, in order of place."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for i, (figure, lang) in enumerate(told):
        parts = (figure.value or "").split("-")
        for left_out in range(len(parts)):
            rest = tuple("*" if k == left_out else p for k, p in enumerate(parts))
            alike.setdefault((lang, *rest), []).append(i)
        if len(parts) == 3:
            alike.setdefault((lang, parts[0], *sorted(parts[1:])), []).append(i)
    pairs = {pair for group in alike.values() if len(group) <= _MOST for pair in combinations(group, 2)}
    return [(told[i][0], told[j][0]) for i, j in sorted(pairs)]


def _both_dates(pair: Opposite) -> bool:
    """Dates that can be read, of the same precision."""
    left, right = pair.left, pair.right
    if left.kind not in DATES or right.kind not in DATES or left.value is None or right.value is None:
        return False
    return len(left.value) == len(right.value) or not (
        left.value.startswith(right.value) or right.value.startswith(left.value)
    )


def _one_event(a: Figure, b: Figure) -> bool:
    """The same deed told with nearly the same words, on dates that differ in one part."""
    if not one_part_differs(a.value or "", b.value or ""):
        return False
    words_a, words_b = set(a.label_key), set(b.label_key)
    shared = words_a & words_b
    things = {w for w in shared if w[0] != "+"} - _ONCE
    if any(_ANOTHER.match(w) for w in words_a ^ words_b) or (
        _NEW & (words_a ^ words_b) and (a.value or "")[:4] != (b.value or "")[:4]
    ):
        return False
    if shared & _ONCE and things and len(shared) >= _SHARED_ONCE * min(len(words_a), len(words_b)):
        return True
    deeds = {w for w in shared if w[0] == "+"}
    return bool(deeds) and len(shared) >= _WORDS and len(shared) >= _SHARED * max(len(words_a), len(words_b))


def _named_by_its_date(a: Figure, b: Figure, told: list[Figure]) -> bool:
    """`signed an agreement on 4 May` and later `the agreement of 4 June`, where the report dates one agreement only."""
    for name, deed in ((a, b), (b, a)):
        if len(name.label_key) != 1 or name.label_key[0][0] == "+" or not _OF.search(name.label):
            continue
        thing = name.label_key[0]
        if thing in deed.label_key and set(deed.label_key) & _ONCE and one_part_differs(a.value or "", b.value or ""):
            return len({f.value for f in told if thing in f.label_key}) == 2
    return False


_OF = re.compile(r"\b(?:of|e|i|së|të|datës)\s*(?:datës)?$", re.IGNORECASE)


def _span(figure: Figure) -> tuple[int, int]:
    return figure.span.start, figure.span.end


def _finding(a: Figure, b: Figure) -> Finding:
    return finding(
        RULE,
        f"The same event is dated “{a.span.exact}” in one place and “{b.span.exact}” in another. "
        "Check the date in the event's own document.",
        f"E njëjta ngjarje ka datën “{a.span.exact}” në një vend dhe “{b.span.exact}” në një tjetër. "
        "Kontrolloni datën në dokumentin e ngjarjes.",
        [a.span, b.span],
        found=b.span.exact,
    )
