"""One series is numbered in two styles.

Why a reviewer should care: a reader who searches for “Action #2” does not find “Action No. 2”, and takes them for two
series.

Not flagged: two series with words of their own (Objective 1, Action #1); a style that only one of two languages uses;
the sign in a quotation or in a reference inside a sentence.

Source: house styles: one series, one form of number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.series import Label, bare_letter, label_of
from pipeline.check.streams import streams, worded
from pipeline.languages import fold
from pipeline.model import Finding, Severity, Span
from pipeline.segment.lists import next_letters, read_marker

# Examples quoted of each style.
_EXAMPLES = 6
_ACT_NUMBER = re.compile(
    r"\b(?P<act>order|law|decision|directive|dcm|regulation|urdhri|urdhrin|urdhrit|ligji|ligjin|ligjit|vendimi|vendimin"
    r"|vendimit|vkm)\s{1,2}(?P<sign>no\.|nr\.|n\.|no|nr)\s?(?=\d)",
    re.IGNORECASE,
)

RULE = Rule(
    id="NU02",
    name="numbering.series-in-two-styles",
    kind="numbering_style",
    issue_type="inconsistency",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="E njëjta radhë është numëruar në dy mënyra.",
    why_sq="Kush kërkon “Veprimi #2” nuk e gjen “Veprimi nr. 2” dhe i merr për dy radhë të ndryshme.",
    examples=(
        Flags(
            "⟦Action #1⟧: Investigations\nThe police opened a unit.\n⟦Action #2⟧: Training\nThe staff was trained.\n"
            "⟦Action No. 3⟧: The campaign\nLeaflets were printed.",
            why="# and No. in one series",
        ),
        Flags(
            "Veprat penale janë:\na) vjedhja me dhunë\n- ⟦b⟧ Mashtrimi me kompjuter\n⟦c)⟧ falsifikimi i dokumenteve",
            why="shkronja pa kllapë",
        ),
        Passes(
            "Objective 1: Protection\nAction #1: Procedures\nAction #2: Database\nObjective 2: Prosecution",
            why="two series, each in its own style",
        ),
        Passes(
            "Veprimi nr. 1: Trajnimi\nAction No. 1: Training\nVeprimi nr. 2: Fushata\nAction No. 2: The campaign",
            why="çdo gjuhë me mënyrën e vet",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    yield from _labels(context)
    yield from _letters(context)
    yield from _acts(context)


def _labels(context: CheckContext) -> Iterator[Finding]:
    by_word: dict[str, dict[str, list[Label]]] = {}
    for passage in worded(context):
        label = label_of(passage)
        # `Objective 2 was reached` begins a sentence, and is no heading of a series.
        if label is not None and (
            label.style or passage.text[label.end :].lstrip()[:1] in ("", ".", ":", "-", "–", "—")
        ):
            by_word.setdefault(label.word, {}).setdefault(_style(label.style), []).append(label)
    for word, styles in by_word.items():
        if len(styles) < 2:
            continue
        shown = [labels[0].written for labels in styles.values()]
        # A table without a sign (`Table 1`) is often only referred to; signs that differ are a matter of style.
        if "" in styles and len(styles[""]) == 1 and word in ("table", "tabela", "figure", "figura"):
            continue
        anchors = [context.quote(b.passage, 0, b.end) for labels in styles.values() for b in labels[:_EXAMPLES]]
        listed = "”, “".join(shown)
        yield finding(
            RULE,
            f"One series is numbered in {len(styles)} styles: “{listed}”. Choose one.",
            f"E njëjta radhë është numëruar në {len(styles)} mënyra: “{listed}”. Zgjidhni njërën.",
            anchors,
        )


def _style(written: str) -> str:
    return written.strip().lower().rstrip(".")


def _letters(context: CheckContext) -> Iterator[Finding]:
    """An item that has lost the bracket after its letter, between items that have it."""
    for row in streams(context):
        for n, passage in enumerate(row):
            letter = bare_letter(passage)
            if letter is None:
                continue
            before = read_marker(row[n - 1].text) if n else None
            after = read_marker(row[n + 1].text) if n + 1 < len(row) else None
            follows = before is not None and before.letter and letter.letter in next_letters(before.letter)
            leads = after is not None and after.letter and after.letter in next_letters(letter.letter)
            if not (follows or leads):
                continue
            anchors = [context.quote(passage, letter.start, letter.end)]
            twin = _twin(passage.passage_id, context)
            if twin is not None:
                anchors.append(twin)
            elif leads and after is not None:
                anchors.append(context.quote(row[n + 1], after.start, after.end))
            elif before is not None:
                anchors.append(context.quote(row[n - 1], before.start, before.end))
            yield finding(
                RULE,
                f"The item “{letter.letter}” has lost the bracket that the other items of its list have.",
                f"Pika “{letter.letter}” ka humbur kllapën që e kanë pikat e tjera të listës.",
                anchors,
                suggestion=f"{letter.letter})",
            )


def _twin(passage_id: str, context: CheckContext) -> Span | None:
    """The marker of the item's copy."""
    for copy in context.copies_of.get(passage_id, ()):
        other = context.by_id[copy.passage_id if copy.of_passage_id == passage_id else copy.of_passage_id].passage
        marker = read_marker(other.text)
        if marker is not None and marker.letter:
            return context.quote(other, marker.start, marker.end)
    return None


def _acts(context: CheckContext) -> Iterator[Finding]:
    """`Order no. 135` beside `Order No. 548/3`."""
    found: dict[str, dict[str, list[Span]]] = {}
    for passage in worded(context):
        if passage.text.isupper():
            continue
        for match in _ACT_NUMBER.finditer(passage.text):
            if match["act"].isupper() and len(match["act"]) > 3:
                continue
            act = fold(match["act"])[:5]
            found.setdefault(act, {}).setdefault(match["sign"], []).append(
                context.quote(passage, match.start(), match.end())
            )
    for styles in found.values():
        if len(styles) < 2:
            continue
        listed = "”, “".join(spans[0].exact.strip() for spans in styles.values())
        yield finding(
            RULE,
            f"The number of an act is written in {len(styles)} ways: “{listed}”. Choose one.",
            f"Numri i aktit është shkruar në {len(styles)} mënyra: “{listed}”. Zgjidhni njërën.",
            [span for spans in styles.values() for span in spans[:_EXAMPLES]],
            severity=Severity.TRIVIAL,
        )
