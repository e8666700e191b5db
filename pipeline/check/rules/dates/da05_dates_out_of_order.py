"""Two dates stand in an order that cannot be: a period ends before it begins, an act is signed before it was drafted.

Why a reviewer should care: at least one of the dates is wrong, and the reader cannot tell which.

Not flagged: dates of different things in one sentence; school years (2013-2014); a draft that was changed later.

Source: project reports whose start and end dates were typed in the wrong fields.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.timeline import act_dates, is_day
from pipeline.find.stems import stem
from pipeline.model import AnnotatedPassage, Figure, Finding, Severity, Span

RULE = Rule(
    id="DA05",
    name="dates.out-of-order",
    kind="date_mismatch",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.PASSAGE,
    heading_sq="Dy data janë në një renditje që nuk mund të jetë: periudha mbaron para se të fillojë.",
    why_sq="Të paktën njëra nga datat është e gabuar dhe lexuesi nuk e dallon dot cila.",
    examples=(
        Flags(
            "The campaign ran from ⟦12 March 2019⟧ to ⟦3 February 2019⟧ in all schools.", why="ends before it begins"
        ),
        Flags(
            "Projekti u hartua më ⟦5 maj 2020⟧ dhe u miratua më ⟦3 prill 2020⟧ nga këshilli.",
            why="miratuar para hartimit",
        ),
        Passes("The campaign ran from 12 March 2019 to 3 May 2019 in all schools.", why="in order"),
        Passes("Rregullorja u miratua më 3 prill 2020 dhe u ndryshua më 5 maj 2020.", why="në rregull"),
    ),
)

_TO = re.compile(r"\s*(?:to|until|till|through|deri|deri më|deri në|deri më datë|-|–|—)\s*$")
_FROM = re.compile(r"\b(?:from|nga|prej|data|datat|between)\s*(?:data\s|datës\s|the\s)?$", re.IGNORECASE)

# Deeds in the only order in which they can happen to one thing.
_STEPS_EN = (
    ("draft", "prepar", "propos"),
    ("submit",),
    ("approv", "adopt", "sign", "ratif"),
    ("publish",),
    ("complet", "finish"),
)
_STEPS_SQ = (
    ("hart", "pergatit", "propozo"),
    ("dorezo",),
    ("mirat", "nenshkr", "ratifik"),
    ("bot", "publik"),
    ("perfund", "mbyll"),
)
_RANK = {"+" + stem(w, "en"): i for i, words in enumerate(_STEPS_EN) for w in words} | {
    "+" + w: i for i, words in enumerate(_STEPS_SQ) for w in words
}


def check(subject: AnnotatedPassage, context: CheckContext) -> Iterator[Finding]:
    figures = figures_of(subject.mentions)
    for figure in figures:
        if figure.kind in ("date_range", "period") and figure.value and "/" in figure.value:
            first, last = figure.value.split("/", 1)
            if len(first) == len(last) and last < first and not first.startswith("-") and not _compared(first, last):
                yield _finding([figure.span], figure.span.exact, figure.span.exact)
    days = [f for f in figures if f.kind == "date" and is_day(f.value)]
    of_acts = act_dates(context) if len(days) > 1 else frozenset()
    for a, b in itertools.pairwise(days):
        between = context.document.source_text[a.span.end : b.span.start]
        before = context.document.source_text[max(0, a.span.start - 24) : a.span.start]
        if (b.value or "") >= (a.value or "") or len(between) > 120:
            continue
        if (_TO.fullmatch(between) and (_FROM.search(before) or len(between.strip()) == 1)) or (
            not {(f.span.start, f.span.end) for f in (a, b)} & of_acts and ". " not in between and _later_step(a, b)
        ):
            yield _finding([a.span, b.span], a.span.exact, b.span.exact)


def _compared(first: str, last: str) -> bool:
    """`2007-2006`: a year compared with the one before it."""
    return len(first) == len(last) == 4 and int(first) - int(last) == 1


def _later_step(a: Figure, b: Figure) -> bool:
    """`drafted on ... and approved on ...`: what comes second in the sentence must come second in time."""
    first = [_RANK[k] for k in a.label_key if k in _RANK]
    second = [_RANK[k] for k in b.label_key if k in _RANK]
    return bool(first and second) and max(first) < min(second)


def _finding(anchors: list[Span], first: str, last: str) -> Finding:
    return finding(
        RULE,
        f"“{first}” and “{last}” stand in an order that cannot be. Check both dates."
        if first != last
        else f"“{first}” ends before it begins. Check both dates.",
        f"“{first}” dhe “{last}” janë në një renditje që nuk mund të jetë. Kontrolloni të dyja datat."
        if first != last
        else f"“{first}” mbaron para se të fillojë. Kontrolloni të dyja datat.",
        anchors,
        found=last,
    )
