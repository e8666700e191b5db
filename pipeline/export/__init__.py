"""Bilingual text and records out: one file a format; `run_folder` writes and reads what a run leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ExportError
from pipeline.export.rows import ExportOptions
from pipeline.model import Run

if TYPE_CHECKING:
    from pipeline.terminology import Glossary

__all__ = ["FORMATS", "IN_RUN_FOLDER", "ExportOptions", "Format", "write_bilingual", "write_format"]

Writer = Callable[[Run, "Glossary", Path, ExportOptions], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the name that `--format` takes, the file's ending, and where its writer is."""

    name: str
    suffix: str
    writer: str
    """module.function below `pipeline.export`, imported when it is needed."""
    about: str


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("tsv", ".tsv", "tsv.write_tsv", "Tab-separated rows, one a passage."),
        Format("docx", ".docx", "docx.write_docx", "Word: two columns, open findings as comments."),
        Format("xlsx", ".xlsx", "xlsx.write_xlsx", "A workbook, one row a passage."),
        Format("html", ".html", "html.write_html", "One page, two columns, opens without a network."),
        Format("md", ".md", "markdown.write_markdown", "Markdown, two columns."),
        Format("xlf", ".xlf", "xliff.write_xliff", "XLIFF 2.1 with states and quality issues, for CAT tools."),
        Format("tmx", ".tmx", "tmx.write_tmx", "Translation memory, TMX 1.4b."),
        Format("tbx", ".tbx", "tbx.write_tbx", "The terms, institutions and acts met, TBX."),
        Format("jsonl", ".jsonl", "jsonl.write_jsonl", "JSON, one object a line."),
        Format("parquet", ".parquet", "parquet.write_parquet", "Parquet, for data tools."),
    )
}

# What every run folder holds, by the contract of the run folder.
IN_RUN_FOLDER = ("tsv", "tmx", "xlf", "docx", "html")


def write_format(
    name: str, run: Run, glossary: Glossary, path: Path, options: ExportOptions | None = None
) -> None:
    """Writes `run` at `path` in the format `name`. Raises ExportError naming the formats there are."""
    if name not in FORMATS:
        raise ExportError(name, "is no format", f"Use one of: {', '.join(FORMATS)}.")
    module, _, function = FORMATS[name].writer.partition(".")
    writer: Writer = getattr(import_module(f"pipeline.export.{module}"), function)
    try:
        writer(run, glossary, path, options or ExportOptions())
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise ExportError(str(path), problem, "Make room, or choose another place.") from error


def write_bilingual(
    run: Run, glossary: Glossary, folder: Path, options: ExportOptions | None = None
) -> tuple[Path, ...]:
    """Writes the bilingual files of a run folder, `bilingual.*`, into `folder`."""
    written = tuple(folder / f"bilingual{FORMATS[name].suffix}" for name in IN_RUN_FOLDER)
    for name, path in zip(IN_RUN_FOLDER, written, strict=True):
        write_format(name, run, glossary, path, options)
    return written
