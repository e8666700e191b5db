"""The command as a user meets it: help, exit codes, one line for a mistake, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS, COULD_NOT_RUN, DONE, FOUND

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "liria-2023.txt"


def dygjuhe(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *map(str, arguments)], capture_output=True, text=True, timeout=120,
        cwd=Path(__file__).parent.parent, **options,  # type: ignore[call-overload]
    )  # fmt: skip


def test_help_names_every_command_and_the_exit_codes() -> None:
    result = dygjuhe("--help")
    assert result.returncode == DONE
    for name in COMMANDS:
        assert name in result.stdout
    assert "2 could not run" in " ".join(result.stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    result = dygjuhe(name, "--help")
    assert result.returncode == DONE, result.stderr
    assert "dygjuhe" in result.stdout, "a command's help shows an example"


def test_help_imports_nothing_heavy() -> None:
    heavy = {"spacy", "pandas", "prefect", "ctranslate2", "lxml"}
    code = f"import sys, pipeline.cli; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert result.stdout.strip() == "[]"


def test_version() -> None:
    from pipeline import __version__

    assert dygjuhe("--version").stdout.strip().endswith(__version__)


BAD_REPORTS = [
    ("missing.txt", None, "no such file", "missing"),
    ("empty.txt", b"", "empty", "an empty file is no report"),
    ("blank.txt", b" \n\t\n", "empty", "only white space"),
    ("binary.txt", bytes(range(256)) * 40, "binary", "a renamed program or picture"),
]


@pytest.mark.parametrize(("name", "content", "says", "why"), BAD_REPORTS, ids=[b[0] for b in BAD_REPORTS])
def test_a_bad_report_is_one_line_and_the_others_are_processed(
    tmp_path: Path, name: str, content: bytes | None, says: str, why: str
) -> None:
    good = tmp_path / "good.txt"
    good.write_text("Report on the year\n\nThe Ministry of Justice trained 12 judges in 2023.\n", encoding="utf-8")
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content)
    result = dygjuhe("run", bad, good, "--out", tmp_path / "runs", "--translate", "none")
    assert result.returncode == COULD_NOT_RUN, why
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1
    assert name in lines[0]
    assert says in lines[0].lower()
    assert "Traceback" not in result.stderr
    assert sorted(p.name for p in (tmp_path / "runs").iterdir() if not p.name.startswith(".")) == ["good"]
    assert not list((tmp_path / "runs").glob("*.partial"))


def test_a_report_of_50_megabytes_is_refused_by_name(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024 + 1)
    result = dygjuhe("run", big, "--out", tmp_path / "runs")
    assert result.returncode == COULD_NOT_RUN
    assert "big.txt" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_an_unreadable_report_is_named(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("x", encoding="utf-8")
    secret.chmod(0)
    result = dygjuhe("run", secret, "--out", tmp_path / "runs")
    assert result.returncode == COULD_NOT_RUN
    assert "secret.txt" in result.stderr


def test_fail_on_tells_by_the_exit_code(tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text("The order was signed on 31.06.2014 by the Minister of Justice.\n", encoding="utf-8")
    common = ("run", report, "--translate", "none", "--out")
    assert dygjuhe(*common, tmp_path / "a").returncode == DONE
    assert dygjuhe(*common, tmp_path / "b", "--fail-on", "minor").returncode == FOUND


BAD_SETTINGS = [
    ("beam = 'four'", "beam"),
    ("beem = 4", "beem"),
    ("not toml", "TOML"),
    ("translate = 'some'", "translate"),
    ("rules_off = {FG01 = ''}", "rules_off"),
]


@pytest.mark.parametrize(("text", "names"), BAD_SETTINGS)
def test_a_wrong_setting_names_the_key(tmp_path: Path, text: str, names: str) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(text, encoding="utf-8")
    result = dygjuhe("run", SAMPLE, "--out", tmp_path / "runs", "--settings", settings)
    assert result.returncode == COULD_NOT_RUN
    assert names in result.stderr
    assert "Traceback" not in result.stderr


def test_rules_gives_every_rule_its_reason_in_both_languages() -> None:
    from pipeline.check.rules import RULES

    for lang in ("en", "sq"):
        text = dygjuhe("rules", "--lang", lang).stdout
        for module in RULES:
            assert module.RULE.id in text


def test_a_reader_that_goes_away_is_no_error() -> None:
    start = time.monotonic()
    command = f"{sys.executable} -m pipeline.cli rules | head -1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60,
                            cwd=Path(__file__).parent.parent)  # fmt: skip
    assert "Traceback" not in result.stderr
    assert time.monotonic() - start < 60
