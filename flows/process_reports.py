"""The flow `process-reports`: files, folders or globs in, run folders out.

A task is a handful of reports, never a passage: a task costs Prefect 11 to 17 ms. Only places and counts cross
between tasks, so that no word of a report reaches Prefect's database. What was done already is told by the run
folders themselves, by content, so Prefect's own cache (whose default key holds the run's id) stays off.
"""

from __future__ import annotations

import flows  # noqa: F401  isort:skip - telemetry off before Prefect is imported
from typing import Any, Literal

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import publish_summary

# Reports a task: with the 50 ms of the smallest report, Prefect's own cost stays under 5 %.
REPORTS_A_TASK = 10


@task(name="reports", task_run_name="reports-{first}", retries=1, retry_delay_seconds=2, cache_policy=NO_CACHE,
      persist_result=False, log_prints=False)  # fmt: skip
def process_some(first: int, places: list[tuple[str, str]], out: str, options: dict[str, Any]) -> list[dict[str, Any]]:
    """A handful of reports, given as (place, name of the run folder). Tried again where the machine failed."""
    from dataclasses import asdict

    from flows.settings import settings_of
    from pipeline.batch import Source, run_one
    from pipeline.storage import output_of
    from pipeline.terminology import load_glossary

    settings = settings_of(options)
    glossary = load_glossary(settings.glossary)
    with output_of(out) as output:
        return [asdict(run_one(Source(*place), output, settings, glossary)) for place in places]


@flow(name="process-reports", persist_result=False, log_prints=False, validate_parameters=True)
def process_reports(
    reports: list[str],
    out: str,
    translate: Literal["all", "foreign", "none"] = "all",
    settings_file: str = "",
    glossary: list[str] | None = None,
) -> list[str]:
    """Processes every report and returns the places of their run folders.

    `reports` are files, folders, globs or addresses; `out` is the folder or address for the run folders. An
    unchanged report is left alone. A report that cannot be read is named in the summary and stops no other.
    """
    from dataclasses import asdict

    from pipeline.batch import expand, named
    from pipeline.storage import output_of

    logger = get_run_logger()
    options = {"translate": translate, "settings_file": settings_file, "glossary": glossary or []}
    found, skipped = expand(reports)
    with output_of(out) as output:
        sources = [(s.place, s.name) for s in named(found, output)]
    rows: list[dict[str, Any]] = [asdict(o) for o in skipped]
    for first in range(0, len(sources), REPORTS_A_TASK):
        rows += process_some(first + 1, sources[first : first + REPORTS_A_TASK], out, options)
    failed = [row for row in rows if row["status"] == "failed"]
    if failed:
        logger.warning("%d of %d reports could not be processed; the summary names them", len(failed), len(rows))
    publish_summary(rows)
    return [row["folder"] for row in rows if row["folder"]]
