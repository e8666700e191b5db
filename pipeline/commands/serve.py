"""`dygjuhe serve`: Prefect's server, if none is set, and the deployments, in one command."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import click

# The longest that Prefect's server was seen to take to its first answer on two cores is 18 s.
SERVER_PATIENCE_SECONDS = 90


@click.command("serve")
@click.option("--port", default=4200, show_default=True, help="Port of the server on this machine (127.0.0.1).")
@click.option("--limit", default=2, show_default=True, help="Runs at the same time.")
def command(port: int, limit: int) -> None:
    """Serve the flows, so that `prefect deployment run` and Prefect's own page can start them.

    Starts Prefect's server on this machine where PREFECT_API_URL names none. Ctrl-C stops both.

    \b
    In another window:
      prefect deployment run 'process-reports/local' --param reports='["report.txt"]' --param out='"runs"' --watch
    """
    import flows  # noqa: F401 - telemetry off

    server = None
    if not os.environ.get("PREFECT_API_URL"):
        address = f"http://127.0.0.1:{port}/api"
        os.environ["PREFECT_API_URL"] = address
        server = _start_server(port)
        click.echo(f"Prefect's page: http://127.0.0.1:{port}   (other windows: export PREFECT_API_URL={address})")
    try:
        from flows.deployments import serve_deployments

        serve_deployments(limit)
    finally:
        if server is not None:
            server.terminate()
            server.wait(timeout=20)


def _start_server(port: int) -> subprocess.Popen[bytes]:
    """Prefect's server as a child, once it answers. Raises DygjuheError where it does not."""
    import urllib.error
    import urllib.request

    from pipeline.errors import DygjuheError

    environment = {k: v for k, v in os.environ.items() if k != "PREFECT_API_URL"}
    server = subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + SERVER_PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with opener.open(f"http://127.0.0.1:{port}/api/health", timeout=2):
                return server
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    server.kill()
    remedy = "Choose another --port, or set PREFECT_API_URL."
    raise DygjuheError(f"port {port}", "Prefect's server did not start", remedy)
