"""A word that no dictionary has is one misread letter away from one that fits, or reads otherwise in its copy.

Why a reviewer should care: a search does not find the word, and some misreadings make another word of it.

Not flagged: names, abbreviations and words of the glossary; words of the other language; Albanian written without ë
and ç throughout; foreign and new words that are near to no known one.

Source: pages read by machine, where l, I, i, t and 1, rn and m, c and e, n and u are taken for each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.wording import glossary_words, grouped, misread, misspelt, readable, tokens, vocabulary
from pipeline.languages import fold
from pipeline.lexicon import confusions, edits, is_known, lexicon, without_marks
from pipeline.model import Difference, Finding, Lang, Passage, Severity, Span

# Letters: shorter words are near to too many others.
_LETTERS = 4
# Times that an unknown word stands, from which it is a word of the report and no slip.
_OFTEN = 4

RULE = Rule(
    id="FO06",
    name="form.word-misread",
    kind="ocr_artifact",
    issue_type="misspelling",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një fjalë që nuk e ka asnjë fjalor është një shkronjë larg nga ajo që duhej.",
    why_sq="Kërkimi nuk e gjen fjalën, dhe disa shkronja të lexuara gabim e kthejnë në një fjalë tjetër.",
    examples=(
        Flags("The court returned the file because the report was ⟦misslng⟧.", why="l for i"),
        Flags("People can call the ⟦vioIence⟧ prevention office on working days.", why="capital I for l"),
        Flags("Ky është raporti i ⟦rninistrisë⟧ për mbrojtjen e fëmijëve.", why="rn për m"),
        Passes("Mrs Cecilia Malmström opened the conference of Terre des hommes in Vlora.", why="names"),
        Passes("Eshte e nevojshme qe te merren masa per mbrojtjen e femijeve.", why="pa ë dhe ç kudo"),
        Passes("The usufruct of the building belongs to the municipality.", why="a rare word"),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    places: list[tuple[str, Span]] = []
    words = vocabulary(context)
    meant: dict[str, str] = {}
    for passage, other, difference in _word_differences(context):
        key = f"{difference.left}|{difference.right}"
        places.append((key, context.quote(passage, difference.left_start, difference.left_end)))
        places.append((key, context.quote(other, difference.right_start, difference.right_end)))
        meant[key] = max(difference.left, difference.right, key=lambda w: _fits(w, passage.lang))
    told = {span.start for _, span in places}
    for passage, start, end, likely in _unknown(context):
        span = context.quote(passage, start, end)
        if span.start not in told:
            key = span.exact
            places.append((key, span))
            meant[key] = likely
    for key, spans in grouped(places).items():
        likely = meant[key]
        wrong = next((s.exact for s in spans if s.exact != likely), spans[0].exact)
        minor = len({s.exact for s in spans}) > 1 or _certain(wrong, likely, words, context.passage_at(spans[0]))
        yield finding(
            RULE,
            f"“{wrong}” is most likely “{likely}”, misread or mistyped.",
            f"“{wrong}” ka të ngjarë të jetë “{likely}”, e lexuar ose e shtypur gabim.",
            spans,
            found=wrong,
            suggestion=likely,
            severity=None if minor else Severity.TRIVIAL,
        )


def _certain(wrong: str, likely: str, words: dict[str, int], passage: Passage | None) -> bool:
    """Albanian has many near words: there a misreading is certain by its letters, or by the report's own words."""
    if fold(wrong) == fold(likely):
        return False
    if passage is not None and passage.lang != "sq":
        return True
    telling = ("rn" in wrong and "m" in likely) or any(c.isdigit() or c.isupper() for c in wrong[1:])
    return telling or words.get(likely.lower(), 0) > 0


def _fits(word: str, lang: Lang) -> int:
    """How well a word fits a text in `lang`: one that the other language has too fits less."""
    in_sq, in_en = lexicon("sq").knows(word), lexicon("en").knows(word)
    return 2 * in_sq - in_en if lang == "sq" else 2 * in_en - in_sq


def _word_differences(context: CheckContext) -> Iterator[tuple[Passage, Passage, Difference]]:
    """Words that differ in two copies by a misreading."""
    for copy in context.copies:
        a, b = (context.by_id[i].passage for i in (copy.of_passage_id, copy.passage_id))
        for difference in copy.differences:
            left, right = difference.left, difference.right
            if difference.kind == "word" and left.isalpha() and right.isalpha() and _misread_pair(left, right):
                yield a, b, difference


def _misread_pair(left: str, right: str) -> bool:
    if min(len(left), len(right)) < _LETTERS:
        return False
    known = is_known(left) and (left.islower() or not left[1:].islower()), is_known(right)
    near = right in set(confusions(left)) or left in set(confusions(right))
    if is_known(left) and is_known(right):
        # Two words of the dictionary: only an ending that a machine confuses, in words that are otherwise the same.
        return near and len(left) == len(right) and left[:-1] == right[:-1] and {left[-1], right[-1]} <= set("ilts1")
    if not any((*known, is_known(left))):
        # Two names; the spelling of names has a rule of its own. An inner capital makes it a product or a code.
        return near and any(c.isupper() for c in left[1:] + right[1:]) and not (left.isupper() or right.isupper())
    return near or left in set(edits(right)) or right in set(edits(left))


def _unknown(context: CheckContext) -> Iterator[tuple[Passage, int, int, str]]:
    """Unknown words with the word that was likely meant."""
    own = glossary_words(context)
    words = vocabulary(context)
    for passage in readable(context):
        marked = "ë" in passage.text or "ç" in passage.text
        for match in _DIGIT_INSIDE.finditer(passage.text):
            meant = next((m for m in _letters_meant(match.group()) if is_known(m)), None)
            if meant is not None:
                yield passage, match.start(), match.end(), meant
        for token in tokens(passage.text):
            word = token.text
            if len(word) < _LETTERS - (passage.lang == "sq") or is_known(word) or fold(word) in own or "-" in word:
                continue
            lowered = word.lower()
            if passage.lang == "sq" and word[1:].islower():
                without = without_marks(word) if word.islower() or token.initial else None
                if without is not None:
                    if marked and len(word) > 2:
                        yield passage, token.start, token.end, _cased(without, word)
                    continue
            inner = any(c.isupper() for c in word[1:]) and not word.isupper()
            if not inner and (not word.islower() or len(word) < _LETTERS or words[lowered] >= _OFTEN):
                continue
            if any(a <= token.start and token.end <= b for a, b, _ in passage.foreign):
                continue
            lang: Lang = "sq" if passage.lang == "sq" else "en"
            likely = misread(word, lang) or _in_report(word, words, lang) or misspelt(word, lang)
            if likely is not None:
                yield passage, token.start, token.end, likely


# A digit among small letters: `po1ice`, `d0cument`; codes have capitals or several digits.
_DIGIT_INSIDE = re.compile(r"(?<![\w@.\-/])[^\W\d_]{1,20}[01568][a-zëç]{1,20}(?![\w@/]|\.\w)")
_DIGITS = {"0": "o", "1": "li", "5": "s", "6": "b", "8": "b"}


def _letters_meant(written: str) -> Iterator[str]:
    for i, char in enumerate(written):
        if char.isdigit():
            yield from (written[:i] + letter + written[i + 1 :] for letter in _DIGITS.get(char, ""))


def _in_report(word: str, words: dict[str, int], lang: Lang) -> str | None:
    """A known word of the same report that is one slip away."""
    if len(word) < _LETTERS + 2 or not word.islower():
        return None
    return next((e for e in edits(word) if words.get(e, 0) > 0 and lexicon(lang).knows(e) and e[:3] == word[:3] and
                 not _inflected(e, word)), None)  # fmt: skip


def _inflected(known: str, word: str) -> bool:
    """Only the end differs: another form of a word that the dictionary lacks."""
    same = 0
    while same < min(len(known), len(word)) and known[same] == word[same]:
        same += 1
    return same >= len(word) - 2


def _cased(meant: str, written: str) -> str:
    return meant.capitalize() if written[0].isupper() else meant
