"""The formats a run can be written in: a registry is a tuple one can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.export.docx import write_docx
from pipeline.export.markup import write_html, write_markdown
from pipeline.export.tables import write_jsonl, write_parquet
from pipeline.export.tmx import write_tmx
from pipeline.export.tsv import write_tsv
from pipeline.export.xliff import write_xliff
from pipeline.export.xlsx import write_xlsx
from pipeline.model import Run
from pipeline.terminology import Glossary


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write the bilingual text of a run."""

    name: str
    suffix: str
    what: str
    write: Callable[..., None]
    ordered: bool
    """Whether `order` (which language stands left) means anything in it."""
    always: bool
    """Written by every run."""


FORMATS: tuple[Format, ...] = (
    Format("tsv", ".tsv", "tab-separated text", write_tsv, ordered=True, always=True),
    Format("tmx", ".tmx", "translation memory, TMX 1.4b", write_tmx, ordered=False, always=True),
    Format("xlf", ".xlf", "XLIFF 2.1 with states and quality issues", write_xliff, ordered=False, always=True),
    Format("docx", ".docx", "Word, two columns, findings as comments", write_docx, ordered=True, always=True),
    Format("html", ".html", "a page, two columns", write_html, ordered=True, always=True),
    Format("xlsx", ".xlsx", "a workbook", write_xlsx, ordered=True, always=False),
    Format("md", ".md", "a Markdown table", write_markdown, ordered=True, always=False),
    Format("jsonl", ".jsonl", "JSON Lines", write_jsonl, ordered=False, always=False),
    Format("parquet", ".parquet", "Parquet", write_parquet, ordered=False, always=False),
)


def write_bilingual(run: Run, glossary: Glossary, folder: Path) -> None:
    """The files `bilingual.*` that every run folder holds."""
    for chosen in FORMATS:
        if chosen.always:
            chosen.write(run, glossary, folder / f"bilingual{chosen.suffix}")
