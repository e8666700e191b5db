"""`dygjuhe facts`: look up what all reports of a folder say, and what disagrees between them."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("facts")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a fact, for other programs.")
def command(folder: Path, words: tuple[str, ...], as_json: bool) -> None:
    """Look up WORDS in the reports whose run folders lie in FOLDER; without WORDS, check the reports together.

    Without WORDS it writes FOLDER/index.html (the reports, what disagrees between them, figures over time) and
    FOLDER/across.jsonl.

    \b
    Examples:
      dygjuhe facts runs
      dygjuhe facts runs helpline
      dygjuhe facts runs "Kodi Penal"
    """
    if words:
        _look_up(folder, " ".join(words), as_json)
        return
    from pipeline.across import write_across

    findings = write_across(folder)
    for finding in findings:
        click.echo(f"{finding.severity.word:<9} {finding.message}")
    click.echo(f"{len(findings)} findings between reports; page: {folder / 'index.html'}")


def _look_up(folder: Path, words: str, as_json: bool) -> None:
    import json
    from dataclasses import asdict

    from pipeline.facts import update_facts

    for fact in update_facts(folder).search(words):
        if as_json:
            click.echo(json.dumps(asdict(fact), ensure_ascii=False))
        else:
            date = fact.report_date or "no date"
            click.echo(f"{fact.value:<14} {fact.label or fact.key}  [{fact.report}, {date}, line {fact.line}]")
            click.echo(f"               {fact.context}")
