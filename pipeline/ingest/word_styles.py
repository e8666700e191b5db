"""Paragraph styles of Word: which are headings or titles, and which belong to lists.

Reads: styles.xml. Writes: Style by id, what it inherits included.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.numbering import W, number, value_of

_HEADING = re.compile(r"heading\s?([1-9])", re.IGNORECASE)
# Styles are based on each other; a longer chain is a loop.
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says that matters here."""

    heading: int | None = None
    is_title: bool = False
    list_id: str | None = None
    list_level: int | None = None
    list_style: str | None = None
    """The style in the chain that names the list: lists point to it for its level."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by id, and the lists that numbering styles stand for."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    usual: str = ""

    def get(self, style_id: str | None) -> Style:
        return self.by_id.get(self.usual if style_id is None else style_id, Style())


def read_styles(root: etree._Element | None) -> Styles:
    """The styles of a document; none where it has no such part."""
    if root is None:
        return Styles()
    raw = {s.get(f"{W}styleId", ""): s for s in root.iterchildren(f"{W}style")}
    paragraphs = {key: s for key, s in raw.items() if s.get(f"{W}type") == "paragraph"}
    lists: dict[str, str] = {}
    for key, style in raw.items():
        if style.get(f"{W}type") == "numbering":
            lists[key] = value_of(style.find(f"{W}pPr/{W}numPr"), "numId") or ""
    usual = next((k for k, s in paragraphs.items() if s.get(f"{W}default") in ("1", "true", "on")), "")
    return Styles({key: _style(key, paragraphs) for key in paragraphs}, lists, usual)


def _style(key: str, raw: Mapping[str, etree._Element]) -> Style:
    heading: int | None = None
    outline_known = False
    is_title = False
    list_id: str | None = None
    list_level: int | None = None
    list_style: str | None = None
    current: str | None = key
    for depth in range(_DEEPEST):
        style = raw.get(current or "")
        if style is None:
            break
        name = value_of(style, "name") or ""
        properties = style.find(f"{W}pPr")
        outline = value_of(properties, "outlineLvl")
        if not outline_known and outline is not None:
            level = number(outline, 9) + 1
            heading, outline_known = (level if level <= 9 else None), True
        elif not outline_known and (match := _HEADING.fullmatch(name)):
            heading, outline_known = int(match.group(1)), True
        is_title = is_title or (name.lower() == "title" and depth == 0)
        listed = None if properties is None else properties.find(f"{W}numPr")
        if listed is not None:
            if list_level is None and value_of(listed, "ilvl") is not None:
                list_level = number(value_of(listed, "ilvl"), 0)
            if list_id is None and value_of(listed, "numId") is not None:
                list_id, list_style = value_of(listed, "numId"), current
        current = value_of(style, "basedOn")
    return Style(heading, is_title, list_id, list_level, list_style)
