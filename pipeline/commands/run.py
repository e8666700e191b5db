"""`dygjuhe run`: reports in, a run folder for each out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.batch import Outcome
    from pipeline.settings import Settings

LEVELS = ("critical", "major", "minor")
LANGUAGE_WORDS = {"sq": "Albanian", "en": "English", "mixed": "mixed", "und": "undecided"}
ORIGIN_WORDS = {
    "aligned": "by its counterpart", "memory": "from memory", "machine": "by machine (drafts)", "person": "by a person",
}  # fmt: skip


@click.command("run")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@click.option("--out", required=True, help="Folder (or s3:// address) for the run folders.")
@click.option("--glossary", "glossaries", multiple=True, type=click.Path(path_type=Path, file_okay=False),
              help="Glossary folder of your own, over the supplied one; may be given again.")  # fmt: skip
@click.option("--only-my-glossary", is_flag=True, help="Leave the supplied glossary out.")
@click.option("--settings", "settings_file", type=click.Path(path_type=Path, dir_okay=False), help="TOML file.")
@click.option("--translate", type=click.Choice(["all", "foreign", "none"]), help="What to translate [default: all].")
@click.option("--memory", "memories", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
              help="TMX file whose translations are preferred; may be given again.")  # fmt: skip
@click.option("--report-date", metavar="YYYY-MM-DD", help="When the reports were written, if they do not say.")
@click.option("--redact", is_flag=True, help="Mask names, personal numbers, telephones and addresses.")
@click.option("--redact-key", type=click.Path(path_type=Path, file_okay=False),
              help="Folder, not in --out, for the keys that take the masks back.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(LEVELS), help="Exit with 1 where a finding is this severe or worse.")
@click.option("--new-only", is_flag=True, help="Let --fail-on look only at findings the last run did not have.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 256), help="Reports at the same time.")
@click.option("--dask", metavar="ADDRESS", help="Spread the reports over a Dask cluster; `local` makes one here.")
@click.option("--watch", type=click.FloatRange(min=1), metavar="SECONDS", help="Look again every so many seconds.")
def command(
    reports: tuple[str, ...], out: str, glossaries: tuple[Path, ...], only_my_glossary: bool,
    settings_file: Path | None, translate: str | None, memories: tuple[Path, ...], report_date: str | None,
    redact: bool, redact_key: Path | None, fail_on: str | None, new_only: bool, jobs: int, dask: str | None,
    watch: float | None,
) -> None:  # fmt: skip
    """Read REPORT... (files, folders, globs), translate, check, and write a run folder for each.

    A report that has not changed since its last run is left alone. Stopped in the middle, the same call goes on.

    \b
    Examples:
      dygjuhe run report.txt --out runs
      dygjuhe run reports/*.docx --out runs --translate foreign
      dygjuhe run inbox --out runs --watch 60 --jobs 2
      dygjuhe run report.pdf --out runs --glossary office-glossary --fail-on critical
    """
    from dataclasses import replace

    from pipeline.cli import COULD_NOT_RUN, DONE, FOUND

    settings = chosen_settings(glossaries, only_my_glossary, settings_file, translate, memories, report_date)
    if redact or redact_key:
        settings = replace(settings, redact=True, redact_key=str(redact_key.resolve()) if redact_key else "")
    if watch is not None:
        from pipeline.watch import watch_inbox

        show_all(watch_inbox(reports, out, settings, seconds=watch, jobs=jobs))
        return
    with progress_shown() as progress:
        if dask is not None:
            from pipeline.cluster import run_on_dask

            outcomes = show_all(run_on_dask(reports, out, settings, dask))
        else:
            from pipeline.batch import run_batch

            outcomes = show_all(run_batch(reports, out, settings, jobs=jobs, progress=progress))
    failed = any(o.status == "failed" for o in outcomes)
    raise click.exceptions.Exit(COULD_NOT_RUN if failed else FOUND if _worst(outcomes, fail_on, new_only) else DONE)


def _worst(outcomes: Iterable[Outcome], fail_on: str | None, new_only: bool) -> bool:
    """Whether a report has a finding at or above `fail_on`."""
    if fail_on is None:
        return False
    counted = LEVELS[: LEVELS.index(fail_on) + 1]
    return any((o.new if new_only else o.counts.get("findings", {})).get(word, 0) for o in outcomes for word in counted)


def chosen_settings(
    glossaries: tuple[Path, ...], only_my_glossary: bool, settings_file: Path | None, translate: str | None,
    memories: tuple[Path, ...], report_date: str | None,
) -> Settings:  # fmt: skip
    """The settings file with the options over it. Raises SettingsError."""
    from dataclasses import replace

    from pipeline.errors import SettingsError
    from pipeline.settings import Settings, read_settings

    settings = read_settings(settings_file) if settings_file else Settings()
    if glossaries:
        own = tuple(str(g) for g in glossaries)
        settings = replace(settings, glossary=own if only_my_glossary else settings.glossary + own)
    elif only_my_glossary:
        raise SettingsError("--only-my-glossary", "needs a glossary", "Give --glossary FOLDER too.")
    if translate:
        settings = replace(settings, translate=translate)  # type: ignore[arg-type]
    if memories:
        settings = replace(settings, memory=settings.memory + tuple(str(m) for m in memories))
    return replace(settings, report_date=report_date) if report_date else settings


def show_all(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Says what became of each report as it ends: results on standard output, mistakes on standard error."""
    shown: list[Outcome] = []
    for outcome in outcomes:
        shown.append(outcome)
        if outcome.status == "failed":
            click.echo(f"dygjuhe: {outcome.problem}", err=True)
        elif outcome.status == "skipped":
            click.echo(f"dygjuhe: passed over {outcome.problem}", err=True)
        else:
            click.echo(summary(outcome))
    if len(shown) > 1:
        words = {"done": "processed", "unchanged": "unchanged", "failed": "failed", "skipped": "passed over"}
        total = {word: sum(o.status == status for o in shown) for status, word in words.items()}
        click.echo(", ".join(f"{n} {word}" for word, n in total.items() if n))
    return shown


def summary(outcome: Outcome) -> str:
    """A few lines a person can read: what was found in a report, and where it lies."""
    c = outcome.counts
    languages = ", ".join(f"{n} {LANGUAGE_WORDS[lang]}" for lang, n in c["languages"].items() if n)
    translated = ", ".join(f"{n} {ORIGIN_WORDS[origin]}" for origin, n in c["translated"].items() if n) or "nothing"
    findings = ", ".join(f"{n} {word}" for word, n in c["findings"].items() if n) or "none"
    coverage = ", ".join(f"{v['understood']} of {v['seen']} {k}" for k, v in c["coverage"].items())
    report = f"{outcome.folder}/report.html"
    return "\n".join(
        [
            outcome.name + ("  (unchanged since its last run)" if outcome.status == "unchanged" else ""),
            f"  passages      {c['passages']} ({languages}); {c['copies']} copies, {c['pairs']} pairs",
            f"  translated    {translated}"
            + (f"; {c['untranslated']} without translation" if c["untranslated"] else ""),
            f"  understood    {coverage}",
            f"  findings      {findings}",
            *(f"  note          {note}" for note in outcome.notes),
            f"  report        {report}",
            *(f"  to do         {warning}" for warning in outcome.warnings),
        ]
    )


@contextmanager
def progress_shown() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal; nothing in a log, where the summary lines are enough."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description:<12}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=None)
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=max(total, 1))
