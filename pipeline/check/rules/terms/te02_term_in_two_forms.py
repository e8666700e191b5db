"""One concept goes by two terms in one language.

Why a reviewer should care: a reader takes two terms for two things, and counts them apart.

Not flagged: case forms, plurals and word order; a short form beside the full one; an abbreviation; two terms that the
glossary knows as two concepts; British and American spelling alone; titles of articles.

Source: a report that has `cybercrime`, `Cyber Crime` and `computer-related crime` for one kind of offence.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.names import contained, name_stems
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.languages import fold
from pipeline.model import Finding, Lang, LegalReference, Severity, TermMention

RULE = Rule(
    id="TE02",
    name="terms.term-in-two-forms",
    kind="term_variant",
    issue_type="terminology",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një koncept ka dy terma në të njëjtën gjuhë.",
    why_sq="Lexuesi i merr dy termat për dy gjëra dhe i numëron veç e veç.",
    examples=(
        Flags(
            "Every ⟦protection order⟧ is entered in the register.\nThe victim receives a copy of the ⟦restraining "
            "order⟧ within two days.",
            why="one order, two terms",
        ),
        Passes(
            "A victim of trafficking may testify by video link. Trafficking victims receive legal aid.",
            why="the same words in another order",
        ),
        Passes(
            "The minors were heard with a psychologist. A child may also be heard at school.",
            why="words of everyday language",
        ),
    ),
)

# Shown places of each form.
_MOST = 2


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    groups: dict[tuple[str, Lang], dict[tuple[str, ...], list[TermMention]]] = {}
    for one in context.annotated:
        titles = [m.title_span for m in one.mentions if isinstance(m, LegalReference) and m.title_span]
        for mention in one.mentions:
            if (
                isinstance(mention, TermMention) and mention.kind == "term" and mention.concept_id is not None
                and mention.status in ("preferred", "admitted") and mention.lang == one.passage.lang
                and not any(mention.span.overlaps(t) for t in titles) and _is_term(mention, context)
            ):  # fmt: skip
                stems = name_stems(mention.term, mention.lang)
                groups.setdefault((mention.concept_id, mention.lang), {}).setdefault(stems, []).append(mention)
    for (concept_id, lang), forms in groups.items():
        unlike = _unlike(forms)
        if len(unlike) > 1:
            yield _finding(concept_id, lang, unlike, context)


def _is_term(mention: TermMention, context: CheckContext) -> bool:
    """A form of several words, or of one that is no everyday word; and of this concept alone."""
    if mention.term.isupper() or " " not in mention.term and "-" not in mention.term:
        return False
    shared = {c.concept_id for c, t in context.glossary.by_form.get(fold(mention.term), ()) if t.lang == mention.lang}
    return len(shared) == 1


def _unlike(forms: dict[tuple[str, ...], list[TermMention]]) -> list[list[TermMention]]:
    chosen: list[tuple[tuple[str, ...], list[TermMention]]] = []
    for stems, group in sorted(forms.items(), key=lambda f: -len(f[0])):
        if stems and not any(contained(stems, other) for other, _ in chosen):
            chosen.append((stems, group))
    return [g for _, g in sorted(chosen, key=lambda c: c[1][0].span.start)]


def _finding(concept_id: str, lang: Lang, forms: list[list[TermMention]], context: CheckContext) -> Finding:
    preferred = context.glossary.preferred(concept_id, lang)
    shown = [" ".join(g[0].span.exact.split()) for g in forms]
    listed = " and ".join(f'"{s}"' for s in shown)
    return finding(
        RULE,
        f'One concept is called {listed}. The glossary has "{preferred}": use one term throughout.',
        f'Një koncept quhet {listed.replace(" and ", " dhe ")}. Glosari ka "{preferred}": përdorni një term kudo.',
        tuple(sorted((m.span for g in forms for m in g[:_MOST]), key=lambda s: s.start)),
        found=" / ".join(shown),
        expected=preferred or None,
    )
