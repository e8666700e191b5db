"""A punctuation mark is doubled, or stands where it parts what belongs together.

Why a reviewer should care: a comma between a subject and its verb, or a lost full stop, makes the reader start again.

Not flagged: an ellipsis; a full stop after an abbreviation inside brackets; a comma that opens an insertion which is
closed by a second one.

Source: proofreading marks in printed reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.wording import grouped, readable
from pipeline.model import Finding, Severity, Span
from pipeline.text_analysis import split_sentences

RULE = Rule(
    id="FO10",
    name="form.signs-doubled",
    kind="punctuation_variant",
    issue_type="typographical",
    severity=Severity.TRIVIAL,
    scope=Scope.DOCUMENT,
    heading_sq="Një shenjë pikësimi është dyfishuar, ose ndan atë që rri bashkë.",
    why_sq="Presja midis kryefjalës dhe foljes, ose pika e humbur, e detyron lexuesin të nisë nga fillimi.",
    examples=(
        Flags("Leaflets, posters, stickers ⟦etc..⟧ were shared out.", why="two full stops"),
        Flags("⟦Shqipëria, planifikon⟧ të nxisë këto procedura.", why="presje midis kryefjalës dhe foljes"),
        Flags("The day ⟦which, the states mark⟧ in February each year is in its second week.",
              why="a comma inside a clause"),
        Passes("The office waited ... and then closed the case (see Art. 5, etc.).", why="an ellipsis"),
        Passes("Albania, according to the report, plans a line. Tirana, its capital, has two offices.",
               why="insertions"),
    ),
)  # fmt: skip

_DOUBLED = re.compile(r"[^\W\d_]{2,20}(?:(?<!\.)\.\.(?!\.)|,,|;;|::|,\.|;\.)(?=\s|$|[\"”)])")
_VERBS = (
    "intends|plans|aims|has|have|is|are|was|were|will|shall|should|must|can|may|does|provides|supports|continues"
    "|planifikon|synon|parashikon|ka|kanë|është|janë|ishte|do|duhet|mund|vazhdon|mbështet|siguron|zbaton|organizon"
)
# A name, a comma, a verb: wrong where nothing before the name needs the comma.
_SUBJECT = re.compile(rf"(?P<name>[A-ZËÇ][^\W\d_]{{3,20}}), (?P<verb>{_VERBS})\b(?! not,)")
_CLAUSE = re.compile(r"\b(?:which|that|who), (?:the|this|these|those|all) [a-z]{3,20}(?: [a-z]{3,20})?")


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: list[tuple[str, Span]] = []
    for passage in readable(context):
        text = passage.text
        for match in _DOUBLED.finditer(text):
            places.append((match.group().lower(), context.quote(passage, *match.span())))
        if "," not in text:
            continue
        for start, end in split_sentences(text, passage.lang):
            for begin, last in _stray(text[start:end]):
                span = context.quote(passage, start + begin, start + last)
                places.append((span.exact, span))
    for spans in grouped(places).values():
        quoted = spans[0].exact
        yield finding(
            RULE,
            f"Check the sign in “{quoted}”.",
            f"Shihni shenjën te “{quoted}”.",
            spans,
            found=quoted,
        )


def _stray(sentence: str) -> Iterator[tuple[int, int]]:
    """Commas that part a subject from its verb, or a pronoun from its clause, and open no insertion."""
    for match in _SUBJECT.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        # A small word before the name (of Albania, in Tirana) makes it no subject.
        last = before.split()[-1] if before.split() else ""
        free = not before.strip() or (last.isalpha() and last.islower() and len(last) > 4)
        if free and "," not in before[-60:] and not after.lstrip().startswith(","):
            yield match.start(), match.end()
    for match in _CLAUSE.finditer(sentence):
        if "," not in sentence[match.end() : match.end() + 60]:
            yield match.span()
