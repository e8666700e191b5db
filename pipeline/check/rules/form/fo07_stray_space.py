"""A space stands where none belongs, or is missing where one does.

Why a reviewer should care: a search for “293/b” does not find “293/ b”, and a list of names falls apart.

Not flagged: a hyphen that stands for a word to come (`pre- and post-natal`, `para- dhe pasuniversitar`); French
spacing throughout; numbers and dates; web addresses and file names.

Source: texts read by machine or typed in haste.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.wording import grouped, readable, vocabulary
from pipeline.lexicon import is_known, lexicon
from pipeline.model import Finding, Lang, Passage, Severity, Span
from pipeline.segment.lists import read_marker

RULE = Rule(
    id="FO07",
    name="form.stray-space",
    kind="ocr_artifact",
    issue_type="whitespace",
    severity=Severity.TRIVIAL,
    scope=Scope.DOCUMENT,
    heading_sq="Një hapësirë qëndron aty ku s'duhet, ose mungon aty ku duhet.",
    why_sq="Kërkimi i “293/b” nuk e gjen “293/ b”, dhe emrat e një liste shpërbëhen.",
    examples=(
        Flags("The acts include personal social ⟦networks ,⟧ as well as banking.", why="a space before a comma"),
        Flags("Sipas nenit ⟦293/ b⟧ të Kodit Penal nuk ka raste.", why="numri i nenit i ndarë"),
        Flags("The code is a ⟦self- regulatory⟧ practice of the companies.", why="a hyphen of a line end"),
        Flags("The plan names, among ⟦other,strengthening⟧ the capacities.", why="no space after a comma"),
        Passes("Pre- and post-natal care, short- and long-term plans.", why="suspended hyphens"),
        Passes("Shih faqen www.ministria.gov.al, ose shkruani te info@shkolla.al.", why="adresa"),
        Passes("The ratio is 1,5 to 2, and the office opens at 8.30.", why="figures"),
    ),
)

_PATTERNS = re.compile(
    r"""
    (?P<before> (?<=[^\W\d_])[^\S\n]{1,3}[,;](?=\s) | (?<=[^\W\d_])[^\S\n]{1,3}\.(?=\s[a-zëç]) )
  | (?P<hyphen> \b(?P<first>[^\W\d_]{2,20})-[^\S\n]{1,2}(?P<second>[a-zëç]{3,20})\b )
  | (?P<slash> \b\d{1,3}(?:/[^\S\n]{1,2}|[^\S\n]{1,2}/[^\S\n]{0,2})[a-zç]\b(?!/) )
  | (?P<comma> \b[a-zëç]{2,20},[a-zëç]{2,20}\b )
  | (?P<stop> \b[a-zëç]{3,20}\.[A-ZËÇ][a-zëç]{2,20}\b )
    """,
    re.VERBOSE,
)
_SUSPENDED = frozenset("and or dhe ose apo e to as nor but".split())


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    words = vocabulary(context)
    places: list[tuple[str, Span]] = []
    for passage in readable(context):
        for start, end in (*_patterns(passage), *_marker(passage), *_split(passage, words)):
            span = context.quote(passage, start, end)
            # The same fault in several places is one finding where it is of one sort.
            places.append(("number" if re.match(r"\d+\s?/", span.exact) else span.exact, span))
        places.extend(("quotation", context.quote(passage, a, b)) for a, b in _quotes(passage.text))
    for copy in context.copies:
        a, b = (context.by_id[i].passage for i in (copy.of_passage_id, copy.passage_id))
        for d in copy.differences:
            if d.kind != "spacing" or not d.left or not d.right:
                continue
            both = context.quote(a, d.left_start, d.left_end), context.quote(b, d.right_start, d.right_end)
            met = next((key for key, s in places if any(s.overlaps(x) for x in both)), d.left)
            places.extend((met, span) for span in both)
    for key, spans in grouped(places).items():
        forms = list(dict.fromkeys(s.exact for s in spans))
        quoted = "”, “".join(forms[:6])
        if len(forms) > 1 and key not in ("number", "quotation"):
            listed = "” / “".join(forms[:3])
            message = f"The copies space the same words differently: “{listed}”."
            message_sq = f"Kopjet i ndajnë ndryshe të njëjtat fjalë: “{listed}”."
        else:
            message = f"Check the spacing of “{quoted}”."
            message_sq = f"Shihni hapësirat te “{quoted}”."
        yield finding(RULE, message, message_sq, spans, found=quoted)


def _patterns(passage: Passage) -> Iterator[tuple[int, int]]:
    text = passage.text
    for match in _PATTERNS.finditer(text):
        start, end = match.span()
        if match["before"]:
            yield _word_start(text, start), end
        elif match["hyphen"]:
            if match["second"] not in _SUSPENDED and not match["first"].isupper():
                yield start, end
        elif match["stop"]:
            near = text[max(0, start - 12) : end + 12]
            if "@" not in near and "www" not in near and "/" not in near:
                yield start, end
        else:
            yield start, end


def _broken(first: str, second: str, lang: Lang) -> bool:
    """Only together the two pieces are a word: both alone are none, or the first is two or three letters of one."""
    own = lexicon("sq" if lang == "sq" else "en")
    if not own.knows(first + second) or own.knows(first):
        return False
    return not is_known(second) or (len(first) <= 3 and own.knows(second))


def _word_start(text: str, at: int) -> int:
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _quotes(text: str) -> Iterator[tuple[int, int]]:
    """A space right after an opening mark or right before a closing one."""
    marks = [m.start() for m in re.finditer('"', text)]
    for n, at in enumerate(marks):
        opening = n % 2 == 0
        if opening and text[at + 1 : at + 2] == " " and (at == 0 or text[at - 1] in " ("):
            rest = re.match(r"\s+\S+", text[at + 1 :])
            if rest and (len(marks) > n + 1 or (at and text[at - 1] == " ")):
                yield at, at + 1 + rest.end()
        elif not opening and text[at - 1] == " " and text[at + 1 : at + 2] in ("", ",", ".", ";", ")", " "):
            yield _word_start(text, len(text[:at].rstrip())), at + 1


def _marker(passage: Passage) -> Iterator[tuple[int, int]]:
    """No space between a list marker and its text: `e)Article`, `1.Improvement`."""
    marker = read_marker(passage.text)
    if marker is None or marker.style not in ("letter", "number") or marker.end >= len(passage.text):
        return
    if passage.text[marker.end].isalpha():
        word = re.match(r"\S+", passage.text[marker.end :])
        yield marker.start, marker.end + (word.end() if word else 1)


def _split(passage: Passage, words: dict[str, int]) -> Iterator[tuple[int, int]]:
    """A word broken by a space: `prose cution`, or `PAMEC A` where the report has PAMECA."""
    text = passage.text
    for match in re.finditer(r"\b(?=([^\W\d_]{2,14}) ([^\W\d_]{1,10})\b)", text):
        first, second = match[1], match[2]
        joined = first + second
        if first.isupper() and second.isupper():
            if words.get(joined.lower(), 0) and not words.get(first.lower(), 0) > words.get(joined.lower(), 0):
                yield match.start(), match.end(2)
        elif first.islower() and second.islower() and len(joined) >= 5 and _broken(first, second, passage.lang):
            yield match.start(), match.end(2)
