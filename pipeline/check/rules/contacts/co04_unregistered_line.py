"""A number is presented as a public line and stands in no register.

Why a reviewer should care: readers will call it; a line that does not exist, or is no public one, should not be
printed.

Not flagged: telephone numbers of offices and persons; numbers near a registered one, which another rule reports; every
number where the glossary lists no contacts.

Source: the register of public lines in the glossary.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.lines import is_short, phones, presented_as_line, registered
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Severity

RULE = Rule(
    id="CO04",
    name="contacts.unregistered-line",
    kind="hotline_unregistered",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një numër paraqitet si linjë publike dhe nuk gjendet në asnjë regjistër.",
    why_sq="Lexuesit do ta telefonojnë; një linjë që nuk ekziston ose nuk është publike nuk duhet shtypur.",
    examples=(
        Flags("Citizens can report corruption on the toll-free line ⟦0800 7733⟧.", why="no such line is registered"),
        Flags("Për ankesa u hap linja e gjelbër ⟦0800 5566⟧.", why="linjë e paregjistruar"),
        Passes("Citizens can report corruption at the office, tel. +355 4 2223 444.", why="an office's number"),
        Passes("Fëmijët mund të telefonojnë linjën 116 111.", why="linjë e regjistruar"),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    if not context.glossary.contacts:
        return
    done: set[str] = set()
    every = [f for f, _ in phones(context)]
    for figure in every:
        value = figure.value or ""
        if (
            value in done
            or not is_short(figure)
            or not presented_as_line(figure)
            or registered(context.glossary, value)
        ):
            continue
        done.add(value)
        yield finding(
            RULE,
            f"“{figure.span.exact}” is presented as a public line but stands in no register. "
            "Ask its operator whether it is in use, and add it to the glossary if it is.",
            f"“{figure.span.exact}” paraqitet si linjë publike, por nuk gjendet në regjistër. "
            "Pyesni institucionin nëse është në përdorim dhe shtojeni në glosar nëse po.",
            [f.span for f in every if f.value == value],
            found=figure.span.exact,
        )
