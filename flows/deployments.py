"""The deployments that `dygjuhe serve` serves."""

from __future__ import annotations

import flows  # noqa: F401  isort:skip - telemetry off before Prefect is imported


def serve_deployments(limit: int) -> None:
    """Serves every deployment until interrupted, at most `limit` runs at a time."""
    from prefect import serve
    from prefect.deployments.runner import RunnerDeployment

    from flows.process_reports import process_reports

    local = process_reports.to_deployment(
        name="local", description="Reads, translates and checks reports on this machine.", tags=["dygjuhe"]
    )
    if not isinstance(local, RunnerDeployment):
        raise TypeError("to_deployment() gave a coroutine: serve_deployments() must not be called in an event loop")
    serve(local, limit=limit, print_starting_message=False)
