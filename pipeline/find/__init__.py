"""Finds references, institutions, terms and figures in a text; decides no identity.

Reads: a passage's text and its language. Writes: Mention, with spans that count in the text given.
"""

from __future__ import annotations

from pipeline.find.figures import find_figures
from pipeline.find.institutions import find_institutions
from pipeline.find.references import find_references
from pipeline.find.terms import find_terms
from pipeline.model import Lang, Mention
from pipeline.terminology import Glossary

__all__ = ["find_figures", "find_institutions", "find_mentions", "find_references", "find_terms"]


def find_mentions(text: str, lang: Lang, glossary: Glossary) -> tuple[Mention, ...]:
    """Every mention in `text`, in order of place; spans have an empty text_id.

    One place may hold several: `Article 117` is a reference and the figure 117.
    """
    found: list[Mention] = [
        *find_references(text, lang, glossary),
        *find_institutions(text, lang, glossary),
        *find_terms(text, lang, glossary),
        *find_figures(text, lang),
    ]
    return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end, type(m).__name__)))
