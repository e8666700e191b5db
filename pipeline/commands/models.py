"""`dygjuhe models`: the translation packages on this machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.translate.models import InstalledPackage

_FOLDER = click.option(
    "--models",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of packages [default: the user's].",
)


def _settings(folder: Path | None) -> Settings:
    from pipeline.settings import Settings

    return Settings(models=str(folder)) if folder else Settings()


@click.group("models", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List, install, import, remove and check translation packages.

    Nothing here uses the network but `install PAIR --from-index` and `list --index`.

    \b
    Examples:
      dygjuhe models list
      dygjuhe models install translate-sq_en-1_9.argosmodel
      dygjuhe models install sq-en --from-index
      dygjuhe models import opus-mt-sq-en --from sq --to en
    """


@command.command("list")
@_FOLDER
@click.option("--index", is_flag=True, help="Also the official packages of Argos's index (asks the network).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a package, for other programs.")
def list_command(folder: Path | None, index: bool, as_json: bool) -> None:
    """The installed packages, the one that is used for its direction marked with a star."""
    from pipeline.translate.models import best_package, broken_packages, find_packages, folders

    settings = _settings(folder)
    packages = find_packages(settings)
    for package in packages:
        used = best_package(packages, package.source, package.target) is package
        click.echo(_row(package, used, as_json))
    for path, error in broken_packages(settings):
        click.echo(f"dygjuhe: {path.name}: {error.problem}. {error.remedy}", err=True)
    if not packages and not as_json:
        places = ", ".join(str(f) for f in folders(settings))
        click.echo(f"No translation package in {places}. `dygjuhe models install FILE` installs one.")
    if index:
        from pipeline.translate.install import read_index

        for row in read_index():
            if {row.get("from_code"), row.get("to_code")} == {"sq", "en"}:
                pair = f"{row['from_code']}-{row['to_code']}"
                click.echo(f"  {pair}  argos {row.get('package_version')}  in Argos's index")


def _row(package: InstalledPackage, used: bool, as_json: bool) -> str:
    from pipeline.translate.models import engine_name, recorded_checksums

    recorded = bool(recorded_checksums(package))
    if as_json:
        return json.dumps(
            {
                "pair": package.pair, "engine": engine_name(package), "used": used, "chrf": package.score,
                "recorded": recorded, "bundled": package.bundled, "path": str(package.path),
            }, ensure_ascii=False,
        )  # fmt: skip
    score = f"chrF {package.score:.1f}" if package.score is not None else "no score"
    origin = "the program's own" if package.bundled else "installed" if recorded else "no checksum recorded"
    return f"{'*' if used else ' '} {package.pair}  {engine_name(package)}  {score}  {origin}  {package.path}"


@command.command("install")
@click.argument("what", metavar="FILE|PAIR")
@click.option("--from-index", is_flag=True, help="Fetch PAIR (sq-en) from Argos's index: asks the network.")
@_FOLDER
def install_command(what: str, from_index: bool, folder: Path | None) -> None:
    """Install a package from an .argosmodel FILE, or a PAIR such as sq-en with --from-index."""
    from pipeline.errors import ModelError
    from pipeline.translate.install import INDEX, install_file, install_from_index
    from pipeline.translate.models import engine_name

    settings = _settings(folder)
    if from_index:
        click.echo(f"Asking {INDEX} for {what}.", err=True)
        package = install_from_index(what, settings)
    elif Path(what).is_file():
        package = install_file(Path(what), settings)
    else:
        raise ModelError(
            what, "is no file",
            "Give an .argosmodel file, or `--from-index` to fetch the pair from Argos's index over the network.",
        )  # fmt: skip
    click.echo(f"Installed {engine_name(package)} in {package.path}")


@command.command("import")
@click.argument("model", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--from", "source", required=True, type=click.Choice(["sq", "en"]))
@click.option("--to", "target", required=True, type=click.Choice(["sq", "en"]))
@click.option("--name", default="", help="What units call it [default: the folder's name].")
@click.option("--version", "version", default="1.0", show_default=True)
@_FOLDER
def import_command(model: Path, source: str, target: str, name: str, version: str, folder: Path | None) -> None:
    """Convert a Marian MODEL folder (OPUS-MT, HPLT) into a package; needs `pip install dygjuhe[convert]`."""
    from pipeline.errors import ModelError
    from pipeline.translate.marian import import_marian
    from pipeline.translate.models import engine_name

    if source == target:
        raise ModelError(f"{source}-{target}", "is no direction", "Give two languages.")
    package = import_marian(model, source, target, _settings(folder), version, name)
    click.echo(f"Installed {engine_name(package)} in {package.path}")


@command.command("remove")
@click.argument("pair", metavar="PAIR")
@_FOLDER
def remove_command(pair: str, folder: Path | None) -> None:
    """Remove the installed packages of PAIR (sq-en); the program's own stays."""
    from pipeline.translate.install import remove_packages

    for path in remove_packages(pair, _settings(folder)):
        click.echo(f"Removed {path}")


@command.command("check")
@_FOLDER
def check_command(folder: Path | None) -> None:
    """Check every package: its checksums, its files, and a sentence through it."""
    from pipeline.cli import COULD_NOT_RUN
    from pipeline.errors import ModelError
    from pipeline.translate.argos import open_package
    from pipeline.translate.engine import Decoding
    from pipeline.translate.models import broken_packages as broken
    from pipeline.translate.models import check_package, find_packages

    settings = _settings(folder)
    wrong = [error for _, error in broken(settings)]
    for package in find_packages(settings):
        try:
            recorded = check_package(package)
            said = open_package(package).translate([_PROBES.get(package.source, "2014")], Decoding(1, 1))
        except ModelError as error:
            wrong.append(error)
            continue
        told = "checksums agree" if recorded else "no checksums recorded"
        click.echo(f"{package.pair}  {package.name} {package.version}: whole, {told}; says “{said[0][0].text}”")
    for damage in wrong:
        click.echo(f"dygjuhe: {damage}", err=True)
    if wrong:
        raise click.exceptions.Exit(COULD_NOT_RUN)


# A sentence that every model of the language can say.
_PROBES = {"sq": "Ligji hyri në fuqi në vitin 2014.", "en": "The law came into force in 2014."}
