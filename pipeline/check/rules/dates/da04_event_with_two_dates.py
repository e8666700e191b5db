"""One event is given two different dates.

Why a reviewer should care: one of the dates is wrong, and deadlines and periods that count from it are wrong with it.

Not flagged: two events on two days; a day against the month it lies in; one date in two notations; dates of acts, which
another rule compares.

Source: reports that tell an event in the text and again in a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from pipeline.check.figure_pairs import DATES, Opposite, figures_of, opposites, same_value
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.timeline import act_dates, is_day, one_part_differs
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
        if f.kind == "date" and is_day(f.value) and len(f.label_key) >= _WORDS and _span(f) not in of_acts
    ]
    for (a, lang_a), (b, lang_b) in combinations(told, 2):
        key = frozenset({a.span.exact, b.span.exact})
        if lang_a == lang_b and a.value != b.value and key not in done and _one_event(a, b):
            done.add(key)
            yield _finding(a, b)


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
    deeds_a, deeds_b = {w for w in words_a if w[0] == "+"}, {w for w in words_b if w[0] == "+"}
    if not deeds_a or not deeds_a & deeds_b:
        return False
    shared = words_a & words_b
    return len(shared) >= _WORDS and len(shared) >= _SHARED * max(len(words_a), len(words_b))


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
