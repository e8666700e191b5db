"""Several articles under one word: a list, a range, or both.

Albanian: `nenet 108 dhe 117`, `neneve 71, 72 dhe 73`, `neneve 293/a, 293/b dhe 293/ç`, `nenet 76-79`, `nenet 399/1 –
399/12`, `nenet 5 deri në 9`, `Neni 35 dhe 49`.
English: `Articles 108 and 117`, `Article 108 and 117`, `Articles 293/a, 293/b and 293/ç`, `Articles 293/a to 293/ç`,
`Articles 293/a-ç`, `Articles 5 through 9`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.find.references.article_parts import LETTER, read_number, read_parts
from pipeline.find.references.draft import Pinpoint, RefScan
from pipeline.languages import MONTHS

_AND = re.compile(
    r"\s{0,2}(?:,\s?(?:and|dhe|or|ose|si\sdhe|as\swell\sas)\s|[,;]\s?|(?:and|dhe|or|ose|e|si\sdhe|as\swell\sas)\s|&\s?)"
)
_TO = re.compile(r"\s{0,2}(?:-|–|—|to\s|through\s|deri\s(?:ne\s|te\s|tek\s)?)\s?(?:(?:nenin?|article)\s)?")
_LETTER_ONLY = re.compile(rf"\s?[-–—]\s?(?P<letter>{LETTER})")
# What is counted, not cited: `Article 5, 12 persons`, `neni 5, 12 maj`.
_COUNTED = re.compile(
    r"\s{1,2}(?!(?:is|was|has|does|as)\b)(?:[^\W\d_]{3,}s|perso\w+|raste\w*|vje[ct]\w*|muaj\w*|dite\w*|vite?\w{0,3}|lek\w*|euro|eur|usd|all"
    r"|femij\w+|vet[ae]|here|milion\w*|mije|thousand|million|people|children|women|men|per\s?cent|perqind\w*|per\sqind)\b|\s?%"
)
_MONTH = re.compile(r"\s{1,2}(?P<word>[^\W\d_]{3,9})\b")
_GOES_ON_WITH_WORDS = re.compile(
    r"\s{1,2}(?!(?:and|dhe|or|ose|of|to|deri|e|i|te|se|ne|in|paragraph|paragraf\w*|pika|shkronj\w*|para|is|are|was|were|te|qe)\b)[^\W\d_]"
)
# A list longer than this is no citation but a table.
_LONGEST_LIST = 60


def read_more(scan: RefScan, end: int, first: Pinpoint, *, plural: bool) -> tuple[int, tuple[Pinpoint, ...], str]:
    """(end, articles, form) of the list that begins with `first` and stands up to `end`."""
    items = [first]
    form = "article"
    while len(items) < _LONGEST_LIST:
        letter = _LETTER_ONLY.match(scan.lower, end)
        if letter and "/" in items[-1].article and items[-1].article_end is None:
            base = items[-1].article.rsplit("/", 1)[0]
            items[-1] = replace(items[-1], article_end=f"{base}/{letter['letter']}")
            end, form = letter.end(), "article_range"
            continue
        to = _TO.match(scan.folded, end)
        upto = read_number(scan, to.end()) if to else None
        if (
            upto
            and items[-1].article_end is None
            and _after(items[-1].article, upto[1])
            and _is_item(scan, *upto, plural)
        ):
            items[-1] = replace(items[-1], article_end=upto[1])
            end, form = upto[0], "article_range"
            continue
        also = _AND.match(scan.folded, end)
        item = read_number(scan, also.end()) if also else None
        if also is None or item is None or not _is_item(scan, *item, plural):
            break
        if not plural and "," in also.group() and _GOES_ON_WITH_WORDS.match(scan.folded, item[0]):
            # `neni 248, 11 çështje`: after a comma, what a singular counts.
            break
        end, pinpoint = read_parts(scan, *item)
        items.append(pinpoint)
        form = "article_list"
    return end, tuple(items), form


def _after(first: str, last: str) -> bool:
    """Whether a range can run from one to the other: `76-79`, `399/1-399/12`, not `117-5`."""
    a, b = re.match(r"\d+", first), re.match(r"\d+", last)
    return bool(a and b and (int(b.group()), last) > (int(a.group()), first))


def _is_item(scan: RefScan, end: int, number: str, plural: bool) -> bool:
    """Whether a number in the list is an article: not counted, no date, no year, and not the act's own number."""
    after = scan.folded[end : end + 24]
    month = _MONTH.match(after)
    if month and month["word"] in MONTHS:
        return False
    if re.match(r"[.,/]\d", after) or (
        after[:1] in ")%" and not plural and "(" not in scan.folded[max(0, end - 40) : end]
    ):
        return False
    if re.fullmatch(r"(?:19|20)\d\d", number) or not number[:1].isdigit():
        return False
    return _COUNTED.match(after) is None
