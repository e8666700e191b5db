"""The flows over a reviewer's decisions: `apply-decisions` once, `review-gate` until everything is decided.

Prefect holds places and counts; the decisions themselves stay in their files.
"""

from __future__ import annotations

import flows  # noqa: F401  isort:skip - telemetry off before Prefect is imported
from typing import Literal

from prefect import flow, get_run_logger
from prefect.flow_runs import pause_flow_run
from prefect.input import RunInput

Level = Literal["critical", "major", "minor", "trivial"]

# A reviewer may take a working day; after that the run fails, and the next one goes on from the decisions made.
PATIENCE_SECONDS = 24 * 3600


class Reviewed(RunInput):
    """What a person answers when the gate asks: a decisions file, or nothing where they decided in the page."""

    decisions_file: str = ""
    reviewer: str = ""


@flow(name="apply-decisions", persist_result=False, log_prints=False)
def apply_decisions(run: str, decisions_file: str = "", reviewer: str = "") -> dict[str, int]:
    """Applies the decisions on a run folder and writes its cleaned text; returns how many findings are in what state.

    `decisions_file` is what the page saved, the filled workbook or a decisions.jsonl; without it the decisions that
    lie beside the run folder are applied. Raises DecisionError or ExportError, and takes nothing then.
    """
    from pathlib import Path

    from pipeline.review.session import apply_file
    from pipeline.settings import Settings
    from pipeline.terminology import load_glossary

    file = Path(decisions_file) if decisions_file else None
    outcome = apply_file(Path(run), file, load_glossary(Settings().glossary), reviewer=reviewer)
    counts = dict(outcome.applied.counts)
    get_run_logger().info("%s", ", ".join(f"{n} {word}" for word, n in counts.items() if n))
    return counts


@flow(name="review-gate", persist_result=False, log_prints=False)
def review_gate(run: str, level: Level = "major", poll_seconds: int = 10) -> dict[str, int]:
    """Waits until every finding at or above `level` of a run folder is decided, then applies the decisions.

    The flow run pauses and asks for a decisions file; it goes on when a person resumes it, in Prefect's page or
    with `prefect flow-run resume`, and pauses again while something is still open.
    """
    from pathlib import Path

    from pipeline.review.session import open_findings

    counts = apply_decisions(run)
    while left := open_findings(Path(run), level):
        text = f"{left} findings are still open at {level} or above in {run}. Decide them, then resume."
        asked = Reviewed.with_initial_data(description=text, decisions_file="", reviewer="")
        answer = pause_flow_run(wait_for_input=asked, timeout=PATIENCE_SECONDS, poll_interval=poll_seconds)
        counts = apply_decisions(run, answer.decisions_file, answer.reviewer)
    return counts
