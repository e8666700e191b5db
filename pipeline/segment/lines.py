"""Lines of plain text: which belong together, which are furniture, and what each paragraph is.

Reads: str. Writes: Line, PassageKind.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import PassageKind
from pipeline.segment.lists import read_marker

# Line ends that plain text has: LF, CR LF, CR alone, form feed between pages, Unicode's own.
_LINE_END = re.compile(r"\r\n|[\n\r\f\v\u0085\u2028\u2029]")
_PAGE_NUMBER = re.compile(
    r"""
    [-–—|\[(\s]{0,4}
    (?: (?:page|faqe|faqja|fq|p|f) \.? \s{0,2} )?
    \d{1,4}
    (?: \s{0,2} (?:/|of|nga|prej) \s{0,2} \d{1,4} )?
    [-–—|\])\s]{0,4}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HEADING_START = re.compile(
    r"""
    (?: \#{1,6}\s
      | (?: chapter|section|part|annex|appendix|objective|action|measure|pillar|title|article
          | kreu|seksioni|pjesa|aneksi|shtojca|objektivi|veprimi|masa|shtylla|titulli|neni ) \s{1,3}
        (?: [\#№] \s? | no\.?\s? | nr\.?\s? )? (?: \d{1,3}(?:[./]\w{1,3})? | [IVXLC]{1,6} | [A-Z] ) \b )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOTE_START = re.compile(
    r"(?:\[\d{1,3}\]\s|\d{1,3}\s(?=See |Shih )|(?:Note|Notes|Source|Sources|Shënim|Shenim|Shënime|Burimi|Burim):)", re.I
)
_SENTENCE_END = tuple(".;:!?")
# Characters: a longer line without a full stop is a sentence that lost it, not a heading.
HEADING_LENGTH = 110
_CLOSING_QUOTES = ('"', "”", "»")
# Words: a longer numbered line is an item or a sentence.
_TITLE_WORDS = 8
# Words that cannot end a heading.
_OPEN_WORDS = frozenset(
    """the of and to in for with by on at from a an or that which i e të së në për me nga dhe ose që si është is are
    was were has have will""".split()
)
# Characters: the widest line of a text that was wrapped by hand or by a mail program.
WRAP_WIDTH = 110
# Characters: a shorter line was ended on purpose.
UNWRAPPED_WIDTH = 45
# Share of the wrap width that a line must reach for the next line to continue it.
WRAP_SHARE = 0.7
# Pairs of lines needed before a text is called wrapped.
WRAP_PAIRS = 6
# Times that a line stands beside page numbers before it is a running head.
RUNNING_HEAD = 3


@dataclass(frozen=True, slots=True)
class Line:
    """`source[start:end]` without its line end; `number` from 1."""

    number: int
    start: int
    end: int
    text: str
    page_end: bool = False
    """A form feed ends it."""

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def split_lines(source: str) -> list[Line]:
    """All lines, blank ones too; numbers count line feeds as an editor does."""
    lines: list[Line] = []
    at, number = 0, 1
    for match in _LINE_END.finditer(source):
        lines.append(Line(number, at, match.start(), source[at : match.start()], match.group() == "\f"))
        number += match.group() in ("\n", "\r\n", "\r")
        at = match.end()
    lines.append(Line(number, at, len(source), source[at:]))
    return lines


def is_page_number(text: str) -> bool:
    """A line that only numbers its page: `12`, `- 3 -`, `Page 3 of 12`, `Faqe 3`.

    >>> is_page_number("Faqja 3 nga 12"), is_page_number("116 006"), is_page_number("2. Hyrje")
    (True, False, False)
    """
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def furniture_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of lines that are page numbers or running heads.

    A bare number is a page number only in a series that rises, so that a table's lone figure stays text.
    """
    filled = [i for i, line in enumerate(lines) if not line.blank]
    numbers = [i for i in filled if is_page_number(lines[i].text)]
    worded = {i for i in numbers if not lines[i].text.strip(" -–—|[]()\t").isdigit()}
    rising = [i for i in numbers if i not in worded and _isolated(lines, i)]
    values = [int(re.sub(r"\D", "", lines[i].text) or 0) for i in rising]
    steps = sum(0 < b - a <= 2 for a, b in itertools.pairwise(values))
    pages = worded | (set(rising) if len(values) >= 3 and steps >= 0.7 * (len(values) - 1) else set())
    ends = {i for i in filled if lines[i].page_end}
    beside: Counter[str] = Counter()
    near: dict[str, list[int]] = {}
    for position, i in enumerate(filled):
        around = filled[max(0, position - 2) : position] + filled[position + 1 : position + 3]
        text = lines[i].text.strip()
        if not text.endswith(_SENTENCE_END):
            # `Annual report 2014, page 3`: the number changes from page to page; in sentences it says something.
            text = re.sub(r"\d+", "0", text)
        if (
            i not in pages
            and len(text) <= HEADING_LENGTH
            and (i in ends or any(j in pages or j in ends for j in around))
        ):
            beside[text] += 1
            near.setdefault(text, []).append(i)
    heads = {i for text, times in beside.items() if times >= RUNNING_HEAD for i in near[text]}
    return frozenset(pages | heads)


def _isolated(lines: Sequence[Line], i: int) -> bool:
    return (i == 0 or lines[i - 1].blank or lines[i - 1].page_end) and (i + 1 == len(lines) or lines[i + 1].blank)


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Characters at which the text was wrapped, or None where each line is a paragraph of its own."""
    pairs = [
        (a.text.rstrip(), b.text.strip())
        for a, b in itertools.pairwise(lines)
        if not a.blank and not b.blank and "\t" not in a.text.strip() and read_marker(b.text) is None
    ]
    if len(pairs) < WRAP_PAIRS:
        return None
    widths = sorted(len(a) for a, _ in pairs)
    width = widths[int(0.95 * (len(widths) - 1))]
    if not UNWRAPPED_WIDTH <= width <= WRAP_WIDTH:
        return None
    full = [(a, b) for a, b in pairs if len(a) >= WRAP_SHARE * width]
    running = sum(1 for a, b in full if not a.endswith(_SENTENCE_END) and (b[:1].islower() or a[-1:].islower()))
    return width if len(full) >= WRAP_PAIRS and running >= 0.5 * len(full) else None


def continues(line: str, following: str, width: int | None) -> bool:
    """Whether `following` goes on with the paragraph of `line`, the non-blank line right before it."""
    first, second = line.rstrip(), following.strip()
    if not first or not second or read_marker(second) is not None or _HEADING_START.match(second):
        return False
    if width is not None:
        shouting = is_capitals(first) != is_capitals(second)
        return len(first) >= WRAP_SHARE * width and not shouting
    return (
        len(first) >= UNWRAPPED_WIDTH
        and second[:1].islower()
        and not first.endswith(_SENTENCE_END)
        and not is_capitals(first)
    )


def is_capitals(text: str) -> bool:
    """Written in capitals: at least three letters, none of them small but for an article letter such as `74/a`."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and sum(c.islower() for c in letters) <= len(letters) // 20


def kind_of(text: str, alone: bool) -> PassageKind:
    """What a paragraph of plain text is, by its own form; `alone` between blank lines.

    >>> kind_of("1. ENHANCING EFFORTS TO IDENTIFY VICTIMS;", True), kind_of("1. Albania plans a line.", True)
    ('heading', 'list_item')
    >>> kind_of("Policia e Shtetit", True), kind_of("Policia e Shtetit punon.", True)
    ('heading', 'paragraph')
    """
    stripped = text.strip()
    if _NOTE_START.match(stripped):
        return "note"
    marker = read_marker(stripped)
    body = stripped[marker.end :].strip() if marker else stripped
    if is_capitals(body) and len(stripped) <= 2 * HEADING_LENGTH:
        return "heading"
    if _HEADING_START.match(stripped) and len(stripped) <= 2 * HEADING_LENGTH and not stripped.endswith("."):
        return "heading"
    if marker is not None:
        closed = body.endswith((*_SENTENCE_END, ",", *_CLOSING_QUOTES))
        if marker.style == "multilevel" and len(body) <= HEADING_LENGTH and not closed:
            return "heading"
        if marker.style in ("number", "roman") and alone and not closed and _is_short_title(body) and not marker.bullet:
            return "heading"
        return "list_item"
    short = len(stripped) <= HEADING_LENGTH and len(stripped.split()) <= 12
    if alone and short and stripped[:1].isupper() and not stripped.endswith((*_SENTENCE_END, ",")):
        # `The damage that it causes to the` is a sentence cut off, and no heading.
        return "paragraph" if stripped.split()[-1] in _OPEN_WORDS else "heading"
    return "paragraph"


def _is_short_title(text: str) -> bool:
    return text[:1].isupper() and len(text.split()) <= _TITLE_WORDS
