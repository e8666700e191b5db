"""The title in quotation marks that goes with an article or an act.

`Article 293/a of the Criminal Code, "Illegal interception of computer data"`, `neni 134 i Kodit Penal "Vjedhja"`,
`neni 117 – “Pornografia”`, `Article 108 with the obscene acts title`, `ligji nr. 9669, datë
18.12.2006 "Për masa ndaj dhunës"`, `"Pornography", provided by Article 117`, `"Dhuna në familje": neni 130/a`.
"""

from __future__ import annotations

import re

_OPEN, _CLOSE = '"“„«″”', '"”“»″'
_AFTER = re.compile(
    rf"""[\s,:;.\-–—(]{{0,4}}(?:(?:me\stitull(?:in)?|titulluar|titled|entitled|on|per|parashikon|qe\sparashikon|named)\s?:?\s?)?
    [{_OPEN}]\s?(?P<title>[^{_OPEN}{_CLOSE}]{{2,180}}?)\s?[{_CLOSE}]""",
    re.VERBOSE,
)
# `Article 108 of the Criminal Code with the obscene acts title`: in English also without quotation marks.
_WITH = re.compile(r"\s?,?\swith\s(?:the\s)?(?P<title>(?:[^\W\d_]{2,20}\s){1,6}?)title(?![^\W_])")
_BEFORE = re.compile(
    rf"""[{_OPEN}]\s?(?P<title>[^{_OPEN}{_CLOSE}]{{3,180}}?)\s?[{_CLOSE}]\s?,?\s?
    (?:(?:which\sis|as|is|e|i|te|se|qe|cilat|eshte)\s){{0,2}}
    (?:provided|foreseen|stipulated|defined|punished|punishable|envisaged|sanctioned|set\sout|parashikuar|e\sparashikuar|denuar|sanksionuar)
    \s(?:for\s)?(?:by|in|under|nga|ne|sipas)\s(?:the\s)?$
  | [{_OPEN}]\s?(?P<listed>[^{_OPEN}{_CLOSE}]{{3,180}}?)\s?[{_CLOSE}]\s?[:–—-]\s?$""",
    re.VERBOSE,
)
# A title before its article begins within this many characters.
_REACH = 240


def title_after(text: str, folded: str, end: int) -> tuple[int, int] | None:
    match = _AFTER.match(folded, end) or _WITH.match(folded, end)
    return _trimmed(text, *match.span("title")) if match else None


def title_before(text: str, folded: str, start: int) -> tuple[int, int] | None:
    first = max(0, start - _REACH)
    window = folded[first:start]
    if not any(q in window for q in _OPEN):
        return None
    match = _BEFORE.search(window)
    if match is None:
        return None
    start, end = match.span("title" if match["title"] else "listed")
    return _trimmed(text, first + start, first + end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return (start, end) if end - start > 1 and any(c.isalpha() for c in text[start:end]) else None
