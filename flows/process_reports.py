"""The flow `process-reports`: files, folders or globs in, run folders out. Tasks are reports, never passages.

Only paths and hashes cross between tasks, so that no word of a report reaches Prefect's database.
"""

from __future__ import annotations

from pathlib import Path

import flows  # noqa: F401  isort:skip - telemetry off before Prefect is imported
from prefect import flow, get_run_logger, task
from prefect.artifacts import create_link_artifact, create_table_artifact

from flows.summary import ReportSummary, summarise


@task(task_run_name="report-{name}", retries=1, retry_delay_seconds=5, persist_result=False)
def process_report_task(path: str, name: str, out: str, translate: str) -> ReportSummary:
    """One report through the pipeline; what the outside can break (a full disk, a locked file) is tried again."""
    from dataclasses import replace

    from pipeline.run import process_report, write_run
    from pipeline.settings import Settings
    from pipeline.terminology import load_glossary

    settings = replace(Settings(), translate=translate)  # type: ignore[arg-type]
    glossary = load_glossary(settings.glossary)
    run = process_report(Path(path), settings, glossary=glossary)
    return summarise(run, write_run(run, glossary, Path(out), name))


@flow(name="process-reports", log_prints=False, persist_result=False)
def process_reports(reports: list[str], out: str, translate: str = "all") -> list[str]:
    """Processes every report and returns the paths of their run folders.

    `reports` are files, folders or globs; `out` is the folder for the run folders. A report that cannot be read
    is named in the summary and stops none of the others.
    """
    from pipeline.errors import DygjuheError
    from pipeline.run import folder_names

    logger = get_run_logger()
    paths = [Path(p) for p in reports]
    summaries: list[ReportSummary] = []
    for path, name in zip(paths, folder_names(paths), strict=True):
        state = process_report_task(str(path), name, out, translate, return_state=True)
        if state.is_completed():
            summaries.append(state.result())
        else:
            error = state.result(raise_on_failure=False)
            reason = str(error) if isinstance(error, DygjuheError) else type(error).__name__
            summaries.append(ReportSummary(name=name, folder="", problem=reason))
            logger.warning("%s was not processed", name)
    create_table_artifact(
        key="summary", table=[s.row() for s in summaries], description="One line a report: what was found in it."
    )
    for summary in summaries:
        if summary.folder:
            create_link_artifact(
                key=f"report-{_key(summary.name)}", link=(Path(summary.folder) / "report.html").resolve().as_uri(),
                link_text=f"Report for the reviewer: {summary.name}",
            )  # fmt: skip
    return [s.folder for s in summaries if s.folder]


def _key(name: str) -> str:
    """An artifact key: lower-case letters, digits and dashes only.

    >>> _key("Raporti i Përgjithshëm 2023")
    'raporti-i-p-rgjithsh-m-2023'
    """
    key = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower()).strip("-")
    return key or "report"
