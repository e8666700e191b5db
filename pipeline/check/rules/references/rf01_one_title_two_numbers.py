"""One article has two numbers: the same title stands with both, or a copy of the passage has another number.

Why a reviewer should care: a reader who follows the wrong number reads another provision, or finds none.

Not flagged: a list that restarts its letters; two articles with titles that only begin alike; a title that the register
gives to both articles; 293/c and 293/ç, which are two articles.

Source: a report in which `Interference in computer data` was Article 293/b in the text and 243/b in the table.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.citations import article_of, article_words, cited, references, title_lang, title_words
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Finding, LegalReference, Severity

RULE = Rule(
    id="RF01",
    name="references.one-title-two-numbers",
    kind="article_number_mismatch",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="I njëjti nen ka dy numra: i njëjti titull qëndron me të dy, ose një kopje e pasazhit ka numër tjetër.",
    why_sq="Kush ndjek numrin e gabuar lexon një dispozitë tjetër ose nuk gjen asnjë.",
    examples=(
        Flags(
            'The charge was ⟦Article 130/a⟧ of the Criminal Code "Domestic violence" in all five cases.\n'
            'The annex lists them under ⟦Article 103/a⟧ of the Criminal Code "Domestic violence".',
            why="two digits changed places",
        ),
        Flags(
            'Gjykata zbatoi ⟦nenin 134⟧ të Kodit Penal "Vjedhja" në nëntë çështje.\n'
            'Tabela përmbledh çështjet sipas ⟦nenit 143⟧ të Kodit Penal "Vjedhja".',
            why="i njëjti titull, dy numra",
        ),
        Passes(
            "The cases fall under Article 293/c and Article 293/ç of the Criminal Code; the second came later.",
            why="two articles, told apart by the cedilla",
        ),
        Passes(
            'The indictment cites Article 134 of the Criminal Code "Theft" and Article 84 of the same code "Threat".',
            why="two articles, two titles",
        ),
    ),
    supersedes=("RF02", "RF03", "RF04"),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    done: set[tuple[int, int]] = set()
    for group in _by_title(context):
        done.update((a.span.start, b.span.start) for a in group for b in group)
        yield _finding(group, context)
    for pair in _in_copies(context):
        if (pair[0].span.start, pair[1].span.start) not in done:
            yield _finding(list(pair), context)


def _by_title(context: CheckContext) -> Iterator[list[LegalReference]]:
    groups: dict[tuple[str, tuple[str, ...]], list[LegalReference]] = {}
    for _, reference in references(context):
        if reference.article and reference.title:
            lang = title_lang(reference)
            words = title_words(reference.title, lang)
            if words:
                key = (reference.concept_id or fold_act(reference), words)
                groups.setdefault(key, []).append(reference)
    for (_, words), group in groups.items():
        numbers = {r.article for r in group}
        if len(numbers) < 2:
            continue
        # The register itself may give one title to several articles.
        registered = [article_of(r, context) for r in group]
        own = {
            a.number for a, r in zip(registered, group, strict=True)
            if a is not None and any(title_words(t, title_lang(r)) == words for t in a.titles(title_lang(r)))
        }  # fmt: skip
        if len(own) < 2 or len(own) < len(numbers):
            yield group


def fold_act(reference: LegalReference) -> str:
    return (reference.instrument or reference.number or "").lower()


def _in_copies(context: CheckContext) -> Iterator[tuple[LegalReference, LegalReference]]:
    """Articles at the same place of two copies, where one place alone differs."""
    for copy in context.copies:
        left, right = context.by_id[copy.of_passage_id], context.by_id[copy.passage_id]
        first = [m for m in left.mentions if isinstance(m, LegalReference) and m.article]
        second = [m for m in right.mentions if isinstance(m, LegalReference) and m.article]
        if len(first) != len(second):
            continue
        unlike = [(a, b) for a, b in zip(first, second, strict=True) if a.article != b.article]
        if len(unlike) == 1 and unlike[0][0].concept_id == unlike[0][1].concept_id:
            yield unlike[0]


def _finding(group: list[LegalReference], context: CheckContext) -> Finding:
    numbers = list(dict.fromkeys(str(r.article) for r in group))
    title = next((r.title for r in group if r.title), None)
    right = next((r for r in group if _fits(r, context)), None)
    expected = f"{right.article}" if right is not None and sum(_fits(r, context) for r in group) == 1 else None
    many = len({r.article for r in group if _fits(r, context)}) == 1
    expected = expected or (str(right.article) if right is not None and many else None)
    called = f'"{title}"' if title else "this place"
    called_sq = f'"{title}"' if title else "ky vend"
    settle = f" By the register it is Article {expected}." if expected else " Check which one is right."
    settle_sq = f" Sipas regjistrit është neni {expected}." if expected else " Kontrolloni cili është i sakti."
    listed = " and ".join(dict.fromkeys(f'"{cited(r)}"' for r in _one_each(group)))
    return finding(
        RULE,
        f"{called} is article {' and '.join(numbers)}: {listed}.{settle}",
        f"{called_sq} është neni {' dhe '.join(numbers)}: {listed}.{settle_sq}",
        tuple(article_words(r) for r in group),
        found=" / ".join(numbers),
        expected=expected,
    )


def _one_each(group: list[LegalReference]) -> list[LegalReference]:
    return list({r.article: r for r in reversed(group)}.values())[::-1]


def _fits(reference: LegalReference, context: CheckContext) -> bool:
    article = article_of(reference, context)
    if article is None or not reference.title:
        return False
    lang = title_lang(reference)
    words = title_words(reference.title, lang)
    return any(title_words(t, lang) == words for t in article.titles(lang))
