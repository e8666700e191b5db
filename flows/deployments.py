"""The deployments that `dygjuhe serve` serves."""

from __future__ import annotations

import flows  # noqa: F401  isort:skip - telemetry off before Prefect is imported


def serve_deployments(limit: int) -> None:
    """Serves every deployment until interrupted, at most `limit` runs at a time."""
    from prefect import serve
    from prefect.deployments.runner import RunnerDeployment

    from flows.apply_decisions import apply_decisions, review_gate
    from flows.process_reports import process_reports

    made = [
        flow.to_deployment(name="local", description=(flow.description or "").split("\n")[0], tags=["dygjuhe"])
        for flow in (process_reports, apply_decisions, review_gate)
    ]
    deployments = [d for d in made if isinstance(d, RunnerDeployment)]
    if len(deployments) < len(made):
        raise TypeError("to_deployment() gave a coroutine: serve_deployments() must not be called in an event loop")
    serve(*deployments, limit=limit, print_starting_message=False)
