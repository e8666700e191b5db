"""An act of the European Union, called by its year and number.

English: `Directive 2011/93/EU`, `Directive 2011/93/EC` (wrong suffix), `EU Directive 2012/29`, `Directive 95/46/EC`,
`Directive (EU) 2016/1148`, `Regulation (EU) 2016/679`, `Regulation (EC) No 45/2001`, `Council Framework Decision
2004/68/JHA`, `Commission Decision 2007/116/EC`.
Albanian: `Direktiva 2011/93/BE`, `Direktivës 2011/36/BE`, `Direktiva (BE) 2016/1148`, `Rregullorja (BE) 2016/679`,
`Vendimi-kuadër 2004/68/DÇB`, `Direktivën 95/46/KE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.find.references.draft import Act, RefScan

SUFFIXES = "eu ec eec jha euratom be ke kee ueb gjeb pb dcb pjha cfsp pesc".split()
_SUFFIX = "|".join(sorted(SUFFIXES, key=len, reverse=True))
_EU_ACT = re.compile(
    rf"""(?<![\w-])(?:(?:eu|be|council|commission|european|kuader|keshillit|komisionit)\s)?
    (?P<head>direktiv(?:a|es|en|e|at|ave)|directives?|rregullor(?:ja|es|en|e|ja)|regulations?
      |(?:framework\s)?decisions?|vendim(?:i|it|in)?(?:\s?-?\s?kuad(?:er|ri|rit|rin))?|recommendations?)
    \s{{1,2}}(?:e\s(?:be|ke)(?:-se)?\s)?(?:e\s)?(?:(?:kuader)\s)?(?:\((?P<bracket>{_SUFFIX})\)\s?)?(?:(?:nr|no)\.?\s?)?
    (?P<number>\d{{2,4}}/\d{{1,4}})(?P<suffix>\s?/\s?(?:{_SUFFIX})(?![^\W_]))?(?![\d/])""",
    re.VERBOSE,
)
_TYPES = (("direct", "directive"), ("direkt", "directive"), ("regul", "regulation"), ("rregul", "regulation"),
          ("recom", "recommendation"))  # fmt: skip


def eu_acts(scan: RefScan) -> Iterator[Act]:
    """Acts of the Union; a plain decision or regulation needs a suffix or a bracket, or it may be anybody's."""
    for match in _EU_ACT.finditer(scan.folded):
        head = match["head"]
        act_type = next((t for stem, t in _TYPES if head.startswith(stem)), "decision")
        marked = bool(match["suffix"] or match["bracket"]) or "kuad" in head or "framework" in head
        if act_type != "directive" and not marked:
            continue
        start = match.start("head")
        number = "".join(scan.text[match.start("number") : match.end()].split()).upper()
        yield Act(start, match.end(), "eu_act", act_type, None, number)
