"""Leftover HTML in plain text: where its tags part pieces of text, and where they only decorate.

Reads: str. Writes: Tag.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

# Tags that begin or end a piece of text; all others stand inside one.
BLOCK_TAGS = frozenset(
    """p ul ol li br hr td th tr table tbody thead tfoot caption div h1 h2 h3 h4 h5 h6 section article blockquote dl
    dt dd body html head title pre center""".split()
)
INLINE_TAGS = frozenset("u i b em strong span font a sup sub small big s strike tt code o:p v mark del ins".split())

# Bounded, so that a page of angle brackets costs linear time.
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,9})(?P<rest>(?:\s[^<>]{0,300})?)/?>")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag at `text[start:end]`; `name` in lower case."""

    start: int
    end: int
    name: str
    closing: bool

    @property
    def block(self) -> bool:
        return self.name in BLOCK_TAGS


def find_tags(text: str, start: int = 0, end: int | None = None) -> list[Tag]:
    """The HTML tags in `text[start:end]`; angle brackets around anything else are text.

    >>> [t.name for t in find_tags("<p>under <5 % of <names></p>")]
    ['p', 'p']
    """
    return [
        Tag(m.start(), m.end(), m["name"].lower(), bool(m["close"]))
        for m in _TAG.finditer(text, start, len(text) if end is None else end)
        if m["name"].lower() in BLOCK_TAGS or m["name"].lower() in INLINE_TAGS
    ]


def find_entities(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """HTML character references that mean one character, as (start, end, character).

    >>> find_entities("R&amp;D &foo;", 0, 13)
    [(1, 6, '&')]
    """
    found = []
    for match in _ENTITY.finditer(text, start, end):
        meant = html.unescape(match.group())
        if len(meant) == 1 and meant != match.group():
            found.append((match.start(), match.end(), " " if meant == "\u00a0" else meant))
    return found


def pieces(tags: list[Tag], start: int, end: int) -> list[tuple[int, int, tuple[Tag, ...], str]]:
    """The stretches between block tags as (start, end, inline tags inside, name of the block tag before)."""
    found: list[tuple[int, int, tuple[Tag, ...], str]] = []
    at, inline, before = start, [], ""
    for tag in tags:
        if not tag.block:
            inline.append(tag)
            continue
        found.append((at, tag.start, tuple(inline), before))
        at, inline, before = tag.end, [], "" if tag.closing else tag.name
    found.append((at, end, tuple(inline), before))
    return found
