"""A person, product or place is spelt in two ways.

Why a reviewer should care: one of the two is somebody else, or nobody, and a search finds half of the mentions.

Not flagged: Albanian case endings (Durrës, Durrësit; Kodra, Kodrës); definite and indefinite forms of places; two
persons who share a surname or a first name and differ in more than one letter.

Source: reports in which a name was read by machine in one of two copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.wording import Token, glossary_words, readable, tokens
from pipeline.languages import fold
from pipeline.lexicon import is_known
from pipeline.model import Finding, Severity, Span

# Letters: shorter names are near to each other by chance.
_LETTERS = 4
# Letters at the end of a name that may change with its case.
_ENDING = 3
# Names beside one other name: of more, that other one is a common first name or a title.
_MOST = 60
# Places quoted of each spelling.
_SHOWN = 3

RULE = Rule(
    id="FO11",
    name="form.name-in-two-spellings",
    kind="name_variant",
    issue_type="inconsistency",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një person, produkt ose vend shkruhet në dy mënyra.",
    why_sq="Njëri nga emrat është dikush tjetër, ose askush, dhe kërkimi gjen vetëm gjysmën e përmendjeve.",
    examples=(
        Flags(
            "The coordinator, Mrs ⟦Arjeta⟧ Kodra, went with the victims to court.\n"
            "Questions are answered by Mrs ⟦Arieta⟧ Kodra on working days.",
            why="one letter of the first name",
        ),
        Flags(
            "Prokurori z. Gent ⟦Hasmuça⟧ mbajti tri leksione.\nZ. Gent ⟦Hasmuca⟧ u përgjigj pyetjeve.",
            why="ç dhe c në të njëjtin mbiemër",
        ),
        Passes(
            "Mrs Arjeta Kodra opened the meeting. The report of Arjeta Kodrës was read by Mr Artan Kodra.",
            why="a case ending, and another person",
        ),
        Passes(
            "Zyra e Durrësit dhe banorët e Durrës kanë nevojë për ujë; Vlora dhe Vlorë janë një qytet.", why="trajta"
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    own = glossary_words(context)
    names: dict[str, list[tuple[Span, str, str]]] = {}
    langs_of: dict[str, set[str]] = {}
    for passage in readable(context):
        words = tokens(passage.text)
        for n, token in enumerate(words):
            if not _is_name(token) or fold(token.text) in own:
                continue
            before, after = _beside(words, n, -1, passage.text), _beside(words, n, 1, passage.text)
            langs_of.setdefault(token.text, set()).add(passage.lang)
            names.setdefault(token.text, []).append((context.quote(passage, token.start, token.end), before, after))
    copied = _copied(context)
    for a, b in _candidates(names, copied):
        # Two words of the dictionary are two words; a name that happens to be one has its other spelling unknown.
        if abs(len(a) - len(b)) > 1 or not _one_letter(a, b) or (is_known(a.lower()) and is_known(b.lower())):
            continue
        if frozenset((a, b)) not in copied and not _company(names[a], names[b]):
            continue
        langs = {lang for name in (a, b) for lang in langs_of[name]}
        if len(langs) > 1 and not langs_of[a] & langs_of[b] and not (_ALBANIAN.search(a) or _ALBANIAN.search(b)):
            # Albanian writes foreign names by their sound: Marko Polo, Marco Polo.
            continue
        often, seldom = (a, b) if len(names[a]) >= len(names[b]) else (b, a)
        spans = [s for name in (often, seldom) for s, _, _ in names[name][:_SHOWN]]
        yield finding(
            RULE,
            f"One name in two spellings: “{often}” ({len(names[often])}) and “{seldom}” ({len(names[seldom])}). "
            "See which one is right.",
            f"Një emër në dy shkrime: “{often}” ({len(names[often])}) dhe “{seldom}” ({len(names[seldom])}). "
            "Shihni cili është i saktë.",
            sorted(spans, key=lambda s: s.start),
            found=seldom,
        )


# Letters that only Albanian names have.
_ALBANIAN = re.compile(r"gj|xh|zh|dh|nj|ll|rr|sh|q|ë|ç", re.IGNORECASE)


def _candidates(
    names: dict[str, list[tuple[Span, str, str]]], copied: frozenset[frozenset[str]]
) -> list[tuple[str, str]]:
    """Names in the same company or the same place of two copies; all pairs would grow with the square."""
    company: dict[tuple[str, str], set[str]] = {}
    for name, places in names.items():
        for _, before, after in places:
            for side, other in (("before", before), ("after", after)):
                if other:
                    company.setdefault((side, other), set()).add(name)
    found = {pair for same in company.values() if len(same) <= _MOST for pair in combinations(sorted(same), 2)}
    for pair in copied:
        known = sorted(n for n in pair if n in names)
        if len(known) == 2:
            found.add((known[0], known[1]))
    return sorted(found)


def _is_name(token: Token) -> bool:
    text = token.text
    return len(text) >= _LETTERS and text[0].isupper() and not text.isupper() and "-" not in text


def _beside(words: tuple[Token, ...], n: int, step: int, text: str) -> str:
    """The capitalised word next to a name, folded without its ending."""
    if not 0 <= n + step < len(words):
        return ""
    other = words[n + step]
    first, last = (words[n], other) if step > 0 else (other, words[n])
    if text[first.end : last.start].strip(" .") or not other.text[0].isupper() or len(other.text) < 3:
        return ""
    return fold(other.text)[:4]


def _company(a: list[tuple[Span, str, str]], b: list[tuple[Span, str, str]]) -> bool:
    """Both spellings stand beside the same other name."""
    before = {x for _, x, _ in a if x} & {x for _, x, _ in b if x}
    after = {x for _, _, x in a if x} & {x for _, _, x in b if x}
    return bool(before - _TITLES or after)


_TITLES = frozenset(("mrs", "mr", "mis", "zon", "znj", "dr", "prof", "mini", "drej", "the"))


def _one_letter(a: str, b: str) -> bool:
    """One letter lost, changed or swapped, before the ending that Albanian cases change; or only ë and ç."""
    if fold(a) == fold(b):
        return a != b and len(a) == len(b) and a[-1:] + b[-1:] not in ("eë", "ëe")
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    inside = len(a) == len(b) and start <= len(a) - 2
    if start == 0 or (start > min(len(a), len(b)) - _ENDING and not inside) or (len(a) != len(b) and len(a) < 6):
        return False
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] in (rest_b[1:], rest_b)
        or rest_b[1:] == rest_a
        or (rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:])
    )


def _copied(context: CheckContext) -> frozenset[frozenset[str]]:
    """Words that stand for each other in two copies."""
    return frozenset(
        frozenset((d.left, d.right)) for c in context.copies for d in c.differences if d.kind in ("word", "accent")
    )
