"""Finds the glossary's controlled terms in all of their listed forms: `vepër penale`, `veprave penale`, `child victim`.

Reads: a text, its language, Glossary. Writes: TermMention, with spans that count in the text given.
"""

from __future__ import annotations

from pipeline.model import Candidate, Lang, Span, TermMention
from pipeline.terminology import FormHit, Glossary, longest
from pipeline.terminology.forms import preferred_lang

# A damaged single word is as likely another word.
_DAMAGED_WORDS = 2


def find_terms(text: str, lang: Lang, glossary: Glossary) -> tuple[TermMention, ...]:
    """The terms of `text`, longest first where they overlap, in order of place.

    In an Albanian or English text only forms of that language count; `unit` in an Albanian sentence is no term.
    """
    hits = []
    for hit in glossary.index.scan(text):
        entries = tuple(
            e for e in hit.entries
            if e.concept.kind == "term" and (lang not in ("sq", "en") or e.term.lang == lang)
        )  # fmt: skip
        if entries and not (hit.damaged and hit.end - hit.start < 4 * _DAMAGED_WORDS):
            hits.append(FormHit(hit.start, hit.end, entries, hit.damaged))
    return tuple(_mention(text, hit, lang) for hit in longest(hits))


def _mention(text: str, hit: FormHit, lang: Lang) -> TermMention:
    entries = preferred_lang(hit.entries, lang)
    entry = entries[0]
    score = 97.0 if hit.damaged else 100.0
    concepts = dict.fromkeys(e.concept.concept_id for e in entries)
    return TermMention(
        Span("", hit.start, hit.end, text[hit.start : hit.end]), "term", entry.term.lang, entry.term.form,
        entry.term.status, None, score, tuple(Candidate(c, score, "listed form") for c in concepts), None, "glossary",
    )  # fmt: skip
