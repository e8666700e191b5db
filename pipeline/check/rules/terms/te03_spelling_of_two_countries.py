"""One English word is written in the British and in the American way.

Why a reviewer should care: a text in two spellings looks unedited, and a search for one misses the other.

Not flagged: names (the Center for ...), titles in quotation marks; a report that keeps to one spelling; words that are
right in both.

Source: a report with `offence` in one paragraph and `offense` in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Severity, Span
from pipeline.spans import passage_span

RULE = Rule(
    id="TE03",
    name="terms.spelling-of-two-countries",
    kind="term_variant",
    issue_type="inconsistency",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një fjalë angleze është shkruar edhe në mënyrën britanike, edhe në atë amerikane.",
    why_sq="Një tekst me dy drejtshkrime duket i parishikuar, dhe kërkimi i njërës nuk e gjen tjetrën.",
    examples=(
        Flags(
            "The ⟦offences⟧ of the year are listed in the table.\nEvery ⟦offense⟧ is counted once in it.",
            why="offence and offense",
        ),
        Passes("The offences of the year are listed. Each offence is counted once.", why="one spelling"),
        Passes("The defence lawyers met at the Center for Defense Studies in May.", why="a name"),
    ),
)

_PAIRS: tuple[tuple[str, str], ...] = (
    (r"offence", r"offense"), (r"defence", r"defense"), (r"centre", r"center"), (r"labour", r"labor"),
    (r"behaviour", r"behavior"), (r"programme", r"program"), (r"licence", r"license"), (r"neighbour", r"neighbor"),
    (r"organis", r"organiz"), (r"authoris", r"authoriz"), (r"victimis", r"victimiz"), (r"criminalis", r"criminaliz"),
    (r"recognis", r"recogniz"), (r"sensitis", r"sensitiz"), (r"specialis", r"specializ"), (r"harmonis", r"harmoniz"),
)  # fmt: skip
# What may follow the stem; `program` alone is also a computer's, `license` is also the verb.
_TAILS = r"(?:s|d|ed|e|es|ing|ation|ations|al|hood|d's)?"
_AMBIGUOUS = frozenset({"program", "license", "licence", "programme"})
_MOST = 3


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    english = [a.passage for a in context.annotated if a.passage.lang in ("en", "mixed")]
    for british, american in _PAIRS:
        if british in _AMBIGUOUS:
            continue
        found: list[list[Span]] = []
        for stem in (british, american):
            pattern = re.compile(rf"(?<![\w-])(?<!\w[\"“„«]){stem}{_TAILS}(?![\w-])")
            # Small letters only: a capital is a name's or a heading's.
            found.append(
                [passage_span(p, *m.span()) for p in english for m in pattern.finditer(p.text) if stem in p.text]
            )
        if found[0] and found[1]:
            words = found[0][0].exact, found[1][0].exact
            yield finding(
                RULE,
                f'"{words[0]}" ({len(found[0])}) is British, "{words[1]}" ({len(found[1])}) American: choose one.',
                f'"{words[0]}" ({len(found[0])}) është drejtshkrim britanik, "{words[1]}" ({len(found[1])}) amerikan: '
                "zgjidhni njërin.",
                tuple(sorted((*found[0][:_MOST], *found[1][:_MOST]), key=lambda s: s.start)),
                found=" / ".join(words),
                severity=None if british == "offence" else Severity.TRIVIAL,
            )
