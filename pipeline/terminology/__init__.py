"""The controlled glossary: read from `glossary/`, checked row by row, immutable.

Reads: CSV files that a terminologist keeps (`glossary/README.md` defines every column). Writes: Glossary.
"""

from pipeline.terminology.concepts import (
    Article,
    Concept,
    ConceptKind,
    Contact,
    Glossary,
    Instrument,
    Term,
    overlaps,
)
from pipeline.terminology.forms import FormEntry, FormHit, FormIndex, longest
from pipeline.terminology.loading import glossary_problems, load_glossary
from pipeline.terminology.tables import Problem

__all__ = [
    "Article",
    "Concept",
    "ConceptKind",
    "Contact",
    "FormEntry",
    "FormHit",
    "FormIndex",
    "Glossary",
    "Instrument",
    "Problem",
    "Term",
    "glossary_problems",
    "load_glossary",
    "longest",
    "overlaps",
]
