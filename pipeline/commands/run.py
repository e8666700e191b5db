"""`dygjuhe run`: reports in, a run folder for each out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.model import Run
    from pipeline.settings import Settings

SEVERITIES = ("critical", "major", "minor")


@click.command("run")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for run folders.")
@click.option("--glossary", "glossaries", multiple=True, type=click.Path(path_type=Path, file_okay=False),
              help="Glossary folder of your own, over the supplied one; may be given again.")  # fmt: skip
@click.option("--only-my-glossary", is_flag=True, help="Leave the supplied glossary out.")
@click.option("--settings", "settings_file", type=click.Path(path_type=Path, dir_okay=False), help="TOML file.")
@click.option("--translate", type=click.Choice(["all", "foreign", "none"]), help="What to translate [default: all].")
@click.option("--report-date", metavar="YYYY-MM-DD", help="When the reports were written, if they do not say.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 where a finding is this severe or worse.")
def command(
    reports: tuple[str, ...], out: Path, glossaries: tuple[Path, ...], only_my_glossary: bool,
    settings_file: Path | None, translate: str | None, report_date: str | None, fail_on: str | None,
) -> None:  # fmt: skip
    """Read REPORT... (files, folders), translate, check, and write a run folder for each.

    \b
    Examples:
      dygjuhe run report.txt --out runs
      dygjuhe run reports/*.docx --out runs --translate foreign
      dygjuhe run report.pdf --out runs --glossary office-glossary --fail-on critical
    """
    from pipeline.cli import COULD_NOT_RUN, DONE, FOUND
    from pipeline.model import Severity

    settings = chosen_settings(glossaries, only_my_glossary, settings_file, translate, report_date)
    runs, failed = run_all(reports, out, settings)
    threshold = Severity[fail_on.upper()] if fail_on else None
    worst = any(f.severity >= threshold for run in runs for f in run.findings) if threshold else False
    raise click.exceptions.Exit(COULD_NOT_RUN if failed else FOUND if worst else DONE)


def chosen_settings(
    glossaries: tuple[Path, ...], only_my_glossary: bool, settings_file: Path | None, translate: str | None,
    report_date: str | None,
) -> Settings:  # fmt: skip
    """The settings file with the options over it."""
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
    if report_date:
        settings = replace(settings, report_date=report_date)
    return settings


def run_all(reports: tuple[str, ...], out: Path, settings: Settings) -> tuple[list[Run], int]:
    """The runs that were written, and how many reports could not be; each failure is one line."""
    from pipeline.errors import DygjuheError
    from pipeline.run import folder_names, process_report, write_run
    from pipeline.terminology import load_glossary

    glossary = load_glossary(settings.glossary)
    paths = [Path(r) for r in reports]
    runs: list[Run] = []
    failed = 0
    with progress_shown() as progress:
        for path, name in zip(paths, folder_names(paths), strict=True):
            try:
                run = process_report(path, settings, glossary=glossary, progress=progress)
                folder = write_run(run, glossary, out, name)
            except DygjuheError as error:
                click.echo(f"dygjuhe: {error}", err=True)
                failed += 1
                continue
            runs.append(run)
            show_summary(run, folder)
    return runs, failed


def show_summary(run: Run, folder: Path) -> None:
    """A few lines a person can read: what was found, and where it lies."""
    from pipeline.export.run_folder import counts

    c = counts(run)
    languages = ", ".join(f"{n} {LANGUAGE_WORDS[lang]}" for lang, n in c["languages"].items() if n)
    translated = ", ".join(f"{n} {ORIGIN_WORDS[origin]}" for origin, n in c["translated"].items() if n) or "none"
    findings = ", ".join(f"{n} {word}" for word, n in c["findings"].items() if n) or "none"
    coverage = ", ".join(f"{v['understood']} of {v['seen']} {k}" for k, v in c["coverage"].items())
    lines = [
        f"{run.document.name}",
        f"  passages      {c['passages']} ({languages}); {c['copies']} copies, {c['pairs']} pairs",
        f"  translated    {translated}" + (f"; {c['untranslated']} without translation" if c["untranslated"] else ""),
        f"  understood    {coverage}",
        f"  findings      {findings}",
        *(f"  note          {note}" for note in run.document.notes),
        f"  report        {folder / 'report.html'}",
    ]
    warnings = sorted({w for u in run.units for w in u.warnings if "dygjuhe models" in w})
    click.echo("\n".join(lines + [f"  to do         {w}" for w in warnings]))


LANGUAGE_WORDS = {"sq": "Albanian", "en": "English", "mixed": "mixed", "und": "undecided"}
ORIGIN_WORDS = {"aligned": "by its counterpart", "memory": "from memory", "machine": "by machine (drafts)",
                "person": "by a person"}  # fmt: skip


class progress_shown:  # noqa: N801 - used as a context manager, like open()
    """A bar on a terminal, nothing in a log (the summary lines are enough there)."""

    def __enter__(self):  # type: ignore[no-untyped-def]
        if not sys.stderr.isatty():
            self._bar = None
            return lambda stage, done, total: None
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        self._bar = Progress(TextColumn("{task.description:<12}"), BarColumn(), TaskProgressColumn(),
                             console=Console(stderr=True), transient=True)  # fmt: skip
        self._bar.start()
        task = self._bar.add_task("read", total=None)

        def show(stage: str, done: int, total: int) -> None:
            self._bar.update(task, description=stage, completed=done, total=max(total, 1))

        return show

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
