"""Prefect flows: thin tasks around the pipeline's functions. Importing this switches Prefect's telemetry off."""

import os

# Before Prefect is imported anywhere: it reports its use unless told not to.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
# Logs stay on this machine and hold no text of a report.
os.environ.setdefault("PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW", "ignore")
