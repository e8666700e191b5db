"""The number of an article and the parts of it that a citation names: paragraph, point, letter.

After the article: `neni 108, paragrafi i katërt`, `neni 131, pika 1, shkronja "f"`, `Article 108. paragraph four`,
`Article 5(1)(a)`, `Article 8, first paragraph`. Before it: `pika 2 e nenit 5`, `shkronja "a" e pikës 1 të nenit 131`,
`paragraph 2 of Article 5`, `the second paragraph of Article 29`.
"""

from __future__ import annotations

import re

from pipeline.find.references.draft import Pinpoint, RefScan, clean_number, ordinal

LETTER = r"(?:dh|gj|ll|nj|rr|sh|th|xh|zh|[a-zçë])(?![^\W_])"
# An article number in lower case, cedilla kept; digits may be damaged, but one must be whole. `192-b` is 192/b.
NUMBER = re.compile(
    rf"""(?:(?=[oli|]?\d)[\doli|]{{1,4}}|\d{{1,4}})(?:(?<=\d)[a-hjkm](?![^\W_]))?(?![\d])
    (?:\s?[/⁄]\s?(?:{LETTER}|\d{{1,2}}(?!\d|\.\d))|[-–](?:{LETTER}))?
    (?:\s?/\s?(?:\d{{1,2}}(?!\d)|{LETTER}))?(?![^\W_])""",
    re.VERBOSE,
)
_QUOTE = r"[\"'“”„«»‘’]"
_AFTER = re.compile(
    rf"""[\s,.;:]{{0,3}}(?:(?:dhe|and|te|i|e|se)\s)?(?:
      (?:paragraphs?|paras?|par|paragraf(?:i|it|in|e|et|eve)|aline[aj]\w{{0,2}})(?:\.\s{{0,2}}|\s{{1,2}})(?:(?:i|e|te|se|no|nr)\.?\s)?(?P<para>[^\W_]{{1,12}})
    | (?P<which>[^\W\d_]{{4,10}})\s(?:paragraph|sub-?paragraph)(?![^\W_])
    | (?:pik(?:a|es|en|at|ave|e)|points?)(?:\s{{1,2}}|(?={_QUOTE})){_QUOTE}?
      (?P<point>\d{{1,3}}(?:\.\d{{1,2}})?|{LETTER}){_QUOTE}?
    | (?:shkronj(?:a|es|en|at|ave)|germ(?:a|es|en)|letters?|lit|items?|sub-?points?|nenpik(?:a|es|en))
      (?:\.\s{{0,2}}|\s{{1,2}}|(?=[("“„]))\(?\s?{_QUOTE}?\s?
      (?P<letter>{LETTER}|\d{{1,2}})\s?{_QUOTE}?\)?
    | (?:fjali(?:a|se|ne)|sentence)\s(?:(?:e|se)\s)?(?P<sentence>[^\W_]{{1,10}})
    | \(\s?(?P<bracket>\d{{1,2}}|{LETTER})\s?\)
    )(?![^\W_])""",
    re.VERBOSE,
)
# `pikat 1 dhe 2`, `paragraphs 1, 2 and 3`, `shkronjat "a" dhe "b"`: the first is kept, the rest belongs to the place.
_MORE = re.compile(
    rf"(?:\s?(?:,|dhe|and|e|ose|or|-|–)\s?{_QUOTE}?(?:\d{{1,2}}|{LETTER}){_QUOTE}?(?![^\W_]|[.,/]\d|\s(?:i|e|te)\s)){{1,6}}"
)
_PLURAL = re.compile(
    r"(?:paragraphs|paras|paragrafet|paragrafeve|pikat|pikave|points|shkronjat|shkronjave|letters|items)"
)
_FOLLOWING = re.compile(r"\s?,?\s?(?:e\sne\svijim|e\svijues\w{0,2}|et\sseq\.?|and\sfollowing|ff\.?)(?![^\W_])")

_BEFORE = re.compile(
    rf"""(?:
      (?:(?P<point_word>pik(?:a|es|en|at|ave)|points?)\s{_QUOTE}?(?P<point>\d{{1,3}}|{LETTER}){_QUOTE}?)
    | (?:(?:paragraf(?:i|it|in)|paragraphs?|paras?\.?)\s(?:(?:i|e|te|se)\s)?(?P<para>[^\W_]{{1,10}}))
    | (?:(?:shkronj(?:a|es|en|at|ave)|germ(?:a|es|en)|letters?|items?)\s\(?{_QUOTE}?(?P<letter>{LETTER}){_QUOTE}?\)?)
    | (?:(?P<which>[^\W\d_]{{4,10}})\sparagraph)
    )(?=[\s,]|$)""",
    re.VERBOSE,
)
_JOINED = re.compile(r"\s?,?\s?(?:(?:i|e|te|se|of|in|ne|nga|dhe|and)\s)?(?:the\s)?")
_LED_TO = re.compile(r"\s(?:i|e|te|se|of|in|ne|under|nga)\s(?:the\s)?$|,\s?$")
# Parts before an article stand within this many characters of it.
_REACH = 80


def read_number(scan: RefScan, at: int) -> tuple[int, str] | None:
    """Where the article number at `at` ends, and the number; None where there is none, or it goes on as a decimal."""
    match = NUMBER.match(scan.lower, at)
    if match is None or not any(c.isdigit() for c in match.group()):
        return None
    if re.match(r"[.,]\d", scan.lower[match.end() : match.end() + 2]) and not re.match(
        r"[.,]\d{1,4}(?:/|\s?(?:,|dhe|and)\s)", scan.lower[match.end() : match.end() + 8]
    ):
        return None
    return match.end(), clean_number(match.group())


def read_parts(scan: RefScan, end: int, article: str) -> tuple[int, Pinpoint]:
    """The parts named after an article that ends at `end`, and where the last of them ends."""
    paragraph = point = letter = None
    while True:
        match = _AFTER.match(scan.folded, end)
        if match is None:
            break
        if match["para"] or match["which"]:
            value = ordinal(match["para"] or match["which"])
            if value is None or paragraph:
                break
            paragraph = value
        elif match["point"]:
            if point:
                break
            point = scan.lower[match.start("point") : match.end("point")]
        elif match["letter"]:
            if letter:
                break
            letter = scan.lower[match.start("letter") : match.end("letter")]
        elif match["sentence"]:
            if ordinal(match["sentence"]) is None:
                break
        elif match["bracket"].isdigit() and not paragraph:
            paragraph = match["bracket"]
        elif not match["bracket"].isdigit() and not letter:
            letter = scan.lower[match.start("bracket") : match.end("bracket")]
        else:
            break
        end = match.end()
        if _PLURAL.search(match.group()):
            more = _MORE.match(scan.folded, end)
            end = more.end() if more else end
    following = _FOLLOWING.match(scan.folded, end)
    return following.end() if following else end, Pinpoint(article, None, paragraph, point, letter)


def read_parts_before(scan: RefScan, start: int) -> tuple[int, str | None, str | None, str | None]:
    """(start, paragraph, point, letter) of the parts that lead to the article whose word begins at `start`."""
    first = max(0, start - _REACH)
    window = scan.folded[first:start]
    led = _LED_TO.search(window)
    if led is None:
        return start, None, None, None
    parts = [m for m in _BEFORE.finditer(window, 0, led.start() + 1) if m.end() <= led.start() + 1]
    at = led.start()
    paragraph = point = letter = None
    for part in reversed(parts):
        gap = window[part.end() : at]
        if gap and _JOINED.fullmatch(gap) is None:
            break
        word = part["para"] or part["which"]
        if word:
            value = ordinal(word)
            if value is None or paragraph:
                break
            paragraph = value
        elif part["point"] and not point:
            point = scan.lower[first + part.start("point") : first + part.end("point")]
        elif part["letter"] and not letter:
            letter = scan.lower[first + part.start("letter") : first + part.end("letter")]
        else:
            break
        at = part.start()
    if not (paragraph or point or letter):
        return start, None, None, None
    return first + at, paragraph, point, letter
