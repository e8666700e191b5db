"""Two verb forms or other words that exclude each other stand side by side.

Why a reviewer should care: a word was left behind in editing, and what is meant is open.

Not flagged: questions and tags (`is it`, `do they`); `what is is`, quotations and titles; Albanian `të ka` and
`të janë`, where `të` is a pronoun.

Source: texts corrected in haste, and raw machine translations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.wording import grouped, readable
from pipeline.model import Finding, Severity, Span

RULE = Rule(
    id="FO12",
    name="form.wording-broken",
    kind="language_error",
    issue_type="grammar",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Dy trajta foljore ose fjalë që përjashtojnë njëra-tjetrën qëndrojnë pranë.",
    why_sq="Një fjalë ka mbetur nga redaktimi, dhe kuptimi mbetet i hapur.",
    examples=(
        Flags("The unit ⟦is was⟧ set up in 2014 by an order of the minister.", why="two verbs"),
        Flags("The police ⟦will has⟧ a new structure next year.", why="will with has"),
        Flags("Raporti ⟦do është⟧ gati në fund të vitit.", why="do pa lidhoren"),
        Passes("What the aim is is not said, and the plan will have an annex.", why="right, if heavy"),
        Passes("Raporti do të jetë gati kur të ketë të dhëna të plota.", why="e saktë"),
    ),
)

_BROKEN_EN = re.compile(
    r"""(?<![/\-])\b(?:
        (?:is|are)\s(?:was|were|has|have|will) | (?:was|were)\s(?:is|are|has|have|will)
      | (?:has|have)\s(?:is|are|was|were|will) | (?:will|shall|should|would|must|can|could|may|might)\s
            (?:is|are|was|were|has|had|will|been)
      | (?:must|should|would|can|could|may|might|shall)\sto\s(?:be|have|do|take|make)
      | more\s(?:better|easier|larger|higher|lower|faster) | most\s(?:best|largest|highest|easiest)
      | the\s(?:of|and|is|are|was|were|to)
      | (?:did|does|do)\snot\s(?:has|had|was|were|is|are)
      | an?\sthe | the\san? | [a-z]{2,20}[a-hj-rtv-z]s's
    )\b""",
    re.VERBOSE,
)
_BROKEN_SQ = re.compile(
    r"""\b(?:
        do\s(?:është|eshte|janë|jane|ka|kanë|kane)
      | (?:është|janë|ishte|ishin)\s(?:është|janë|ishte|ishin|ka|kanë)
      | (?:duhet|mund)\s(?:është|janë|ka|kanë|ishte)
      | më\s(?:shumë|pak)\smë | nuk\snuk
    )\b""",
    re.VERBOSE,
)


# A subject with nothing but its genitives, and then `and` before the verb: a word is lost, or `and` is left over.
_LOST_EN = re.compile(
    r"(?:^|(?<=[.:;]\s)|(?<=^Also,\s)|(?<=\.\sAlso,\s))(?:The|This|Each|the|this|each)\s[a-z]{2,20}"
    r"(?:\s(?:of|for)\s(?:the\s|a\s)?[a-z]{2,20}){1,4}\s(?P<wrong>and\s(?:will|shall|is|are|was|were|has|have|must)\b)"
)
_LOST_SQ = re.compile(
    r"(?:^|(?<=[.:;]\s))[A-ZËÇ][a-zëç]{2,20}(?:\s(?:i|e|të|së)\s[a-zëç]{3,20}){1,4}\s"
    r"(?P<wrong>dhe\s(?:do\stë|është|janë|ishte|ishin|ka|kanë)\b)"
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: list[tuple[str, Span]] = []
    for passage in readable(context):
        pattern = _BROKEN_SQ if passage.lang == "sq" else _BROKEN_EN
        if passage.lang == "mixed":
            continue
        lost = _LOST_SQ if passage.lang == "sq" else _LOST_EN
        for match in lost.finditer(passage.text):
            span = context.quote(passage, match.start(), match.end())
            places.append((match.group(), span))
        for match in pattern.finditer(passage.text):
            if passage.lang == "en" and not _wrong(passage.text, match):
                continue
            span = context.quote(passage, match.start(), match.end())
            places.append((_sentence_key(passage.text, match), span))
    for spans in grouped(places).values():
        quoted = spans[0].exact
        yield finding(
            RULE,
            f"The words “{quoted}” do not go together: one of them is left over, or one is missing.",
            f"Fjalët “{quoted}” nuk shkojnë bashkë: njëra ka tepruar, ose mungon një.",
            spans,
            found=quoted,
        )


def _sentence_key(text: str, match: re.Match[str]) -> str:
    return match.group() + text[match.end() : match.end() + 20]


def _wrong(text: str, match: re.Match[str]) -> bool:
    """Not where a clause ends with the first verb (`what the aim is will be told`), a noun (`a can`, `in May`)."""
    words = match.group().split()
    before = text[max(0, match.start() - 60) : match.start()].lower()
    if words[0] in ("is", "are", "was", "were", "has", "have") and re.search(
        r"\b(?:what|that|which|who|how|where|as|than|whatever)\b[^.;]{0,60}$", before
    ):
        return False
    if words[0] == "will" and re.search(r"\b(?:free|the|a|his|her|its|their|last|good|political|own|of)\s$", before):
        return False
    if words[0] == "can" and re.search(r"\b(?:a|the|each|every)\s$", before):
        return False
    # `the a) and b) items`, `the “to be”`, `a to z`
    return text[match.end() : match.end() + 1] not in ')"”' and not (words[0] == "a" and before.rstrip()[-1:] in "('\"")
