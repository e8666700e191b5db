"""`dygjuhe export`: a run in the format that a translator, an editor or a program uses."""

from __future__ import annotations

from pathlib import Path

import click

NAMES = ("docx", "tmx", "xlf", "tbx", "tsv", "xlsx", "html", "md", "jsonl", "parquet", "original")


@click.command("export")
@click.argument("run_folder", metavar="RUN", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "names", multiple=True, required=True, type=click.Choice(NAMES), help="May be given again.")
@click.option("--out", type=click.Path(path_type=Path), help="File or folder to write [default: the run folder].")
@click.option("--order", default="sq,en", show_default=True, help="Which language stands left.")
@click.option("--only", type=click.Choice(["reviewed"]), help="Only what a person has reviewed.")
@click.option("--original", "original_file", type=click.Path(path_type=Path, dir_okay=False),
              help="For `original`: the Word file the run was made from.")  # fmt: skip
@click.option("--replace", is_flag=True, help="For `original`: put the translation in the place of the text.")
@click.option("--to", "target", type=click.Choice(["sq", "en"]), help="For `original`: the language to write.")
def command(
    run_folder: Path, names: tuple[str, ...], out: Path | None, order: str, only: str | None,
    original_file: Path | None, replace: bool, target: str | None,
) -> None:  # fmt: skip
    """Write RUN (a folder that `dygjuhe run` wrote) in other formats.

    \b
    Examples:
      dygjuhe export runs/report --format tmx --format docx
      dygjuhe export runs/report --format docx --order en,sq --only reviewed --out report.docx
      dygjuhe export runs/report --format original --original report.docx --to en --out report-en.docx
    """
    from pipeline.errors import ExportError
    from pipeline.export.bilingual import parse_order
    from pipeline.export.formats import FORMATS
    from pipeline.export.run_folder import read_run
    from pipeline.settings import Settings
    from pipeline.terminology import load_glossary

    try:
        sides = parse_order(order)
    except ValueError as error:
        raise ExportError("--order", str(error), "Use sq,en or en,sq.") from error
    run = read_run(run_folder)
    glossary = load_glossary(Settings().glossary)
    for name in names:
        suffix = {"original": ".docx", "tbx": ".tbx"}.get(name) or next(f.suffix for f in FORMATS if f.name == name)
        stem = "translated" if name == "original" else "terms" if name == "tbx" else "bilingual"
        path = _target(out, run_folder, f"{stem}{suffix}", several=len(names) > 1)
        if name == "original":
            from pipeline.export.original_docx import write_original

            if original_file is None or target is None:
                raise ExportError("--format original", "needs the file and the language", "Give --original and --to.")
            write_original(run, original_file, path, target="sq" if target == "sq" else "en", replace=replace)
        elif name == "tbx":
            from pipeline.export.tbx import write_tbx

            write_tbx(run, glossary, path)
        else:
            chosen = next(f for f in FORMATS if f.name == name)
            options = {"order": sides} if chosen.ordered else {}
            chosen.write(run, glossary, path, only_reviewed=only == "reviewed", **options)
        click.echo(str(path))


def _target(out: Path | None, run_folder: Path, name: str, *, several: bool) -> Path:
    """The file to write: in the run folder, in the folder given, or the file given. Raises ExportError."""
    from pipeline.errors import ExportError

    if out is None:
        return run_folder / name
    if out.is_dir() or several or not out.suffix:
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(str(out), f"cannot be made ({error.strerror})", "Choose another --out.") from error
        return out / name
    return out
