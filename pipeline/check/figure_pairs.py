"""Puts the figures of two passages that say the same opposite each other: copies in one language, pairs in two.

Reads: CheckContext, Copy. Writes: pairs of Figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.check.rule import CheckContext
from pipeline.model import AnnotatedPassage, Copy, Figure, FigureKind, Mention, Span

DATES: frozenset[FigureKind] = frozenset({"date", "date_range", "period", "year"})
QUANTITIES: frozenset[FigureKind] = frozenset({"count", "percent", "age", "ratio", "ordinal"})
ACT_NUMBERS: frozenset[FigureKind] = frozenset(
    {"article_number", "order_number", "decision_number", "law_number", "directive_number", "paragraph_number"}
)


@dataclass(frozen=True, slots=True)
class Opposite:
    """Two figures at one place of two copies; `left` stands earlier in the report."""

    left: Figure
    right: Figure
    copy: Copy


def figures_of(mentions: Iterable[Mention], *, pointing: bool = False) -> tuple[Figure, ...]:
    """The figures among the mentions; `pointing` adds the numbers that only point to a table or a page."""
    return tuple(m for m in mentions if isinstance(m, Figure) and (pointing or m.kind != "list_number"))


def opposites(context: CheckContext) -> Iterator[Opposite]:
    """Every two figures that stand opposite each other where two copies differ."""
    seen: set[tuple[int, int]] = set()
    for copy in context.copies:
        for pair in _opposites(context, copy):
            key = pair.left.span.start, pair.right.span.start
            if key not in seen:
                seen.add(key)
                yield pair


def _opposites(context: CheckContext, copy: Copy) -> Iterator[Opposite]:
    earlier, later = context.by_id.get(copy.of_passage_id), context.by_id.get(copy.passage_id)
    if earlier is not None and later is not None:
        for difference in copy.differences:
            if not difference.left or not difference.right:
                continue
            left_place = _place(context, earlier, difference.left_start, difference.left_end)
            right_place = _place(context, later, difference.right_start, difference.right_end)
            if left_place is None or right_place is None:
                continue
            left = [f for f in figures_of(earlier.mentions) if f.span.overlaps(left_place)]
            right = [f for f in figures_of(later.mentions) if f.span.overlaps(right_place)]
            if len(left) == len(right):
                yield from (Opposite(a, b, copy) for a, b in zip(left, right, strict=True))
            else:
                yield from _by_kind(left, right, copy)


def _place(context: CheckContext, annotated: AnnotatedPassage, start: int, end: int) -> Span | None:
    end = min(end, len(annotated.passage.text))
    return context.quote(annotated.passage, start, end) if 0 <= start < end else None


def _by_kind(left: Sequence[Figure], right: Sequence[Figure], copy: Copy) -> Iterator[Opposite]:
    """Where one side has more figures, only kinds that each side has once are opposite each other."""
    for kind in sorted({f.kind for f in left} & {f.kind for f in right}):
        a, b = [f for f in left if f.kind == kind], [f for f in right if f.kind == kind]
        if len(a) == len(b) == 1:
            yield Opposite(a[0], b[0], copy)


def same_value(left: Figure, right: Figure) -> bool:
    """Whether the two may mean one value; what cannot be read is the same only where it is written alike."""
    if left.value is None or right.value is None:
        return left.value is None and right.value is None and left.span.exact == right.span.exact
    a, b = readings(left), readings(right)
    return bool(a & b)


def readings(figure: Figure) -> frozenset[str]:
    """Every value the figure may have, numbers in one notation."""
    return frozenset(canonical(r) for r in (figure.readings or ((figure.value,) if figure.value else ())))


def canonical(value: str) -> str:
    """The value so that equal numbers are equal text: `12.0` and `12`, `1/2` and `0.5`.

    >>> canonical("12.50"), canonical("1/2"), canonical("2014-05")
    ('12.5', '0.5', '2014-05')
    """
    try:
        if "/" in value and value.replace("/", "").isdigit() and value.count("/") == 1 and len(value) < 6:
            upper, lower = value.split("/")
            number = Decimal(upper) / Decimal(lower)
        else:
            number = Decimal(value)
    except ArithmeticError:
        return value
    text = f"{number.normalize():f}"
    return text if "." not in text else text.rstrip("0").rstrip(".")
