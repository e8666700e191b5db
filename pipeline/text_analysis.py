"""Sentences and tokens of both languages: blank spaCy pipelines that know legal abbreviations and dates.

Reads: str. Writes: sentence bounds, spaCy pipelines.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pipeline.languages import ABBREVIATIONS, MONTHS_EN, MONTHS_SQ
from pipeline.model import Lang

# A full stop, question or exclamation mark with its closing marks, and white space before what begins.
_CANDIDATE = re.compile(r"(?P<stop>[.!?…]{1,4})(?P<close>[\"”“»’')\]]{0,3})(?P<space>\s+)(?=\S)")
_LAST_TOKEN = re.compile(r"[\w.\-/’']{1,24}$")
_OPENING = "\"“„«‘'([–—-•"
# Abbreviations that end a sentence as often as not: what follows decides.
_MAY_END = frozenset("etj etc v ltd inc co al sh.p.k sh.a".split())
# Before a name or a number these never end a sentence.
_TITLES = frozenset("z znj zj dr prof mr mrs ms ing av kol gjen maj kap".split())
_LETTERED = frozenset("aneksi aneksin annex appendix shtojca shtojcën grupi group kategoria category type tipi".split())
_MONTHS = frozenset(m.lower() for m in (*MONTHS_SQ, *MONTHS_EN))


def split_sentences(text: str, lang: Lang = "und") -> list[tuple[int, int]]:
    """Bounds of the sentences of one passage, without the white space between them; all words are in one.

    No sentence ends after `nr.`, `dt.`, `Art.`, `No.`, `d.m.th.`, `p.sh.`, an initial (`E. Rama`), a list number
    (`1. Shqipëria`), inside a date (`10.06.2014`) or an ordinal (`më 10. qershor`). A line feed ends none.

    >>> [  "Urdhri nr. 135, dt. 10.06.2014, i z. A. Llalla. Ai hyri në fuqi."[a:b]
    ...     for a, b in split_sentences("Urdhri nr. 135, dt. 10.06.2014, i z. A. Llalla. Ai hyri në fuqi.", "sq")]
    ['Urdhri nr. 135, dt. 10.06.2014, i z. A. Llalla.', 'Ai hyri në fuqi.']
    """
    bounds: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for match in _CANDIDATE.finditer(text):
        if _ends_sentence(text, start, match, lang):
            end = match.end("close")
            if end > start:
                bounds.append((start, end))
            start = match.end()
    end = len(text.rstrip())
    if start < end:
        bounds.append((start, end))
    return bounds


def _ends_sentence(text: str, start: int, match: re.Match[str], lang: Lang) -> bool:
    following = text[match.end() : match.end() + 40].lstrip(_OPENING)
    if not following:
        return False
    if match["stop"][0] != ".":
        return not following[0].islower()
    last = _LAST_TOKEN.search(text, max(start, match.start() - 24), match.start())
    token = (last.group() if last else "").lower().lstrip("’'-")
    if match["stop"] == "." and token:
        known = ABBREVIATIONS["sq"] | ABBREVIATIONS["en"] if lang not in ("sq", "en") else ABBREVIATIONS[lang]
        either = token in ABBREVIATIONS["sq"] or token in ABBREVIATIONS["en"]
        if token in _MAY_END:
            return following[0].isupper() or following[0].isdigit()
        if token in _TITLES and following[0].isupper():
            return False
        if token in known or (either and (following[0].isdigit() or token not in _MONTHS)):
            return False
        if len(token) == 1 and last is not None and last.group().isupper():
            # An initial, unless a word before it takes the letter for a name: `Aneksi A. Ky ...`.
            before = text[max(0, last.start() - 16) : last.start()].split()
            return bool(before) and before[-1].lower() in _LETTERED
        if token.isdigit() and last is not None and not text[start : last.start()].strip(_OPENING + " "):
            return False
    word = following.split(maxsplit=1)[0].lower().strip(".,;:")
    if token.isdigit() and word in _MONTHS:
        return False
    return not following[0].islower()


@cache
def blank_pipeline(lang: Lang) -> Any:
    """A spaCy pipeline for `sq` or `en` with our tokenizer exceptions and sentence bounds; made once.

    Its parts are a tokenizer that keeps `nr.`, `d.m.th.`, `Art.` whole, and `dygjuhe_sentences`.
    """
    import spacy
    from spacy.language import Language
    from spacy.symbols import ORTH

    if not Language.has_factory("dygjuhe_sentences"):
        Language.component("dygjuhe_sentences", func=_mark_sentences)
    pipeline = spacy.blank("en" if lang == "en" else "sq")
    for short in sorted(ABBREVIATIONS["en" if lang == "en" else "sq"]):
        for form in {short + ".", short.capitalize() + "."}:
            pipeline.tokenizer.add_special_case(form, [{ORTH: form}])
    pipeline.add_pipe("dygjuhe_sentences")
    return pipeline


def _mark_sentences(doc: Any) -> Any:
    """Sets each token's sentence start by `split_sentences`."""
    starts = {start for start, _ in split_sentences(doc.text, "en" if doc.lang_ == "en" else "sq")}
    reached = False
    for token in doc:
        inside = any(at in starts for at in range(token.idx, token.idx + max(1, len(token.text))))
        token.is_sent_start = inside or not reached
        reached = True
    return doc
