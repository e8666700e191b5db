"""What rules on references ask of them: titles compared, the act's words inside a citation, copies side by side.

Reads: LegalReference, Glossary. Writes: values for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import CheckContext
from pipeline.find.stems import stem
from pipeline.languages import fold
from pipeline.model import AnnotatedPassage, Lang, LegalReference, Span
from pipeline.terminology import Article

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset("of the a an in on for to and or by with through i e te se ne me nga per dhe ose ndaj mbi".split())
_SPELLING = (
    (re.compile(r"is(e|ed|ing|ation)"), r"iz\1"),
    (re.compile(r"our\b"), "or"),
    (re.compile(r"ence\b"), "ense"),
)


def references(context: CheckContext) -> Iterator[tuple[AnnotatedPassage, LegalReference]]:
    """Every reference with its passage, in reading order; those in a repeated table header or furniture too."""
    for one in context.annotated:
        for mention in one.mentions:
            if isinstance(mention, LegalReference):
                yield one, mention


def title_words(title: str, lang: Lang) -> tuple[str, ...]:
    """The stems of a title's words, without small words and differences of British and American spelling.

    >>> title_words("Unauthorised computer access", "en") == title_words("unauthorized computer access", "en")
    True
    """
    folded = fold(title)
    if lang != "sq":
        for pattern, other in _SPELLING:
            folded = pattern.sub(other, folded)
    return tuple(stem(w, lang) for w in _WORD.findall(folded) if w not in _SMALL)


def title_lang(reference: LegalReference) -> Lang:
    """The language of the cited title: the passage's where it is one of the two, else guessed by its letters."""
    if reference.lang in ("sq", "en"):
        return reference.lang
    title = reference.title or ""
    return "sq" if re.search(r"[ëçËÇ]|\b(?:i|e|të|së|dhe|me|nga)\b", title) else "en"


def likeness(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """0 to 100: how much of two titles is the same words; order counts a little."""
    if not left or not right:
        return 0.0
    from rapidfuzz.fuzz import ratio

    a, b = " ".join(left), " ".join(right)
    return float(max(ratio(a, b), ratio(" ".join(sorted(left)), " ".join(sorted(right))) - 1))


def part_of(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether one title is the beginning of the other, or all of its words in order."""
    shorter, longer = (left, right) if len(left) <= len(right) else (right, left)
    if len(shorter) < 2:
        return longer[: len(shorter)] == shorter
    at = 0
    for word in longer:
        if at < len(shorter) and word == shorter[at]:
            at += 1
    return at == len(shorter)


def best_likeness(title: tuple[str, ...], article: Article, lang: Lang) -> float:
    """0 to 100: the likeness to the nearest of an article's titles."""
    return max((likeness(title, title_words(t, lang)) for t in article.titles(lang)), default=0.0)


def article_of(reference: LegalReference, context: CheckContext) -> Article | None:
    """The article of the glossary that a reference was resolved to."""
    if reference.provision_id is None or reference.concept_id is None:
        return None
    for article in context.glossary.articles_of.get(reference.concept_id, ()):
        if article.article_id == reference.provision_id:
            return article
    return None


def act_words(reference: LegalReference) -> Span:
    """The words inside a citation that name its act; the whole citation where they cannot be found in it."""
    span, words = reference.span, reference.instrument
    at = span.exact.rfind(words) if words else -1
    if words is None or at < 0:
        return span
    return Span(span.text_id, span.start + at, span.start + at + len(words), words, span.side)


def article_words(reference: LegalReference) -> Span:
    """`Article 293/ b` inside `Article 293/ b of the Criminal Code`."""
    span = reference.span
    if not reference.article or not reference.instrument:
        return span
    at = span.exact.rfind(reference.instrument)
    head = re.match(
        r"(?:.{0,80}?\b)??[^\W\d_]{2,8}\.?\s{0,3}\d[\d]{0,3}(?:\s?[/⁄-]\s?[^\W_]{1,2}(?![^\W_])){0,2}",
        span.exact,
        re.DOTALL,
    )
    if head is None or at < head.end():
        return span
    return Span(span.text_id, span.start, span.start + head.end(), span.exact[: head.end()], span.side)


def cited(reference: LegalReference) -> str:
    """The citation on one line, for messages."""
    return " ".join(reference.span.exact.split())


def act_name(reference: LegalReference, context: CheckContext, lang: Lang) -> str:
    """The name of the act in `lang`, as the glossary has it, else as written."""
    name = context.glossary.preferred(reference.concept_id or "", lang)
    return name or reference.instrument or ""
