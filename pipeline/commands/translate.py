"""`dygjuhe translate`: lines in, as many lines out."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("translate", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), default="-", required=False)
@click.option("--from", "source", required=True, type=click.Choice(["sq", "en"]), help="Language of the lines.")
@click.option("--to", "target", required=True, type=click.Choice(["sq", "en"]), help="Language to translate to.")
@click.option("--raw", is_flag=True, help="The model's own best hypothesis, without glossary and safeguards.")
@click.option("--glossary", "glossaries", multiple=True, type=click.Path(path_type=Path, file_okay=False),
              help="Glossary folder of your own, over the supplied one; may be given again.")  # fmt: skip
@click.option("--memory", "memories", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
              help="TMX or memory.jsonl file; may be given again.")  # fmt: skip
@click.option("--models", "folder", type=click.Path(path_type=Path, file_okay=False), help="Folder of packages.")
@click.option("--beam", type=click.IntRange(1, 32), help="Hypotheses kept while decoding [default: 4].")
@click.option("--settings", "settings_file", type=click.Path(path_type=Path, dir_okay=False), help="TOML file.")
@click.option("--no-cache", is_flag=True, help="Ask the model again for what it has said before.")
def command(
    file: Path, source: str, target: str, raw: bool, glossaries: tuple[Path, ...], memories: tuple[Path, ...],
    folder: Path | None, beam: int | None, settings_file: Path | None, no_cache: bool,
) -> None:  # fmt: skip
    """Translate the lines of FILE (or of standard input), offline.

    As many lines come out as go in, in order; an empty line stays empty. What a person should check is said on
    standard error, with the line's number.

    \b
    Examples:
      dygjuhe translate --from sq --to en letter.txt > letter.en.txt
      echo "Neni 117 i Kodit Penal" | dygjuhe translate --from sq --to en
    """
    from dataclasses import replace
    from tempfile import TemporaryDirectory

    from pipeline.commands.run import progress_shown
    from pipeline.errors import SettingsError
    from pipeline.settings import Settings, read_settings
    from pipeline.terminology import load_glossary
    from pipeline.translate.cache import Cache
    from pipeline.translate.lines import translate_lines, translate_raw

    if source == target:
        raise SettingsError("--to", f"is {target}, like --from", "Give the other language.")
    settings = read_settings(settings_file) if settings_file else Settings()
    settings = replace(
        settings, glossary=settings.glossary + tuple(str(g) for g in glossaries),
        memory=settings.memory + tuple(str(m) for m in memories),
        models=str(folder) if folder else settings.models, beam=beam or settings.beam,
    )  # fmt: skip
    lines = read_lines(file)
    with TemporaryDirectory() as empty, progress_shown() as progress:
        cache = Cache(Path(empty)) if no_cache else None

        def counted(done: int, total: int) -> None:
            progress("translate", done, total)

        if raw:
            result = translate_raw(lines, source, target, settings, counted, cache)  # type: ignore[arg-type]
        else:
            glossary = load_glossary(settings.glossary)
            result = translate_lines(lines, source, target, glossary, settings, counted, cache)  # type: ignore[arg-type]
    sys.stdout.write("".join(line.text + "\n" for line in result))
    sys.stdout.flush()
    for number, line in enumerate(result, 1):
        for warning in line.warnings:
            click.echo(f"line {number}: {warning}", err=True)


def read_lines(file: Path) -> list[str]:
    """The lines, without their ends; only a line feed ends one. Raises UnreadableReport."""
    from pipeline.errors import UnreadableReport

    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableReport(
            str(file), f"cannot be read ({error.strerror})", "Name an existing text file."
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableReport(str(file), f"is no UTF-8 text (byte {error.start})", "Save it as UTF-8.") from error
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [line.removesuffix("\r") for line in lines]
