"""Plain text: which encoding it is in, said and never guessed in silence.

Reads: bytes. Writes: text and a note.
"""

from __future__ import annotations

import codecs
import re

# Bytes that no text holds: below the space, but for tab, line feed, form feed and carriage return.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

# A file is binary where more than this share of its first 64 kB is such bytes; a stray one is only noted.
BINARY_SHARE = 0.01

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte-order mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)

# The 8-bit encodings that Albanian was written in. ë and ç have the same bytes in all of them; they differ in
# quotation marks, dashes and letters of other languages, by which they are told apart.
_EIGHT_BIT = ("cp1252", "cp1250", "iso8859-16")
_NAMES = {"cp1252": "Windows-1252", "cp1250": "Windows-1250", "iso8859-16": "ISO-8859-16"}

# What 8-bit encodings have where Windows has quotation marks: signs that steered terminals.
_CONTROL = re.compile("[\x80-\x9f]")

# Letters that must be right for each one that is wrong, where damage and not another encoding is the reason.
_DAMAGED = 20

# What an Albanian or English report holds beside ASCII.
_EXPECTED = frozenset("ëçËÇ–—‘’“”„«»…•€§°½©®\u00a0éèáàóòíìúùâêîôûöüäß")


def decode(content: bytes) -> tuple[str, str | None]:
    """The text in `content`, and a note where it is not plain UTF-8. Raises UnicodeDecodeError where none fits.

    >>> decode("është".encode("cp1252"))[0]
    'është'
    """
    for mark, encoding, name in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding), f"The file is in {name}."
    if guess := _utf16_without_mark(content):
        return content.decode(guess), f"The file is in UTF-16 without a byte-order mark ({guess}); check its letters."
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        damaged = _mostly(content, "utf-8", "UTF-8")
        if damaged is not None:
            return damaged
        readings = [(encoding, text) for encoding in _EIGHT_BIT if (text := _read(content, encoding)) is not None]
        if not readings:
            damaged = _mostly(content, "cp1252", "Windows-1252")
            if damaged is None:
                raise error
            return damaged
        encoding, text = max(readings, key=lambda r: (_fit(r[1]), -_EIGHT_BIT.index(r[0])))
        name = " or ".join(_NAMES[e] for e, other in readings if other == text)
        return text, f"The file is not in UTF-8; it was read as {name}. Check ë, ç and the quotation marks."


def _utf16_without_mark(content: bytes) -> str | None:
    """utf-16-le or -be where every second byte is NUL, as in Latin text; None otherwise."""
    sample = content[:4096]
    if len(sample) < 4 or len(content) % 2:
        return None
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[first::2].count(0) / len(sample[first::2])
        others = sample[1 - first :: 2].count(0) / len(sample[1 - first :: 2])
        if zeros > 0.8 and others < 0.1:
            return encoding
    return None


def _read(content: bytes, encoding: str) -> str | None:
    """The text, or None where bytes have no meaning or are control signs, which no text holds."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text


def _mostly(content: bytes, encoding: str, name: str) -> tuple[str, str] | None:
    """The text where few of the bytes beyond ASCII have no meaning in the encoding, and a note; None otherwise.

    Each of those bytes becomes a replacement character, so that one of them does not cost a whole report.
    """
    text = content.decode(encoding, "replace")
    wrong = text.count("\ufffd")
    right = sum(ord(c) > 127 for c in text) - wrong
    if wrong * _DAMAGED > right:
        return None
    return text, f"The file is in {name}, but {wrong} of its characters are damaged and were left out. Compare it."


def _fit(text: str) -> float:
    """The share of letters and marks beyond ASCII that such a report may hold."""
    beyond = [c for c in text if ord(c) > 127]
    return sum(c in _EXPECTED for c in beyond) / len(beyond) if beyond else 1.0


def is_binary(content: bytes) -> bool:
    """Whether the bytes are a program, a picture or the like, whatever the file is called."""
    sample = content[: 64 * 1024]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _utf16_without_mark(content):
        return False
    return bool(sample) and len(_BINARY.findall(sample)) / len(sample) > BINARY_SHARE
