"""Sums and shares that a passage states: which figures are parts, which one is their total, and by how much they miss.

Reads: an AnnotatedPassage. Writes: Sum, Share.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext
from pipeline.languages import fold
from pipeline.model import AnnotatedPassage, Figure

_OF_WHICH = re.compile(
    r"(?:,|\(|:|;|–|-|\.)?\s?(?:of\s(?:which|whom|these|those|them)|out\sof\swhich|nga\s(?:te\scilat"
    r"|te\scilet|keto|keta)|prej\s(?:tyre|te\scilave|ketyre))\b[,:]?\s?"
)
_COLON = re.compile(r"\s?:\s")
_TOTAL_AFTER = re.compile(r"\s(?:\w+\s){0,3}?(?:in\stotal|altogether|in\sall|gjithsej|ne\stotal|overall)\b")
_TOTAL_BEFORE = re.compile(
    r"\b(?:a\stotal\sof|in\stotal|total\sof|total|totali|gjithsej|ne\stotal|together|altogether"
    r"|bashke)[,:]?\s(?:\w+\s){0,2}$"
)
_PAIR_WORDS = (
    ("women", "men"), ("girls", "boys"), ("female", "male"), ("females", "males"), ("gra", "burra"), ("vajza",
    "djem"), ("femra", "meshkuj"),
    ("vajza", "meshkuj"), ("femra", "djem"), ("urban", "rural"), ("public", "private"), ("publike", "private"),
)  # fmt: skip
# Words that say the parts are not all: the list is open, or its groups overlap.
_OPEN = re.compile(
    r"\b(?:including|both|some|njekohesisht|mainly|mostly|among\sothers|at\sleast|also|respectively"
    r"|average|perfshire|kryesisht|nder\sto|nder\sta|midis\stjerash|gjithashtu|edhe|perkatesisht"
    r"|mesatarisht)\b"
)
_SINGLES = re.compile(
    r"\b(?:one|nje|another|the\sother|tjetri|tjetra|a\s(?:third|fourth)|the\srest|pjesa\stjeter"
    r"|te\stjerat|te\stjeret)\b"
)
_SEPARATOR = re.compile(r"(?:,|;|\band\b|\bdhe\b|\be\b|\bwhile\b|\bndersa\b|\bkurse\b|\))")


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts as the text gives them."""

    total: Figure
    parts: tuple[Figure, ...]

    @property
    def made(self) -> Decimal:
        return sum((p.number or Decimal(0) for p in self.parts), Decimal(0))

    @property
    def agrees(self) -> bool:
        return any(Decimal(r) == self.made for r in self.total.readings if _is_number(r))

    @property
    def ratio(self) -> Decimal:
        return self.made / self.total.number if self.total.number else Decimal(0)


def _is_number(text: str) -> bool:
    try:
        Decimal(text)
    except ArithmeticError:
        return False
    return True


def sentences_with_figures(subject: AnnotatedPassage, context: CheckContext) -> Iterator[tuple[str, int, list[Figure]]]:
    """Each sentence that has figures: its folded text, its start in the report, and its figures in order."""
    figures = sorted(figures_of(subject.mentions), key=lambda f: f.span.start)
    source = context.document.source_text
    at = subject.passage.start
    end = subject.passage.end
    breaks = [
        m.end()
        for m in _SENTENCE.finditer(source, at, end)
        if not any(f.span.start < m.end() < f.span.end for f in figures)
    ]
    for start, stop in zip([at, *breaks], [*breaks, end], strict=True):
        inside = [f for f in figures if start <= f.span.start < stop]
        if inside:
            yield fold(source[start:stop]), start, inside


_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.!?]+[\"”)]?\s+(?=[\"“„(]?[A-ZÇË\d])|(?<=[\d)%])[.!?]\s+(?=[A-ZÇË])|\n|\t")


def sums(subject: AnnotatedPassage, context: CheckContext) -> Iterator[Sum]:
    """Totals with their parts: `12 cases: 5 ... and 7 ...`, `214 cases, of which 96 ..., 71 ... and 43 ...`,
    `4,312 requests. Of these, 2,740 by telephone ...`, `31 members, 16 women and 15 men`,
    `132 orders and 58 immediate orders, 190 in total`.
    """
    last_total: Figure | None = None
    for text, start, figures in sentences_with_figures(subject, context):
        exact = [f for f in figures if f.kind in ("count", "amount") and f.number is not None]
        opening = _OF_WHICH.match(text)
        if opening and last_total is not None and exact and exact[0].span.start - start - opening.end() < _NEAR:
            found = _listed(text, start, last_total, exact, figures)
            if found is not None:
                yield found
        for i, total in enumerate(exact):
            if total.approximate:
                continue
            found = _parts_after(text, start, total, exact[i + 1 :], figures)
            found = found or _parts_before(text, start, total, exact[:i], figures)
            if found is not None:
                yield found
                break
        # `Of these` in the next sentence means the one thing that this one counted.
        last_total = exact[-1] if len(exact) == 1 and not exact[0].approximate else None


# `Of these` and the first part stand this near together, in characters.
_NEAR = 25


def _same_sort(total: Figure, part: Figure) -> bool:
    """Of one kind and unit; the parts of `8.4 million ALL` may be told as `5.1 million`."""
    if part.kind == total.kind and part.unit == total.unit:
        return True
    return total.kind == "amount" and part.kind == "count" and part.unit is None and (part.number or 0) >= 1000


def _listed(text: str, start: int, total: Figure, parts: Sequence[Figure], figures: Sequence[Figure]) -> Sum | None:
    """The parts of a sentence that begins with `Of these`."""
    if len(parts) < 2 or not all(_same_sort(total, p) for p in parts) or _OPEN.search(text) or _SINGLES.search(text):
        return None
    if any(p.approximate or (p.number or 0) > (total.number or 0) for p in parts) or not _one_list(text, start, parts):
        return None
    if any(f.kind in _DIVIDERS and f.span.start < parts[-1].span.start for f in figures):
        return None
    found = Sum(total, tuple(parts))
    near = Decimal("0.75") <= found.ratio <= Decimal("1.3")
    return found if found.agrees or (near and _homogeneous(text, start, parts)) else None


_DIVIDERS = frozenset({"percent", "date", "date_range", "period", "year"})


def _parts_after(
    text: str, start: int, total: Figure, later: Sequence[Figure], figures: Sequence[Figure]
) -> Sum | None:
    """The whole rest of the sentence as a list; where that is none, the rest up to a semicolon."""
    found = _whole_rest(text, start, total, later, figures)
    stop = text.find(";", total.span.end - start)
    if found is None and stop > 0 and (until := [f for f in later if f.span.start - start < stop]) != list(later):
        found = _whole_rest(text[:stop], start, total, until, figures)
    return found


def _whole_rest(text: str, start: int, total: Figure, later: Sequence[Figure], figures: Sequence[Figure]) -> Sum | None:
    alike = [f for f in later if _same_sort(total, f)]
    if len(alike) < 2 or len(alike) != len(later):
        return None
    between = text[total.span.end - start : alike[0].span.start - start]
    tail = text[total.span.end - start :]
    marked = _OF_WHICH.search(between)
    colon = _COLON.search(between)
    twin = len(alike) == 2 and _complementary(text[alike[0].span.end - start :])
    if _OPEN.search(tail) or any(p.approximate or (p.number or 0) > (total.number or 0) for p in alike):
        return None
    if not _one_list(text, start, alike) or _others_between(total, alike, figures):
        return None
    if not all(_told(text, start, p) for p in alike):
        return None
    found = Sum(total, tuple(alike))
    if found.agrees:
        return found
    # `one in ...` and `një në ...` are parts that count, and no figures of their own.
    if _SINGLES.search(tail):
        return None
    if twin and (marked or colon or _APPOSED.fullmatch(between)):
        return found
    if colon and len(between) < 70 and Decimal("0.5") <= found.ratio <= Decimal("1.6"):
        return found
    if marked and Decimal("0.75") <= found.ratio <= Decimal("1.3") and _homogeneous(text, start, alike):
        return found
    return None


def _told(text: str, start: int, part: Figure) -> bool:
    """The part says of what it is: `5 thefts`, `5 in the town`; `Channel 5` in a list of names says nothing."""
    if any(k[0] not in "~@^?" for k in part.label_key) or part.kind == "amount":
        return True
    head = _HEAD.match(text, part.span.end - start)
    return head is not None and (head[1] in _BY_PLACE or head[1] in ("of", "prej"))


_HEAD = re.compile(r"\s([a-z]+)")
_APPOSED = re.compile(r"[^.:;]{0,60}?[,(]\s?(?:me\s|with\s|nga\s)?")


def _parts_before(
    text: str, start: int, total: Figure, earlier: Sequence[Figure], figures: Sequence[Figure]
) -> Sum | None:
    alike = [f for f in earlier if f.kind == total.kind and f.unit == total.unit]
    after, before = text[total.span.end - start :], text[: total.span.start - start]
    if len(alike) < 2 or len(alike) != len(earlier) or not (_TOTAL_AFTER.match(after) or _TOTAL_BEFORE.search(before)):
        return None
    if _OPEN.search(before) or any(p.approximate for p in alike) or not _one_list(text, start, [*alike, total]):
        return None
    found = Sum(total, tuple(alike))
    return found if found.agrees or Decimal("0.75") <= found.ratio <= Decimal("1.3") else None


def _others_between(total: Figure, parts: Sequence[Figure], figures: Sequence[Figure]) -> bool:
    """Dates and percentages inside the list make it something else than a plain division."""
    last = parts[-1].span.start
    return any(f.kind in _DIVIDERS and total.span.end < f.span.start < last for f in figures)


def _one_list(text: str, start: int, parts: Sequence[Figure]) -> bool:
    """Commas and `and` between the parts, and not too many words."""
    for a, b in itertools.pairwise(parts):
        between = text[a.span.end - start : b.span.start - start]
        if len(between) > 90 or not _SEPARATOR.search(between):
            return False
    return True


def _complementary(text: str) -> bool:
    return any(re.search(rf"\b{a}\b", text) and re.search(rf"\b{b}\b", text) for a, b in _PAIR_WORDS)


_BY_PLACE = frozenset(
    "in at on for by from with through about ne per nga te me ndaj mes permes mbi were was jane ishin are came".split()
)


def _homogeneous(text: str, start: int, parts: Sequence[Figure]) -> bool:
    """The parts are divided by one thing: all by place, all by what they are; `and` stands before the last only."""
    heads = []
    for part in parts:
        words = re.findall(r"[a-z]+", text[part.span.end - start : part.span.end - start + 40])[:1]
        heads.append(words[0] if words else "")
    prepositions = _BY_PLACE
    by_place = [h in prepositions for h in heads]
    last = text[parts[-2].span.end - start : parts[-1].span.start - start]
    return (all(by_place) or not any(by_place)) and bool(re.search(r"\b(?:and|dhe|e)\b", last))


@dataclass(frozen=True, slots=True)
class Share:
    """`45 of 90 pupils (50 %)`: a part, a whole and the percentage printed for them."""

    part: Figure
    whole: Figure
    percent: Figure

    @property
    def exact(self) -> Decimal:
        return (self.part.number or Decimal(0)) * 100 / (self.whole.number or Decimal(1))

    @property
    def agrees(self) -> bool:
        """Within what rounding to the printed places explains, cut off or rounded."""
        printed = self.percent.number or Decimal(0)
        places = -int(printed.as_tuple().exponent) if isinstance(printed.as_tuple().exponent, int) else 0
        digits = re.search(r"[.,](\d+)", self.percent.span.exact)
        places = max(places, len(digits[1])) if digits else max(places, 0)
        return abs(self.exact - printed) <= Decimal(1).scaleb(-places)


_OF = re.compile(r"[^.;:,()\d%]{0,50}?\b(?:of|out\sof|nga|prej)\s(?:the\s|a\stotal\sof\s|all\s|gjithsej\s|te\s)?$")
_THEN = re.compile(
    r"[^.;:\d%]{0,60}?(?:\(|,\s?or\s|,\s?ose\s|\bose\s|\bor\s|,\s?which\sis\s|,\s?that\sis\s|,\sdmth\s"
    r"|,\sqe\seshte\s|,\sqe\sperben\s|\bi\.e\.\s|,\sperkatesisht\s|,\s)(?:about\s|rreth\s|nearly\s)?$"
)
_FIRST = re.compile(r"\s?\(\s?$")


# `348 offences, 186 of them computer fraud (53 %)`
_THEM_BEFORE = re.compile(r"[^.;:()\d%]{0,50}?,\s$")
_THEM = re.compile(
    r"\s(?:of\s(?:them|these|those|which|whom)|prej\s(?:tyre|ketyre|te\scilave)|nga\s(?:keto"
    r"|keta))\b[^.;:,()\d%]{0,50}\(\s?$"
)


def shares(subject: AnnotatedPassage, context: CheckContext) -> Iterator[Share]:
    """Percentages printed with the two numbers that they come from."""
    for text, start, figures in sentences_with_figures(subject, context):
        for a, b, c in zip(figures, figures[1:], figures[2:], strict=False):
            gap_1, gap_2 = (text[x.span.end - start : y.span.start - start] for x, y in ((a, b), (b, c)))
            found = _share(a, b, c, gap_1, gap_2)
            if found is None or found.part.unit != found.whole.unit or not found.whole.number:
                continue
            if found.part.number is not None and found.part.number <= found.whole.number:
                yield found


def _share(a: Figure, b: Figure, c: Figure, gap_1: str, gap_2: str) -> Share | None:
    counts = frozenset({"count", "amount"})
    if a.kind == b.kind and a.kind in counts and c.kind == "percent" and c.unit == "%":
        if _OF.fullmatch(gap_1) and _THEN.fullmatch(gap_2):
            return Share(a, b, c)
        return Share(b, a, c) if _THEM_BEFORE.fullmatch(gap_1) and _THEM.fullmatch(gap_2) else None
    if a.kind == "percent" and a.unit == "%" and b.kind == c.kind and b.kind in counts:
        return Share(b, c, a) if _FIRST.search(gap_1) and _OF.fullmatch(gap_2) else None
    return None
