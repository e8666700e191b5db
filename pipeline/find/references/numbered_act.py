"""An act called by its number: what it is, its number, and mostly its date.

Albanian: `ligji nr. 7895, datë 27.1.1995`, `ligjin nr. 10 023, datë 27.11.2008`, `ligji nr. 23/2012`, `ligji 18/2017`,
`VKM nr. 182, datë 13.03.2012`, `VKM-së nr. 223`, `vendimit të Këshillit të Ministrave nr. 445, datë 28.06.2019`,
`vendimin nr. 766, datë 14.9.2011`, `Urdhri nr. 548/3, datë 05.05.2014`, `urdhrit të ministrit nr. 214`,
`udhëzimi nr. 3, dt. 5.2.2018`, `LIGJI NR. 03/L-166`, `Ligji Nr. 10 071 / 9.2.2009`, `Kodi Penal nr. 06/L-074`.
English: `Law No. 7895, dated 27 January 1995`, `Law 44/2015`, `DCM No. 182, dated 13.03.2012`, `Order no. 135`,
`Order No. 548/3. dated 05,05,2014`, `Decision of the Council of Ministers No. 766 of 14.09.2011`,
`Instruction No. 5`, `Convention No. 182`.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from pipeline.find.references.draft import Act, RefScan, read_date
from pipeline.languages import MONTHS

# What an act is called, as stems of folded words, each with the type it has.
_HEADS: tuple[tuple[str, str], ...] = (
    ("decision", r"vendim(?:e|i|it|in|et|eve)?|vkm|dcm|decisions?|aktvendim(?:i|it|in)?"),
    ("order", r"urdher(?:esa|eses|esen|e|in|it|i)?|urdhr(?:i|it|in|a|at|ave)|orders?"),
    ("instruction", r"udhezim(?:e|i|it|in|et|eve)?|instructions?"),
    ("law", r"ligj(?:e|i|it|in|et|eve)?|laws?|act"),
    ("decree", r"dekret(?:i|it|in)?|dekretligj(?:i|it|in)?|decree"),
    ("regulation", r"rregullor(?:e|ja|es|en)|regulations?"),
    ("code", r"kod(?:i|it|in)|code"),
    ("convention", r"konvent(?:a|es|en)|conventions?|protokoll(?:i|it|in)|protocols?"),
    ("resolution", r"rezolut(?:a|es|en)|resolutions?"),
)
HEAD = re.compile("|".join(rf"(?P<{kind}>(?<![\w-])(?:{words})(?![^\W_]))" for kind, words in _HEADS))
_VALUE = r"""(?P<number>
    \d{2}\s?/\s?l\s?-\s?\d{1,3}                    # 03/L-166, Kosovo
  | \d{1,2}[ \u00a0]\d{3}(?!\d|[ \u00a0.]\d)       # 10 023
  | \d{1,6}(?:/\d{1,4}){0,2}                       # 7895, 23/2012, 548/3
)(?![^\W_]|[.,]\d)"""
_MARKED = re.compile(rf"(?<![^\W_])(?:nr|no|nos|numer|numri|number|n°|nº|n)(?:\.|:)?\s{{0,2}}{_VALUE}", re.VERBOSE)
_DIRECT = re.compile(
    r"(?<![\w-])(?P<head>vkm(?:-\w{1,3})?|dcm|ligj(?:i|it|in)?|law)\s{1,2}"
    r"(?P<number>\d{1,6}/\d{4}|\d{2}/l\s?-\s?\d{1,3}|\d{1,5}(?=\s?,?\s(?:date|dt|dated|of\s\d)))(?![\w/])"
)
# Between the head and the number: its issuer and linking words; anything else parts them.
_BETWEEN = re.compile(
    r"""(?:-(?:ja|se|s|ne|n|t|te)\b
    | [\s,("“„»”)\-–]+
    | \b(?:i|e|te|se|of|the|by|and|dhe|per|for|on|kuader|framework|issued|dated|nxjerre|miratuar)\b
    | \b(?:ministr|minister|keshill|council|kryetar|mayor|bashk|municipal|komun|kryeministr|prokuror|prosecut|drejtor
          |director|kuvend|assembly|parliament|president|presid|qever|government|prime|general|pergjithshem|shtet|state
          |komision|commission|board|bord|inspektor|qark|rektor|komisioner|commissioner|gjykat|court|penal|procedur
          |civil|familj|punes|zgjedhor|rrugor|doganor|criminal|ilo|onp|perbashket|joint|administrativ|organik|kushtetues|ri\b)[^\W\d_]*
    )*""",
    re.VERBOSE,
)
_CAPITALISED = re.compile(r"[A-ZÇË][\w'’-]*")
# An act and its number stand within this many characters: `vendimin e Këshillit të Ministrave nr.`
_REACH = 90
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""[\s,.;]{{0,3}}(?:\(\s?)?(?:(?:e|i|te|of|me)\s)?(?:(?:datedated|dated|dates|date|dat|dt|dl|d|me|on|of|i)\b[.:]?\s{{0,2}}){{0,2}}
    (?P<date>
        [\dol|]{{1,2}}\s?[.,/\-]\s?[\dol|]{{1,2}}\s?[.,/\-]\s?[\dol|]{{2,4}}(?:[.,/\-]\d{{2,4}})?(?![\w/]|[.,]\d)
      | \d{{1,2}}(?:st|nd|rd|th|-te)?\.?\s(?:of\s)?(?:{_MONTH})\b\.?,?\s?(?:i\svitit\s|te\svitit\s)?\d{{4}}(?!\d)
      | (?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}(?!\d)
      | (?:19|20)\d\d-\d\d-\d\d(?!\d)
    )""",
    re.VERBOSE,
)
# `Law No. 9062 of 2003`: a year alone, where it is said to be the date.
_YEAR = re.compile(r"[\s,]{0,2}(?:of|i\svitit|viti|te\svitit|e\svitit|\()\s?(?P<date>(?:19|20)\d\d)(?!\d|[./]\d)")


_DIGIT = re.compile(r"\d")


def numbered_acts(scan: RefScan) -> Iterator[Act]:
    """Acts with a number; of two heads before it, the nearer one has it."""
    if _DIGIT.search(scan.folded) is None:
        return
    heads = [(m.start(), m.end(), m.lastgroup or "law") for m in HEAD.finditer(scan.folded)]
    if not heads:
        return
    starts = [h[0] for h in heads]
    for match in _MARKED.finditer(scan.folded):
        at = bisect.bisect_left(starts, match.start()) - 1
        # `Kodi Penal i Republikës së Kosovës, ligji nr. ...` has two heads; the nearer is the act's.
        if at >= 0 and _belongs(scan, heads[at][1], match.start()):
            yield _act(scan, heads[at][0], match.end("number"), heads[at][2], match["number"])
    for match in _DIRECT.finditer(scan.folded):
        at = bisect.bisect_left(starts, match.start("head"))
        if at < len(heads) and heads[at][0] == match.start("head"):
            if heads[at][2] == "law" and match["number"].isdigit() and not scan.text[heads[at][0]].isupper():
                continue
            yield _act(scan, heads[at][0], match.end("number"), heads[at][2], match["number"])


def _belongs(scan: RefScan, start: int, end: int) -> bool:
    if end - start > _REACH:
        return False
    at = start
    while at < end:
        step = _BETWEEN.match(scan.folded, at, end)
        after = step.end() if step else at
        name = _CAPITALISED.match(scan.text, after, end)
        if name:
            after = name.end()
        if after == at:
            return False
        at = after
    return True


def _act(scan: RefScan, start: int, end: int, act_type: str, written: str) -> Act:
    number = "".join(written.split())
    number = number.upper() if "/l" in number else number
    date = text = None
    found = _DATE.match(scan.folded, end)
    slash = re.match(r"\s?/\s?(?=\d{1,2}[.,]\d{1,2}[.,]\d{4})", scan.folded[end : end + 14])
    if not found and slash:
        found = _DATE.match(scan.folded, end + slash.end())
    found = found or _YEAR.match(scan.folded, end)
    if found:
        text = scan.text[found.start("date") : found.end("date")]
        date = found["date"] if re.fullmatch(r"\d{4}", found["date"]) else read_date(text)
        end = found.end("date")
        if scan.text[end : end + 1] == ")" and "(" in scan.text[found.start() : found.start("date")]:
            end += 1
    return Act(start, end, "numbered_act", act_type, None, number, date, text)
