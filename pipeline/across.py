"""A folder of reports as one: what disagrees between them, and a page that leads to each.

Reads: run folders, FactBase. Writes: across.jsonl and index.html beside the run folders.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipeline.check.rule import AcrossReports, heading
from pipeline.check.rules import reports as rules
from pipeline.facts import FactBase, run_folders, update_facts
from pipeline.model import Fact, Finding
from pipeline.storage import write_whole

# Charts of figures whose value changed most often; more would not be looked at.
CHARTS = 12


def check_across(across: AcrossReports) -> tuple[Finding, ...]:
    """What the rules over all reports find, most severe first."""
    found = [f for module in rules.MODULES for f in module.check(across)]
    return tuple(sorted(found, key=lambda f: (-int(f.severity), f.rule_id, f.finding_id)))


def write_across(out: Path) -> tuple[Finding, ...]:
    """Brings facts, across.jsonl and index.html of a folder of runs up to date. Raises ExportError."""
    base = update_facts(out)
    findings = check_across(base)
    report_of = {}
    records = []
    for folder in run_folders(out):
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        report_of[record["report"]["doc_id"]] = folder.name
        records.append({"name": folder.name, **record})
    rows = [_row(f, report_of) for f in findings]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_whole(out / "across.jsonl", lines.encode())
    write_whole(out / "index.html", render_index(records, rows, timelines(base)).encode())
    return findings


def _row(finding: Finding, report_of: dict[str, str]) -> dict[str, Any]:
    anchors = [
        {"report": report_of[a.text_id], "start": a.start, "end": a.end, "exact": a.exact} for a in finding.anchors
    ]
    kept = {k: v for k, v in asdict(finding).items() if k not in ("anchors", "severity", "issue_type")}
    module = next(m for m in rules.MODULES if m.RULE.id == finding.rule_id)
    return {**kept, "severity": finding.severity.word, "heading": heading(module),
            "heading_sq": module.RULE.heading_sq, "anchors": anchors}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timeline:
    """One figure through the reports: label and (date, value, report) in order of date."""

    label: str
    points: tuple[tuple[str, Decimal, str], ...]

    def svg(self, width: int = 220, height: int = 48) -> str:
        """The points as a line of an SVG chart, coordinates in pixels."""
        values = [v for _, v, _ in self.points]
        low, high = min(values), max(values)
        span = high - low or Decimal(1)
        step = Decimal(width - 12) / max(1, len(values) - 1)
        places = [(6 + step * i, 6 + (height - 12) * (high - v) / span) for i, v in enumerate(values)]
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def timelines(base: FactBase, most: int = CHARTS) -> tuple[Timeline, ...]:
    """The figures that most reports give, each once a report and year, for charts."""
    return tuple(timeline for group in base.series(most) if (timeline := timeline_of(group)) is not None)


def timeline_of(facts: Sequence[Fact]) -> Timeline | None:
    """A timeline of one key's facts; None with fewer than two dated points."""
    points: dict[tuple[str, str], tuple[str, Decimal, str]] = {}
    for fact in facts:
        try:
            value = Decimal(fact.value)
        except InvalidOperation:
            continue
        when = fact.year or fact.report_date
        if when:
            points.setdefault((when, fact.report), (when, value, fact.report))
    if len(points) < 2:
        return None
    return Timeline(facts[0].label, tuple(points[k] for k in sorted(points)))


def render_index(records: Sequence[dict[str, Any]], findings: Sequence[dict[str, Any]],
                 charts: Sequence[Timeline]) -> str:  # fmt: skip
    """The page over a folder of reports: one file, no network, no script."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("pipeline", "templates"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("index.html").render(records=records, findings=findings, charts=charts)
