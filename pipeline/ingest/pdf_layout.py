"""The order in which a PDF page is read: columns one after the other, lines joined to paragraphs, words to lines.

Reads: Run and Table. Writes: Paragraph and Table, in reading order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.ingest.pdf_tables import Table, rows_of
from pipeline.ingest.pdf_words import Run

_MARKER = re.compile(
    r"(?:[•▪◦●○■□‣∙·➢✓–—*-]|\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,4}\.?|\(?(?:[a-zçë]|dh|gj|ll|nj|rr|sh|th|xh|zh)\)"
    r"|\(?[ivx]{1,5}[.)]|[IVX]{1,5}\.)"
)
_MARKED = re.compile(_MARKER.pattern + r"\s+\S")
# `Neni 5`, `Article 5 - Purpose`, `KREU II DISPOZITA`; not a sentence that begins so: `Neni 117 i Kodit Penal`.
_ARTICLE = re.compile(
    r"(?:Neni|Article|Kreu|KREU|Chapter|CHAPTER|Pjesa|Seksioni|Section)\s+(?:\d{1,4}(?:/\w{1,2})?|[IVXLC]{1,7})\b"
    r"(?:[.:]?\s{0,3}[-–—]?\s{0,3}[“\"„(A-ZÇË].{0,80})?[.:]?"
)
_ENDS = re.compile(r"[.!?:;][\"”’»)\]]?$")

# Levels of columns within columns.
_DEEPEST = 4
# Lines on each side of a gutter at least.
_COLUMN_LINES = 3
# Share of lines that may cross a gutter: titles and full-width tables.
_CROSSING = 0.5
# Share of its column's width from which a line is no cell of a table but running text.
_LONG = 0.45
# Times the usual distance between lines: a wider one parts paragraphs.
_APART = 1.25
# Words of a heading at most.
_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, joined; `height` is that of its type, `ends_line` its last line's end."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    height: float
    bold: bool
    lines: int
    full: bool = False
    """Its last line reaches the right edge, so that it may go on elsewhere."""

    @property
    def marked(self) -> bool:
        return bool(_MARKED.match(self.text))


def in_columns(items: Sequence[Run | Table], depth: int = 0) -> list[list[Run | Table]]:
    """Runs and tables in the order they are read, a group for each column or stretch across all columns."""
    ordered = sorted(items, key=lambda i: (i.y0, i.x0))
    gutter = _gutter(ordered) if depth < _DEEPEST else None
    if gutter is None:
        return [ordered] if ordered else []
    groups: list[list[Run | Table]] = []
    left: list[Run | Table] = []
    right: list[Run | Table] = []
    across: list[Run | Table] = []

    def flush() -> None:
        groups.extend(in_columns(left, depth + 1))
        groups.extend(in_columns(right, depth + 1))
        left.clear()
        right.clear()

    for item in ordered:
        side = left if item.x1 <= gutter else right if item.x0 >= gutter - 1 else None
        if side is None or (side is left and across and _ends_line(across[-1], item, ordered)):
            flush()
            across.append(item)
        else:
            if across:
                groups.append(list(across))
                across.clear()
            side.append(item)
    flush()
    return [*groups, across] if across else groups


def _ends_line(above: Run | Table, item: Run | Table, items: Sequence[Run | Table]) -> bool:
    """Whether a short line is the last of a paragraph that goes over all columns: nothing stands beside it."""
    if isinstance(above, Table) or isinstance(item, Table):
        return False
    under = abs(above.x0 - item.x0) < 0.5 * item.height and item.y0 - above.y1 < 0.8 * item.height
    return under and not any(i.x0 > item.x1 and i.y0 < item.y1 and item.y0 < i.y1 for i in items)


def _gutter(items: Sequence[Run | Table]) -> float | None:
    """Where the second column begins; None on a page of one column."""
    if len(items) < 2 * _COLUMN_LINES:
        return None
    x0, x1 = min(i.x0 for i in items), max(i.x1 for i in items)
    starts = Counter(round(i.x0) for i in items if i.x0 > x0 + 0.15 * (x1 - x0))
    best: tuple[int, float] | None = None
    for start, times in starts.most_common(12):
        if times < _COLUMN_LINES:
            break
        at = start - 0.6
        left = [i for i in items if i.x1 <= at]
        right = [i for i in items if i.x0 >= at - 1]
        crossing = len(items) - len(left) - len(right)
        if len(left) < _COLUMN_LINES or crossing > _CROSSING * len(items):
            continue
        beside = sum(any(r.y0 < i.y1 and i.y0 < r.y1 for r in right) for i in left)
        if not (_fills(left, at - x0) and _fills(right, x1 - at)):
            continue
        if beside >= _COLUMN_LINES and (best is None or (beside - crossing) > best[0]):
            best = (beside - crossing, at)
    return None if best is None else best[1]


def _fills(items: Sequence[Run | Table], width: float) -> bool:
    """Whether half of the lines are as long as lines of running text in a column of that width are."""
    long = sum(i.x1 - i.x0 >= _LONG * width for i in items)
    return 2 * long >= len(items)


def paragraphs(runs: Sequence[Run], compounds: frozenset[str] = frozenset()) -> list[Paragraph]:
    """The runs of one column, in order, as paragraphs."""
    lines = [_line(row) for row in rows_of(runs)]
    if not lines:
        return []
    left, right = min(n.x0 for n in lines), max(n.x1 for n in lines)
    pitches = [b.y0 - a.y0 for a, b in pairwise(lines) if 0 < b.y0 - a.y0 < 2.2 * a.height]
    usual = min(median(pitches), _densest(pitches)) if pitches else 0.0
    result: list[Paragraph] = []
    for line in lines:
        last = result[-1] if result else None
        if last is not None and _goes_on(last, line, left, right, usual):
            text = join_lines(last.text, line.text, compounds)
            result[-1] = replace(
                last, text=text, x0=min(last.x0, line.x0), y1=line.y1, x1=max(last.x1, line.x1),
                bold=last.bold and line.bold, lines=last.lines + 1, full=line.x1 > right - 0.12 * (right - left),
            )  # fmt: skip
        else:
            result.append(replace(line, full=line.x1 > right - 0.12 * (right - left)))
    return result


def _densest(pitches: list[float]) -> float:
    """The commonest distance between lines, in half points."""
    return Counter(round(p * 2) / 2 for p in pitches).most_common(1)[0][0] + 0.25


def _line(row: list[Run]) -> Paragraph:
    text = " ".join(r.text for r in row)
    heights = sorted(r.height for r in row for _ in r.words)
    return Paragraph(text, row[0].x0, min(r.y0 for r in row), max(r.x1 for r in row), max(r.y1 for r in row),
                     heights[len(heights) // 2], all(r.bold for r in row), 1)  # fmt: skip


def _goes_on(last: Paragraph, line: Paragraph, left: float, right: float, usual: float) -> bool:
    """Whether the line belongs to the paragraph above it."""
    pitch = (line.y1 - last.y1 + line.y0 - last.y0) / 2 if last.lines == 1 else line.y1 - last.y1
    if usual and pitch > _APART * usual + 0.5:
        return False
    if abs(line.height - last.height) > 0.12 * max(line.height, last.height) or line.bold != last.bold:
        return False
    if _MARKED.match(line.text) or _ARTICLE.fullmatch(line.text) or _ARTICLE.fullmatch(last.text):
        return False
    width = right - left
    centred = last.x0 > left + 0.08 * width and abs((last.x0 - left) - (right - last.x1)) < 0.06 * width
    if not last.full and last.lines >= 1 and not centred and _ENDS.search(last.text):
        return False
    # A first line that is set in: the paragraph above has ended.
    indented = line.x0 > left + 0.8 * line.height and line.x0 > last.x0 + 0.5 * line.height and not last.marked
    return not (indented and not centred and _ENDS.search(last.text) is not None)


def join_lines(above: str, below: str, compounds: frozenset[str] = frozenset()) -> str:
    """Two lines of a paragraph as one; a word divided at the line's end is put together with a soft hyphen.

    A hyphen stays where the word is written with it elsewhere (`compounds`), and before a capital or a figure.

    >>> join_lines("e bashki-", "së së Tiranës").replace("\\u00ad", "|")
    'e bashki|së së Tiranës'
    >>> join_lines("marrëveshja Shqipëri-", "BE")
    'marrëveshja Shqipëri-BE'
    """
    if above.endswith("\u00ad"):
        return above + below
    if not above.endswith(("-", "\u2010")) or len(above) < 2 or not above[-2].isalnum() or not below:
        return f"{above} {below}"
    if not (above[-2].isalpha() and below[0].islower()):
        return above + below if below[0].isalnum() else f"{above} {below}"
    whole = (above.rsplit(None, 1)[-1] + below.split(None, 1)[0]).casefold().strip(".,;:()")
    return above + below if whole in compounds else above[:-1] + "\u00ad" + below


def with_markers(runs: Sequence[Run]) -> list[Run]:
    """The runs with list markers that a tab parts from their text put together with it."""
    result: list[Run] = []
    for run in runs:
        last = result[-1] if result else None
        if (
            last is not None and len(last.words) == 1 and _MARKER.fullmatch(last.words[0].text)
            and abs(last.middle - run.middle) < 0.4 * run.height and 0 <= run.x0 - last.x1 < 4.5 * run.height
        ):  # fmt: skip
            y0, y1 = min(last.y0, run.y0), max(last.y1, run.y1)
            result[-1] = Run([*last.words, *run.words], last.x0, y0, run.x1, y1, run.bold)
        else:
            result.append(run)
    return result


def is_heading(paragraph: Paragraph, body: float) -> bool:
    """Whether a paragraph is set as a heading: larger or bolder than the text, short, without a full stop."""
    if len(paragraph.text.split()) > _HEADING_WORDS or paragraph.lines > 3 or not any(map(str.isalpha, paragraph.text)):
        return False
    if _ARTICLE.fullmatch(paragraph.text) and paragraph.lines == 1 and not _ENDS.search(paragraph.text):
        return True
    return (paragraph.height > 1.12 * body or paragraph.bold) and not _ENDS.search(paragraph.text)
