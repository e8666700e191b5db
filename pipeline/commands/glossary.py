"""`dygjuhe glossary`: check, look up, exchange and extend the controlled glossary."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path, file_okay=False)


def _folders(glossary: tuple[Path, ...]) -> tuple[str, ...]:
    from pipeline.settings import Settings

    return tuple(str(g) for g in glossary) or Settings().glossary


_option = click.option(
    "--glossary", multiple=True, type=_FOLDER, help="Folder of glossary files; given again, a further one over it."
)


@click.group("glossary")
def command() -> None:
    """Check, look up, exchange and extend the glossary.

    \b
    Examples:
      dygjuhe glossary check
      dygjuhe glossary lookup "Ministrisë së Brendshme"
      dygjuhe glossary export --format xlsx --out glossary.xlsx
      dygjuhe glossary import glossary.xlsx --out our-glossary
      dygjuhe glossary candidates runs/report
    """


@command.command("check")
@click.argument("folders", nargs=-1, type=_FOLDER)
@click.option("--fix", is_flag=True, help="Put columns and rows into canonical order.")
def check(folders: tuple[Path, ...], fix: bool) -> None:
    """Check the glossary in FOLDERS (the supplied one by default): every row, and what rows say of each other."""
    from pipeline.glossary_exchange import canonical, read_folder
    from pipeline.terminology import glossary_problems

    chosen = _folders(folders)
    problems = glossary_problems(chosen)
    for problem in problems:
        click.echo(f"{problem.place}: {problem.problem}. {problem.remedy}")
    if problems:
        click.echo(f"{len(problems)} problems")
        raise click.exceptions.Exit(1)
    warnings = [*_unfindable(chosen)]
    for folder in chosen:
        for table, rows in read_folder([folder]).items():
            path = Path(folder) / f"{table}.csv"
            if rows and path.read_bytes().decode("utf-8-sig") != canonical(rows, table):
                if fix:
                    path.write_text(canonical(rows, table), encoding="utf-8", newline="")
                    click.echo(f"{path}: put into canonical order")
                else:
                    warnings.append(f"{path}: is not in canonical order. Run `dygjuhe glossary check --fix`.")
    for warning in warnings:
        click.echo(warning)
    counts = {table: len(rows) for table, rows in read_folder(chosen).items() if rows}
    click.echo("; ".join(f"{n} {table}" for table, n in counts.items()) + (": no problems" if not warnings else ""))
    if warnings:
        raise click.exceptions.Exit(1)


def _unfindable(folders: tuple[str, ...]) -> list[str]:
    """Forms that are not found in a sentence of their own: they would never be found in a report."""
    from pipeline.find import find_institutions, find_references, find_terms
    from pipeline.terminology import load_glossary

    glossary = load_glossary(folders)
    warnings = []
    for concept in glossary.concepts.values():
        for term in concept.terms:
            sentence = f"1) {term.form}."
            if concept.kind == "instrument":
                article = f"neni 5 i {term.form}." if term.lang == "sq" else f"Article 5 of the {term.form}."
                found = any(find_references(s, term.lang, glossary) for s in (sentence, article))
            elif concept.kind == "institution":
                found = any(m.candidates for m in find_institutions(sentence, term.lang, glossary))
            else:
                found = bool(find_terms(sentence, term.lang, glossary))
            if not found:
                warnings.append(f"{concept.place}: {term.form!r} is never found in a text. Correct or remove it.")
    return warnings


@command.command("lookup")
@click.argument("text", nargs=-1, required=True)
@_option
@click.option("--date", "when", default="", help="The day the name or article must be in force: 2014-06-10, 2014.")
def lookup(text: tuple[str, ...], glossary: tuple[Path, ...], when: str) -> None:
    """Look up a name, an abbreviation, a term or a reference: `neni 117 i Kodit Penal`, `MoI`, `vepër penale`."""
    from pipeline.terminology import load_glossary

    words = " ".join(text)
    loaded = load_glossary(_folders(glossary))
    shown = _show_references(words, loaded, when) or _show_forms(words, loaded, when)
    if not shown:
        click.echo(f"{words!r} is not in the glossary.")
        raise click.exceptions.Exit(1)


def _show_references(words: str, glossary, when: str) -> bool:  # type: ignore[no-untyped-def]
    from pipeline.commands.glossary_text import resolved

    shown = False
    for reference in resolved(words, glossary, when):
        if reference.article is None or reference.concept_id is None:
            continue
        shown = True
        concept = glossary.concepts[reference.concept_id]
        click.echo(
            f"{reference.span.exact}\n"
            f"  act        {concept.preferred_sq} / {concept.preferred_en} ({concept.concept_id})"
        )
        for article in glossary.articles_of.get(reference.concept_id, ()):
            if article.article_id == reference.provision_id:
                dates = f"from {article.valid_from or '?'}" + (
                    f" until {article.valid_until}" if article.valid_until else ""
                )
                click.echo(
                    f"  article    {article.number}, {dates}\n"
                    f"  sq         {article.title_sq}\n  en         {article.title_en}"
                )
        if reference.provision_id is None:
            click.echo(f"  article    {reference.article}: not in the glossary's table of articles")
        click.echo(f"  address    {reference.href or '-'}")
    return shown


def _show_forms(words: str, glossary, when: str) -> bool:  # type: ignore[no-untyped-def]
    from pipeline.languages import fold

    found = {hit.concept.concept_id: hit for h in glossary.index.scan(words) for hit in h.entries
             if h.end - h.start == len(words.strip())}  # fmt: skip
    if not found:
        found = {e.concept.concept_id: e for h in glossary.index.scan(words) for e in h.entries}
    if not found:
        near = list(glossary.near.look_up(tuple(fold(words).split())))
        for name in near:
            click.echo(f"near {name.term.form!r} ({name.concept.concept_id}, {name.score:.0f} of 100 in one word)")
        return bool(near)
    for entry in found.values():
        concept = entry.concept
        force = "" if not when else ", in force" if concept.in_force(when) else f", not in force on {when}"
        span = (
            f"{concept.valid_from or '?'} to {concept.valid_until or 'now'}"
            if concept.valid_from or concept.valid_until
            else ""
        )
        click.echo(f"{entry.term.form}: {entry.term.sort.replace('_', ' ')}, {entry.term.status}{force}")
        click.echo(
            f"  concept    {concept.concept_id} ({concept.kind}{', ' + concept.subkind if concept.subkind else ''})"
        )
        click.echo(f"  sq         {concept.preferred_sq} {concept.abbreviation_sq}".rstrip())
        click.echo(f"  en         {concept.preferred_en} {concept.abbreviation_en}".rstrip())
        if span:
            click.echo(f"  dates      {span}{' -> ' + concept.successor_id if concept.successor_id else ''}")
        click.echo(f"  source     {concept.source or '-'} ({concept.confidence or 'no confidence given'})")
    return True


@command.command("export")
@click.option("--format", "format_name", type=click.Choice(["tbx", "xlsx", "csv"]), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write; for csv, the folder.")
@_option
def export(format_name: str, out: Path, glossary: tuple[Path, ...]) -> None:
    """Write the glossary for other programs: a termbase, a workbook, or CSV files."""
    from pipeline.glossary_exchange import write_exchange

    count = write_exchange(_folders(glossary), out, format_name)
    click.echo(f"{count} records written: {out}")


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=_FOLDER, required=True, help="The glossary folder to write.")
@click.option("--replace", is_flag=True, help="Write over files that are there already.")
def import_(file: Path, out: Path, replace: bool) -> None:
    """Read a termbase or a workbook into a glossary folder, after checking every record."""
    from tempfile import TemporaryDirectory

    from pipeline.errors import GlossaryError
    from pipeline.glossary_exchange import read_exchange, write_folder
    from pipeline.terminology import glossary_problems

    tables = {table: rows for table, rows in read_exchange(file).items() if rows}
    there = [out / f"{t}.csv" for t in tables if (out / f"{t}.csv").exists()]
    if there and not replace:
        raise GlossaryError(str(there[0]), "is there already", "Use --replace to write over it, or another --out.")
    with TemporaryDirectory() as aside:
        write_folder(tables, Path(aside))
        problems = glossary_problems([aside])
        # What only other folders hold (an act for its articles) is checked when they are read together.
        serious = [p for p in problems if "does not exist" not in p.problem]
        if serious:
            first = serious[0]
            raise GlossaryError(first.place.replace(aside, str(file)), first.problem, first.remedy)
    write_folder(tables, out)
    click.echo("; ".join(f"{len(rows)} {table}" for table, rows in tables.items()) + f" written: {out}")


@command.command("candidates")
@click.argument("runs", nargs=-1, required=True, type=_FOLDER)
@click.option("--table", type=click.Choice(["institutions", "instruments"]), default="institutions")
@click.option("--least", default=1, show_default=True, help="Names met at least so many times.")
def candidates(runs: tuple[Path, ...], table: str, least: int) -> None:
    """Names and acts met in run folders that the glossary lacks, as rows ready to paste into its file."""
    from pipeline.commands.glossary_text import candidate_rows

    rows = candidate_rows(runs, table, least)
    import csv
    import sys

    from pipeline.terminology.tables import COLUMNS

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS[table])
    writer.writerows([row.get(c, "") for c in COLUMNS[table]] for row in rows)
