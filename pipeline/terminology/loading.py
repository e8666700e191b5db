"""Glossary folders to one Glossary: rows to concepts, a later folder over an earlier one, every clash named.

Reads: Row. Writes: Glossary.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.errors import GlossaryError
from pipeline.languages import fold
from pipeline.model import Lang, TermStatus
from pipeline.terminology.concepts import Article, Concept, Contact, Glossary, Instrument, Term, TermSort
from pipeline.terminology.inflection import case_forms, plural_form
from pipeline.terminology.tables import COLUMNS, Problem, Row, read_table

# How an instrument's kind is written in an Akoma Ntoso address.
_ACT_TYPES = {
    "code": "act", "law": "act", "constitution": "act", "decision": "decision", "order": "order",
    "directive": "directive", "regulation": "regulation", "convention": "convention",
    "framework decision": "decision", "soft law": "doc",
}  # fmt: skip


def load_glossary(folders: Sequence[Path | str]) -> Glossary:
    """The glossary in the folders, a later one adding to the earlier ones.

    Raises GlossaryError for the first thing wrong, naming file, row and column; for a clash both rows. An empty
    folder, or a file that is not there, adds nothing.
    """
    tables, problems, digest = _read(folders)
    if problems:
        raise problems[0].error()
    for problem in _across(tables):
        raise problem.error()
    return _glossary(tables, digest)


def glossary_problems(folders: Sequence[Path | str]) -> list[Problem]:
    """Everything that `load_glossary` would refuse, and no error raised for what can be gone on from."""
    try:
        tables, problems, _ = _read(folders)
    except GlossaryError as error:
        return [Problem(error.place, error.problem, error.remedy)]
    return [*problems, *_across(tables)]


def _read(folders: Sequence[Path | str]) -> tuple[dict[str, list[Row]], list[Problem], str]:
    tables: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for folder in map(Path, folders):
        if not folder.is_dir():
            raise GlossaryError(str(folder), "is no folder", "Name a folder with glossary files in it.")
        for table in COLUMNS:
            path = folder / f"{table}.csv"
            if not path.exists():
                continue
            rows, wrong = read_table(path, table)
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
            tables[table] += rows
            problems += wrong
    return tables, problems, digest.hexdigest()


# --- what no row can tell alone -------------------------------------------------------------------------------------


def _across(tables: dict[str, list[Row]]) -> Iterator[Problem]:
    yield from _repeated_ids(tables)
    yield from _missing_ids(tables)
    for table in ("institutions", "instruments", "terms"):
        yield from _shared_forms(tables[table])
    yield from _shared_titles(tables["articles"])


def _repeated_ids(tables: dict[str, list[Row]]) -> Iterator[Problem]:
    for table, rows in tables.items():
        first: dict[str, Row] = {}
        for row in rows:
            key = row["wrong"] if table == "lookups" else row["id"]
            other = first.setdefault(key, row)
            if other is not row and (other.path == row.path or other.cells != row.cells):
                column = "wrong" if table == "lookups" else "id"
                yield row.problem(
                    column, f"{key!r} stands already in {other.place}", "Keep one of the two, or give one another id."
                )


def _missing_ids(tables: dict[str, list[Row]]) -> Iterator[Problem]:
    institutions = {r["id"] for r in tables["institutions"]}
    instruments = {r["id"] for r in tables["instruments"]}
    terms = {r["id"] for r in tables["terms"]}
    every = institutions | instruments | terms
    for table, column, known in (
        ("institutions", "successor_id", institutions), ("instruments", "successor_id", instruments),
        ("articles", "instrument_id", instruments), ("contacts", "operator_id", institutions),
    ):  # fmt: skip
        for row in tables[table]:
            if row[column] and row[column] not in known:
                yield row.problem(column, f"{row[column]!r} does not exist", "Add its row, or correct the id.")
            elif row[column] and column == "successor_id" and row[column] == row["id"]:
                yield row.problem(column, "is the row's own id", "Name the one that came after it.")
    for table in ("institutions", "instruments", "terms"):
        for row in tables[table]:
            for other in row.list("shared_with"):
                if other not in every:
                    yield row.problem("shared_with", f"{other!r} does not exist", "Add its row, or correct the id.")


_FORM_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sq": ("name_sq", "abbreviations_sq", "inflected_sq", "variants_sq", "holders_sq", "wrong_sq", "term_sq",
           "admitted_sq", "deprecated_sq"),
    "en": ("name_en", "abbreviations_en", "variants_en", "holders_en", "wrong_en", "term_en", "admitted_en",
           "deprecated_en"),
}  # fmt: skip


def _shared_forms(rows: list[Row]) -> Iterator[Problem]:
    """One form under two concepts, unless either says so."""
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        for lang, columns in _FORM_COLUMNS.items():
            for column in columns:
                cell = row.cells.get(column)
                if not cell:
                    continue
                for form in row.list(column):
                    other = seen.setdefault((lang, fold(form)), row)
                    if (
                        other is not row
                        and other["id"] != row["id"]
                        and other["id"] not in row.list("shared_with")
                        and row["id"] not in other.list("shared_with")
                    ):
                        yield row.problem(
                            column, f"{form!r} stands also in {other.place} ({other['id']})",
                            "Keep it in one of them, or name each in the other's shared_with.",
                        )  # fmt: skip


def _shared_titles(rows: list[Row]) -> Iterator[Problem]:
    """One article of an instrument twice, for days that overlap."""
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (row["instrument_id"], row["number"])
        other = seen.setdefault(key, row)
        if other is not row and other["id"] != row["id"]:
            first, second = sorted((other, row), key=lambda r: r["valid_from"])
            if not first["valid_until"] or first["valid_until"] > (second["valid_from"] or first["valid_until"]):
                yield row.problem(
                    "number", f"{row['number']} stands already in {other.place}",
                    "Keep one of the two, or give the days on which each was in force.",
                )  # fmt: skip


# --- rows to concepts -----------------------------------------------------------------------------------------------


def _glossary(tables: dict[str, list[Row]], digest: str) -> Glossary:
    concepts: dict[str, Concept] = {}
    instruments: dict[str, Instrument] = {}
    for row in tables["institutions"]:
        concepts[row["id"]] = _named_concept(row, "institution")
    for row in tables["instruments"]:
        concept = concepts[row["id"]] = _named_concept(row, "instrument")
        instruments[row["id"]] = Instrument(
            concept, row["number"], row["date"], row["issuer"], _href(row), row["title_sq"], row["title_en"],
            row["articles_as_of"],
        )  # fmt: skip
    for row in tables["terms"]:
        concepts[row["id"]] = _term_concept(row)
    articles: dict[tuple[str, str], tuple[Article, ...]] = {}
    for row in tables["articles"]:
        key = (row["instrument_id"], row["number"])
        articles[key] = (*articles.get(key, ()), _article(row))
    contacts = tuple(_contact(row) for row in {r["id"]: r for r in tables["contacts"]}.values())
    lookups = {row["wrong"]: row["right"] for row in tables["lookups"]}
    return Glossary(concepts, instruments, articles, contacts, lookups, digest)


def _terms(parts: Iterable[tuple[Iterable[str], Lang, TermStatus, TermSort]]) -> tuple[Term, ...]:
    """The terms without repetitions: the first place of a form counts."""
    terms: dict[tuple[Lang, str], Term] = {}
    for forms, lang, status, sort in parts:
        for form in forms:
            if form:
                terms.setdefault((lang, form), Term(form, lang, status, sort))
    return tuple(terms.values())


def _inflected(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from case_forms(name)


def _named_concept(row: Row, kind: str) -> Concept:
    holder: TermSort = "name"
    first_sq, *more_sq = row.list("abbreviations_sq") or ("",)
    first_en, *more_en = row.list("abbreviations_en") or ("",)
    variants = row.list("variants_sq")
    titles_sq = [t for t in (row.cells.get("title_sq", ""),) if t and row["kind"] not in ("law", "decision")]
    titles_en = [t for t in (row.cells.get("title_en", ""),) if t and row["kind"] not in ("law", "decision")]
    holders = row.list("holders_sq") if kind == "institution" else ()
    terms = _terms((
        ((row["name_sq"],), "sq", "preferred", holder),
        ((row["name_en"],), "en", "preferred", holder),
        (row.list("inflected_sq"), "sq", "preferred", "inflected"),
        (case_forms(row["name_sq"]), "sq", "preferred", "inflected"),
        ((first_sq,), "sq", "preferred", "abbreviation"),
        ((first_en,), "en", "preferred", "abbreviation"),
        (more_sq, "sq", "admitted", "abbreviation"),
        (more_en, "en", "admitted", "abbreviation"),
        (row.list("wrong_sq"), "sq", "deprecated", "wrong"),
        (row.list("wrong_en"), "en", "deprecated", "wrong"),
        (holders, "sq", "admitted", "office_holder"),
        (_inflected(holders), "sq", "admitted", "office_holder"),
        (row.list("holders_en") if kind == "institution" else (), "en", "admitted", "office_holder"),
        ((*variants, *titles_sq), "sq", "admitted", "variant"),
        ((*row.list("variants_en"), *titles_en), "en", "admitted", "variant"),
        (_inflected((*variants, *titles_sq)), "sq", "admitted", "inflected"),
    ))  # fmt: skip
    return Concept(
        row["id"], "institution" if kind == "institution" else "instrument", row["name_sq"], row["name_en"], terms,
        row["kind"], row["country"], first_sq, first_en,
        # An act is in force no earlier than it is adopted.
        row["valid_from"] or row.cells.get("date", ""), row["valid_until"], row["successor_id"], row["note"],
        row["source"], row["confidence"], row.place, row.list("shared_with"),
    )  # fmt: skip


def _term_concept(row: Row) -> Concept:
    discouraged = row["use"] == "discouraged"
    main: TermStatus = "deprecated" if discouraged else "preferred"
    terms = _terms((
        ((row["term_sq"],), "sq", main, "name"),
        ((row["term_en"],), "en", main, "name"),
        (row.list("inflected_sq"), "sq", main, "inflected"),
        (row.list("deprecated_sq"), "sq", "deprecated", "variant"),
        (row.list("deprecated_en"), "en", "deprecated", "variant"),
        (row.list("admitted_sq"), "sq", "admitted", "variant"),
        (row.list("admitted_en"), "en", "admitted", "variant"),
        *_plurals(row, main),
    ))  # fmt: skip
    return Concept(
        row["id"], "term", row["term_sq"], row["term_en"], terms, row["domain"], note=row["note"],
        source=row["source"], confidence=row["confidence"], place=row.place, shared_with=row.list("shared_with"),
        discouraged=discouraged,
    )  # fmt: skip


def _plurals(row: Row, main: TermStatus) -> Iterator[tuple[tuple[str, ...], Lang, TermStatus, TermSort]]:
    """English plurals: `protection orders` beside the listed `protection order`. Adjectives and verbs have none."""
    if row["part_of_speech"] not in ("noun", "noun phrase", ""):
        return
    statuses: tuple[tuple[str, TermStatus], ...] = (
        ("term_en", main), ("admitted_en", "admitted"), ("deprecated_en", "deprecated"),
    )  # fmt: skip
    for column, status in statuses:
        yield tuple(p for form in row.list(column) if (p := plural_form(form))), "en", status, "inflected"


def _href(row: Row) -> str:
    """/akn/al/act/1995-01-27/7895: country, kind of act, date, number; empty where there is neither of the last two."""
    number = "".join(row["number"].split()).lower().replace("/", "-")
    if not row["date"] and not number:
        return ""
    parts = (row["country"].lower() or "al", _ACT_TYPES.get(row["kind"], "act"), row["date"] or "nodate", number)
    return "/akn/" + "/".join(p for p in parts if p)


def _article(row: Row) -> Article:
    return Article(
        row["id"], row["instrument_id"], row["number"], row["title_sq"], row["title_en"], row.list("variants_sq"),
        row.list("variants_en"), row.list("wrong_forms"), row["valid_from"], row["valid_until"], row["source"],
        row["confidence"], row["title_en_source"],
    )  # fmt: skip


def _contact(row: Row) -> Contact:
    return Contact(
        row["id"], row["number"], row["label_sq"], row["label_en"], row["country"], row["kind"], row["operator_id"],
        row["valid_from"], row["valid_until"], row.list("variants"), row.list("noise"), row["note"],
        row["confidence"],
    )  # fmt: skip
