"""What the program finds in the samples with gold: recall, precision, and what the last change gained and lost.

    python -m tests.measure                      all samples, against the last commit
    python -m tests.measure --against HEAD~3     against an older one; --against none compares with nothing
    python -m tests.measure --gold FOLDER        another folder: report.txt and its gold, or NAME.txt, NAME.gold.jsonl
    python -m tests.measure --verbose            every miss and every false alarm

For developers. The other revision is unpacked into a temporary folder and run there by the same interpreter.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "data" / "samples"
REPORTS = ROOT / "tests" / "cases" / "reports"
QUIET = ROOT / "tests" / "cases" / "quiet"
# The real report and its gold are not part of the repository; they are measured where they lie beside it.
REAL = ROOT.parent / "shared"


@dataclass(frozen=True)
class Sample:
    """A report and its gold; without gold, everything reported above trivial is wrong."""

    name: str
    report: Path
    gold: Path | None = None


def samples() -> list[Sample]:
    """Every sample there is: the sample of the README, the development reports, the real report, the clean texts."""
    found = [*samples_in(SAMPLES), *(s for folder in sorted(REPORTS.iterdir()) for s in samples_in(folder))]
    for report in sorted((REAL / "samples").glob("*.txt")):
        if (REAL / "gold" / report.stem).is_dir():
            found.append(Sample(report.stem, report, REAL / "gold" / report.stem))
    found += [Sample(p.stem, p) for p in sorted(SAMPLES.glob("clean-*.txt"))]
    found += [Sample(f"quiet/{p.stem}", p) for p in sorted(QUIET.glob("*.txt"))]
    return found


def samples_in(folder: Path) -> list[Sample]:
    """The reports with gold in one folder."""
    if not folder.is_dir():
        return []
    if (folder / "report.txt").exists():
        return [Sample(folder.name, folder / "report.txt", folder)]
    pairs = ((p, p.with_suffix(".gold.jsonl")) for p in sorted(folder.glob("*.txt")))
    return [Sample(report.stem, report, gold) for report, gold in pairs if gold.exists()]


def examine(reports: Sequence[Path]) -> list[dict[str, Any]]:
    """For each report its source text and the rows of its findings, mentions and passages, untranslated."""
    from pipeline.export.run_folder import finding_rows, mention_rows, passage_rows
    from pipeline.run import process_report
    from pipeline.settings import Settings
    from pipeline.terminology import load_glossary

    settings = Settings(translate="none")
    glossary = load_glossary(settings.glossary)
    examined = []
    for report in reports:
        run = process_report(report, settings, glossary=glossary)
        rows = {
            "source": run.document.source_text,
            "findings": list(finding_rows(run)),
            "mentions": list(mention_rows(run, glossary)),
            "passages": list(passage_rows(run)),
        }
        examined.append(rows)
    return examined


def examine_at(revision: str, reports: Sequence[Path]) -> list[dict[str, Any]]:
    """The same by the program of another revision; the reports are today's."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        out = Path(folder) / "examined.json"
        call = [sys.executable, __file__, "--into", str(out), *map(str, reports)]
        done = subprocess.run(call, cwd=folder, env={**os.environ, "PYTHONPATH": folder}, check=False)
        if done.returncode:
            raise SystemExit(f"the program of {revision} cannot examine the samples, so there is nothing to compare")
        return list(json.loads(out.read_text(encoding="utf-8")))


def share(right: int, total: int) -> str:
    """
    >>> share(3, 4), share(0, 0)
    ('3/4 75 %', '-')
    """
    return f"{right}/{total} {100 * right / total:.0f} %" if total else "-"


def key(finding: dict[str, Any]) -> tuple[str, ...]:
    """What makes a finding the same in two revisions: its rule and its places."""
    return finding["rule_id"], *sorted(f"{a['start']}-{a['end']}" for a in finding["anchors"])


def table(rows: Iterable[Sequence[str]]) -> str:
    """Columns as wide as their widest cell."""
    rows = [tuple(map(str, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def report_scores(wanted: Sequence[Sample], examined: Sequence[dict[str, Any]], *, verbose: bool) -> None:
    """Prints recall and precision per report, kind and rule."""
    from tests.scoring import Gold, by_kind, by_rule, read_gold, score

    scores = {}
    for sample, rows in zip(wanted, examined, strict=True):
        gold = read_gold(sample.gold) if sample.gold else Gold()
        scores[sample.name] = score(rows["source"], gold, rows["findings"], rows["mentions"], rows["passages"])
    lines = [("report", "core", "sure", "precision", "on hard negatives", "trivial", "read")]
    for sample in wanted:
        s = scores[sample.name]
        if sample.name.startswith("quiet/") and not (s.wrong or s.trivial):
            continue
        read = ", ".join(f"{name} {share(*ratio)}" for name, ratio in s.ratios.items())
        negatives = f"{len(s.on_negatives)}/{s.negatives}" if s.negatives else "-"
        lines.append((sample.name, share(*s.recall(core=True)), share(*s.recall(core=False)), share(*s.precision),
                      negatives, str(len(s.trivial)), read))  # fmt: skip
    print(table(lines), "\n")
    print(table([("kind", "recall"), *((k, share(*v)) for k, v in by_kind(scores.values()).items())]), "\n")
    rules = [(r, *map(str, v)) for r, v in by_rule(scores.values()).items()]
    print(table([("rule", "right", "wrong", "trivial"), *rules]))
    if not verbose:
        return
    for name, s in scores.items():
        for g in s.gold.values():
            if g["certainty"] == "sure" and not s.hits[g["id"]]:
                print(f"{name}: missed {g['id']} {g['kind']} ({g['severity']}): {g['why']}")
        for f in s.wrong:
            quotes = " | ".join(a["exact"][:60] for a in f["anchors"])
            print(f"{name}: false alarm {f['rule_id']} {f['kind']} ({f['severity']}): {f['message']} [{quotes}]")
        for f, n in s.on_negatives:
            print(f"{name}: on hard negative {n['id']} ({n['subject']}): {f['rule_id']} {f['message']}")
        for note in s.notes:
            print(f"{name}: {note}")


def report_changes(
    wanted: Sequence[Sample], now: Sequence[dict[str, Any]], before: Sequence[dict[str, Any]], revision: str
) -> None:
    """Prints the findings gained and lost since `revision`."""
    for sample, new, old in zip(wanted, now, before, strict=True):
        known, kept = {key(f) for f in old["findings"]}, {key(f) for f in new["findings"]}
        for sign, findings, others in (("+", new["findings"], known), ("-", old["findings"], kept)):
            for f in findings:
                if key(f) not in others:
                    quotes = " | ".join(a["exact"][:40] for a in f["anchors"])
                    print(f"{sign} {sample.name} {f['rule_id']} {f['kind']} ({f['severity']}): {quotes}")
    print(f"({sum(len(x['findings']) for x in before)} findings at {revision}, "
          f"{sum(len(x['findings']) for x in now)} now)")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.measure", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--against", default="HEAD", metavar="REV", help="revision to compare with, or none")
    parser.add_argument("--gold", type=Path, metavar="DIR", help="measure this folder only")
    parser.add_argument("--verbose", action="store_true", help="list every miss and false alarm")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("reports", nargs="*", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.into:
        args.into.write_text(json.dumps(examine(args.reports), ensure_ascii=False), encoding="utf-8")
        return 0
    wanted = samples_in(args.gold) if args.gold else samples()
    if not wanted:
        parser.error(f"{args.gold} holds no report.txt with gold beside it and no NAME.txt with NAME.gold.jsonl")
    reports = [s.report.resolve() for s in wanted]
    examined = examine(reports)
    report_scores(wanted, examined, verbose=args.verbose)
    if args.against != "none":
        print()
        report_changes(wanted, examined, examine_at(args.against, reports), args.against)
    return 0


if __name__ == "__main__":
    sys.exit(main())
