"""A reference is not written as references are written.

Why a reviewer should care: a reader misses the second article of `Article 108 and 117`, and so does a search.

Not flagged: the short form `Art.`; a slash or a bracket for a paragraph; Albanian plural forms in every case.

Source: the Rules of Legislative Technique and the interinstitutional style guide of the European Union, by which two
articles are cited in the plural and a number is one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.citations import article_words, cited, references
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, LegalReference, Severity, Span

RULE = Rule(
    id="RF07",
    name="references.reference-format",
    kind="reference_format",
    issue_type="style",
    severity=Severity.TRIVIAL,
    scope=Scope.DOCUMENT,
    heading_sq="Një referencë nuk është shkruar siç shkruhen referencat.",
    why_sq="Lexuesi nuk e vë re nenin e dytë te «neni 108 dhe 117», po ashtu as kërkimi.",
    examples=(
        Flags("No case was recorded under ⟦Article 108 and 117⟧ of the Criminal Code.", why="two articles"),
        Flags("Sipas ⟦Neni 35 dhe 49⟧ të Kodit të Procedurës Penale caktohet mbrojtës.", why="dy nene"),
        Flags("The server was seized under ⟦Article 293/ b⟧ of the Criminal Code.", why="a space in the number"),
        Passes("Two cases fall under Articles 108 and 117 of the Criminal Code.", why="plural"),
        Passes("Masa u caktua sipas neneve 244 dhe 245 të Kodit të Procedurës Penale.", why="shumës"),
    ),
)

_SINGULAR = re.compile(r"(?:article|art\.|neni|nenit|nenin)\s", re.IGNORECASE)
_PLURALS = {"article": "Articles", "art.": "Arts.", "neni": "nenet", "nenit": "neneve", "nenin": "nenet"}
_SPACED = re.compile(r"\d\s+/|/\s+[^\W\d_]")


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    lists: dict[int, list[LegalReference]] = {}
    for _, reference in references(context):
        if not reference.article:
            continue
        lists.setdefault(reference.span.start, []).append(reference)
    for group in lists.values():
        first = group[0]
        head = _SINGULAR.match(first.span.exact)
        if len(group) > 1 and head and first.form in ("article_list", "article_range"):
            word = head.group().strip()
            right = _PLURALS[word.lower()]
            yield finding(
                RULE,
                f'"{cited(first)}" cites {len(group)} articles under the singular "{word}": write "{right}".',
                f'"{cited(first)}" citon {len(group)} nene me njëjësin "{word}": shkruani "{right}".',
                (_without_act(first),),
                found=word,
                expected=right,
            )
            continue
        place = article_words(first)
        if _SPACED.search(place.exact):
            right = re.sub(r"\s*/\s*", "/", place.exact)
            yield finding(
                RULE,
                f'"{" ".join(place.exact.split())}" has a space in its number: write "{right}".',
                f'"{" ".join(place.exact.split())}" ka një hapësirë brenda numrit: shkruani "{right}".',
                (place,),
                found=place.exact,
                expected=right,
                suggestion=right,
            )


def _without_act(reference: LegalReference) -> Span:
    span = reference.span
    tail = re.search(r"\s(?:of\sthe|of|i|të|e|te)\s[A-ZÇË]", span.exact)
    end = tail.start() if tail and reference.instrument else len(span.exact)
    return Span(span.text_id, span.start, span.start + end, span.exact[:end], span.side)
