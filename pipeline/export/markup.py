"""HTML and Markdown: the two languages side by side, to be read and pasted."""

from __future__ import annotations

from pathlib import Path

from pipeline.export.bilingual import LANGUAGE_NAMES, SQ_EN, Order, bilingual_rows
from pipeline.model import Run
from pipeline.terminology import Glossary


def write_html(run: Run, glossary: Glossary, path: Path, *, order: Order = SQ_EN, only_reviewed: bool = False) -> None:
    """One page without script or network; machine drafts are marked."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("pipeline", "templates"), autoescape=True, undefined=StrictUndefined)
    page = environment.get_template("bilingual.html").render(
        name=run.document.name, rows=bilingual_rows(run, only_reviewed=only_reviewed), order=order,
        languages=LANGUAGE_NAMES,
    )  # fmt: skip
    path.write_bytes(page.encode("utf-8", "backslashreplace"))


def write_markdown(
    run: Run, glossary: Glossary, path: Path, *, order: Order = SQ_EN, only_reviewed: bool = False
) -> None:
    """A two-column table in Markdown; headings stand in bold, since a table's cells have no headings."""
    lines = [f"| # | {LANGUAGE_NAMES[order[0]]} | {LANGUAGE_NAMES[order[1]]} | |", "| ---: | --- | --- | --- |"]
    for row in bilingual_rows(run, only_reviewed=only_reviewed):
        cells = [_cell(row.text(lang)) for lang in order]
        if row.kind in ("title", "heading"):
            cells = [f"**{c}**" if c else "" for c in cells]
        lines.append(f"| {row.number} | {cells[0]} | {cells[1]} | {row.mark} |")
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))


def _cell(text: str) -> str:
    """Text that a Markdown table shows as it is.

    >>> print(_cell("a|b <i> *c*"))
    a\\|b &lt;i> \\*c\\*
    """
    flat = " ".join(text.split())
    for sign in ("\\", "|", "*", "_", "`", "[", "]"):
        flat = flat.replace(sign, "\\" + sign)
    return flat.replace("&", "&amp;").replace("<", "&lt;")
