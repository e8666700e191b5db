"""A word takes a preposition that belongs to another word or another language, or a plural that it does not have.

Why a reviewer should care: “subordinate from the director” leaves open who is above whom, and “approved from the
ministry” reads as if the paper had come from there.

Not flagged: `from` before a date, a figure or a place (`conducted from May`, `financed from the budget`); words that
take either preposition; a comparison of another kind (`much more, then the court decides`).

Source: English written by speakers of Albanian, where nga is both “by” and “from”, and nën and me have their own use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.wording import grouped, readable
from pipeline.model import Finding, Severity, Span

RULE = Rule(
    id="FO14",
    name="form.wrong-preposition",
    kind="language_error",
    issue_type="grammar",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një fjalë angleze merr një parafjalë që s'i takon, ose një shumës që nuk e ka.",
    why_sq="“Subordinate from the director” nuk tregon kush varet nga kush; “approved from” tregon vend, jo organ.",
    examples=(
        Flags("The sector is ⟦subordinate from⟧ the deputy director.", why="subordinate to"),
        Flags("The plan was ⟦approved from the Council⟧ of Ministers in May.", why="nga: by"),
        Flags("The team ⟦consists from⟧ three officers.", why="consists of"),
        Passes("The course was conducted from May to July and financed from the budget.", why="time and source"),
        Passes("Plani u miratua nga Këshilli i Ministrave.", why="shqip"),
        Passes("The order was issued from Tirana, and the goods came from the Port of Durrës.", why="places"),
    ),
)  # fmt: skip

# The preposition that is right, after the wrong one.
_MEANT = {
    "subordinate from": "subordinate to",
    "subordinated from": "subordinated to",
    "consist from": "consist of",
    "consists from": "consists of",
    "consisting from": "consisting of",
    "depend from": "depend on",
    "depends from": "depends on",
    "depending from": "depending on",
    "comply to": "comply with",
    "complies to": "complies with",
    "responsible of": "responsible for",
    "in accordance to": "in accordance with",
    "in compliance to": "in compliance with",
    "in conformity to": "in conformity with",
    "according with": "according to",
    "in relation with": "in relation to",
    "with regards of": "with regard to",
    "in regards of": "in regard to",
    "different then": "different from",
    "more then": "more than",
    "less then": "less than",
    "discuss about": "discuss",
    "discussed about": "discussed",
    "emphasize on": "emphasize",
    "informations": "information",
    "equipments": "equipment",
    "softwares": "software",
    "advices": "advice",
    "furnitures": "furniture",
}
_FIXED = re.compile(r"\b(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s") for w in _MEANT) + r")\b", re.IGNORECASE)
# What a body does, and a body: a ministry, a council, a court, the police.
_BY = re.compile(
    r"""\b(?P<done> approved|adopted|signed|prepared|drafted|organi[sz]ed|conducted|implemented|supported|established
          |appointed|elected|coordinated|monitored|issued|proposed|ratified )
    \s from \s
    (?P<body> (?:the\s)? (?:Ministry|Minister|Council|Assembly|Parliament|Government|Police|State\sPolice|Court
          |School|Directorate|Agency|Commission|Prosecut\w{1,6}|President|Prime
          |Municipality|Mayor|Inspectorate|Authority) )\b""",
    re.VERBOSE,
)
# Set phrases in which the words stand by right.
_RIGHT = re.compile(r"\b(?:no|any|once|even|what)\s$", re.IGNORECASE)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: list[tuple[str, Span]] = []
    for passage in readable(context):
        if passage.lang != "en":
            continue
        for match in (*_FIXED.finditer(passage.text), *_BY.finditer(passage.text)):
            if match.group().lower().endswith(" then") and not _compared(passage.text, match):
                continue
            if not _RIGHT.search(passage.text[: match.start()]):
                places.append((match.group().lower(), context.quote(passage, match.start(), match.end())))
    for written, spans in grouped(places).items():
        meant = _MEANT.get(" ".join(written.split())) or re.sub(r"\bfrom\b", "by", spans[0].exact)
        # Clumsy, and clear all the same: who does what to whom is not in doubt.
        clear = " " not in written or written.split()[0] in (
            "discuss",
            "discussed",
            "emphasize",
            "in",
            "with",
            "more",
            "less",
        )
        yield finding(
            RULE,
            f"“{spans[0].exact}” is not English usage; “{meant}” is most likely meant.",
            f"“{spans[0].exact}” nuk përdoret në anglisht; ka të ngjarë të jetë “{meant}”.",
            spans,
            found=spans[0].exact,
            suggestion=meant,
            severity=Severity.TRIVIAL if clear else None,
        )


def _compared(text: str, match: re.Match[str]) -> bool:
    """`more then 20`: a figure or an article follows; in `much more, then the court` none does."""
    return re.match(r"\s(?:\d|(?:the|a|an|half|one|two|three|ten|any)\b)", text[match.end() :]) is not None
