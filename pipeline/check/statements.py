"""What the report's counts and amounts say, so that two that say the same thing can be told from two that do not.

Reads: the `label_key` of figures (`find/labels.py`, `find/scope.py`). Writes: Statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pipeline.check.rule import CheckContext
from pipeline.check.variants import swapped, variant_score
from pipeline.model import Figure, Passage

# Flags that make a count say something else than its bare label: a part, a plan, a change, a rate, another group.
_APART = frozenset({"~part", "~other", "~plan", "~by", "~per", "~base"})


@dataclass(frozen=True, slots=True)
class Statement:
    """One count or amount with the thing it counts, taken apart."""

    figure: Figure
    passage: Passage
    things: frozenset[str]
    done: frozenset[str]
    times: frozenset[str]
    maybe_times: frozenset[str]
    """Times of the sentence that belong to the count only if it tells a deed."""
    places: frozenset[str]
    subjects: frozenset[str]
    flags: frozenset[str]


def statements(context: CheckContext, kinds: frozenset[str]) -> Iterator[Statement]:
    """The report's readable, exact figures of these kinds that have a label."""
    for annotated in context.annotated:
        for mention in annotated.mentions:
            if not isinstance(mention, Figure) or mention.kind not in kinds or mention.value is None:
                continue
            statement = _statement(mention, annotated.passage)
            if statement.things and not mention.approximate and not statement.flags & _APART:
                yield statement


def _statement(figure: Figure, passage: Passage) -> Statement:
    def part(sign: str) -> frozenset[str]:
        return frozenset(k[1:] for k in figure.label_key if k[:1] == sign)

    places = part("@")
    times = frozenset(p for p in places if p[:1].isdigit() or p.startswith("--"))
    return Statement(
        figure=figure,
        passage=passage,
        things=frozenset(k for k in figure.label_key if k[:1] not in "@^~+?"),
        done=part("+"),
        times=times,
        maybe_times=part("?"),
        places=places - times,
        subjects=part("^"),
        flags=frozenset("~" + f for f in part("~")),
    )


# What holds one number for the whole report, told without a deed: who belongs to a body.
_ROSTER = frozenset({"member", "anetar", "signator", "nenshkrues"})
# From this many words on, a label is so particular that the deed need not be repeated.
_PARTICULAR = 3


def same_thing(a: Statement, b: Statement, report_year: str) -> bool:
    """Whether both surely count one thing: same label, and nothing known of either that sets them apart.

    Without a deed told of both (`trained`, `registered`), two counts of one label are mostly a part and a whole;
    they are one thing only where the label is particular, where one says `all`, or where it is a roster.
    """
    if a.things != b.things or a.figure.unit != b.figure.unit or a.passage.lang != b.passage.lang:
        return False
    if a.passage.passage_id == b.passage.passage_id and _one_sentence(a, b):
        return False
    if a.done != b.done and a.done and b.done:
        return False
    told = bool(a.done and b.done)
    times = (
        (a.times | a.maybe_times, b.times | b.maybe_times)
        if told or len(a.things) >= _PARTICULAR
        else (a.times, b.times)
    )
    default = frozenset({report_year}) if report_year else frozenset()
    if not _times_agree(times[0] or default, times[1] or default):
        return False
    if a.places and b.places and not a.places & b.places:
        return False
    roster = bool(a.things & _ROSTER) and not told
    whole = "~all" in a.flags | b.flags and not told
    if not roster and not whole and a.subjects and b.subjects and not a.subjects & b.subjects:
        return False
    if len(a.things) < 2:
        # One word counts many things; only a number that is the other one, mistyped, is worth a look.
        alike = variant_score(a.figure.value or "", b.figure.value or "") >= 0.5
        return told and alike and a.places == b.places and a.subjects == b.subjects and bool(a.subjects)
    if told or whole or roster:
        return True
    return len(a.things) >= _PARTICULAR and a.done == b.done


def _one_sentence(a: Statement, b: Statement) -> bool:
    """Two figures between which no sentence ends speak of two things on purpose."""
    first, last = sorted((a.figure.span, b.figure.span), key=lambda s: s.start)
    between = a.passage.text[max(0, first.end - a.passage.start) : max(0, last.start - a.passage.start)]
    return ". " not in between and "\n" not in between


def _times_agree(a: frozenset[str], b: frozenset[str]) -> bool:
    """`2014` holds `2014-05`; no time at all agrees with no time only."""
    if not a and not b:
        return True
    return any(x.startswith(y) or y.startswith(x) for x in a for y in b)


# More figures than this with one label are a list; they are not compared each with each.
_MOST = 200


def misprints(all_statements: Sequence[Statement], report_year: str) -> Iterator[tuple[Statement, Statement]]:
    """Two statements with one label and two neighbouring digits swapped: a misprint, whatever else they tell."""
    # Only numbers of the same digits can have swapped two: no comparing of all with all.
    alike: dict[tuple[str, ...], list[Statement]] = {}
    for s in all_statements:
        digits = "".join(sorted(s.figure.value or ""))
        if len(digits) >= 3:
            alike.setdefault((digits, s.figure.kind, s.figure.unit or "", s.passage.lang), []).append(s)
    for a, b in (pair for group in alike.values() if len(group) <= _MOST for pair in combinations(group, 2)):
        if not swapped(a.figure.value or "", b.figure.value or "") or not (
            a.things <= b.things or b.things <= a.things
        ):
            continue
        default = frozenset({report_year}) if report_year else frozenset()
        times = (a.times | a.maybe_times or default, b.times | b.maybe_times or default)
        if not (_times_agree(*times) or not times[0] or not times[1]) or (
            a.places and b.places and not a.places & b.places
        ):
            continue
        if a.passage.passage_id != b.passage.passage_id or not _one_sentence(a, b):
            yield a, b


def near_misses(all_statements: Sequence[Statement], report_year: str) -> Iterator[tuple[Statement, Statement]]:
    """`the court convicted 11 persons` and `twelve persons were convicted`: one deed told twice in the whole report,
    once without saying whose, with numbers one apart: counted anew, or typed wrong.
    """
    told: dict[tuple[frozenset[str], frozenset[str], str], list[Statement]] = {}
    for s in all_statements:
        if len(s.things) == 1 and s.done and s.figure.number and s.figure.number >= 10:
            told.setdefault((s.things, s.done, s.passage.lang), []).append(s)
    default = frozenset({report_year}) if report_year else frozenset()
    for group in told.values():
        if len(group) != 2:
            continue
        a, b = group
        low, high = sorted((a.figure.number or Decimal(0), b.figure.number or Decimal(0)))
        if high - low != 1 or a.places or b.places or (a.subjects and b.subjects):
            continue
        if _times_agree(a.times | a.maybe_times or default, b.times | b.maybe_times or default):
            yield a, b


def conflicts(all_statements: Sequence[Statement], report_year: str) -> Iterator[tuple[Statement, ...]]:
    """Groups of statements that count one thing with two values; a thing with many values is a series, and left."""
    by_things: dict[tuple[frozenset[str], str | None, str], list[Statement]] = {}
    for statement in all_statements:
        by_things.setdefault((statement.things, statement.figure.unit, statement.figure.kind), []).append(statement)
    for group in by_things.values():
        # More than this many values for one label are a series (by month, by town), not one thing counted twice.
        if not 2 <= len(group) <= _MOST or len({s.figure.value for s in group}) > 3:
            continue
        yield from _clashes(group, report_year)


def _clashes(group: Sequence[Statement], report_year: str) -> Iterator[tuple[Statement, ...]]:
    seen: set[frozenset[str | None]] = set()
    for a, b in combinations(group, 2):
        if set(a.figure.readings) & set(b.figure.readings) or not same_thing(a, b, report_year):
            continue
        values = frozenset({a.figure.value, b.figure.value})
        if values in seen:
            continue
        seen.add(values)
        yield tuple(
            s
            for s in group
            if s is a
            or s is b
            or (s.figure.value in values and (same_thing(s, a, report_year) or same_thing(s, b, report_year)))
        )
