"""The bilingual text as one page: two columns, findings highlighted, no script, no network.

Reads: Run. Writes: an .html file.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.export.rows import LANG_WORDS, MARK_WORDS, SHORT_MARKS, ExportOptions, bilingual_rows
from pipeline.model import Run
from pipeline.terminology import Glossary


def write_html(run: Run, glossary: Glossary, path: Path, options: ExportOptions | None = None) -> None:
    """Writes the page at `path`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    options = options or ExportOptions()
    environment = Environment(
        loader=PackageLoader("pipeline", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    page = environment.get_template("bilingual.html").render(
        name=run.document.name, rows=bilingual_rows(run, options), order=options.order, languages=LANG_WORDS,
        marks=SHORT_MARKS, untranslated=MARK_WORDS["untranslated"],
    )  # fmt: skip
    path.write_bytes(page.encode("utf-8", "replace"))
