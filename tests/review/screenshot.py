"""Makes the picture of the report in the README: `python tests/review/screenshot.py` writes data/samples/report.png.

Runs the sample report and photographs the top of its page, in the language and the scheme given.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.review.conftest import ARGUMENTS, CHROMIUM  # noqa: E402

SAMPLE = ROOT / "data" / "samples" / "liria-2023.txt"
PICTURE = ROOT / "data" / "samples" / "report.png"
# What a README shows at its full width, in pixels of the page.
WIDTH, HEIGHT = 1180, 1240


def main() -> None:
    """Writes the picture; ends with a message where there is no Chromium."""
    from playwright.sync_api import sync_playwright

    from pipeline.run import process_report, write_run
    from pipeline.settings import Settings
    from pipeline.terminology import load_glossary

    if CHROMIUM is None:
        raise SystemExit("no Chromium on this machine (Debian: apt-get install chromium)")
    settings = Settings()
    glossary = load_glossary(settings.glossary)
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        run = process_report(SAMPLE, settings, glossary=glossary)
        page_file = write_run(run, glossary, Path(folder)) / "report.html"
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB", color_scheme="light")
        page.goto(page_file.as_uri())
        page.wait_for_selector(".card")
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
