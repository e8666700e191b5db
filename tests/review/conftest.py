"""What the tests of reviewing share: a real Chromium, where the machine has one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.export.run_folder import write_records
from pipeline.model import Run
from pipeline.review import write_review
from pipeline.terminology import Glossary

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# It runs as root in containers and must talk to nobody.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; the test is skipped where either is missing."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


def make_folder(run: Run, folder: Path) -> Path:
    """The parts of a run folder that reviewing needs."""
    folder.mkdir(parents=True, exist_ok=True)
    write_records(run, Glossary(), folder)
    write_review(run, Glossary(), folder)
    return folder
