"""The title of one article is worded in two ways, or not as the article is titled.

Why a reviewer should care: a reader takes two titles for two offences, and a mistranslated title names another offence.

Not flagged: capitals, quotation marks, British and American spelling; a title cut short at its end; an English
rendering of its own that the glossary does not know as wrong, where the report keeps to it.

Source: a report that called Article 108 `offenses embarrassing` in one place and `obscene acts` in another.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.citations import (
    act_name,
    article_of,
    best_likeness,
    part_of,
    references,
    title_lang,
    title_words,
)
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, Lang, LegalReference, Severity, Span

RULE = Rule(
    id="RF03",
    name="references.title-in-two-wordings",
    kind="article_title_variant",
    issue_type="inconsistency",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Titulli i një neni shkruhet në dy mënyra, ose jo siç e ka neni.",
    why_sq="Lexuesi i merr dy tituj për dy vepra, dhe një titull i përkthyer gabim emërton një vepër tjetër.",
    examples=(
        Flags(
            'The cases concern Article 124/b of the Criminal Code "⟦Maltreatment of minors⟧".\n'
            'In the table they stand as Article 124/b of the Criminal Code "⟦Ill-treatment of the child⟧".',
            why="two titles of one article",
        ),
        Flags(
            'Tre të pandehur u dënuan sipas nenit 192/b të Kodit Penal "⟦Hyrja e palejuar kompjuterike⟧".',
            why="titulli është: Hyrja e paautorizuar kompjuterike",
        ),
        Passes(
            'The first count is Article 192/b of the Criminal Code "Unauthorised computer access".\n'
            'The second report has Article 192/b of the Criminal Code "unauthorized computer access" as well.',
            why="spelling and capitals",
        ),
        Passes(
            'Neni 134 i Kodit Penal "Vjedhja" dhe neni 134, paragrafi i dytë i Kodit Penal "Vjedhja" u zbatuan bashkë.',
            why="i njëjti titull",
        ),
    ),
)

# 0 to 100. An official Albanian title so near is meant, and one so near to itself is the same.
_SAME_FROM, _MEANT_FROM = 97.0, 62.0


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    groups: dict[tuple[str, str, Lang], dict[tuple[str, ...], list[LegalReference]]] = {}
    for _, reference in references(context):
        if reference.article and reference.title and reference.title_span is not None:
            lang = title_lang(reference)
            key = (reference.concept_id or (reference.instrument or "").lower(), reference.article, lang)
            groups.setdefault(key, {}).setdefault(title_words(reference.title, lang), []).append(reference)
    for (_, number, lang), wordings in groups.items():
        unlike = _unlike(wordings)
        if len(unlike) > 1:
            yield _two(unlike, number, lang, context)
            continue
        for words, group in wordings.items():
            found = _against_register(words, group, lang, context)
            if found is not None:
                yield found


def _unlike(wordings: dict[tuple[str, ...], list[LegalReference]]) -> list[list[LegalReference]]:
    """Wordings of which none is another, or another cut short."""
    chosen: list[tuple[tuple[str, ...], list[LegalReference]]] = []
    for words, group in sorted(wordings.items(), key=lambda w: -len(w[0])):
        if words and not any(part_of(words, other) for other, _ in chosen):
            chosen.append((words, group))
    return [group for _, group in sorted(chosen, key=lambda c: c[1][0].span.start)]


def _two(groups: list[list[LegalReference]], number: str, lang: Lang, context: CheckContext) -> Finding:
    article = article_of(groups[0][0], context)
    own = (article.title_sq if lang == "sq" else article.title_en) if article else ""
    titles = " and ".join(f'"{g[0].title}"' for g in groups)
    settle = f' The glossary has "{own}".' if own else " Choose one."
    settle_sq = f' Glosari ka "{own}".' if own else " Zgjidhni njërin."
    wrong = article is not None and any(
        w.lower() in (g[0].title or "").lower() for w in article.wrong_forms for g in groups
    )
    return finding(
        RULE,
        f"Article {number} is titled {titles}.{settle}",
        f"Neni {number} ka titujt {titles.replace(' and ', ' dhe ')}.{settle_sq}",
        tuple(_title(r) for g in groups for r in g[:3]),
        found=" / ".join(str(g[0].title) for g in groups),
        expected=own or None,
        severity=Severity.MAJOR if wrong else None,
    )


def _title(reference: LegalReference) -> Span:
    assert reference.title_span is not None
    return reference.title_span


def _against_register(
    words: tuple[str, ...], group: list[LegalReference], lang: Lang, context: CheckContext
) -> Finding | None:
    article = article_of(group[0], context)
    if article is None or not words:
        return None
    own = article.title_sq if lang == "sq" else article.title_en
    title = group[0].title or ""
    known_wrong = any(title.lower() == w.lower() or title_words(w, lang) == words for w in article.wrong_forms)
    if not known_wrong:
        if lang != "sq" or article.confidence != "high" or not own:
            return None
        score = best_likeness(words, article, lang)
        if not _MEANT_FROM <= score < _SAME_FROM or any(
            part_of(words, title_words(t, lang)) for t in article.titles(lang)
        ):
            return None
    name = act_name(group[0], context, "en")
    name_sq = act_name(group[0], context, "sq")
    return finding(
        RULE,
        f'Article {article.number} of the {name} is cited as "{title}"; its title is "{own}". Use that.',
        f'Neni {article.number} ({name_sq}) citohet si "{title}"; titulli i tij është "{own}". Përdorni këtë.',
        tuple(_title(r) for r in group),
        found=title,
        expected=own or None,
        severity=Severity.MAJOR if known_wrong and lang == "en" else None,
    )
