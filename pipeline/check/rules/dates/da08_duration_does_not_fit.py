"""A plan's stated length does not fit the years it names: a three-year plan for 2014-2020.

Why a reviewer should care: either the length or a year is wrong, and money and deadlines hang on both.

Not flagged: a length that fits counted with or without the first year; a length and a period of two things.

Source: strategies whose period was prolonged and whose title was not.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import AnnotatedPassage, Figure, Finding, Severity

RULE = Rule(
    id="DA08",
    name="dates.duration-does-not-fit",
    kind="date_mismatch",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.PASSAGE,
    heading_sq="Kohëzgjatja e një plani nuk përputhet me vitet që përmend: plan trevjeçar për 2014-2020.",
    why_sq="Ose kohëzgjatja ose një vit është i gabuar, dhe prej të dyjave varen paratë e afatet.",
    examples=(
        Flags("The council approved the ⟦three-year⟧ strategy ⟦2014-2020⟧ in May.", why="six or seven years"),
        Flags("Këshilli miratoi planin ⟦5-vjeçar⟧ ⟦2016-2018⟧ në maj.", why="dy ose tre vjet"),
        Passes("The council approved the three-year strategy 2014-2016 in May.", why="three years"),
        Passes("Këshilli miratoi planin 3-vjeçar 2016-2019 në maj.", why="tre vjet"),
    ),
)

# The period follows the length within so many characters: `three-year strategy for women's rights 2014-2020`.
_REACH = 60


def check(subject: AnnotatedPassage, context: CheckContext) -> Iterator[Finding]:
    figures = sorted(figures_of(subject.mentions), key=lambda f: f.span.start)
    text = context.document.source_text
    for length, period in itertools.pairwise(figures):
        if length.kind != "count" or length.unit != "year" or period.kind != "period" or period.unit is not None:
            continue
        between = text[length.span.end : period.span.start]
        joined = between[:1] in "-‑" or text[length.span.start : length.span.end].endswith(("çar", "çare"))
        if len(between) > _REACH or not joined or any(c in between for c in ".;,"):
            continue
        years = _years(period)
        if years is not None and length.number is not None and not years <= length.number <= years + 1:
            end = length.span.end + _word_length(text, length.span.end)
            yield finding(
                RULE,
                f"“{text[length.span.start : end]}” does not fit “{period.span.exact}”, which is {years} or "
                f"{years + 1} "
                "years. Check both.",
                f"“{text[length.span.start : end]}” nuk përputhet me “{period.span.exact}”, që janë {years} ose "
                f"{years + 1} vjet. Kontrolloni të dyja.",
                [context.quote(subject.passage, *_within(subject, length.span.start, end)), period.span],
                found=length.value,
            )


def _within(subject: AnnotatedPassage, start: int, end: int) -> tuple[int, int]:
    return start - subject.passage.start, end - subject.passage.start


def _years(period: Figure) -> int | None:
    first, _, last = (period.value or "").partition("/")
    return int(last) - int(first) if first.isdigit() and last.isdigit() and len(first) == len(last) == 4 else None


def _word_length(text: str, at: int) -> int:
    """Length of `-year` or `-vjeçar` after the number."""
    end = at
    while end < len(text) and (text[end].isalpha() or (end == at and text[end] in "-‑")):
        end += 1
    return end - at
