"""A passage stands a second time with differences.

Why a reviewer should care: one of the two is wrong, and a reader who sees only one of them cannot know which.

Not flagged: headings in capitals against the same words in a list; other list markers; sentences that are built
alike and say different things, such as the figures of two years.

Source: reports that give their text as a narrative and again as a table, edited in one place only.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Copy, Difference, Finding, Passage, Severity

_FORM = frozenset({"spacing", "punctuation", "accent", "case"})
# Differences named one by one; further ones are counted.
_NAMED = 12
_KINDS_EN = {
    "figure": "figure", "reference": "number", "word": "word", "spacing": "spacing", "case": "capital letter",
    "punctuation": "punctuation", "accent": "letter mark", "missing": "missing", "added": "added",
}  # fmt: skip

RULE = Rule(
    id="DU02",
    name="copies.passage-repeated-with-differences",
    kind="passage_near_duplicate",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një pasazh qëndron dy herë me ndryshime.",
    why_sq="Njëri nga të dy është i gabuar, dhe kush lexon vetëm njërin nuk mund ta dijë cilin.",
    examples=(
        Flags(
            "⟦The unit has 7 specialists who work on cases of online abuse in all regions of the country.⟧\n"
            "The work of the unit is described in its yearly report to the assembly.\n"
            "The budget grew, and the staff was trained twice in the course of the year.\n"
            "The premises were repaired in spring.\nA new director was appointed in May of that year.\n"
            "⟦The unit has 8 specialists who work on cases of online abuse in all regions of the country.⟧",
            why="one sentence, two counts",
        ),
        Flags(
            "⟦Materialet u shpërndanë në të gjitha shkollat e qarkut në bashkëpunim me drejtorinë arsimore.⟧\n"
            "Trajnimi zgjati dy ditë dhe u ndoq nga të gjithë mësuesit e ftuar.\n"
            "Vlerësimi i nxënësve u bë me pyetësor.\nRezultatet u botuan në faqen e ministrisë.\n"
            "Ankesat u shqyrtuan brenda afatit.\n"
            "⟦Materialet nuk u shpërndanë në të gjitha shkollat e qarkut në bashkëpunim me drejtorinë arsimore.⟧",
            why="një mohim më shumë",
        ),
        Passes(
            "In 2013 the police registered 25 cases of child pornography and arrested 11 persons in all regions.\n"
            "The courts decided 9 cases in that year, most of them in Tirana.\n"
            "In 2014 the police registered 31 cases of child pornography and arrested 14 persons in all regions.",
            why="two years, two statements",
        ),
        Passes(
            "1. Improving the identification of victims and their protection\n"
            "2. Informing the public about the risks and the services\n\n"
            "1. IMPROVING THE IDENTIFICATION OF VICTIMS AND THEIR PROTECTION\n\nThe police opened a unit.",
            why="a heading in capitals",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    stops: list[Copy] = []
    for copy in context.copies:
        told = [d for d in copy.differences if d.kind != "case" or copy.score >= 99.9]
        a, b = (context.by_id[i].passage for i in (copy.of_passage_id, copy.passage_id))
        if _only_case_of_a_name(copy, b):
            continue
        if _lost_stop(told, a, b):
            stops.append(copy)
        elif told and not all(d.kind == "case" for d in told):
            yield _finding(copy, told, a, b, context)
    yield from _stops(stops, context)
    yield from _cut_differently(context)
    yield from _run_together(context)


def _only_case_of_a_name(copy: Copy, later: Passage) -> bool:
    """Cells that name an institution twice; the spelling of names has rules of its own."""
    return bool(copy.differences) and all(d.kind == "case" for d in copy.differences) and len(later.text.split()) < 8


def _lost_stop(told: Sequence[Difference], a: Passage, b: Passage) -> bool:
    """Nothing differs but a sign that closes one of the passages."""
    return (
        len(told) == 1
        and told[0].kind == "punctuation"
        and (told[0].left or told[0].right) in ".;"
        and not (told[0].left and told[0].right)
        and (told[0].left_end >= len(a.text.rstrip()) or told[0].right_end >= len(b.text.rstrip()))
    )


def _finding(copy: Copy, told: Sequence[Difference], a: Passage, b: Passage, context: CheckContext) -> Finding:
    named = "; ".join(_named(d, "only in the first", "only in the second") for d in told[:_NAMED])
    named_sq = "; ".join(_named(d, "vetëm te i pari", "vetëm te i dyti") for d in told[:_NAMED])
    more = f"; and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    more_sq = f"; dhe {len(told) - _NAMED} të tjera" if len(told) > _NAMED else ""
    lines = a.location.line, b.location.line
    where = f" (lines {lines[0]} and {lines[1]})" if all(lines) else ""
    where_sq = f" (rreshtat {lines[0]} dhe {lines[1]})" if all(lines) else ""
    return finding(
        RULE,
        f"The same passage stands twice{where} and differs: {named}{more}. See which one is right.",
        f"I njëjti pasazh qëndron dy herë{where_sq} dhe ndryshon: {named_sq}{more_sq}. Shihni cili është i saktë.",
        [context.quote(a, 0, len(a.text)), context.quote(b, 0, len(b.text))],
        found="; ".join(d.right for d in told[:_NAMED]),
        expected=None,
        severity=_severity(told),
    )


def _named(difference: Difference, first: str, second: str) -> str:
    if not difference.left:
        return f"“{difference.right}” {second}"
    if not difference.right:
        return f"“{difference.left}” {first}"
    return f"“{difference.left}” / “{difference.right}”"


def _severity(told: Sequence[Difference]) -> Severity:
    if all(d.kind in _FORM for d in told):
        return Severity.TRIVIAL
    if any(d.kind in ("figure", "reference") and _digits(d.left) != _digits(d.right) for d in told):
        return Severity.CRITICAL
    words = [d for d in told if d.kind not in _FORM]
    if all(d.kind in ("figure", "reference") for d in words) or any(_changes(d) for d in words):
        return Severity.MAJOR
    return Severity.MINOR


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _changes(difference: Difference) -> bool:
    """A lost or added run of words, a negation, or a name: the meaning may differ."""
    both = (difference.left + " " + difference.right).lower().split()
    if {"not", "no", "nuk", "s'", "mos", "never", "asnjë", "pa", "without"} & set(both):
        return True
    if difference.kind in ("missing", "added"):
        return len(both) >= 3
    return difference.left[:1].isupper() and difference.right[:1].isupper() and len(difference.left) > 1


def _stops(copies: Sequence[Copy], context: CheckContext) -> Iterator[Finding]:
    """One finding for all copies that differ in their closing sign only."""
    if not copies:
        return
    passages = [context.by_id[i].passage for c in copies for i in (c.of_passage_id, c.passage_id)]
    count = len(copies)
    yield finding(
        RULE,
        f"{count} repeated passage{'s have' if count > 1 else ' has'} lost the closing sign in one copy; nothing else "
        "differs.",
        f"{count} pasazh{'e të përsëritura e kanë' if count > 1 else ' i përsëritur e ka'} humbur shenjën e fundit në "
        "njërën kopje; asgjë tjetër nuk ndryshon.",
        [context.quote(p, 0, len(p.text)) for p in passages],
        severity=Severity.TRIVIAL,
    )


def _cut_differently(context: CheckContext) -> Iterator[Finding]:
    """A passage whose words are several passages in the other copy, otherwise the same."""
    parts: dict[str, list[Copy]] = {}
    for copy in context.copies:
        if copy.differences:
            continue
        a, b = (context.by_id[i].passage for i in (copy.of_passage_id, copy.passage_id))
        if len(b.text) < 0.9 * len(a.text):
            parts.setdefault(a.passage_id, []).append(copy)
        elif len(a.text) < 0.9 * len(b.text):
            parts.setdefault(b.passage_id, []).append(copy)
    for whole_id, copies in parts.items():
        if len(copies) < 2:
            continue
        whole = context.by_id[whole_id].passage
        pieces = [
            context.by_id[c.passage_id if c.of_passage_id == whole_id else c.of_passage_id].passage for c in copies
        ]
        yield finding(
            RULE,
            f"The passage “{whole.text[:60]}...” is cut into {len(pieces)} passages in its other copy; the words are "
            "the same.",
            f"Pasazhi “{whole.text[:60]}...” është ndarë në {len(pieces)} pasazhe në kopjen tjetër; fjalët janë të "
            "njëjta.",
            [context.quote(p, 0, len(p.text)) for p in (whole, *pieces)],
            severity=Severity.TRIVIAL,
        )


def _run_together(context: CheckContext) -> Iterator[Finding]:
    """Two items of one line that stand apart in the other copy."""
    source = context.document.source_text
    worded = [p for p in context.passages if p.kind != "page_furniture"]
    for a, b in itertools.pairwise(worded):
        if b.kind != "list_item" or a.location.line != b.location.line or not source[a.end : b.start].isspace():
            continue
        twins = [_twin(p.passage_id, context) for p in (a, b)]
        if twins[0] is None or twins[1] is None or source[twins[0].end : twins[1].start].isspace():
            continue
        if twins[0].passage_id == twins[1].passage_id:
            continue
        yield finding(
            RULE,
            f"“{a.text[:40]}...” and “{b.text[:40]}...” stand in one line here and apart in the other copy.",
            f"“{a.text[:40]}...” dhe “{b.text[:40]}...” qëndrojnë në një rresht këtu dhe veç e veç në kopjen tjetër.",
            [context.quote(p, 0, len(p.text)) for p in (a, b, twins[0], twins[1])],
            severity=Severity.TRIVIAL,
        )


def _twin(passage_id: str, context: CheckContext) -> Passage | None:
    for copy in context.copies_of.get(passage_id, ()):
        other = copy.passage_id if copy.of_passage_id == passage_id else copy.of_passage_id
        return context.by_id[other].passage
    return None
