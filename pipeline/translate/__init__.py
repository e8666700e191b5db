"""Translates what has no counterpart in the report, offline, without changing a figure, a reference or a name.

Reads: AnnotatedPassage, Pair, Copy, Glossary. Writes: TranslationUnit.
"""

from __future__ import annotations

from pipeline.translate.report import translate_report

__all__ = ["translate_report"]
