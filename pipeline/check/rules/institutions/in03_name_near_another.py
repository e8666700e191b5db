"""Two names that are not in the glossary, or one beside a listed one, differ by a slip or by the order of their words.

Why a reviewer should care: a reader cannot tell whether two offices are meant or one.

Not flagged: the same office in two towns; offices for two different tasks; a short form; the case forms of a name.

Source: reports with `Directorate of Public Services` and `Public Service Directorate`, or `prosecutin office`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.check.names import institutions, is_abbreviation, name_of, name_span, name_stems
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.find.institution_words import HEADS
from pipeline.languages import fold
from pipeline.model import Finding, Lang, Severity, TermMention

RULE = Rule(
    id="IN03",
    name="institutions.name-near-another",
    kind="institution_name_variant",
    issue_type="inconsistency",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Dy emra ndryshojnë nga një gabim shtypi ose nga radha e fjalëve.",
    why_sq="Lexuesi nuk e kupton nëse janë dy zyra apo një.",
    examples=(
        Flags(
            "The ⟦Directorate of Green Spaces⟧ planted 300 trees.\n"
            "The bill was paid by the ⟦Green Spaces Directorate⟧.",
            why="the same words in another order",
        ),
        Flags(
            "⟦Drejtoria e Ndihmës Juridike Falas⟧ hapi dy zyra.\nQytetarët i drejtohen edhe ⟦Drejtorisë së Ndihmës "
            "Ligjore Falas⟧ në Lezhë.",
            why="dy përkthime të një fjale",
        ),
        Passes(
            "The Regional Directorate of Roads built a bridge.\nThe Regional Directorate of Forests planted trees.",
            why="two tasks",
        ),
        Passes(
            "Drejtoria Rajonale e Mjedisit Elbasan raportoi në maj.\nDrejtoria Rajonale e Mjedisit Berat nuk u "
            "përgjigj.",
            why="dy qytete",
        ),
    ),
)

# Words of which one institution's name has now one, now the other: two translations of one Albanian word, or doublets.
_DOUBLETS = tuple(
    tuple(pair.split("/"))
    for pair in """juridik/ligj securit/safet agenc/authorit agjenc/autoritet criminal/penal comput/cyber
    kompjuterik/kibernetik prosecut/prosecutor traffick/trafficking legal/juridic directorat/department
    local/municipal cadastr/cadastral statistic/statistical environ/environmental educat/educational""".split()
)
# 0 to 100: so alike, two words are one with a slip; `Forests` and `Forestry` are at 80.
_SLIP = 82.0


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    stems: tuple[str, ...]
    lang: Lang
    mentions: tuple[TermMention, ...]
    listed: bool


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    names = _names(context)
    done: set[frozenset[tuple[str, ...]]] = set()
    for one in names:
        if one.listed:
            continue
        for other in names:
            pair = frozenset((one.words, other.words))
            if other is one or pair in done or one.lang != other.lang:
                continue
            kind = _kinship(one, other)
            if kind:
                done.add(pair)
                yield _finding(one, other, kind, context)


def _names(context: CheckContext) -> list[_Name]:
    groups: dict[tuple[tuple[str, ...], Lang], list[TermMention]] = {}
    for _, mention in institutions(context):
        if is_abbreviation(mention):
            continue
        name = name_of(mention)
        words = tuple(re.findall(r"[^\W_]+(?:['’][^\W_]+)?", fold(name)))
        if len(words) > 1:
            groups.setdefault((words, mention.lang), []).append(mention)
    return [
        _Name(words, name_stems(" ".join(words), lang), lang, tuple(mentions), any(m.concept_id for m in mentions))
        for (words, lang), mentions in groups.items()
    ]


def _kinship(one: _Name, other: _Name) -> str:
    """`order`, `slip` or `doublet`: how the two names are one; empty where they are two."""
    if one.stems == other.stems and one.lang == "en" and len(one.words) == len(other.words):
        # A plural inside the name; of its head it would only count offices.
        many = [i for i, (a, b) in enumerate(zip(one.words, other.words, strict=True)) if a != b]
        inner = many and all(i > 0 for i in many) and one.words[many[0]] not in HEADS
        return "number" if inner and len(many) == 1 and {one.words[many[0]] + "s", other.words[many[0]] + "s"} & {
            one.words[many[0]], other.words[many[0]]} else ""  # fmt: skip
    if len(one.stems) < 2 or len(one.stems) != len(other.stems) or one.stems == other.stems:
        return ""
    if len(one.stems) > 2 and sorted(one.stems) == sorted(other.stems):
        return "order"
    unlike = [(a, b) for a, b in zip(one.stems, other.stems, strict=True) if a != b]
    if len(unlike) != 1 or len(one.stems) < 3:
        return ""
    a, b = unlike[0]
    if any((a.startswith(x) and b.startswith(y)) or (a.startswith(y) and b.startswith(x)) for x, y in _DOUBLETS):
        return "doublet"
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.fuzz import ratio

    # Six letters at least: shorter words are places and people, one letter apart by chance.
    slip = min(len(a), len(b)) > 5 and ratio(a, b) >= _SLIP and DamerauLevenshtein.distance(a, b) == 1 and a[0] == b[0]
    return "slip" if slip and not a.isdigit() else ""


def _finding(one: _Name, other: _Name, kind: str, context: CheckContext) -> Finding:
    first, second = sorted((one, other), key=lambda n: n.mentions[0].span.start)
    how = {"order": "the same words in another order", "slip": "one word differs by a letter",
           "doublet": "two words for one thing", "number": "one has a plural that the other has not"}[kind]  # fmt: skip
    how_sq = {"order": "të njëjtat fjalë në radhë tjetër", "slip": "një fjalë ndryshon me një shkronjë",
              "doublet": "dy fjalë për një gjë", "number": "njëri ka një shumës që tjetri s'e ka"}[kind]  # fmt: skip
    names = name_of(first.mentions[0]), name_of(second.mentions[0])
    concept = next((m.concept_id for n in (one, other) for m in n.mentions if m.concept_id), None)
    expected = context.glossary.preferred(concept or "", one.lang) or None
    settle = f' The glossary has "{expected}".' if expected else " Use one name throughout."
    settle_sq = f' Glosari ka "{expected}".' if expected else " Përdorni një emër kudo."
    anchors = [name_span(m) for n in (first, second) for m in n.mentions[:3]]
    return finding(
        RULE,
        f'"{names[0]}" and "{names[1]}": {how}.{settle}',
        f'"{names[0]}" dhe "{names[1]}": {how_sq}.{settle_sq}',
        tuple(sorted(anchors, key=lambda a: a.start)),
        found=" / ".join(names),
        expected=expected,
        severity=Severity.MAJOR if kind == "doublet" else None,
    )
