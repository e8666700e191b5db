"""One institution goes by two names, or by a name that is not its own.

Why a reviewer should care: a reader takes two names for two institutions, and a letter to the wrong one gets lost.

Not flagged: the case forms of a name; a short form beside the full one; the abbreviation; the Albanian beside the
English name; the office holder beside the office; British and American spelling.

Source: reports in which one authority is an `Agency` in one paragraph and an `Authority` in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.names import (
    contained,
    institutions,
    is_abbreviation,
    name_of,
    name_span,
    name_stems,
    nearest,
    term_of,
)
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.languages import fold
from pipeline.model import Finding, Lang, Severity, TermMention

RULE = Rule(
    id="IN01",
    name="institutions.institution-under-two-names",
    kind="institution_name_variant",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një institucion ka dy emra, ose një emër që nuk është i tij.",
    why_sq="Lexuesi i merr dy emrat për dy institucione, dhe një shkresë e gabuar humbet.",
    examples=(
        Flags(
            "The inspectors met the ⟦High State Control⟧ in May.\nThe ⟦Supreme State Audit⟧ answered in June.",
            why="two names of one institution",
        ),
        Flags(
            "Complaints go to the ⟦Electronic and Postal Communications Agency⟧ within ten days.",
            why="it is an Authority",
        ),
        Passes(
            "Ministria e Drejtësisë hartoi planin. Buxheti i Ministrisë së Drejtësisë u rrit, dhe ministri i "
            "Drejtësisë e nënshkroi.",
            why="rasat dhe ministri",
        ),
        Passes(
            "The General Directorate of Prisons opened two wings. The Prison Directorate of the region took part.",
            why="a short form",
        ),
    ),
)

# A telephone line is called by its number; rules on contacts compare those.
_NOT_NAMES = frozenset({"helpline", "initiative"})
# Names of one concept may be worded in another order; anchors a name.
_MOST = 3


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    groups: dict[tuple[str, Lang], dict[tuple[str, ...], list[TermMention]]] = {}
    for _, mention in institutions(context):
        concept = context.glossary.concepts.get(mention.concept_id or "")
        if concept is None or is_abbreviation(mention) or concept.subkind in _NOT_NAMES:
            continue
        term = term_of(mention, concept)
        if term is None or term.sort in ("abbreviation", "office_holder"):
            continue
        stems = name_stems(term.form, term.lang)
        groups.setdefault((concept.concept_id, term.lang), {}).setdefault(stems, []).append(mention)
    for (concept_id, lang), names in groups.items():
        unlike = _unlike(names) if len(names) > 1 else []
        wrong = [g for g in names.values() if any(m.status == "deprecated" for m in g)]
        linked = _linked_otherwise(next(iter(names.values()))) if len(names) == 1 and lang == "en" else []
        if linked:
            yield _finding(concept_id, lang, linked, context)
        elif len(unlike) > 1 or wrong:
            yield _finding(concept_id, lang, unlike if len(unlike) > 1 else wrong, context)


def _unlike(names: dict[tuple[str, ...], list[TermMention]]) -> list[list[TermMention]]:
    """Names of which none is a short form of another, or the same words in another order."""
    chosen: list[tuple[tuple[str, ...], list[TermMention]]] = []
    for stems, group in sorted(names.items(), key=lambda n: (-len(n[0]), n[1][0].span.start)):
        same = next((c for c in chosen if contained(stems, c[0])), None)
        if same is None:
            chosen.append((stems, group))
    return [group for _, group in sorted(chosen, key=lambda c: c[1][0].span.start)]


def _linked_otherwise(group: list[TermMention]) -> list[list[TermMention]]:
    """`National Agency on Information Society` beside `... for Information Society`: a preposition changed."""
    names: dict[tuple[str, ...], list[TermMention]] = {}
    for mention in group:
        words = re.findall(r"[^\W_]+", fold(name_of(mention)))
        names.setdefault(tuple(w for w in words if w in _PREPOSITIONS), []).append(mention)
    return list(names.values()) if len(names) > 1 and all(names) else []


_PREPOSITIONS = frozenset("of for on against to".split())


def _finding(concept_id: str, lang: Lang, names: list[list[TermMention]], context: CheckContext) -> Finding:
    preferred = context.glossary.preferred(concept_id, lang)
    shown = list(dict.fromkeys(name_of(g[0]) for g in names))
    listed = " and ".join(f'"{n}"' for n in shown)
    settle = f' The glossary has "{preferred}".' if preferred else ""
    settle_sq = f' Glosari ka "{preferred}".' if preferred else ""
    one = f"One institution is called {listed}." if len(shown) > 1 else f"{listed} is not its name."
    one_sq = (
        f"Një institucion quhet {listed.replace(' and ', ' dhe ')}."
        if len(shown) > 1
        else f"{listed} nuk është emri i tij."
    )
    return finding(
        RULE,
        f"{one}{settle} Use one name throughout.",
        f"{one_sq}{settle_sq} Përdorni një emër kudo.",
        nearest([[name_span(m) for m in g] for g in names], _MOST),
        found=" / ".join(shown),
        expected=preferred or None,
    )
