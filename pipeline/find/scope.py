"""Says within what a figure counts: when, where, whose, and whether it is a part, a plan or a change.

Reads: the figures of a Scan. Writes: marks for `label_key`, so that rules compare without reading text again:
`@2013` time, `@durres` place, `^police` who does it, `~part` (`of which 20`, `nga të cilat 20`), `~other` (`another
20`,
`20 të tjera`), `~plan` (`will train 20`, `do të trajnohen 20`), `~by` (`rose by 20`, `me 20 më shumë`), `~per`
(`20 per class`, `mesatarisht 20`), `~base` (`15 of
20`), `~all` (`all 20`, `të gjitha 20`); `?2013` is a time of the sentence that may
belong to another part of it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from pipeline.find.scan import Scan
from pipeline.find.stems import stem
from pipeline.languages import MONTHS, WEEKDAYS
from pipeline.model import Figure

_SENTENCE = re.compile(
    r"(?<=[^\W\d_]{3})[.!?]+[\"”)]?\s+(?=[\"“„(]?[A-ZÇË\d])|(?<=[\d)%])[.!?]\s+(?=[A-ZÇË])|;\s|\n|\t"
)
_COUNTED = frozenset({"count", "amount", "percent"})
_TIMES = frozenset({"date", "date_range", "period", "year"})

_PART = re.compile(
    r"\b(?:of\s(?:which|whom|these|those|them)|out\sof\swhich|including|among\s(?:them|these|which)"
    r"|nga\s(?:te\scilat|te\scilet|keto|keta)"
    r"|prej\s(?:tyre|te\scilave|ketyre)|nder\s(?:ta|to|te\scilat)|perfshire|perfshi|ku\sperfshihen)\b[^.]{0,40}$"
)
_OTHER = re.compile(
    r"\b(?:another|further|additional|other|remaining|extra|tjeter|tjera|tjere|shtese|mbetura"
    r"|mbetur)\s?(?:about\s|rreth\s)?$"
)
_OTHER_AFTER = re.compile(
    r"\s(?:more|others?|further|additional|other|new|te\stjer[ae]|tjer[ae]|shtese|te\sreja|te\srinj|te\smbetura)\b"
)
_PLAN = re.compile(
    r"\b(?:will|shall|would|should|plan\w{0,4}|target\w{0,3}|aim\w{0,3}|intend\w{0,3}|expect\w{0,3}"
    r"|forese\w{1,5}|going\sto|goal|goals|next\syear"
    r"|do\ste|planifik\w{1,5}|synon\w{0,4}|parashik\w{0,5}|pritet|priten|objektiv\w{0,3}|duhet|duhen)\b[^.]{0,60}$"
)
_PLAN_AFTER = re.compile(
    r"[^.]{0,30}\b(?:will|shall|should|are\sto|is\sto|planned|do\ste|duhet\ste|planifikuar|parashikuar)\b"
)
_CHANGE = re.compile(
    r"\b(?:by|me)\s(?:about\s|rreth\s|around\s|nearly\s|over\s|mbi\s)?$|\b(?:increase|decrease|rise|fall"
    r"|drop|reduction|growth|rritje|ulje|renie|shtim|pakesim)"
    r"\s(?:of|prej|me|nga|by)\s$|\b(?:nga|from)\s\d[^.]{0,20}(?:to|ne|deri\sne)\s$"
)
_CHANGE_AFTER = re.compile(
    r"\s(?:more|less|fewer|higher|lower)\sthan\b|\s(?:me\sshume|me\spak|me\steper)\b"
    r"|[^.,;]{0,25}\s(?:more|fewer|less)\sthan\b"
)
_PER = re.compile(
    r"\b(?:average|averages|averaged|mean|each|every|mesatarisht|mesatare|cdo|secil\w{0,3}|minimum"
    r"|maksimum|maximum|at\sleast|at\smost)\b[^.]{0,25}$"
)
_PER_EN = re.compile(r"\bper\b[^.]{0,25}$")
_PER_EN_AFTER = re.compile(r"[^.,;\d]{0,40}\bper\b")
_PER_AFTER = re.compile(
    r"[^.,;\d]{0,40}\b(?:each|a\s(?:day|month|week|year)|every|cdo|secil\w{0,3}|ne\s(?:dite|muaj|vit"
    r"|jave)|daily|weekly|monthly)\b"
)
_BASE = re.compile(r"\s(?:(?:out\s)?of|nga|prej)\s(?:the\s|a\stotal\sof\s|gjithsej\s)?")
_ALL = re.compile(r"\b(?:all|all\sthe|all\sof\sthe|te\sgjitha|te\sgjithe|te\sgjithave|gjithe)\s$")
_CITED = re.compile(r"(?:nr|no|dated?|dt|dat[eë]n?)\W{0,3}$")
_NAME = re.compile(r"[A-ZÇË][\w’'-]+")
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|ne|te|tek|qytetin|bashkine|bashkia|qarkun|qarkut|rajonin)\s(?:the\s|e\s|te\s|se\s)?$"
)
# Names after a figure belong to it up to here, in characters, unless another figure comes first.
_REACH = 90
# A sentence's time stands within so many characters of its counts.
_TIME_REACH = 240


def marks(scan: Scan, figures: Sequence[Figure]) -> dict[int, tuple[str, ...]]:
    """The marks of each count, amount and percentage, by the place it begins at."""
    counted = [f for f in figures if f.kind in _COUNTED]
    if not counted:
        return {}
    text, folded = scan.text, scan.folded
    timed = [f for f in figures if f.kind in _TIMES and f.value is not None]
    timed_at = [f.span.start for f in timed]
    breaks = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text) + 1]
    found: dict[int, tuple[str, ...]] = {}
    for i, figure in enumerate(counted):
        start, end = figure.span.start, figure.span.end
        b = bisect.bisect_right(breaks, start) - 1
        first, last = breaks[b], min(breaks[b + 1], len(text))
        left = max(first, counted[i - 1].span.end if i else 0)
        right = min(last, counted[i + 1].span.start if i + 1 < len(counted) else last)
        before, after = folded[max(first, start - 90) : start], folded[end : min(last, end + 90)]
        given = [mark for mark, on in (
            ("~part", _PART.search(before)), ("~other", _OTHER.search(before) or _OTHER_AFTER.match(after)),
            ("~plan", _PLAN.search(before) or _PLAN_AFTER.match(after)),
            ("~by", _CHANGE.search(before) or _CHANGE_AFTER.match(after)),
            ("~per", _PER.search(before) or _PER_AFTER.match(after)),
            ("~per", scan.lang == "en" and (_PER_EN.search(before) or _PER_EN_AFTER.match(after))),
        ) if on]  # fmt: skip
        if i and _BASE.fullmatch(folded, counted[i - 1].span.end, start):
            given.append("~base")
        if _ALL.search(before):
            given.append("~all")
        near_times = timed[
            bisect.bisect_left(timed_at, max(first, start - _TIME_REACH)) : bisect.bisect_left(
                timed_at, min(last, end + _TIME_REACH)
            )
        ]
        given += _times(scan, near_times, right, start, end)
        near = _names(scan, end, min(right, end + _REACH), first)
        ahead = _names(scan, left, start, first)
        given += [f"@{n}" for n, _ in near]
        given += [f"@{n}" for n, located in ahead if located and f"@{n}" not in given]
        given += [f"^{n}" for n, _ in ahead]
        found[start] = tuple(dict.fromkeys(given))
    return found


def _times(scan: Scan, timed: Sequence[Figure], right: int, start: int, end: int) -> list[str]:
    """The times that the figure's own clause names; else, as doubtful, those of its sentence."""
    own: list[str] = []
    weak: list[str] = []
    for figure in timed:
        at = figure.span.start
        if figure.kind == "date" and _CITED.search(scan.folded[max(0, at - 9) : at]):
            continue
        if figure.value is None:
            continue
        if end <= at < right:
            (own if "," not in scan.text[end:at] else weak).append(figure.value)
        elif at < start:
            weak.append(figure.value)
    if own:
        return [f"@{t}" for t in own[:2]]
    return [f"?{t}" for t in weak[-2:]]


def _names(scan: Scan, start: int, end: int, sentence: int) -> list[tuple[str, bool]]:
    """Capitalised words between two places, folded and cut to their stems, and whether a place-word stands before."""
    found: list[tuple[str, bool]] = []
    for match in _NAME.finditer(scan.text, start, end):
        word = scan.folded[match.start() : match.end()]
        if match.start() <= sentence + 1 and not match.group().isupper() and word in _COMMON_STARTS:
            continue
        if word in MONTHS or word in WEEKDAYS or len(word) < 2:
            continue
        located = bool(_LOCATIVE.search(scan.folded, max(0, match.start() - 12), match.start()))
        found.append((stem(word, scan.lang), located))
    return found


_COMMON_STARTS = frozenset(
    """the in on at a an of for this these those during by from with as according after before since until while
    there it they
    all some further also over about around more overall total finally currently total
    ne gjate per nga me sipas pas para deri kjo ky keto keta si edhe gjithsej ndersa u jane eshte ka kane numri
    totali te e i
    mbi rreth aktualisht vetem dy tre""".split()
)
