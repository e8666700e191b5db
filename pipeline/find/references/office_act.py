"""An act called by who issued it, without number: `the Prime Minister's Order`, `urdhri i Kryeministrit`.

English: `the Prime Minister's Order`, `the Minister's Instruction`, `the Order of the Minister of Interior`.
Albanian: `urdhri i Kryeministrit`, `urdhrit të Ministrit të Brendshëm`, `udhëzimi i Prokurorit të Përgjithshëm`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.find.references.draft import Act, RefScan

_OFFICE = (
    r"(?:Prime\sMinister|Minister|Mayor|Prosecutor\sGeneral|General\sProsecutor|President"
    r"|Director\sGeneral|General\sDirector)"
)
_ACT = r"(?P<head>Order|Decision|Instruction|Decree)"
_POSSESSIVE = re.compile(rf"(?<!\w)(?:the\s)?{_OFFICE}[’'`]s\s{_ACT}(?![\w-]|\s(?:No|no|Nr|nr)\b)")
_OF = re.compile(rf"(?<!\w)the\s{_ACT}\sof\sthe\s{_OFFICE}(?:\sof\s(?:the\s)?[A-Z][\w-]+)?(?![\w-])")
_SQ = re.compile(
    r"(?<!\w)(?P<head>[Uu]rdhri|[Uu]rdhrit|[Uu]rdhrin|[Uu]dhëzimi|[Uu]dhëzimit|[Uu]dhëzimin|[Dd]ekreti|[Dd]ekretit)\s(?:i|të|e)\s"
    r"(?:Kryeministrit|Ministrit(?:\stë\s[A-ZÇË]\w+)?|ministrit\stë\s[A-ZÇË]\w+|Prokurorit\stë\sPërgjithshëm|Presidentit)(?!\w|\s(?:nr|Nr)\b)"
)
_TYPES = {"o": "order", "u": "order", "i": "instruction"}


# One of these is in every such act.
_OFFICES = ("minist", "mayor", "prosecutor", "prokuror", "president", "director")


def office_acts(scan: RefScan) -> Iterator[Act]:
    if not any(office in scan.folded for office in _OFFICES):
        return
    for pattern in (_POSSESSIVE, _OF, _SQ):
        for match in pattern.finditer(scan.text):
            head = match["head"].lower()
            act_type = "decree" if head.startswith(("dek", "decr")) else "decision" if head.startswith("dec") else (
                "instruction" if head.startswith(("udh", "ins")) else "order")  # fmt: skip
            yield Act(match.start(), match.end(), "office_act", act_type)
