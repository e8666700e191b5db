"""A quotation is opened and never closed.

Why a reviewer should care: nobody can tell where the title or the quoted words end, and often the rest of them, with
the beginning of the next sentence, is lost.

Not flagged: inches and seconds; a quotation that goes on in the next paragraph or page; an apostrophe.

Source: lists of articles in which the end of a title was lost and the next paragraph run into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.streams import streams
from pipeline.check.wording import grouped
from pipeline.model import Finding, Passage, Severity, Span

# Words after the mark from which a short title cannot be meant any more.
_WORDS = 4
# Characters of the opened quotation that are quoted.
_QUOTED = 60

RULE = Rule(
    id="FO04",
    name="form.quotation-never-closed",
    kind="truncated_text",
    issue_type="typographical",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një citim hapet dhe nuk mbyllet kurrë.",
    why_sq="Nuk dihet ku mbaron titulli ose fjala e cituar, dhe shpesh ka humbur pjesa tjetër.",
    examples=(
        Flags(
            'g) Article 149/b of the Criminal Code ⟦"Violation of the rights of topography also strengthen work⟧ '
            "with other bodies.",
            why="the end of the title is lost",
        ),
        Flags(
            "Ligji ⟦„Për mbrojtjen e të dhënave personale u ndryshua në prill⟧ dhe u botua.", why="thonjëza pa mbyllje"
        ),
        Passes(
            'The law "On the protection of personal data" and its article "Definitions" were changed.', why="closed"
        ),
        Passes('A screen of 15" was bought for each of the rooms of the office in Vlora.', why="inches"),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: list[tuple[str, Span]] = []
    for row in streams(context):
        for n, passage in enumerate(row):
            at = _opened(passage.text)
            if at is None or (n + 1 < len(row) and _closes(row[n + 1].text)):
                continue
            end = _cut(passage.text, at)
            if len(passage.text[at:end].split()) >= _WORDS:
                span = context.quote(passage, at, end)
                places.append((span.exact, span))
    for quoted, spans in grouped(places).items():
        yield finding(
            RULE,
            f"The quotation that begins with “{quoted}” is never closed; a part of the text may be lost.",
            f"Citimi që fillon me “{quoted}” nuk mbyllet kurrë; mund të ketë humbur një pjesë e tekstit.",
            spans,
            severity=Severity.MAJOR if _ends_later(spans[0], context) else None,
        )


def _opened(text: str) -> int | None:
    """Where the last quotation is opened that has no end."""
    straight: list[int] = []
    for match in re.finditer('"', text):
        # After a figure the mark is an inch, unless a quotation is open.
        if len(straight) % 2 == 1 or not text[: match.start()][-1:].isdigit():
            straight.append(match.start())
    if len(straight) % 2 == 1:
        # The mark that has a word right after it and a space before it opens; any other closes.
        last = straight[-1]
        return last if (last == 0 or text[last - 1] in " (") and text[last + 1 : last + 3].strip() else None
    depth: list[int] = []
    for match in re.finditer("[“„«”»]", text):
        if match.group() in "„«" or (match.group() == "“" and not depth):
            depth.append(match.start())
        elif depth:
            depth.pop()
    return depth[-1] if depth else None


def _closes(text: str) -> bool:
    return text.count('"') % 2 == 1 or len(re.findall("[”»]", text)) > len(re.findall("[“„«]", text))


def _cut(text: str, at: int) -> int:
    end = min(len(text), at + _QUOTED)
    while end < len(text) and end > at and not text[end].isspace():
        end -= 1
    return len(text[:end].rstrip())


def _ends_later(span: Span, context: CheckContext) -> bool:
    """Whole sentences follow inside the open quotation: text was run together."""
    passage: Passage | None = context.passage_at(span)
    return passage is not None and len(passage.text) - (span.end - passage.start) > _QUOTED
