"""Finds everything number-like in a text: first what is certain by its form, then dates, then plain numbers.

Reads: a text and its language. Writes: Figure, each with what it counts. Captured in two tiers: a generous pattern
first, then a strict reading; what the strict reading refuses stays as a figure whose `captured_by` is generous.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.find.act_numbers import find_act_numbers, find_structure_numbers
from pipeline.find.contacts import find_addresses, find_phones
from pipeline.find.dates import find_dates
from pipeline.find.labels import label_of
from pipeline.find.months import find_months
from pipeline.find.numbers import find_numbers
from pipeline.find.periods import find_periods, find_years
from pipeline.find.scan import Scan
from pipeline.find.scope import marks
from pipeline.find.times import find_times
from pipeline.model import Figure, Lang


def find_figures(text: str, lang: Lang) -> tuple[Figure, ...]:
    """The figures of `text` in order of place; no two overlap. Numbers of list items are none.

    >>> [(f.kind, f.value, f.label) for f in find_figures("The ministry trained 600 teachers.", "en")]
    [('count', '600', 'teachers')]
    """
    scan = Scan(text, lang)
    find_addresses(scan)
    find_act_numbers(scan)
    find_phones(scan)
    find_dates(scan)
    find_months(scan)
    find_periods(scan)
    find_times(scan)
    find_years(scan)
    find_structure_numbers(scan)
    find_numbers(scan)
    figures = sorted(scan.figures, key=lambda f: f.span.start)
    scopes = marks(scan, figures)
    return tuple(_labelled(scan, figure, scopes.get(figure.span.start, ())) for figure in figures)


def _labelled(scan: Scan, figure: Figure, scope: tuple[str, ...]) -> Figure:
    label, key = label_of(scan, figure)
    return replace(figure, label=label, label_key=key + scope) if label or scope else figure
