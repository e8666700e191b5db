"""One line or service is printed with two different numbers.

Why a reviewer should care: a reader who calls the wrong one reaches nobody, or somebody else; one of them is wrong.

Not flagged: one number in several notations (116 006, 116-006, ALO 116 and ALO116); two lines of one institution that
serve different purposes; two numbers given together for one office (`tel. ... or ...`); telephone against fax.

Source: child protection reports in which the text and the table of one report named different lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from pipeline.check.figure_pairs import opposites
from pipeline.check.lines import distinct, is_short, own_words, phones, registered
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.variants import variant_score
from pipeline.model import Figure, Finding, Severity

RULE = Rule(
    id="CO01",
    name="contacts.line-with-two-numbers",
    kind="hotline_variant",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="E njëjta linjë ose i njëjti shërbim ka dy numra të ndryshëm.",
    why_sq="Kush telefonon numrin e gabuar nuk gjen askënd ose gjen dikë tjetër; njëri prej dy numrave është i gabuar.",
    examples=(
        Flags(
            "Victims can call the hotline of the Labour Inspectorate ⟦118222⟧ at any hour.\n"
            "The annex lists every service. The hotline of the Labour Inspectorate, ⟦118322⟧, is free of charge.",
            why="one line, two numbers",
        ),
        Flags(
            "Qytetarët mund të telefonojnë linjën e Inspektoratit të Punës 118222 gjatë gjithë ditës.".replace(
                "118222", "⟦118222⟧"
            )
            + "\nNë aneks jepen shërbimet. Linja e Inspektoratit të Punës (⟦118322⟧) është falas.",
            why="e njëjta linjë, dy numra",
        ),
        Passes(
            "The national helpline for women and girls, 116 117, answers at any hour. The Child Helpline is 116 111.",
            why="two lines for two groups",
        ),
        Passes(
            "Telefononi linjën e këshillimit për fëmijë 116 111.\nLinja e këshillimit për fëmijë, 116-111, është "
            "falas.",
            why="i njëjti numër, shkruar ndryshe",
        ),
    ),
    supersedes=("CO02", "CO04"),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    seen: set[frozenset[str]] = set()
    for pair in opposites(context):
        if pair.left.kind == pair.right.kind == "phone" and _differ(pair.left, pair.right):
            seen.add(frozenset({pair.left.span.exact, pair.right.span.exact}))
            yield _finding([pair.left, pair.right], context)
    groups = _one_line(context)
    for group in groups:
        written = frozenset(f.span.exact for f in group)
        if any(written <= known or known <= written for known in seen):
            continue
        seen.add(written)
        yield _finding(group, context)


def _differ(left: Figure, right: Figure) -> bool:
    """Other digits, or the same digits of which one copy is damaged."""
    damaged = left.captured_by != right.captured_by
    return left.value != right.value or damaged


# More numbers than this under one word are a directory.
_MOST = 150


def _one_line(context: CheckContext) -> Iterator[list[Figure]]:
    """Numbers whose labels name one line with the same words, in different sentences."""
    every = [(f, lang) for f, lang in phones(context) if own_words(f)]
    by_word: dict[tuple[str, str], list[int]] = {}
    for i, (figure, lang) in enumerate(every):
        for word in own_words(figure):
            by_word.setdefault((word, lang), []).append(i)
    pairs = {p for group in by_word.values() if len(group) <= _MOST for p in combinations(group, 2)}
    for (a, lang_a), (b, lang_b) in ((every[i], every[j]) for i, j in sorted(pairs)):
        if a.value == b.value or lang_a != lang_b or abs(a.span.start - b.span.start) < 60:
            continue
        words_a, words_b = own_words(a), own_words(b)
        alike = variant_score(a.value or "", b.value or "") >= 0.5
        both_known = registered(context.glossary, a.value) and registered(context.glossary, b.value)
        if both_known or is_short(a) != is_short(b):
            continue
        if (words_a == words_b and (len(words_a) >= 2 or alike)) or (alike and len(words_a & words_b) >= 2):
            yield [a, b]


def _finding(group: list[Figure], context: CheckContext) -> Finding:
    written = [f.span.exact for f in group]
    known = [v for v in distinct(group) if registered(context.glossary, v)]
    clean = [f for f in group if f.captured_by == "strict"]
    expected = known[0] if len(known) == 1 else None
    if len(distinct(group)) == 1 and len(clean) == 1:
        expected = clean[0].span.exact
    wrong = next((f for f in group if f.value != expected and f.span.exact != expected), None) if expected else None
    return finding(
        RULE,
        f"The same line is written “{written[0]}” in one place and “{written[1]}” in another. "
        "Dial or look up both numbers and keep the one that answers.",
        f"E njëjta linjë shkruhet “{written[0]}” në një vend dhe “{written[1]}” në një tjetër. "
        "Verifikoni të dy numrat dhe mbani atë që përgjigjet.",
        [f.span for f in group],
        found=wrong.span.exact if wrong else written[-1],
        expected=expected,
        suggestion=expected if wrong is not None else None,
    )
