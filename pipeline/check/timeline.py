"""Dates with what they are the dates of: acts with their numbers, and events with the words that tell them.

Reads: CheckContext. Writes: DatedAct, and small questions about dates that several rules ask.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext
from pipeline.model import Figure, FigureKind, Passage, Span

ACTS: frozenset[FigureKind] = frozenset({"law_number", "order_number", "decision_number"})

# `No. 548/3, dated 05.05.2014`: so many characters may stand between an act's number and its date.
_GAP = 26


@dataclass(frozen=True, slots=True)
class DatedAct:
    """An act's number and the date that follows it."""

    number: Figure
    date: Figure
    passage: Passage
    span: Span


def dated_acts(context: CheckContext) -> Iterator[DatedAct]:
    """Every act that is cited with number and date, in order of place."""
    for annotated in context.annotated:
        figures = sorted(figures_of(annotated.mentions), key=lambda f: f.span.start)
        for number, date in itertools.pairwise(figures):
            if number.kind not in ACTS or date.kind != "date" or date.span.start - number.span.end > _GAP:
                continue
            text = context.document.source_text[number.span.start : date.span.end]
            span = Span(number.span.text_id, number.span.start, date.span.end, text)
            yield DatedAct(number, date, annotated.passage, span)


def act_dates(context: CheckContext) -> frozenset[tuple[int, int]]:
    """The places of dates that belong to an act's number."""
    return frozenset((a.date.span.start, a.date.span.end) for a in dated_acts(context))


def is_day(value: str | None) -> bool:
    """A full date with year, month and day."""
    return value is not None and len(value) == 10 and value[4] == "-" and value[7] == "-" and value[0] != "-"


def is_month(value: str | None) -> bool:
    """A year and a month."""
    return value is not None and len(value) == 7 and value[:4].isdigit() and value[5:].isdigit()


def one_part_differs(left: str, right: str) -> bool:
    """Two dates of one precision that share all but one of year, month and day, or have day and month swapped.

    >>> one_part_differs("2023-03-08", "2023-05-08"), one_part_differs("2023-03-08", "2022-05-08")
    (True, False)
    >>> one_part_differs("2023-03", "2023-05")
    True
    """
    a, b = left.split("-"), right.split("-")
    if len(a) == len(b) == 2:
        return a != b and (a[0] == b[0] or a[1] == b[1])
    if len(a) != 3 or len(b) != 3:
        return False
    return sum(x == y for x, y in zip(a, b, strict=True)) == 2 or (a[0] == b[0] and a[1] == b[2] and a[2] == b[1])
