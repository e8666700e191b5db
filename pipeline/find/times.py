"""Finds times of day.

Reads: a Scan. Writes: Figure. Written forms: `10:30`, `ora 10.30`, `në orën 14`, `from 6.00 to 22.00`, `9 a.m.`.
"""

from __future__ import annotations

import re

from pipeline.find.scan import Scan

_TIME = re.compile(
    r"(?<![\w.,:/])(?P<hour>[01]?\d|2[0-4])(?P<sep>[:.])(?P<minute>[0-5]\d)(?P<half>\s?[ap]\.?m\b\.?)?(?![\d:]|[.,]\d)"
)

_TIME_CUE = re.compile(
    r"(?:\b(?:ora|ore|oren|ores|oret|orari|at|from|to|until|till|after|before|by|between|and|nga|deri"
    r"|deri\sne|deri\sme|ne|pas|para|dhe|h|hours|midis"
    r"|mes)\s|[-–]\s?|^\s*)$"
)

_NO_TIME_AFTER = re.compile(
    r"(?:\s?(?:to|and|ne|deri\sne|-)\s?\d[\d.,]{0,9})?\s?(?:%|€|\$|per\s?(?:cent|qind)|milion|million"
    r"|mije|thousand|euro|lek|eur\b|all\b|usd\b|percent"
    r"|point|pike|km|m2|ha\b|times|here)"
)

_CLOCK = re.compile(
    r"\b(?P<hour>1[0-2]|0?[1-9])\s?(?P<half>[ap])\.?m\b\.?|\bor(?:a|en|es)\s(?P<hour2>2[0-4]|1\d|0?\d)(?![\d:.,]*\d|\w)"
)


def find_times(scan: Scan) -> None:
    """Adds every time of day."""
    if not scan.has_digit:
        return
    for match in _TIME.finditer(scan.folded):
        if not scan.free(*match.span()):
            continue
        cue = match["half"] or _TIME_CUE.search(scan.folded, max(0, match.start() - 9), match.start())
        pointed = (
            cue
            and not _NO_TIME_AFTER.match(scan.folded, match.end())
            and (
                _near_hour_word(scan, match.start())
                or (match["minute"] in ("00", "15", "30", "45") and _clock_like(scan, match))
            )
        )
        if match["sep"] == ":" or pointed:
            hour = int(match["hour"])
            if match["half"]:
                hour = hour % 12 + (12 if "p" in match["half"] else 0)
            if match["sep"] == ":" and not cue and len(match["hour"]) == 1:
                continue  # 1:20 may be a ratio
            scan.add("time", *match.span(), f"{hour:02d}:{match['minute']}")
    for match in _CLOCK.finditer(scan.folded):
        if scan.free(*match.span()):
            hour = int(match["hour"] or match["hour2"])
            if match["half"]:
                hour = hour % 12 + (12 if match["half"] == "p" else 0)
            scan.add("time", *match.span(), f"{hour:02d}:00")


def _clock_like(scan: Scan, match: re.Match[str]) -> bool:
    """`at 10.30`, `from 6.00 to 22.00`: English puts no word for the hour."""
    before = scan.folded[max(0, match.start() - 8) : match.start()]
    return "en" in scan.languages and bool(re.search(r"\b(?:at|from|to|until|after|before|and)\s$", before))


def _near_hour_word(scan: Scan, start: int) -> bool:
    """With a point between, `10.30` is a time only where hours are spoken of."""
    return bool(
        re.search(
            r"\b(?:ora|ore|oren|ores|oret|orari|orarin|hours|o'clock)\b|[ap]\.m\.",
            scan.folded[max(0, start - 30) : start + 12],
        )
    )
