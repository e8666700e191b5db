"""A number looks like a registered line's number with a digit lost, doubled, swapped or misread.

Why a reviewer should care: the reader dials what is printed; a lost digit turns a helpline into a dead number.

Not flagged: a number that is itself registered; short codes of three digits without a name that fits, since all of
them are alike; numbers of offices and persons.

Source: a report that printed 16006 for 116006 and `ALOI 16` for ALO 116.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.lines import is_short, names_operator, numbers_of, phones, presented_as_line, registered
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.variants import variant_score
from pipeline.model import Figure, Finding, Lang, Severity
from pipeline.terminology import Contact

RULE = Rule(
    id="CO02",
    name="contacts.near-miss-of-registered",
    kind="hotline_variant",
    issue_type="numbers",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="Një numër ngjan me numrin e një linje të regjistruar, por me një shifër të humbur, të shtuar ose të "
    "gabuar.",
    why_sq="Lexuesi telefonon numrin e shtypur; një shifër e humbur e kthen linjën e ndihmës në një numër që nuk "
    "ekziston.",
    examples=(
        Flags("The child helpline ⟦16111⟧ is free of charge.", why="a digit of 116111 is lost"),
        Flags("Linja kombëtare ⟦ALOI 16⟧ përgjigjet ditë e natë.", why="shkronja I në vend të shifrës 1"),
        Passes("The child helpline 116 111 is free of charge.", why="the registered number, with a space"),
        Passes("The shelter answered 16111 calls on its line last year.", why="calls are counted"),
    ),
    supersedes=("CO04",),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    done: set[str] = set()
    every = phones(context)
    for figure, lang in every:
        if not is_short(figure) or figure.span.exact in done:
            continue
        meant = _meant(figure, lang, context)
        if meant is None:
            continue
        done.add(figure.span.exact)
        same = [f for f, _ in every if f.span.exact == figure.span.exact]
        right = [f for f, _ in every if f.captured_by == "strict" and f.value in numbers_of(meant)]
        expected = meant.variants[0] if figure.captured_by == "generous" and meant.variants else meant.number
        name = meant.label_en if lang == "en" else meant.label_sq
        yield finding(
            RULE,
            f"“{figure.span.exact}” looks like {expected} ({name}) damaged in typing or reading. "
            "Compare it with the register and correct it if it is that line.",
            f"“{figure.span.exact}” ngjan me {expected} ({meant.label_sq}), të dëmtuar gjatë shtypjes ose leximit. "
            "Krahasojeni me regjistrin dhe ndreqeni nëse është ajo linjë.",
            [f.span for f in (*same, *right[:1])],
            found=figure.span.exact,
            expected=expected,
            suggestion=expected,
        )


# From this score on, a number of five digits or more is taken for a registered one, damaged (see `variants.py`).
_LIKE = 0.5


def _meant(figure: Figure, lang: Lang, context: CheckContext) -> Contact | None:
    value = figure.value or ""
    known = registered(context.glossary, value)
    if figure.captured_by == "generous":
        return known[0] if known else None
    if known or not presented_as_line(figure) or value.startswith("0800"):
        return None
    best: tuple[float, Contact] | None = None
    for contact in context.glossary.contacts:
        if contact.kind not in ("helpline", "hotline", "emergency"):
            continue
        named = names_operator(figure, (contact,), context.glossary, lang)
        for number in numbers_of(contact):
            if not number.isdigit() or (min(len(number), len(value)) < 5 and not named):
                continue
            score = variant_score(value, number) + (0.1 if named else 0.0)
            if score >= _LIKE and (best is None or score > best[0]):
                best = score, contact
    return best[1] if best else None
