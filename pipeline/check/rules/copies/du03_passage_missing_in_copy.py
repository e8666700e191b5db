"""Two copies run in parallel, and one of them lacks a passage.

Why a reviewer should care: the reader of one copy never learns what the other says.

Not flagged: what stands before or after the part that is repeated; headings, short cells and columns of a table
that have no counterpart in the text; a passage in the other language whose translation stands beside it.

Source: reports that give their text as a narrative and again as a table, with a paragraph added to one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.streams import gaps, is_head
from pipeline.model import Finding, Passage, Severity

# Words: a shorter passage is a heading or a cell, and may be wanted in one layout only.
_WORDS = 8
# Passages lacking in one place: more of them are a section of its own.
_MOST = 3

RULE = Rule(
    id="DU03",
    name="copies.passage-missing-in-copy",
    kind="passage_missing_in_copy",
    issue_type="omission",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Dy kopje shkojnë paralelisht, dhe njërës i mungon një pasazh.",
    why_sq="Kush lexon njërën kopje nuk e merr vesh kurrë atë që thotë tjetra.",
    examples=(
        Flags(
            "The prosecution office opened twelve proceedings against providers of illegal content in that year.\n"
            "⟦The trainers wrote a handbook that every participant took home and that is now used in daily work.⟧\n"
            "The course ended with a written test in the great hall of the municipality of Vlora.\n"
            "A second course was planned for the staff of the regional directorates of the police.\n\n"
            "Measures\tInstitution\n"
            "⟦The prosecution office opened twelve proceedings against providers of illegal content in that year.⟧\tA\n"
            "The course ended with a written test in the great hall of the municipality of Vlora.\tB\n"
            "A second course was planned for the staff of the regional directorates of the police.\tC",
            why="the table lacks the handbook",
        ),
        Passes(
            "The prosecution office opened twelve proceedings against providers of illegal content in that year.\n"
            "The course ended with a written test in the great hall of the municipality of Vlora.\n"
            "A second course was planned for the staff of the regional directorates of the police.\n\n"
            "Measures\tInstitution\n"
            "The prosecution office opened twelve proceedings against providers of illegal content in that year.\t"
            "The General Prosecution Office of the Republic of Albania together with the police\n"
            "The course ended with a written test in the great hall of the municipality of Vlora.\t"
            "The School of Magistrates together with the Ministry of Justice and its partners\n"
            "A second course was planned for the staff of the regional directorates of the police.\t"
            "The General Directorate of the State Police with all of its regional offices",
            why="a column that only the table has",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    met: set[str] = set()
    for gap in gaps(context, _MOST):
        for passage in gap.lone:
            if passage.passage_id in met or not _tells(passage, context):
                continue
            met.add(passage.passage_id)
            yield finding(
                RULE,
                f"“{_short(passage.text)}” stands in one copy only; the other goes on after "
                f"“{_short(gap.after.text)}” without it. Add it there, or take it out here.",
                f"“{_short(passage.text)}” qëndron vetëm në njërën kopje; tjetra vazhdon pa të pas "
                f"“{_short(gap.after.text)}”. Shtojeni atje, ose hiqeni këtu.",
                [context.quote(p, 0, len(p.text)) for p in sorted((gap.after, passage), key=lambda p: p.start)],
            )


def _tells(passage: Passage, context: CheckContext) -> bool:
    if is_head(passage) or len(passage.text.split()) < _WORDS:
        return False
    return passage.passage_id not in context.pair_of


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:87] + "..."
