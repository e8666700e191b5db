"""`dygjuhe apply`: a reviewer's decisions into the cleaned text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.model import Finding
    from pipeline.review.entries import Entry
    from pipeline.review.session import Outcome

# Lines of one kind printed; the rest is counted, and is in the page.
MOST_LINES = 20


@click.command("apply")
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path, file_okay=False))
@click.option("--decisions", "file", type=click.Path(path_type=Path, dir_okay=False),
              help="File that the page saved, the filled workbook, or a decisions.jsonl.")  # fmt: skip
@click.option("--reviewer", default="", help="Name for decisions that name nobody.")
@click.option("--strict", is_flag=True, help="Take nothing of a file in which one line cannot be taken.")
@click.option("--fail-on-open", type=click.Choice(["critical", "major", "minor", "trivial"]),
              help="Exit with 1 where a finding this severe or worse is not decided.")  # fmt: skip
@click.option("--glossary", "glossaries", multiple=True, type=click.Path(path_type=Path, file_okay=False),
              help="Glossary folder of your own, over the supplied one; may be given again.")  # fmt: skip
def command(
    run: Path, file: Path | None, reviewer: str, strict: bool, fail_on_open: str | None, glossaries: tuple[Path, ...]
) -> None:
    """Take decisions on the run folder RUN, say what became of each, and write the cleaned export to RUN/cleaned.

    Decisions already in `decisions.jsonl` beside RUN are applied in any case. One on words that have changed
    since is stale: it is shown and never applied.

    \b
    Examples:
      dygjuhe apply runs/report --decisions report-decisions.json
      dygjuhe apply runs/report --decisions review.xlsx --reviewer "Ana Hoxha"
      dygjuhe apply runs/report --fail-on-open major
    """
    from pipeline.cli import DONE, FOUND
    from pipeline.review.session import apply_file, open_findings
    from pipeline.settings import Settings
    from pipeline.terminology import load_glossary

    glossary = load_glossary((*Settings().glossary, *glossaries))
    outcome = apply_file(run, file, glossary, reviewer=reviewer.strip(), strict=strict)
    for line in summary(outcome):
        click.echo(line)
    raise click.exceptions.Exit(FOUND if fail_on_open and open_findings(run, fail_on_open) else DONE)


def summary(outcome: Outcome) -> list[str]:
    """What was taken, applied, refused, is stale or disputed, in lines for a person."""
    lines: list[str] = []
    if outcome.reading.entries or outcome.reading.refused:
        refused = len(outcome.reading.refused)
        lines.append(f"read          {outcome.added} new, {outcome.known} known already, {refused} refused")
    lines += _some("refused", [str(r) for r in outcome.reading.refused])
    counts = dict(outcome.applied.counts)
    words = {"unsure": "unsure", "conflict": "in dispute", "stale": "stale", "open": "open"}
    said = [f"{counts[w]} {words.get(w, w)}" for w in counts if counts[w]]
    lines.append(f"findings      {', '.join(said) or 'none'}")
    lines.append(f"applied       {len(outcome.applied.changes)} corrections, {len(outcome.applied.edits)} translations")
    lines += _some("not applied", [str(r) for r in outcome.applied.refused])
    lines += _some("stale", [_disputed(f, e, "its words have changed since") for f, e in outcome.applied.stale])
    lines += _some("in dispute", [_disputed(f, e, "settle it in the page") for f, e in outcome.applied.conflicts])
    lines += _some("store", list(outcome.notes))
    lines.append(f"cleaned text  {outcome.cleaned}")
    return lines


def _some(label: str, lines: Sequence[str]) -> list[str]:
    more = len(lines) - MOST_LINES
    shown = [f"{label:<13} {line}" for line in lines[:MOST_LINES]]
    return shown + ([f"{'':<13} and {more} more"] if more > 0 else [])


def _disputed(finding: Finding, entries: Sequence[Entry], why: str) -> str:
    quote = " / ".join(f"“{a.exact[:40]}”" for a in finding.anchors[:2])
    said = "; ".join(f"{e.reviewer}: {e.judgement}{f' “{e.correction[:40]}”' if e.correction else ''}" for e in entries)
    return f"{finding.rule_id} {quote} ({said}): {why}"
