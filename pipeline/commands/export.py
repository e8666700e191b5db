"""`dygjuhe export`: a run in the format that a translator, an editor or a program uses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.model import Run

# As in `pipeline.export.FORMATS`, which a test compares: named here so that `--help` answers at once.
NAMES = ("tsv", "docx", "xlsx", "html", "md", "xlf", "tmx", "tbx", "jsonl", "parquet", "original")


@click.command("export")
@click.argument("run_folder", metavar="RUN", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "names", multiple=True, required=True, type=click.Choice(NAMES), help="May be given again.")
@click.option("--out", type=click.Path(path_type=Path), help="File or folder to write [default: the run folder].")
@click.option("--order", type=click.Choice(["sq,en", "en,sq"]), help="Which language is left, or the source.")
@click.option("--only", type=click.Choice(["reviewed"]), help="Only what a person has approved.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False),
              help="For `original`: the Word file that the run was made from.")  # fmt: skip
@click.option("--replace", is_flag=True, help="For `original`: put translations in the place of the text.")
@click.option("--to", "target", type=click.Choice(["sq", "en"]), help="For `original`: the language to write.")
@click.option("--glossary", "glossaries", multiple=True, type=click.Path(path_type=Path, file_okay=False),
              help="Glossary folder of your own, over the supplied one; may be given again.")  # fmt: skip
def command(
    run_folder: Path, names: tuple[str, ...], out: Path | None, order: str | None, only: str | None,
    report: Path | None, replace: bool, target: str | None, glossaries: tuple[Path, ...],
) -> None:  # fmt: skip
    """Write RUN, a folder that `dygjuhe run` made, in other formats.

    \b
    tsv xlsx      tables              docx html md  two columns to read, findings marked
    tmx xlf tbx   for CAT tools       jsonl parquet for programs
    original      the report's own Word file with translations after its paragraphs, or in their place

    \b
    Examples:
      dygjuhe export runs/report --format tmx --format docx
      dygjuhe export runs/report --format docx --order en,sq --only reviewed --out report.docx
      dygjuhe export runs/report --format original --report report.docx --to en --replace
    """
    from pipeline.errors import ExportError
    from pipeline.export import FORMATS, ExportOptions, write_format
    from pipeline.export.run_folder import read_run
    from pipeline.settings import Settings
    from pipeline.terminology import load_glossary

    run = read_run(run_folder)
    glossary = load_glossary((*Settings().glossary, *(str(g) for g in glossaries)))
    options = ExportOptions(
        order=("en", "sq") if order == "en,sq" else ("sq", "en"), order_given=order is not None,
        only_reviewed=only == "reviewed", settled=settled_findings(run, run_folder),
    )  # fmt: skip
    for name in names:
        if name == "original":
            from pipeline.export.original_docx import write_original

            if report is None or target is None:
                raise ExportError("--format original", "needs the file and the language", "Give --report and --to.")
            path = _target(out, run_folder, f"{report.stem}-{target}.docx", several=len(names) > 1)
            write_original(run, report, path, target="sq" if target == "sq" else "en", replace=replace)
        else:
            path = _target(out, run_folder, f"bilingual{FORMATS[name].suffix}", several=len(names) > 1)
            write_format(name, run, glossary, path, options)
        click.echo(str(path))


def settled_findings(run: Run, folder: Path) -> frozenset[str]:
    """Ids of the findings that reviewers have decided and agree on; exports do not show them as open."""
    from pipeline.review.decisions import Store, match_entries

    entries, _ = Store(folder.resolve().parent).read()
    if not entries:
        return frozenset()
    matching = match_entries(run, entries, folder.resolve().name)
    answers = {f.finding_id: matching.answer(f) for f in run.findings}
    return frozenset(
        key for key, a in answers.items() if a.state == "decided" and a.says and a.says.judgement != "unsure"
    )


def _target(out: Path | None, run_folder: Path, name: str, *, several: bool) -> Path:
    """The file to write: in the run folder, in the folder given, or the file given. Raises ExportError."""
    from pipeline.errors import ExportError

    if out is None:
        return run_folder / name
    folder = out if out.is_dir() or several or not out.suffix else out.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(str(out), f"cannot be made ({error.strerror})", "Choose another --out.") from error
    return out / name if folder == out else out
