"""One expression is written with capitals in one place and without in another.

Why a reviewer should care: a name must look the same everywhere, or readers take it for two things.

Not flagged: the first word of a sentence; headings and texts in capitals; a common noun beside a name that holds it
(`the ministry` and `the Ministry of Justice`); an expression of which one form stands only once and in full small
letters.

Source: house styles: names of institutions and programmes are capitalised in one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.wording import Token, readable, tokens
from pipeline.model import Finding, Passage, Severity, Span

RULE = Rule(
    id="FO09",
    name="form.capitals-differ",
    kind="case_variant",
    issue_type="typographical",
    severity=Severity.TRIVIAL,
    scope=Scope.DOCUMENT,
    heading_sq="E njëjta shprehje shkruhet diku me shkronjë të madhe dhe diku pa të.",
    why_sq="Emri duhet të duket njësoj kudo, përndryshe lexuesi e merr për dy gjëra.",
    examples=(
        Flags(
            "The course was held by the ⟦School of Magistrates⟧ in Tirana.\n"
            "Judges were trained by the ⟦School of magistrates⟧ as well.",
            why="a name with one small letter",
        ),
        Flags(
            "Zyra punon me ⟦Policinë e Shtetit⟧ në çdo rast.\nRastet i ndjek ⟦Policinë e shtetit⟧ brenda afatit.",
            why="emri me një shkronjë të vogël",
        ),
        Passes(
            "The Ministry of Justice and the other ministries of the government sent reports.\n"
            "State police officers of two countries met; the police of the state is small.",
            why="common nouns",
        ),
        Passes(
            "MINISTRIA E DREJTËSISË\nMinistria e Drejtësisë botoi raportin për vitin 2014.", why="titull me të mëdha"
        ),
    ),
)

# Small words inside names, which have no capital by right.
_SMALL = frozenset("of for the and on in to e i të së dhe për në a an with by nga me".split())
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»\n]{1,300}[\"”“»]")
# Words of an expression.
_LONGEST = 6
# Places quoted of each form.
_SHOWN = 4


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    forms: dict[str, dict[str, list[Span]]] = {}
    parts: set[Span] = set()
    for passage in readable(context):
        if passage.kind in ("title", "heading"):
            continue
        quoted = [m.span() for m in _QUOTED.finditer(passage.text)]
        for start, end in _expressions(passage):
            written = passage.text[start:end]
            if any(a <= start and end <= b for a, b in quoted):
                continue
            key = " ".join(w.rstrip("s") for w in written.lower().split())
            span = context.quote(passage, start, end)
            forms.setdefault(key, {}).setdefault(written, []).append(span)
            if _in_longer_name(passage.text, start, end):
                parts.add(span)
    told: set[int] = set()
    for key in sorted(forms, key=lambda k: -len(k.split())):
        by_case = _by_case(forms[key])
        if len(by_case) < 2 or not _differs(by_case, parts):
            continue
        spans = [s for same in by_case.values() for s in same[:_SHOWN]]
        if any(at in told for s in spans for at in range(s.start, s.end)):
            continue
        told.update(at for same in by_case.values() for s in same for at in range(s.start, s.end))
        listed = "”, “".join(same[0].exact for same in by_case.values())
        yield finding(
            RULE,
            f"One expression, several capitals: “{listed}”. Choose one form.",
            f"Një shprehje me shkronja të mëdha të ndryshme: “{listed}”. Zgjidhni një formë.",
            spans,
        )


def _in_longer_name(text: str, start: int, end: int) -> bool:
    """The expression is written in capitals as a part of a longer name: `Agency for Computer Security`."""
    if not all(w[0].isupper() or w.lower() in _SMALL for w in text[start:end].split()):
        return False
    before = re.search(r"([^\W\d_]+) (?:(?:of|for|and|e|i|të|së|dhe|për) )?$", text[max(0, start - 40) : start])
    after = re.match(r" (?:(?:of|for|and|e|i|të|së|dhe|për|at|in) (?:the )?)?([^\W\d_]+)", text[end : end + 40])
    return any(
        m is not None and m[1][0].isupper() and not m[1].isupper() and m[1].lower() not in _SMALL
        for m in (before, after)
    )


def _expressions(passage: Passage) -> Iterator[tuple[int, int]]:
    """Runs of two to six words, small ones only inside, with a capital somewhere or none at all."""
    words = tokens(passage.text)
    letters = sum(c.isalpha() for c in passage.text)
    if letters and sum(c.isupper() for c in passage.text) > 0.4 * letters:
        return
    for n in range(len(words)):
        for size in range(2, _LONGEST + 1):
            run = words[n : n + size]
            if len(run) < size or not _one_run(passage.text, run):
                break
            if _telling(run):
                yield run[0].start, run[-1].end


def _one_run(text: str, run: Sequence[Token]) -> bool:
    return text[run[-2].end : run[-1].start] == " "


def _telling(run: Sequence[Token]) -> bool:
    if run[0].text.lower() in _SMALL or run[-1].text.lower() in _SMALL:
        return False
    content = [t for t in run if t.text.lower() not in _SMALL]
    if run[0].initial and not any(t.text[0].isupper() for t in content[1:]):
        return False
    small = len(run) - len(content)
    return len(content) >= 2 and small <= len(content) and min(len(t.text) for t in content) >= 3


def _by_case(written: dict[str, list[Span]]) -> dict[tuple[bool, ...], list[Span]]:
    found: dict[tuple[bool, ...], list[Span]] = {}
    for text, spans in written.items():
        pattern = tuple(w[0].isupper() for w in text.split() if w.lower() not in _SMALL)
        found.setdefault(pattern, []).extend(spans)
    return found


def _differs(by_case: dict[tuple[bool, ...], list[Span]], parts: set[Span]) -> bool:
    """A name in full capitals beside one with some small letters, or beside small letters more than once."""
    if not any(all(pattern) for pattern in by_case):
        return False
    partly = [p for p in by_case if any(p) and not all(p)]
    small = [s for p, s in by_case.items() if not any(p)]
    # `State police`, `School of magistrates`: the first capital shows that the name is meant.
    if any(p[0] for p in partly):
        return True
    full = [s for p, same in by_case.items() if all(p) for s in same if s not in parts]
    return bool(small) and len(small[0]) >= 2 and len(full) >= 2
