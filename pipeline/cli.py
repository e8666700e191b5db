"""The command `dygjuhe`. Commands are imported when they are called, so that `--help` answers at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from pipeline import __version__
from pipeline.errors import DygjuheError

# Exit codes: done; done with findings at or above --fail-on; could not run.
DONE, FOUND, COULD_NOT_RUN = 0, 1, 2

COMMANDS: dict[str, str] = {
    # Name and the line that `dygjuhe --help` shows; the rest of the help stands with the command.
    "run": "Read reports and write a run folder for each.",
    "review": "Open a run in the browser and decide its findings.",
    "apply": "Apply a reviewer's decisions and write the cleaned text.",
    "export": "Write a run as Word, TMX, XLIFF, TBX, workbook, ...",
    "translate": "Translate lines of text, offline.",
    "glossary": "Check, look up, exchange and extend the glossary.",
    "models": "List, install and check translation packages.",
    "facts": "Look up a figure, contact or reference across reports.",
    "rules": "Every rule with its reason.",
    "serve": "Start Prefect's server and serve the deployments.",
    "sbom": "Write a bill of materials of what is installed (CycloneDX).",
}


class _Commands(click.Group):
    """A group that knows its commands by name and imports one only to run it or to show its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"pipeline.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done; 1 done, and findings at or above --fail-on; 2 could not run.",
)
@click.version_option(__version__, prog_name="dygjuhe")
def cli() -> None:
    """Clean mixed Albanian/English reports, offline.

    \b
    dygjuhe run report.docx --out runs      read, translate, check; then open runs/report/report.html
    dygjuhe review runs/report              decide the findings in the browser
    dygjuhe apply runs/report               write the cleaned text
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command and exits with 0, 1 or 2. A user's mistake is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(args=arguments, prog_name="dygjuhe", standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = COULD_NOT_RUN
    except (click.Abort, KeyboardInterrupt):
        click.echo("dygjuhe: stopped. What was finished is kept; the same call goes on from there.", err=True)
        code = 130
    except DygjuheError as error:
        click.echo(f"dygjuhe: {error}", err=True)
        code = COULD_NOT_RUN
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    sys.exit(code if isinstance(code, int) else DONE)


if __name__ == "__main__":
    main()
