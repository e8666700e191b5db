"""What a flow says of a report: counts and a path, no words of the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.model import Run


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """One line of the summary table."""

    name: str
    folder: str
    passages: int = 0
    translated: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    problem: str = ""

    def row(self) -> dict[str, Any]:
        return {
            "report": self.name, "passages": self.passages, "translated": self.translated,
            **{word: self.findings.get(word, 0) for word in ("critical", "major", "minor", "trivial")},
            "problem": self.problem, "folder": self.folder,
        }  # fmt: skip


def summarise(run: Run, folder: Path) -> ReportSummary:
    """The counts of a run that was written to `folder`."""
    from pipeline.export.run_folder import counts

    c = counts(run)
    return ReportSummary(folder.name, str(folder), c["passages"], sum(c["translated"].values()), c["findings"])
