"""An installed program has what the checkout has; the lock and its bounds agree."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def packages() -> set[str]:
    """Every package of the checkout that a user needs, by its folder."""
    found = {"pipeline.supplied.glossary", "pipeline.supplied.data.models"}
    for top in ("pipeline", "flows"):
        for path in (ROOT / top).rglob("*.py"):
            found.add(".".join(path.parent.relative_to(ROOT).parts))
        for path in (ROOT / top).rglob("*.html"):
            found.add(".".join(path.parent.relative_to(ROOT).parts))
    return found


def test_every_package_is_listed() -> None:
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == packages()


def test_a_wheel_holds_glossary_model_and_templates(tmp_path: Path) -> None:
    pytest.importorskip("setuptools")
    code = "import sys; from setuptools.build_meta import build_wheel; print(build_wheel(sys.argv[1]))"
    # A copy, so that building leaves nothing in the checkout.
    import shutil

    copy = tmp_path / "checkout"
    shutil.copytree(
        ROOT, copy, symlinks=True,
        ignore=shutil.ignore_patterns(".*", "tests", "corpus", "samples", "runs", "__pycache__", "build", "*.egg-info"),
    )  # fmt: skip
    result = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=copy, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-500:]
    wheel = next(tmp_path.glob("*.whl"))
    names = set(zipfile.ZipFile(wheel).namelist())
    for wanted in (
        "pipeline/supplied/glossary/articles.csv", "pipeline/supplied/data/models/manifest.json",
        "pipeline/supplied/data/models/dygjuhe-small-1.0/model/model.bin", "pipeline/review/templates/report.html",
        "pipeline/given_names.txt", "flows/process_reports.py",
    ):  # fmt: skip
        assert wanted in names
    assert wheel.stat().st_size < 60 * 1024 * 1024, "the model stands in the wheel once"


def test_locks_are_hashed_and_hold_no_address() -> None:
    for lock in (ROOT / "requirements.lock", ROOT / "tests" / "requirements.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        pinned = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==", text, re.MULTILINE | re.IGNORECASE)
        assert len(pinned) > 100
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text.strip()) if "==" in block)


def test_the_lock_obeys_the_bounds() -> None:
    from packaging.requirements import Requirement

    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", text, re.MULTILINE | re.IGNORECASE))
    for line in PROJECT["project"]["dependencies"]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(locked[wanted.name.lower()]), line


def test_no_dependency_brings_pytorch() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"^(torch|stanza|nvidia-[a-z-]+)==", text, re.MULTILINE)


def test_the_licence_is_gpl_3() -> None:
    assert PROJECT["project"]["license"] == "GPL-3.0-or-later"
    assert "GNU GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text(encoding="utf-8")
