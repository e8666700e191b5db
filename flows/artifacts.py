"""What a flow leaves in Prefect for people: a summary table and a link to each report, no words of a report."""

from __future__ import annotations

import flows  # noqa: F401  isort:skip - telemetry off before Prefect is imported
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect.artifacts import create_link_artifact, create_table_artifact

LEVELS = ("critical", "major", "minor", "trivial")

# Links to single reports; beyond that the table, which names every folder, is quicker to use.
MOST_LINKS = 50


def publish_summary(rows: Sequence[dict[str, Any]]) -> None:
    """One table over all reports, and a link to the report page of each."""
    create_table_artifact(
        key="summary", table=[_row(row) for row in rows], description="One line a report: what was found in it."
    )
    for row in [r for r in rows if r["folder"]][:MOST_LINKS]:
        place = row["folder"] if "://" in row["folder"] else Path(row["folder"]).resolve().as_uri()
        create_link_artifact(
            key=f"report-{artifact_key(row['name'])}", link=f"{place}/report.html",
            link_text=f"Report for the reviewer: {row['name']}",
        )  # fmt: skip


def _row(row: dict[str, Any]) -> dict[str, Any]:
    findings = row["counts"].get("findings", {})
    return {
        "report": row["name"], "status": row["status"], "passages": row["counts"].get("passages", 0),
        **{word: findings.get(word, 0) for word in LEVELS}, "folder": row["folder"],
        "problem": row["problem"],
    }  # fmt: skip


def artifact_key(name: str) -> str:
    """An artifact's key: lower-case letters, digits and dashes only.

    >>> artifact_key("Raporti i Përgjithshëm 2023")
    'raporti-i-p-rgjithsh-m-2023'
    """
    key = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower()).strip("-")
    return key or "report"
