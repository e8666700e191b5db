"""A number in words and the same number in digits beside it disagree.

Why a reviewer should care: nobody can tell which of the two was meant, and courts and auditors decide by the words.

Not flagged: the same number twice; a number in brackets that counts something else (`seven schools (8 classes each)`).

Source: the drafting habit of writing a number in words with its digits in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Severity

RULE = Rule(
    id="FG02",
    name="figures.digits-and-words-disagree",
    kind="count_mismatch",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="Numri me fjalë dhe i njëjti numër me shifra pranë tij nuk përputhen.",
    why_sq="Askush nuk e di cilin nga të dy deshi shkruesi; gjykatat dhe audituesit vendosin sipas fjalëve.",
    examples=(
        Flags("The commission has ⟦seven (8)⟧ members appointed by the council.", why="seven or eight"),
        Flags("Komisioni ka ⟦nëntë (7)⟧ anëtarë të emëruar nga këshilli.", why="nëntë apo shtatë"),
        Passes("The commission has seven (7) members appointed by the council.", why="they agree"),
        Passes("Afati është njëzet e një (21) ditë nga njoftimi.", why="përputhen"),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    wrong = [f for f in figures_of(context.mentions) if f.written == "both" and len(f.readings) > 1]
    done: set[str] = set()
    for figure in wrong:
        if figure.span.exact in done:
            continue
        done.add(figure.span.exact)
        yield finding(
            RULE,
            f"“{figure.span.exact}”: the digits say {figure.readings[0]}, the words say {figure.readings[1]}. "
            f"Check the number.",
            f"“{figure.span.exact}”: shifrat thonë {figure.readings[0]}, fjalët thonë {figure.readings[1]}. "
            "Kontrolloni numrin.",
            [f.span for f in wrong if f.span.exact == figure.span.exact],
            found=figure.span.exact,
        )
