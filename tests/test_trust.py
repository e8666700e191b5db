"""The short form of the long tests in tests/trust: nothing is lost, nothing leaves, nothing gets in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trust import Tally, faults, fuzz, kills, mutants

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "liria-2023.txt"


def assert_clean(tally: Tally, least: int = 1) -> None:
    assert tally.tried >= least
    assert tally.failed == []


def test_random_text_breaks_no_finder() -> None:
    for tally in fuzz.fuzz_finders(seconds=15, seed=1, most=4000):
        assert_clean(tally, 500)


def test_random_text_loses_no_character() -> None:
    assert_clean(fuzz.fuzz_segmenter(seconds=10, seed=1, most=2000), 200)


def test_damaged_documents_give_a_result_or_a_named_error(tmp_path: Path) -> None:
    assert_clean(fuzz.mutate_documents(seconds=25, folder=tmp_path, seed=1, most=100), 20)


def test_killed_runs_resume_to_the_same_bytes(tmp_path: Path) -> None:
    assert_clean(kills.kill_runs(seconds=40, folder=tmp_path, seed=1, most=4), 2)


def test_faults_of_the_machine_are_refused_in_words(tmp_path: Path) -> None:
    for tally in faults.try_faults(tmp_path):
        assert tally.failed == [], tally.what


def test_the_whole_job_connects_to_nobody(tmp_path: Path) -> None:
    code, outside = faults.audit_sockets(["run", str(SAMPLE), "--out", str(tmp_path / "runs")])
    assert outside == []
    assert code == 0


def test_the_hook_would_notice(tmp_path: Path) -> None:
    """The audit above can fail: a look-up of a name is seen."""
    import subprocess
    import sys

    code = (
        "import sys, socket\nseen = []\n"
        "sys.addaudithook(lambda e, a: seen.append(e) if e == 'socket.getaddrinfo' else None)\n"
        "try: socket.getaddrinfo('localhost', 80)\nexcept OSError: pass\nprint(seen)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "socket.getaddrinfo" in result.stdout


def test_the_whole_job_runs_without_any_network(tmp_path: Path) -> None:
    result = faults.without_network(["run", str(SAMPLE), "--out", str(tmp_path / "runs")])
    if result is None:
        pytest.skip("this machine allows no network namespace of its own")
    assert result.returncode == 0, result.stderr


def test_a_mutant_differs_from_the_source_in_one_place() -> None:
    path = mutants.sources()[0]
    found = list(mutants.mutants_of(path))
    assert found
    assert all(m.text != path.read_text(encoding="utf-8") for m in found)


@pytest.mark.parametrize(("hits", "tries"), [(0, 10), (10, 10), (85, 100)])
def test_the_interval_holds_the_share(hits: int, tries: int) -> None:
    low, high = mutants.wilson(hits, tries)
    assert low - 1e-9 <= hits / tries <= high + 1e-9
