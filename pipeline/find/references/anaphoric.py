"""An act that stands elsewhere in the text: which one it is, resolving decides.

English: `this Code`, `this Law`, `the aforementioned Order`, `the above-mentioned Decision`, `the said Convention`.
Albanian: `ky Kod`, `i këtij Kodi`, `këtij ligji`, `kësaj Konvente`, `këtë vendim`, `urdhri i mësipërm`, `ligjit të
sipërcituar`, `urdhrin e lartpërmendur`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.find.references.draft import Act, RefScan

_EN = re.compile(
    r"(?<!\w)(?:(?:this|that|the\ssame)\s(?P<this>Code|Law|Order|Decision|Directive|Convention|Act|Regulation|Instruction|Constitution|Protocol)"
    r"|(?:the|this)\s(?:aforementioned|afore-mentioned|above-mentioned|abovementioned|above\smentioned|said|above|aforesaid)\s"
    r"(?P<said>[Cc]ode|[Ll]aw|[Oo]rder|[Dd]ecision|[Dd]irective|[Cc]onvention|[Aa]ct|[Rr]egulation|[Ii]nstruction))(?![\w-])"
)
_SQ = re.compile(
    r"(?<!\w)(?:(?:ky|ketij|kete|kesaj|kjo|ketyre|po\sketij|po\skesaj|po\skete)\s"
    r"(?P<this>kodi?|ligji?|ligj|urdhri?|urdher|urdheri|vendimi?|konvent[ae]|direktiv[ae]|rregullor(?:e|ja)|udhezimi?)"
    r"|(?P<said>kod(?:i|it|in)|ligj(?:i|it|in)|urdhr(?:i|it|in)|vendim(?:i|it|in)|konvent(?:a|es|en)|udhezim(?:i|it|in))\s(?:i|te|e|se)\s"
    r"(?:mesiperm|mesiperme|siperpermendur|sipercituar|lartpermendur|lartcituar|sipercituar|mesipermit|permendur\sme\ssiper))(?![\w-])"
)
_TYPES = (
    (("code", "kod"), "code"), (("law", "ligj", "act"), "law"), (("order", "urdh"), "order"),
    (("decision", "vendim"), "decision"), (("direct", "direkt"), "directive"),
    (("convention", "konvent", "protocol"), "convention"), (("regulation", "rregull"), "regulation"),
    (("instruction", "udhez"), "instruction"), (("constitution",), "constitution"),
)  # fmt: skip


# Only beside an article: `Article 6 of the Convention`, `neni 25 i direktivës`.
_BARE_EN = re.compile(
    r"(?<=\sthe\s)(?:Code|Law|Decision|Directive|Convention|Act|Regulation|Protocol|code|law|directive|convention)"
    r"(?![\w-]|\s[Oo]f\b|\s[Oo]n\b)"
)
_BARE_SQ = re.compile(
    r"(?:(?<=\s[ie]\s)|(?<=\ste\s)|(?<=\sse\s))(?:kodit|ligjit|direktives|konventes|rregullores|protokollit|udhezimit)"
    r"(?![\w-]|\s(?:nr|per|te|se|i|e)\b)"
)


def anaphoric_acts(scan: RefScan) -> Iterator[Act]:
    for pattern, text in ((_EN, scan.text), (_SQ, scan.folded)):
        for match in pattern.finditer(text):
            word = (match["this"] or match["said"]).lower()
            act_type = next(t for stems, t in _TYPES if word.startswith(stems))
            # `this decision` in small letters is mostly any decision; the pattern asks for the capital.
            start = match.start()
            yield Act(start, match.end(), "anaphoric", act_type, scan.text[start : match.end()], anaphoric=True)
    for bare, searched in ((_BARE_EN, scan.text), (_BARE_SQ, scan.folded)):
        for match in bare.finditer(searched):
            word = match.group().lower()
            act_type = next((t for stems, t in _TYPES if word.startswith(stems)), "convention")
            yield Act(
                match.start(), match.end(), "anaphoric", act_type, scan.text[match.start() : match.end()],
                anaphoric=True, attached_only=True,
            )  # fmt: skip
