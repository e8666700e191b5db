"""What a person sees of a run and says of it: the report page, the workbook, and decisions that last."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Run
from pipeline.review.history import History, history_of, remember_new
from pipeline.review.report import render_report
from pipeline.review.workbook import write_workbook
from pipeline.terminology import Glossary

__all__ = ["render_report", "write_review", "write_workbook"]


def write_review(run: Run, glossary: Glossary, folder: Path, target: Path | None = None) -> None:
    """Writes `report.html` and `review.xlsx` into an existing folder.

    `target` is the run folder that this one will replace: what its report was told before is shown again.
    """
    history = History() if target is None else history_of(run, target)
    page = render_report(run, glossary, history)
    (folder / "report.html").write_bytes(page.encode("utf-8", "replace"))
    write_workbook(run, glossary, folder / "review.xlsx", history)
    remember_new(folder, history.new_ids)
