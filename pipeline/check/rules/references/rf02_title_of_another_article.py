"""An article is cited with a title that is not its own.

Why a reviewer should care: number and title name two provisions, and a reader cannot know which one is meant.

Not flagged: a free translation of the article's own title; a title cut short; an article whose title the glossary
does not hold.

Source: reports that give Article 248 (abuse of office) the title of Article 259 (passive corruption).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.citations import (
    article_of,
    best_likeness,
    cited,
    part_of,
    references,
    title_lang,
    title_words,
)
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Lang, LegalReference, Severity
from pipeline.terminology import Article

RULE = Rule(
    id="RF02",
    name="references.title-of-another-article",
    kind="article_title_mismatch",
    issue_type="terminology",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="Një nen citohet me një titull që nuk është i tij.",
    why_sq="Numri dhe titulli tregojnë dy dispozita, dhe lexuesi nuk mund ta dijë cila është menduar.",
    examples=(
        Flags(
            'Eleven officials were charged under ⟦Article 248⟧ of the Criminal Code ⟦"Passive corruption of persons '
            'exercising public functions"⟧.'.replace('⟦"', '"⟦').replace('"⟧', '⟧"'),
            why="the title of Article 259",
        ),
        Flags(
            'Prokuroria hetoi ⟦nenin 134⟧ të Kodit Penal "⟦Mbajtja e lokaleve për prostitucion⟧" në tri raste.',
            why="titulli i nenit 115",
        ),
        Passes(
            'The tax case was opened under Article 180 of the Criminal Code "Hiding of income".',
            why="a translation of the article's own title",
        ),
        Passes(
            'Neni 119/a i Kodit Penal "Shpërndarja e materialeve raciste" zbatohet rrallë.',
            why="titulli i vet, i shkurtuar",
        ),
    ),
    supersedes=("RF03",),
)

# 0 to 100. Another article's title must be as good as quoted; the article's own must not be half of it.
_OTHER_FROM, _OWN_BELOW = 82.0, 62.0
# Word for word another article's title: then its own may be half the same, as two titles of one chapter are.
_SAME_FROM = 95.0
# An official Albanian title of which so little stands in the quotation is not quoted at all.
_FOREIGN_BELOW = 40.0


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    for _, reference in references(context):
        article = article_of(reference, context)
        if article is None or not reference.title or reference.title_span is None:
            continue
        lang = title_lang(reference)
        words = title_words(reference.title, lang)
        own = best_likeness(words, article, lang)
        if not words or own >= _SAME_FROM or any(part_of(words, title_words(t, lang)) for t in article.titles(lang)):
            continue
        if _is_wrong_form(reference, article):
            continue
        other, score = _nearest(words, article, lang, context)
        if own >= _OWN_BELOW and score < _SAME_FROM:
            continue
        if other is not None and score >= _OTHER_FROM:
            yield _finding(reference, article, other, lang, context)
        elif lang == "sq" and own < _FOREIGN_BELOW and article.title_sq and article.confidence == "high":
            yield _finding(reference, article, None, lang, context)


def _is_wrong_form(reference: LegalReference, article: Article) -> bool:
    """A known mistranslation of the article's own title is a variant of it."""
    title = (reference.title or "").lower()
    return any(w.lower() in title for w in article.wrong_forms)


def _nearest(words: tuple[str, ...], own: Article, lang: Lang, context: CheckContext) -> tuple[Article | None, float]:
    best: Article | None = None
    score = 0.0
    for article in context.glossary.articles_of.get(own.instrument_id, ()):
        if article.number == own.number:
            continue
        titles = [title_words(t, lang) for t in article.titles(lang)]
        here = best_likeness(words, article, lang)
        # `Passive corruption` is the beginning of one title in the table and of no other.
        if len(words) > 1 and any(t[: len(words)] == words for t in titles):
            here = max(here, 90.0 + here / 20)
        if here > score:
            best, score = article, here
    return best, score


def _finding(
    reference: LegalReference, article: Article, other: Article | None, lang: Lang, context: CheckContext
) -> Finding:
    assert reference.title_span is not None
    own = article.title_sq if lang == "sq" else article.title_en
    whose = f', and "{reference.title}" is the title of Article {other.number}' if other else ""
    whose_sq = f', ndërsa "{reference.title}" është titulli i nenit {other.number}' if other else ""
    from pipeline.check.citations import article_words

    return finding(
        RULE,
        f'"{cited(reference)}" is cited with the title "{reference.title}", but Article {article.number} is '
        f'"{own}"{whose}. Correct the number or the title.',
        f'"{cited(reference)}" citohet me titullin "{reference.title}", por neni {article.number} '
        f'është "{own}"{whose_sq}. '
        "Ndreqni numrin ose titullin.",
        (article_words(reference), reference.title_span),
        found=reference.title,
        expected=own,
    )
