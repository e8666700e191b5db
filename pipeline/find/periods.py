"""Finds years, quarters, halves and periods of years.

Reads: a Scan. Writes: Figure. Written forms: `first quarter of 2014`, `tremujori i parë i vitit 2014`, `Q1 2014`,
`2012-2014`, `viti shkollor 2013-2014`, `school year 2013/14`, `fundi i vitit 2014`, `by the end of 2014`, `in 2014`.
"""

from __future__ import annotations

import re

from pipeline.find.scan import Scan
from pipeline.find.stems import is_finite

_YEAR = r"(?:19|20)\d{2}"

_ORD = (
    r"(?:first|second|third|fourth|1st|2nd|3rd|4th|[1-4]|i{1,3}|iv"
    r"|(?:i|e|te|se)?\s?(?:pare|dyte|trete|katert)(?:n|s|t|i|it|in|en|es)?)"
)

_ORDER = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "pare": 1, "dyte": 2,
    "trete": 3, "katert": 4,
}  # fmt: skip

_YEAR_TAIL = rf"(?:\s?(?:,|of|te|i|e|per)?\s?(?:the\syear\s|year\s|vitit\s|vitin\s|viti\s)?(?P<year>{_YEAR})(?!\w))?"

_QUARTER_EN = re.compile(rf"\b(?P<order>{_ORD})[\s-](?P<part>quarter|half|semester|trimester)\b{_YEAR_TAIL}")

_QUARTER_SQ = re.compile(
    rf"""\b(?P<part>tremujor\w{{0,3}}|3-mujor\w{{0,3}}|gjashtemujor\w{{0,3}}|6-mujor\w{{0,3}}|gjysm\w{{1,2}}|semestr\w{{1,3}}|katermujor\w{{0,3}})
    \s(?P<order>(?:i|e|te|se)\s(?:pare|dyte|trete|katert)\w{{0,2}}|iv|i{{1,3}}|(?:i|te)\s(?:iv|i{{1,3}}))\b
    (?:\s(?:te|i|e|se)?\s?(?:vitit\s|vitin\s|viti\s)?(?P<year>{_YEAR})(?!\w))?""",
    re.VERBOSE,
)

_QUARTER_SHORT = re.compile(
    rf"\b(?:q(?P<order>[1-4])[\s/-](?P<year>{_YEAR})|(?P<year2>{_YEAR})[\s/-]?q(?P<order2>[1-4]))\b"
)

_SCHOOL_YEAR = re.compile(
    rf"(?P<cue>\b(?:vit\w{{0,4}}\s(?:shkollor|akademik)\w{{0,2}}|(?:school|academic)\syears?)\s)"
    rf"(?P<from>{_YEAR})\s?[-–—/]\s?(?P<to>\d{{4}}|\d{{2}})(?!\w)"
)

_YEARS = re.compile(
    rf"""(?<![\w./,-])(?P<from>{_YEAR})(?P<sep>\s?[-–—/]\s?|\s(?:to|until|through|deri\sne\svitin|deri\sne|deri\sme|deri)\s)
    (?P<to>{_YEAR}|\d{{2}})(?![\w/]|[.,-]\d)""",
    re.VERBOSE,
)

_PART_OF_YEAR = re.compile(
    rf"\b(?:end|beginning|start|middle|fund\w{{0,3}}|fillim\w{{0,2}}|mes\w{{0,2}}|early|late|mid)(?:\s(?:of|i|te|e)|-)?"
    rf"(?:\s(?:the\syear|vitit|vitin))?\s?(?P<year>{_YEAR})(?!\w)"
)

_ONE_YEAR = re.compile(rf"(?<![\w.,/\-+])(?P<year>{_YEAR})(?![\w/]|[.,-]\d)")

_YEAR_CUE = re.compile(
    r"""\b(?:in|of|by|since|from|until|till|for|during|year|years|through|to|before|after|and|viti|vitit|vitin|vite|vitet|viteve|ne
    |gjate|per|nga|deri|deri\sme|prej|dhe|pas|para|than|the|this|between|with|krahasuar\sme|me|e|budget|buxhetit|buxheti
    |fiscal|fund|qershor|korrik)\s(?:the\s)?$|[(\-–—/]\s?$|^\s*$""",
    re.VERBOSE,
)

_YEAR_ENDING = re.compile(r"-(?:s|n|es|en|ta|tat|ten|tes|te|it|in|a|ave)\b")

_COUNTED_AFTER = re.compile(r"[\s\u00a0]([a-z]{3,})")

_NOT_COUNTED = frozenset(
    """and or but the was were are is has have had will would shall may can to in on at by for from with of as that
    which when
    while where than there this these those also its their compared according until since report reports budget act law
    edition survey census annual through during after before dhe ose por jane ishin eshte ishte kane kishte kishin
    ka per ne
    me nga si dhe sipas deri gjate kur qe ku ndersa u do pas para prej mbi krahasuar nuk mund raporti u ishte kete keto
    nen kunder edhe""".split()
)


def find_periods(scan: Scan) -> None:
    """Adds every quarter, half and period of years."""
    if not scan.has_digit and "quarter" not in scan.folded and "mujor" not in scan.folded:
        return
    for match in _SCHOOL_YEAR.finditer(scan.folded):
        if scan.free(match.start("from"), match.end()):
            scan.add("period", match.start("from"), match.end(), _years(match["from"], match["to"]), unit="school year")
    for pattern in (_QUARTER_SQ, _QUARTER_EN):
        for match in pattern.finditer(scan.folded):
            if scan.free(*match.span()):
                _read_quarter(scan, match)
    for match in _QUARTER_SHORT.finditer(scan.folded):
        if scan.free(*match.span()):
            scan.add("period", *match.span(), f"{match['year'] or match['year2']}-Q{match['order'] or match['order2']}")
    for match in _YEARS.finditer(scan.folded):
        if not scan.free(*match.span()) or (len(match["to"]) == 2 and match["sep"].strip() not in ("/", "-", "–")):
            continue
        if len(match["to"]) == 2 and int(match["to"]) != (int(match["from"]) + 1) % 100:
            if match["sep"].strip() == "/":
                scan.take(*match.span())  # 2011/93: the number of an act that stands without its name
            continue
        scan.add("period", *match.span(), _years(match["from"], match["to"]))
    for match in _PART_OF_YEAR.finditer(scan.folded):
        if scan.free(*match.span()):
            scan.add("date", *match.span(), match["year"])


def _years(first: str, last: str) -> str:
    return f"{first}/{last if len(last) == 4 else first[:2] + last}"


def _read_quarter(scan: Scan, match: re.Match[str]) -> None:
    part = match["part"]
    letter = "Q" if part.startswith(("quarter", "trimester", "tremujor", "3-mujor")) else "H"
    if part.startswith("katermujor"):
        return
    words = match["order"].split()
    order = next((n for stem, n in _ORDER.items() if len(stem) > 3 and words[-1].startswith(stem)), 0)
    order = order or _ORDER.get(words[-1], 0) or (int(words[-1][0]) if words[-1][0].isdigit() else 0)
    if not order or (letter == "H" and order > 2):
        return
    year = match["year"]
    if (year is None and part in ("half", "semester")) or (year is None and part.startswith(("gjysm", "semestr"))):
        return  # the first half of a match, of a list: not a time
    scan.add("period", *match.span(), f"{year or '-'}-{letter}{order}")


def find_years(scan: Scan) -> None:
    """Adds every single year that is none of something else."""
    if not scan.has_digit:
        return
    for match in _ONE_YEAR.finditer(scan.folded):
        if not scan.free(*match.span()):
            continue
        start, end = match.span()
        after = _COUNTED_AFTER.match(scan.folded, end)
        cue = _YEAR_CUE.search(scan.folded, max(0, start - 18), start)
        counted = (
            after is not None
            and after[1] not in _NOT_COUNTED
            and scan.text[after.start(1)].islower()
            and not is_finite(after[1], scan.lang)
        )
        if (
            counted
            and not (
                cue
                and cue.group().strip()
                not in (
                    "",
                    "the",
                    "and",
                    "dhe",
                    "e",
                    "to",
                    "than",
                    "me",
                    "with",
                    "from",
                    "by",
                    "for",
                    "per",
                    "nga",
                    "ne",
                    "of",
                )
            )
            and not _plural_or_year(scan, cue.group().strip() if cue else "", after[1] if after else "")
        ):
            continue
        ending = _YEAR_ENDING.match(scan.folded, end)
        scan.add("year", start, ending.end() if ending else end, match["year"])


_UNIT_AFTER = frozenset("leke lek lekesh euro eur all usd mije milion milione persona vete".split())


def _plural_or_year(scan: Scan, cue: str, after: str) -> bool:
    """Whether the number before `after` is a year all the same: `në 2013 u trajnuan`, `the 2013 report`."""
    if after in _UNIT_AFTER:
        return False
    if cue == "ne" or cue == "in":
        return True
    if cue in ("the", "of", "by", "from", "for") and "en" in scan.languages:
        return not after.endswith("s") or after.endswith("ss")
    return False
