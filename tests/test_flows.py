"""The flows against a real Prefect server: what they leave, and that no word of a report reaches Prefect's database."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import flows  # noqa: F401 - telemetry off
from tests.trust.kills import make_reports

ROOT = Path(__file__).parent.parent

# Words that stand in the reports of make_reports and nowhere else.
SECRET = ("gjyqtarë", "judges", "nënshkrua")


@pytest.fixture(scope="module")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=90):
        yield tmp_path_factory.mktemp("flows")


def test_process_reports_writes_run_folders_and_names_what_failed(prefect_home: Path) -> None:
    from flows.process_reports import process_reports

    reports = make_reports(prefect_home / "reports")
    (reports / "empty.txt").write_bytes(b"")
    out = prefect_home / "runs"
    folders = process_reports([str(reports)], str(out), translate="none")
    assert sorted(Path(f).name for f in folders) == ["a", "b", "c"]
    assert all((Path(f) / "report.html").exists() for f in folders)
    artifacts = _artifacts()
    summary = json.loads(artifacts["summary"])
    assert {row["report"]: row["status"] for row in summary} == {
        "a": "done", "b": "done", "c": "done", "empty": "failed",
    }  # fmt: skip
    assert "empty.txt" in next(row["problem"] for row in summary if row["report"] == "empty")
    assert {"report-a", "report-b", "report-c"} <= set(artifacts)
    assert not any(word in text for text in artifacts.values() for word in SECRET)


def test_a_second_run_leaves_unchanged_reports_alone(prefect_home: Path) -> None:
    from flows.process_reports import process_reports

    reports = make_reports(prefect_home / "again")
    out = prefect_home / "runs-again"
    first = process_reports([str(reports)], str(out), translate="none")
    before = {p: p.stat().st_mtime_ns for p in out.rglob("report.html")}
    assert process_reports([str(reports)], str(out), translate="none") == first
    assert {p: p.stat().st_mtime_ns for p in out.rglob("report.html")} == before


def test_apply_decisions_counts_what_is_open(prefect_home: Path) -> None:
    from flows.apply_decisions import apply_decisions
    from pipeline.review.session import open_findings

    from flows.process_reports import process_reports  # isort:skip

    reports = make_reports(prefect_home / "decided")
    folder = process_reports([str(reports / "c.txt")], str(prefect_home / "decided-runs"), translate="none")[0]
    counts = apply_decisions(folder)
    assert counts["open"] == open_findings(Path(folder), "trivial") > 0
    assert (Path(folder) / "cleaned").is_dir()


def test_the_gate_lets_a_decided_run_through(prefect_home: Path, tmp_path: Path) -> None:
    from flows.apply_decisions import review_gate
    from flows.process_reports import process_reports

    quiet = tmp_path / "quiet.txt"
    quiet.write_text("The Ministry of Justice trained 12 judges in 2023.\n", encoding="utf-8")
    folder = process_reports([str(quiet)], str(tmp_path / "runs"), translate="none")[0]
    assert review_gate(folder)["open"] == 0


def _artifacts() -> dict[str, str]:
    """Every artifact's key and content, as the server holds them."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return {a.key: a.data if isinstance(a.data, str) else json.dumps(a.data) for a in client.read_artifacts()}


@pytest.mark.timeout(240)
def test_prefect_deployment_run_as_in_the_readme(tmp_path: Path) -> None:
    """`dygjuhe serve` in one window, `prefect deployment run ... --watch` in the other."""
    reports = make_reports(tmp_path / "reports")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path / "prefect"), "HOME": str(tmp_path)}
    environment.pop("PREFECT_API_URL", None)
    served = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "serve", "--port", str(port)], cwd=ROOT, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        environment["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
        prefect = str(Path(sys.executable).parent / "prefect")
        deadline = time.monotonic() + 120
        while True:
            listed = subprocess.run(
                [prefect, "deployment", "ls"], cwd=ROOT, env=environment, capture_output=True, text=True
            )
            if "process-reports/local" in listed.stdout:
                break
            assert time.monotonic() < deadline, listed.stdout + listed.stderr
            assert served.poll() is None, "dygjuhe serve ended"
            time.sleep(1)
        result = subprocess.run(
            [prefect, "deployment", "run", "process-reports/local", "--param", f'reports=["{reports}"]',
             "--param", f'out="{tmp_path / "runs"}"', "--param", 'translate="none"', "--watch"],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=150,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout + result.stderr
        assert sorted(p.parent.name for p in (tmp_path / "runs").glob("*/report.html")) == ["a", "b", "c"]
    finally:
        os.killpg(served.pid, signal.SIGINT)
        try:
            served.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(served.pid, signal.SIGKILL)
    database = b"".join(p.read_bytes() for p in (tmp_path / "prefect").rglob("prefect.db*"))
    assert database
    assert not any(word.encode() in database for word in SECRET)


def test_telemetry_is_off_without_the_users_doing() -> None:
    code = (
        "import flows\nfrom prefect.settings import get_current_settings\n"
        "from prefect._internal.analytics.enabled import is_telemetry_enabled\n"
        "print(get_current_settings().server.analytics_enabled, is_telemetry_enabled())"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "CI", "DO_NOT"))}
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.stdout.split() == ["False", "False"], result.stderr
