"""A punctuation mark inside a sentence is another one in its copy, or is missing there.

Why a reviewer should care: a full stop for a comma cuts a sentence in two, and an order from its date.

Not flagged: the mark that closes the passage, which is reported once for all copies; dashes and quotation marks of
different shapes.

Source: reports printed twice, one copy of which was read by machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.wording import grouped
from pipeline.model import Difference, Finding, Passage, Severity, Span

_SHAPES = frozenset("\"“”„«»'’‘`´–—-−‑•*()")

RULE = Rule(
    id="FO08",
    name="form.sign-misread-in-copy",
    kind="ocr_artifact",
    issue_type="typographical",
    severity=Severity.TRIVIAL,
    scope=Scope.DOCUMENT,
    heading_sq="Një shenjë pikësimi brenda fjalisë është tjetër në kopje, ose mungon atje.",
    why_sq="Pika në vend të presjes e ndan fjalinë më dysh, dhe urdhrin nga data e tij.",
    supersedes=("FO07",),
    examples=(
        Flags(
            "According to the aforementioned ⟦Order, the⟧ unit reports to the prosecutor each month of the year.\n"
            "The budget of the unit was approved in March and spent by the end of the year.\n"
            "The staff was trained twice.\nThe premises were repaired.\nA new head was appointed.\n"
            "According to the aforementioned ⟦Order. the⟧ unit reports to the prosecutor each month of the year.",
            why="a full stop for a comma",
        ),
        Passes(
            "According to the aforementioned Order, the unit reports to the prosecutor each month of the year.\n"
            "The budget of the unit was approved in March and spent by the end of the year.\n"
            "The staff was trained twice.\nThe premises were repaired.\nA new head was appointed.\n"
            "According to the aforementioned Order, the unit reports to the prosecutor each month of the year",
            why="only the last full stop is lost",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: list[tuple[str, Span]] = []
    for copy in context.copies:
        a, b = (context.by_id[i].passage for i in (copy.of_passage_id, copy.passage_id))
        for difference in copy.differences:
            if difference.kind != "punctuation" or _only_shape(difference):
                continue
            left = _around(a.text, difference.left_start, difference.left_end)
            right = _around(b.text, difference.right_start, difference.right_end)
            if _closing(a, b, difference):
                continue
            both = context.quote(a, *left), context.quote(b, *right)
            places.extend((f"{both[0].exact}|{both[1].exact}", span) for span in both)
    for spans in grouped(places).values():
        forms = "” / “".join(dict.fromkeys(s.exact for s in spans))
        yield finding(
            RULE,
            f"The copies have different signs: “{forms}”.",
            f"Kopjet kanë shenja të ndryshme: “{forms}”.",
            spans,
        )


def _only_shape(difference: Difference) -> bool:
    signs = set(difference.left + difference.right) - {" "}
    both = bool(difference.left and difference.right)
    return signs <= (_SHAPES if both else _SHAPES - {"-"})


def _closing(a: Passage, b: Passage, d: Difference) -> bool:
    """One copy has lost its last sign; a comma for the last full stop is a misreading."""
    ends = d.left_end >= len(a.text.rstrip()) or d.right_end >= len(b.text.rstrip())
    return ends and not (d.left and d.right)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sign with the words on both sides."""
    before = re.search(r"\S+\s*$", text[:start])
    after = re.match(r"\s*\S+", text[end:])
    return (before.start() if before else start), end + (after.end() if after else 0)
