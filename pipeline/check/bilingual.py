"""Compares the figures of a passage with those of its counterpart in the other language, by value, in both directions.

Reads: AnnotatedUnit. Writes: Mismatch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.check.figure_pairs import ACT_NUMBERS, DATES, figures_of, readings
from pipeline.model import AnnotatedUnit, Figure, FigureKind, Severity, Span

QUANTITY: frozenset[FigureKind] = frozenset(
    {"count", "amount", "percent", "ratio", "age", "time", "ordinal", "action_number"}
)
CONTACT: frozenset[FigureKind] = frozenset({"phone", "email"})


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A figure of one side and what stands for it on the other; None where nothing does."""

    source: Figure | None
    target: Figure | None


def group_of(figure: Figure) -> str:
    if figure.kind in DATES:
        return "date"
    if figure.kind in ACT_NUMBERS:
        return "number"
    return "contact" if figure.kind in CONTACT else "quantity"


def mismatches(unit: AnnotatedUnit) -> tuple[Mismatch, ...]:
    """Every figure that the other side has with another value, or lacks.

    Values are matched over all kinds, since one language may call a year what the other counts. What the languages
    rightly tell differently is left out: `one` and `një`, `no` and `asnjë`, ordinals and small numbers in words.
    """
    source = [f for f in figures_of(unit.source, pointing=True) if f.kind != "url"]
    target = [f for f in figures_of(unit.target, pointing=True) if f.kind != "url"]
    left, right = ([f for f in side if f.kind != "list_number"] for side in _unmatched(source, target))
    found: list[Mismatch] = []
    for group in ("number", "date", "contact", "quantity"):
        a, b = [f for f in left if group_of(f) == group], [f for f in right if group_of(f) == group]
        pairs = _paired(a, b)
        found += [Mismatch(x, y) for x, y in pairs]
        used = {id(f) for pair in pairs for f in pair}
        # A number said once more on one side is no difference.
        found += [Mismatch(f, None) for f in a if id(f) not in used and _must_be_there(f) and not _said(f, target)]
        found += [Mismatch(None, f) for f in b if id(f) not in used and _must_be_there(f) and not _said(f, source)]
    return tuple(found)


def _said(figure: Figure, other_side: Sequence[Figure]) -> bool:
    return figure.value is not None and any(readings(figure) & readings(f) for f in other_side)


def _paired(a: list[Figure], b: list[Figure]) -> list[tuple[Figure, Figure]]:
    """Unmatched figures of the two sides put together: in order where there are as many, else kind by kind."""
    pairs: list[tuple[Figure, Figure]] = []
    if len(a) == len(b):
        pairs = list(zip(a, b, strict=True))
    else:
        for kind in dict.fromkeys(f.kind for f in a):
            x, y = [f for f in a if f.kind == kind], [f for f in b if f.kind == kind]
            if len(x) == len(y):
                pairs += list(zip(x, y, strict=True))
    return [(x, y) for x, y in pairs if _may_be_opposite(x, y)]


# In words, numbers up to here are told freely: both, the pair, one another, twice, a quarter.
_FREELY_TOLD = 2


def _may_be_opposite(a: Figure, b: Figure) -> bool:
    if a.written == "words" and b.written == "words":
        return a.kind == b.kind == "count" and min(a.number or 0, b.number or 0) > _FREELY_TOLD
    if "words" in (a.written, b.written) and a.kind != b.kind:
        return False
    return all(_must_be_there(f) or f.written != "words" or (f.number or 0) > _FREELY_TOLD for f in (a, b))


# Larger numbers in words stand in both languages.
_LARGEST_FREE = 100


def _must_be_there(figure: Figure) -> bool:
    """Small numbers in words may be told otherwise (both, the pair, a couple); ordinals and `no` too."""
    if figure.kind in ("ordinal", "time") or figure.value == "0":
        return False
    if figure.written == "words" and (figure.kind != "amount" or figure.number == 1):
        return (figure.number or 0) > _LARGEST_FREE
    return not (figure.value or "").startswith("--")


def _unmatched(source: Sequence[Figure], target: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    left, right = list(source), list(target)
    for equal in (_same_group, _same_any, _nearly):
        for a in tuple(left):
            match = next((b for b in right if equal(a, b)), None)
            if match is not None:
                left.remove(a)
                right.remove(match)
    return _without_split(left, right)


def _same_group(a: Figure, b: Figure) -> bool:
    return group_of(a) == group_of(b) and _same_any(a, b)


def _same_any(a: Figure, b: Figure) -> bool:
    if a.value is None or b.value is None:
        return a.value is None and b.value is None and _digits(a) == _digits(b)
    if a.unit != b.unit and {a.kind, b.kind} == {"amount"}:
        return False
    return bool(readings(a) & readings(b))


def _digits(figure: Figure) -> str:
    return "".join(c for c in figure.span.exact if c.isdigit())


def _nearly(a: Figure, b: Figure) -> bool:
    """Half and 50 %; 5 May and 5 May 2014; a date that one side has damaged."""
    if a.value is None or b.value is None:
        return group_of(a) == group_of(b) and _digits(a) == _digits(b)
    for x, y in ((a, b), (b, a)):
        if x.kind == "time" and y.kind in ("count", "ordinal") and _digits(x).rstrip("0") == _digits(y).rstrip("0"):
            return True
        if (
            x.kind == "ratio"
            and y.kind == "percent"
            and any(r + "0" == s or _percent(r) == s for r in readings(x) for s in readings(y))
        ):
            return True
        if x.kind in DATES and y.kind in DATES and (y.value or "").startswith((x.value or "") + "-"):
            return True
        if (
            x.kind in DATES
            and y.kind in DATES
            and (x.value or "").startswith("--")
            and (y.value or "")[4:] == (x.value or "")[1:]
        ):
            return True
    return False


def _percent(share: str) -> str:
    from decimal import Decimal

    from pipeline.check.figure_pairs import canonical

    try:
        return canonical(str(Decimal(share) * 100))
    except ArithmeticError:
        return share


def _without_split(left: list[Figure], right: list[Figure]) -> tuple[list[Figure], list[Figure]]:
    """`2012-2014` on one side is `2012` and `2014` on the other; so with ranges of days and of numbers."""
    for one, other in ((left, right), (right, left)):
        for figure in tuple(one):
            value = figure.value or ""
            ends = value.split("/") if figure.kind in DATES else value.split("-") if figure.kind in QUANTITY else []
            if len(ends) != 2 or not ends[0]:
                continue
            halves = [next((f for f in other if f.value == e), None) for e in ends]
            if halves[0] is not None and halves[1] is not None and halves[0] is not halves[1]:
                one.remove(figure)
                for half in halves:
                    if half is not None and half in other:
                        other.remove(half)
    return left, right


def severity_of(unit: AnnotatedUnit) -> Severity:
    """A draft of the machine is looked at anyway; between two texts of the report a reader acts on the wrong one."""
    return Severity.MAJOR if unit.unit.origin == "machine" else Severity.CRITICAL


def told(mismatch: Mismatch, unit: AnnotatedUnit) -> tuple[str, str, list[Span]]:
    """The message in English and in Albanian, and the places."""
    names = {"sq": "Albanian", "en": "English"}
    names_sq = {"sq": "shqipe", "en": "angleze"}
    source, target = unit.unit.source_lang, unit.unit.target_lang
    if mismatch.source is not None and mismatch.target is not None:
        a, b = mismatch.source.span, mismatch.target.span
        return (
            f"The {names.get(source, source)} text has “{a.exact}”, the {names.get(target, target)} text “{b.exact}”. "
            "Check which is right.",
            f"Teksti në variantin {names_sq.get(source, source)} ka “{a.exact}”, ai "
            f"{names_sq.get(target, target)} “{b.exact}”. "
            "Kontrolloni cili është i saktë.",
            [a, b],
        )
    one = mismatch.source or mismatch.target
    assert one is not None
    has, lacks = (source, target) if mismatch.source is not None else (target, source)
    return (
        f"“{one.span.exact}” stands in the {names.get(has, has)} text and is missing in the "
        f"{names.get(lacks, lacks)} text. "
        "Check whether it was lost or added.",
        f"“{one.span.exact}” gjendet në variantin {names_sq.get(has, has)} dhe mungon në atë "
        f"{names_sq.get(lacks, lacks)}. "
        "Kontrolloni nëse humbi apo u shtua.",
        [one.span],
    )


def of_group(unit: AnnotatedUnit, group: str) -> Iterator[Mismatch]:
    for mismatch in mismatches(unit):
        one = mismatch.source or mismatch.target
        if one is not None and group_of(one) == group:
            yield mismatch
