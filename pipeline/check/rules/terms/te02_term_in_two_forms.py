"""One concept goes by two terms in one language.

Why a reviewer should care: a reader takes two terms for two things, and counts them apart.

Not flagged: case forms, plurals and word order; a short form beside the full one; an abbreviation; two terms that the
glossary knows as two concepts; British and American spelling alone; titles of articles.

Source: a report that has `cybercrime`, `Cyber Crime` and `computer-related crime` for one kind of offence.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.names import contained, name_stems, nearest
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
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
_MOST = 3


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    groups: dict[tuple[str, Lang], dict[tuple[str, ...], list[TermMention]]] = {}
    for one in context.annotated:
        titles = [m.title_span for m in one.mentions if isinstance(m, LegalReference) and m.title_span]
        for mention in one.mentions:
            if not isinstance(mention, TermMention) or (not mention.candidates and mention.concept_id is None):
                continue
            concept = mention.concept_id or mention.candidates[0].concept_id
            if (
                mention.kind == "term"
                and mention.status in ("preferred", "admitted") and mention.lang == one.passage.lang
                and not any(mention.span.overlaps(t) for t in titles) and _is_term(mention, concept, context)
            ):  # fmt: skip
                stems = name_stems(mention.term, mention.lang)
                key = (_family(concept, context), mention.lang)
                groups.setdefault(key, {}).setdefault(stems, []).append(mention)
    for (concept_id, lang), forms in groups.items():
        unlike = _unlike(forms)
        if len(unlike) > 1:
            yield _finding(concept_id, lang, unlike, context)


def _is_term(mention: TermMention, concept_id: str, context: CheckContext) -> bool:
    """A form of several words, or one word that another form writes as two (cybercrime); no part of a name."""
    written = mention.span.exact.split()
    if any(w[:1].isupper() for w in written[1:]) or any(sum(c.isupper() for c in w) > 1 for w in written):
        return False
    if " " in mention.term or "-" in mention.term:
        return True
    concept = context.glossary.concepts[concept_id]
    return any(t.form.replace(" ", "") == mention.term and " " in t.form for t in concept.terms)


def _family(concept_id: str, context: CheckContext) -> str:
    """Concepts that share a form are one for this rule: which of them is meant, the form does not tell."""
    concept = context.glossary.concepts[concept_id]
    return min(concept_id, *concept.shared_with) if concept.shared_with else concept_id


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
        nearest([[m.span for m in g] for g in forms], _MOST),
        found=" / ".join(shown),
        expected=preferred or None,
    )
