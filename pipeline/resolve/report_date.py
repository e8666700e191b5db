"""The date at which a report's names and articles must be in force, as its own text tells it.

Reads: Document, AnnotatedPassage. Writes: an ISO date, year-month or year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.model import AnnotatedPassage, Document, Figure, LegalReference

# A report says its own date in its first passages, if it says it at all.
_FIRST_PASSAGES = 8
_DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?")
# `January to December 2015` under the title; a longer passage tells of something.
_SHORT_LINE = 60
# A year that few dates of the report lie in may be a plan's or a law's.
_SHARE_OF_MOST = 0.2


def report_date(document: Document, annotated: Sequence[AnnotatedPassage]) -> str | None:
    """ISO date, year-month or year of the report; None where its text has no date.

    The year in the title counts first. Without one it is the latest day that the report speaks of, in the latest
    year that several of its dates lie in: a plan for later years and the dates of laws do not count.
    """
    for one in annotated[:_FIRST_PASSAGES]:
        if one.passage.kind in ("title", "heading") or (
            one.passage.number <= 3 and len(one.passage.text) < _SHORT_LINE
        ):
            dates = [d for d in _dates(one) if d]
            if dates:
                return max(dates, key=lambda d: (d[:4], len(d)))
    dates = [d for one in annotated for d in _dates(one)]
    if not dates:
        return None
    years = Counter(d[:4] for d in dates)
    most = max(years.values())
    enough = [y for y, n in years.items() if n >= max(2, most * _SHARE_OF_MOST)] or list(years)
    year = max(enough)
    days = [d for d in dates if d.startswith(year) and len(d) == 10]
    months = [d for d in dates if d.startswith(year) and len(d) == 7]
    return max(days) if days else max(months) if months else year


def _dates(one: AnnotatedPassage) -> list[str]:
    found = []
    # An act's date says only that the report is later: `Law No. 9669, dated 18.12.2006`.
    acts = [m.span for m in one.mentions if isinstance(m, LegalReference)]
    for mention in one.mentions:
        if any(mention.span.overlaps(a) for a in acts):
            continue
        if isinstance(mention, Figure) and mention.value and mention.kind in ("date", "date_range", "year", "period"):
            # A range ends with its later date.
            matches = _DATE.findall(mention.value)
            if matches:
                found.append(matches[-1])
    return found
