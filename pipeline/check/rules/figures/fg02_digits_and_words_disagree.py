"""A number in words and the same number in digits beside it disagree.

Why a reviewer should care: nobody can tell which of the two was meant, and courts and auditors decide by the words.

Not flagged: the same number twice; a number in brackets that counts something else (`seven schools (8 classes each)`).

Source: the drafting habit of writing a number in words with its digits in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Figure, Finding, Severity

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
        same = [f for f in wrong if f.span.exact == figure.span.exact]
        other = _counterpart(figure, context)
        elsewhere = f"; the other language has “{other.span.exact}”" if other is not None else ""
        elsewhere_sq = f"; gjuha tjetër ka “{other.span.exact}”" if other is not None else ""
        yield finding(
            RULE,
            f"“{figure.span.exact}”: the digits say {figure.readings[0]}, the words say "
            f"{figure.readings[1]}{elsewhere}. "
            "Check the number.",
            f"“{figure.span.exact}”: shifrat thonë {figure.readings[0]}, fjalët thonë "
            f"{figure.readings[1]}{elsewhere_sq}. "
            "Kontrolloni numrin.",
            [*(f.span for f in same), *([other.span] if other is not None else [])],
            found=figure.span.exact,
            expected=other.value if other is not None else None,
        )


def _counterpart(figure: Figure, context: CheckContext) -> Figure | None:
    """The count that the passage's pair has instead, where it is one of the two."""
    passage = context.passage_at(figure.span)
    pair = context.pair_of.get(passage.passage_id) if passage is not None else None
    if passage is None or pair is None:
        return None
    other_id = pair.en_passage_id if pair.sq_passage_id == passage.passage_id else pair.sq_passage_id
    other = context.by_id.get(other_id)
    counts = [f for f in figures_of(other.mentions) if f.kind == figure.kind] if other is not None else []
    return next((f for f in counts if len(f.readings) == 1 and f.value in figure.readings), None)
