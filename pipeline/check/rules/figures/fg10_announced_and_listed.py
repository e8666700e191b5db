"""A sentence announces so many things, and the list after it has another number of items.

Why a reviewer should care: an item is missing from the list, or the number is wrong.

Not flagged: lists whose items were run together in one paragraph; numbers that do not count the items; lists that the
sentence calls examples.

Source: `The strategy has four priorities:` followed by five.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.figure_pairs import figures_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import AnnotatedPassage, Figure, Finding, Severity, Span

RULE = Rule(
    id="FG10",
    name="figures.announced-and-listed",
    kind="count_mismatch",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një fjali njofton aq gjëra, kurse lista pas saj ka një numër tjetër pikash.",
    why_sq="Në listë mungon një pikë ose numri është i gabuar.",
    examples=(
        Flags(
            "The strategy has ⟦four⟧ priorities:\n⟦1.⟧ Early education for all children;\n⟦2.⟧ Better school "
            "buildings;\n"
            "⟦3.⟧ Training of teachers.",
            why="three are listed",
        ),
        Flags(
            "Programi ka ⟦dy⟧ objektiva:\n⟦1.⟧ Ulja e papunësisë së të rinjve;\n⟦2.⟧ Trajnimi i punëkërkuesve;\n⟦3.⟧ "
            "Mbështetja e bizneseve.",
            why="janë listuar tre",
        ),
        Passes(
            "The strategy has three priorities:\n1. Early education for all children;\n2. Better school buildings;\n"
            "3. Training of teachers.",
            why="three are listed",
        ),
        Passes(
            "Në takimin e 12 bashkive u diskutua për:\n- buxhetin e vitit;\n- taksat vendore;\n- planin e investimeve.",
            why="numri nuk numëron pikat",
        ),
    ),
)

# The announced noun stands this near to the colon, in characters; further off it announces something else.
_REACH = 60
_MOST = 20
_NOT_THE_LIST = re.compile(
    r"\b(?:such as|including|for example|e\.g\.|si p\.sh|p\.sh|për shembull|përfshirë|si:)|\b(?:of|e|i|të"
    r"|on|për|about|by|nga|in|në)\s*:\s*$",
    re.IGNORECASE,
)
_INLINE = re.compile(r"\s\(?(?:\d{1,2}|[a-z])[.)]\s+\w")


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    for i, annotated in enumerate(context.annotated):
        text = annotated.passage.text.rstrip()
        if not text.endswith(":") or annotated.passage.kind not in ("paragraph", "list_item"):
            continue
        items = _items(context.annotated[i + 1 :], annotated.passage.lang)
        figure = _announcing(annotated, context)
        if figure is None or len(items) < 2 or any(_INLINE.search(x.passage.text[4:]) for x in items):
            continue
        if figure.value == str(len(items)) or sum(_divides(x, figure) for x in items) * 2 >= len(items):
            continue
        yield finding(
            RULE,
            f"“{figure.span.exact} {figure.label}” are announced, and {len(items)} are listed. Check the list and "
            f"the number.",
            f"Njoftohen “{figure.span.exact} {figure.label}”, kurse në listë janë {len(items)}. Kontrolloni "
            f"listën dhe numrin.",
            [figure.span, *(_marker(x, context) for x in items)],
            found=figure.value,
            expected=str(len(items)),
        )


def _marker(item: AnnotatedPassage, context: CheckContext) -> Span:
    """The item's number, letter or dash."""
    text = item.passage.text
    start = len(text) - len(text.lstrip())
    return context.quote(item.passage, start, start + len(text[start:].split(maxsplit=1)[0]))


# A count this near to an item's start is what the item is about, in characters.
_AT_START = 8


def _divides(item: AnnotatedPassage, announced: Figure) -> bool:
    """`two cases under Article 121`: such a list divides the number, and does not have so many items."""
    for figure in figures_of(item.mentions):
        if figure.kind not in ("count", "amount", "percent"):
            continue
        same = {k for k in figure.label_key if k[0].isalpha()} & {k for k in announced.label_key if k[0].isalpha()}
        if same or figure.span.start - item.passage.start < _AT_START:
            return True
    return False


def _items(following: tuple[AnnotatedPassage, ...], lang: str) -> list[AnnotatedPassage]:
    """The list items in the language that follow at once, of one style of marker; their translations lie between."""
    items: list[AnnotatedPassage] = []
    style = ""
    for annotated in following:
        if annotated.passage.kind != "list_item":
            break
        if annotated.passage.lang in ("sq", "en") and lang in ("sq", "en") and annotated.passage.lang != lang:
            continue
        marker = _style(annotated.passage.text)
        if items and marker != style:
            break
        style = marker
        items.append(annotated)
    return items


def _style(text: str) -> str:
    stripped = text.lstrip()
    if re.match(r"\(?\d{1,2}[.)]", stripped):
        return "number"
    if re.match(r"\(?[a-zçë]{1,2}\)", stripped, re.IGNORECASE):
        return "letter"
    return stripped[:1]


def _announcing(annotated: AnnotatedPassage, context: CheckContext) -> Figure | None:
    """The count in the last sentence whose noun stands next to the colon, where it is the only one there."""
    text = context.document.source_text[annotated.passage.start : annotated.passage.end].rstrip()
    if _NOT_THE_LIST.search(text[-40:]):
        return None
    end = annotated.passage.start + len(text)
    sentence = annotated.passage.start + max(text.rfind(". "), text.rfind("! "), text.rfind("? "), 0)
    near = [f for f in figures_of(annotated.mentions) if f.span.start >= sentence and f.span.end >= end - _REACH - 40]
    counts = [f for f in near if f.kind == "count" and f.label and not f.approximate and f.unit is None]
    if len(near) != 1 or len(counts) != 1:
        return None
    figure = counts[0]
    rest = context.document.source_text[figure.span.end : end]
    if len(rest) > _REACH + len(figure.label) or ". " in rest or not (figure.value or "").isdigit():
        return None
    return figure if 2 <= int(figure.value or 0) <= _MOST else None
