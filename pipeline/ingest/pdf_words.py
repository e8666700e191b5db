"""The words of a PDF page with their places, gathered into runs: words on one line without a wide gap between.

Reads: a page of pypdfium2. Writes: Run, in points from the page's upper left corner as it is shown.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

# PDFium joins a word that is divided at a line's end, with a sign of its own for the hyphen: the word ends there.
_WORD = re.compile(r"[^\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
# Shares of a line's height (which is about 1.2 times the size of its type).
# A gap wider than this parts two columns or cells; between words of a justified line there is less.
_GAP = 1.2
# Words stand on one line where their heights share at least this much.
_SAME_LINE = 0.5
# A letter is on average no wider; so far need no word's end be measured.
_LETTER = 0.42
# What PDFium writes for a hyphen at the end of a line.
# A note's mark may stand at a word's end or before a note's first word; in smaller type it is raised.
_MARK = re.compile(r"(?:(?<=[^\W\d])|(?<=[.,;:)”\"]))\d{1,3}$|^\d{1,3}(?=[^\W\d_])")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Share of the word's own height below which a figure in it is a note's mark.
_SMALLER = 0.8
_LINE_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\uffff": None})


class Word(NamedTuple):
    """A word and its box; `y0` is the upper edge."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Run:
    """Words of one line that stand together."""

    words: list[Word]
    x0: float
    y0: float
    x1: float
    y1: float
    bold: bool = False

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's runs in the order in which the file draws them."""

    runs: tuple[Run, ...]
    letters: int
    unreadable: int
    """Signs without a meaning in Unicode: the font does not say which letters they are."""
    width: float
    height: float


def read_page(page: Any) -> PageText:
    """The runs on a page."""
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    try:
        text = _text_of(textpage, raw)
        turn, width, height = _turning(page)
        runs = list(_runs(_words(text, textpage.raw, raw, turn), lambda i: _is_bold(textpage.raw, raw, i)))
        letters = sum(map(str.isalnum, text))
        unreadable = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
        return PageText(tuple(runs), letters, unreadable, width, height)
    finally:
        textpage.close()


def _text_of(textpage: Any, raw: Any) -> str:
    """The page's characters, one for each that PDFium counts."""
    count = textpage.count_chars()
    if count <= 0:
        return ""
    text: str = textpage.get_text_range(errors="replace") if count else ""
    if len(text) != count:
        code = raw.FPDFText_GetUnicode
        text = "".join(map(chr, (c if c < 0x110000 else 0xFFFD for c in (code(textpage.raw, i) for i in range(count)))))
    return text


_Box = tuple[float, float, float, float]


def _turning(page: Any) -> tuple[Callable[[float, float, float, float], _Box], float, float]:
    """From a box in the file's coordinates to one as shown, and the page's size as shown."""
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation()
    if rotation == 90:
        return (lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)), top - bottom, right - left
    if rotation == 180:
        return (lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)), right - left, top - bottom
    if rotation == 270:
        return (lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)), top - bottom, right - left
    return (lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)), right - left, top - bottom


class _Measured(NamedTuple):
    word: Word
    first: int
    new_line: bool


def _words(text: str, handle: Any, raw: Any, turn: Any) -> Iterator[_Measured]:
    """The words with their boxes. The end of a word is only measured where a gap may follow it."""
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    measure = raw.FPDFText_GetLooseCharBox
    matches = list(_WORD.finditer(text))
    before = 0
    lefts: list[tuple[float, float, float, float]] = []
    for match in matches:
        measure(handle, match.start(), pointer)
        lefts.append((box.left, box.bottom, box.right, box.top))
    last = len(matches) - 1
    for i, match in enumerate(matches):
        start, end = match.span()
        left, bottom, right, top = lefts[i]
        length = end - start
        if length > 1:
            height = abs(top - bottom)
            following = lefts[i + 1] if i < last else None
            guess = left + length * _LETTER * height
            near = (
                following is not None
                and abs(following[1] - bottom) < 0.2 * height
                and guess < following[0] <= guess + height
            )
            if near and following is not None:
                right = min(following[0], guess)
            else:
                measure(handle, end - 1, pointer)
                left, right = min(left, box.left), max(right, box.right)
                bottom, top = min(bottom, box.bottom), max(top, box.top)
        new_line = "\n" in text[before:start] or "\r" in text[before:start]
        before = end
        x0, y0, x1, y1 = turn(left, bottom, right, top)
        written = match.group().translate(_LINE_HYPHENS)
        mark = _MARK.search(written) if length > 1 else None
        if mark is not None and mark.group() != written:
            other = start if mark.start() else start + mark.end()
            measure(handle, start + mark.start(), pointer)
            small = abs(box.top - box.bottom)
            measure(handle, other, pointer)
            if small < _SMALLER * abs(box.top - box.bottom):
                written = written[: mark.start()] + mark.group().translate(_RAISED) + written[mark.end() :]
        yield _Measured(Word(written, x0, y0, x1, y1), start, new_line)


def _runs(words: Iterator[_Measured], is_bold: Callable[[int], bool]) -> Iterator[Run]:
    """Words in the order of the file, gathered while each stands right of the one before on its line."""
    run: Run | None = None
    for word, first, _ in words:
        if run is not None:
            shared = min(run.y1, word.y1) - max(run.y0, word.y0)
            smaller = min(run.y1 - run.y0, word.y1 - word.y0)
            larger = max(run.y1 - run.y0, word.y1 - word.y0)
            gap = word.x0 - run.x1
            if shared >= _SAME_LINE * smaller and -0.5 * larger <= gap <= _GAP * larger:
                run.words.append(word)
                run.x1 = max(run.x1, word.x1)
                run.y0, run.y1 = min(run.y0, word.y0), max(run.y1, word.y1)
                continue
            yield run
        run = Run([word], word.x0, word.y0, word.x1, word.y1, is_bold(first))
    if run is not None:
        yield run


def _is_bold(handle: Any, raw: Any, index: int) -> bool:
    """Whether the letter's font is called bold."""
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    size = raw.FPDFText_GetFontInfo(handle, index, buffer, 128, ctypes.byref(flags))
    if not 0 < size <= 128:
        return False
    name = buffer.value.lower()
    return b"bold" in name or b"black" in name or b"heavy" in name
