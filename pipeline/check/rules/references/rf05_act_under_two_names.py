"""One act goes by two names in one language.

Why a reviewer should care: a reader takes `Penal Code` and `Criminal Code` for two laws.

Not flagged: the case forms of a name (Kodi Penal, Kodit Penal); the full name beside the short one; an abbreviation;
a convention's short name (Budapest Convention); the Albanian beside the English name.

Source: reports that change between Penal Code and Criminal Code, often in one paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.citations import act_words, references
from pipeline.check.names import nearest
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.find.stems import stem
from pipeline.languages import fold
from pipeline.model import Finding, Lang, LegalReference, Severity

RULE = Rule(
    id="RF05",
    name="references.act-under-two-names",
    kind="instrument_name_variant",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një akt ka dy emra në të njëjtën gjuhë.",
    why_sq="Lexuesi i merr dy emrat për dy ligje të ndryshme.",
    examples=(
        Flags(
            "The offence is provided for in Article 117 of the ⟦Penal Code⟧.\n"
            "The statistics cover Article 108 and Article 110 of the ⟦Criminal Code⟧ only.",
            why="one code, two names",
        ),
        Flags(
            "Under the ⟦Code of Penal Procedure⟧ the witness may be heard by video link.\n"
            "The ⟦Criminal Procedure Code⟧ also protects the witness's identity.",
            why="one code, two names",
        ),
        Passes(
            "Neni 134 i Kodit Penal u zbatua dy herë. Kodi Penal i Republikës së Shqipërisë është ndryshuar shpesh, "
            "dhe në Kodin Penal janë shtuar nene të reja.",
            why="forma të rasave dhe emri i plotë",
        ),
        Passes(
            "The Family Code and the Labour Code were amended in the same year.",
            why="two codes",
        ),
    ),
)

_KINDS = frozenset({"code", "constitution", "law"})
# Words that make a name longer and not another one: its country, its kind.
_MORE = frozenset(
    "the of and republic albania albanian shqiperise republikes i e te se republic's kosovo kosoves rsh new ri".split()
)
# Anchors a name: more say nothing new.
_MOST = 4


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    acts: dict[tuple[str, Lang], dict[frozenset[str], list[LegalReference]]] = {}
    for _, reference in references(context):
        concept = context.glossary.concepts.get(reference.concept_id or "")
        if concept is None or concept.subkind not in _KINDS or reference.anaphoric or not reference.instrument:
            continue
        term = next(
            (t for t in concept.terms if fold(t.form) == fold(" ".join(reference.instrument.split()))), None
        )  # fmt: skip
        if term is None or term.sort in ("abbreviation", "wrong") or any(c.isdigit() for c in term.form):
            continue
        key = name_words(term.form, term.lang)
        acts.setdefault((concept.concept_id, term.lang), {}).setdefault(key, []).append(reference)
    for (concept_id, lang), names in acts.items():
        if len(names) > 1:
            yield _finding(concept_id, lang, list(names.values()), context)


def name_words(name: str, lang: Lang) -> frozenset[str]:
    """The stems of a name's words, without its country: `Kodit Penal` and `Kodi Penal i Republikës` are the same."""
    words = [w for w in fold(name).replace("-", " ").split() if w not in _MORE]
    return frozenset(stem(w, lang) for w in words)


def _finding(concept_id: str, lang: Lang, names: list[list[LegalReference]], context: CheckContext) -> Finding:
    preferred = context.glossary.preferred(concept_id, lang)
    shown = [" ".join(str(group[0].instrument).split()) for group in names]
    listed = " and ".join(f'"{n}"' for n in shown)
    return finding(
        RULE,
        f'One act is called {listed}. The glossary has "{preferred}": use one name throughout.',
        f'I njëjti akt quhet {listed.replace(" and ", " dhe ")}. Glosari ka "{preferred}": përdorni një emër kudo.',
        nearest([[act_words(r) for r in g] for g in names], _MOST),
        found=" / ".join(shown),
        expected=preferred or None,
    )
