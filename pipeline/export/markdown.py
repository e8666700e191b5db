"""The bilingual text as a Markdown table with two columns.

Reads: Run. Writes: an .md file.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.export.rows import LANG_WORDS, SHORT_MARKS, ExportOptions, bilingual_rows
from pipeline.model import Run
from pipeline.terminology import Glossary

# What Markdown or the HTML in it would take for markup inside a table cell.
_SIGNS = re.compile(r"([\\|*_`\[\]~#])")


def write_markdown(run: Run, glossary: Glossary, path: Path, options: ExportOptions | None = None) -> None:
    """Writes the rows at `path`; headings stand in bold, since the cells of a table have no headings."""
    options = options or ExportOptions()
    first, second = options.order
    lines = [f"| # | {LANG_WORDS[first]} | {LANG_WORDS[second]} | |", "| ---: | --- | --- | --- |"]
    for row in bilingual_rows(run, options):
        strong = "**" if row.passage.kind in ("title", "heading", "table_header") and not row.part else ""
        cells = [f"{strong}{written}{strong}" if (written := cell(row.text(lang))) else "" for lang in options.order]
        lines.append(f"| {row.passage.number} | {cells[0]} | {cells[1]} | {SHORT_MARKS[row.mark]} |")
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-8", "replace"))


def cell(text: str) -> str:
    """Text that a Markdown table shows as it is, on one line.

    >>> print(cell("a|b <i> *c*"))
    a\\|b &lt;i&gt; \\*c\\*
    """
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SIGNS.sub(r"\\\1", flat)
