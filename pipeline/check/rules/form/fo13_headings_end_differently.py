"""The headings of one series end with different signs.

Why a reviewer should care: list punctuation was carried over into headings; the reader wonders whether more follows.

Not flagged: a question mark; abbreviations at the end of a heading; headings that all end alike, whatever the sign.

Source: house styles: headings carry no closing sign.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.streams import streams
from pipeline.model import Finding, Passage, Severity
from pipeline.segment.lines import is_capitals
from pipeline.segment.lists import read_marker

RULE = Rule(
    id="FO13",
    name="form.headings-end-differently",
    kind="punctuation_variant",
    issue_type="typographical",
    severity=Severity.TRIVIAL,
    scope=Scope.DOCUMENT,
    heading_sq="Titujt e një radhe mbarojnë me shenja të ndryshme.",
    why_sq="Pikësimi i listës ka kaluar te titujt; lexuesi pyet veten nëse vijon diçka tjetër.",
    examples=(
        Flags(
            "⟦1. IDENTIFYING THE VICTIMS;⟧\n\nThe police opened a unit for it.\n\n⟦2. PROSECUTING THE OFFENDERS.⟧\n\n"
            "The courts decided nine cases.",
            why="a semicolon and a full stop",
        ),
        Passes(
            "1. IDENTIFYING THE VICTIMS\n\nThe police opened a unit for it.\n\n2. PROSECUTING THE OFFENDERS\n\n"
            "The courts decided nine cases.",
            why="no sign at all",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    for row in streams(context):
        series = [p for p in row if p.kind == "heading" and _numbered(p)]
        signs = {_sign(p.text) for p in series}
        if len(series) < 2 or len(signs) < 2 or signs <= {"", "?"}:
            continue
        listed = ", ".join(f"“{s}”" if s else "none" for s in sorted(signs))
        listed_sq = ", ".join(f"“{s}”" if s else "asnjë" for s in sorted(signs))
        yield finding(
            RULE,
            f"The headings of one series end with different signs: {listed}. Leave the closing sign out.",
            f"Titujt e një radhe mbarojnë me shenja të ndryshme: {listed_sq}. Hiqni shenjën e fundit.",
            [context.quote(p, 0, len(p.text)) for p in series],
        )


def _numbered(passage: Passage) -> bool:
    marker = read_marker(passage.text)
    return marker is not None and marker.style in ("number", "roman", "multilevel") and is_capitals(passage.text)


def _sign(text: str) -> str:
    last = text.rstrip()[-1:]
    return last if last in ".;:,?" else ""
