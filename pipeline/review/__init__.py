"""What a person sees of a run and says of it: the report page, the workbook, and decisions that last."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Run
from pipeline.review.report import render_report
from pipeline.review.workbook import write_workbook
from pipeline.terminology import Glossary

__all__ = ["render_report", "write_review", "write_workbook"]


def write_review(run: Run, glossary: Glossary, folder: Path) -> None:
    """Writes `report.html` and `review.xlsx` into an existing folder."""
    page = render_report(run, glossary)
    (folder / "report.html").write_bytes(page.encode("utf-8", "replace"))
    write_workbook(run, glossary, folder / "review.xlsx")
