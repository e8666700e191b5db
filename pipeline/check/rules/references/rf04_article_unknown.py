"""The act has no such article, or did not have it on the report's date.

Why a reviewer should care: nobody can look it up, and a charge or a recommendation that rests on it rests on nothing.

Not flagged: an act whose table of articles the glossary does not hold in full; a slash with a digit that is a paragraph
(283/2); an article inserted before the report's date or repealed after it.

Source: reports that cite 321/b or 128/c, which the Criminal Code does not have.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.citations import act_name, article_words, cited, references
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, LegalReference, Severity

RULE = Rule(
    id="RF04",
    name="references.article-unknown",
    kind="article_unknown",
    issue_type="inconsistent-entities",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="Akti nuk e ka këtë nen, ose nuk e kishte në datën e raportit.",
    why_sq="Askush nuk mund ta gjejë, dhe një akuzë ose rekomandim që mbështetet te ai nuk mbështetet në asgjë.",
    examples=(
        Flags(
            "In four cases the court relied on ⟦Article 321/b⟧ of the Criminal Code.",
            why="there is an Article 321, and no 321/b",
        ),
        Flags("Paditësi kërkoi zbatimin e ⟦nenit 512⟧ të Kodit Penal.", why="kodi mbaron më parë"),
        Flags(
            "Annual report 2010\nThe police recorded six cases under ⟦Article 121/a⟧ of the Criminal Code.",
            why="stalking became an offence in 2012",
        ),
        Passes("Prokurori kërkoi masën sipas nenit 283/2 të Kodit Penal.", why="paragrafi i dytë i nenit 283"),
        Passes("The court applied Article 321/b of the Maritime Code.", why="the glossary does not hold its articles"),
    ),
)


# 0 to 100: an article whose act was only guessed from the rest of the report is not judged.
_SURE = 85.0


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[LegalReference]] = {}
    for _, reference in references(context):
        if reference.article and reference.concept_id is not None and reference.score >= _SURE:
            groups.setdefault((reference.concept_id, reference.article), []).append(reference)
    for (concept_id, _), group in groups.items():
        instrument = context.glossary.instruments.get(concept_id)
        if instrument is None or not instrument.articles_as_of:
            continue
        if group[0].provision_id is None:
            yield _missing(group, context, instrument.articles_as_of)
            continue
        when = context.report_date
        articles = [
            a for a in context.glossary.articles_of.get(concept_id, ()) if a.article_id == group[0].provision_id
        ]  # fmt: skip
        if when and articles and not articles[0].in_force(when):
            yield _not_in_force(group, articles[0].valid_from, articles[0].valid_until, when, context)


def _missing(group: list[LegalReference], context: CheckContext, as_of: str) -> Finding:
    reference = group[0]
    name, name_sq = act_name(reference, context, "en"), act_name(reference, context, "sq")
    later = bool(context.report_date) and str(context.report_date)[: len(as_of)] > as_of
    edition = f" (articles as of {as_of})" if later else ""
    edition_sq = f" (nenet sipas botimit {as_of})" if later else ""
    near = next((c.why for c in reference.candidates if c.why.startswith("article")), "")
    hint = f" Perhaps {near} is meant." if near else ""
    return finding(
        RULE,
        f'"{cited(reference)}": the {name} has no Article {reference.article}{edition}.{hint} Check the number.',
        f'"{cited(reference)}": {name_sq} nuk ka nen {reference.article}{edition_sq}. Kontrolloni numrin.',
        tuple(article_words(r) for r in group),
        found=reference.article,
        severity=Severity.MAJOR if later else None,
    )


def _not_in_force(group: list[LegalReference], start: str, end: str, when: str, context: CheckContext) -> Finding:
    reference = group[0]
    name, name_sq = act_name(reference, context, "en"), act_name(reference, context, "sq")
    since = f"came in on {start}" if start > when else f"was repealed on {end}"
    since_sq = f"u shtua më {start}" if start > when else f"u shfuqizua më {end}"
    return finding(
        RULE,
        f'"{cited(reference)}": Article {reference.article} of the {name} {since}, and the report is of {when}.',
        f'"{cited(reference)}": neni {reference.article} ({name_sq}) {since_sq}, ndërsa raporti është i {when}.',
        tuple(article_words(r) for r in group),
        found=reference.article,
        severity=Severity.MAJOR,
    )
