"""Kills the program at random moments, runs it again, and compares every byte with an uninterrupted run."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.trust import Tally

ROOT = Path(__file__).parent.parent.parent

REPORTS = {
    "a.txt": "Report on the year 2022\n\nThe Ministry of Justice trained 12 judges in 2022, and 14 judges in 2022.\n",
    "b.txt": "Raporti i vitit 2023\n\nMinistria e Drejtësisë trajnoi 12 gjyqtarë. Thirrni 116006 ose 16006.\n",
    "c.txt": "Order no. 7, dated 31.06.2014, was signed.\n\nUrdhri nr. 7, datë 31.06.2014, u nënshkrua.\n",
}


def make_reports(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def command(reports: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "pipeline.cli", "run", str(reports), "--out", str(out), "--translate", "none"]


def snapshot(out: Path) -> dict[str, bytes]:
    """Every file of every run folder; of run.json all but the seconds, which are no result."""
    files: dict[str, bytes] = {}
    for path in sorted(p for p in out.rglob("*") if p.is_file() and ".dygjuhe" not in p.parts):
        content = path.read_bytes()
        if path.name == "run.json":
            record = json.loads(content)
            record.pop("seconds")
            content = json.dumps(record, sort_keys=True).encode()
        files[str(path.relative_to(out))] = content
    return files


def kill_runs(seconds: float, folder: Path, seed: int = 0, most: int | None = None) -> Tally:
    """kill -9 at a random moment of a run of three reports, then the same call again."""
    tally = Tally("kill -9 at a random moment of a run, then resumed: same bytes, no half file")
    rng = random.Random(seed)
    reports = make_reports(folder / "reports")
    begun = time.monotonic()
    subprocess.run(command(reports, folder / "whole"), check=True, capture_output=True, cwd=ROOT)
    length = time.monotonic() - begun
    whole = snapshot(folder / "whole")
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and (most is None or tally.tried < most):
        out = folder / f"killed-{tally.tried}"
        moment = rng.uniform(0, length * 1.05)
        child = subprocess.Popen(command(reports, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        time.sleep(moment)
        child.kill()
        child.wait()
        half = [p for p in out.glob("*") if p.is_dir() and not p.name.startswith(".") and not (p / "run.json").exists()]
        again = subprocess.run(command(reports, out), capture_output=True, text=True, cwd=ROOT)
        tally.tried += 1
        if half:
            tally.failed.append(f"half a run folder after {moment:.3f} s: {half[0].name}")
        if again.returncode != 0 or "Traceback" in again.stderr:
            tally.failed.append(f"after {moment:.3f} s the next call said: {again.stderr[:200]}")
        elif snapshot(out) != whole:
            differ = sorted(k for k in whole.keys() | snapshot(out).keys() if whole.get(k) != snapshot(out).get(k))
            tally.failed.append(f"other bytes after {moment:.3f} s: {differ[:5]}")
        shutil.rmtree(out, ignore_errors=True)
    return tally
