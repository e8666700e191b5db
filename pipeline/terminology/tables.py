"""The glossary's CSV files as rows of text, each cell checked against its column.

Reads: CSV files. Writes: Row, and a Problem with file, row, column, value and remedy for each that is wrong.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import GlossaryError

# Longer cells are a pasted text, not a list of forms.
_LONGEST_CELL = 20_000

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ARTICLE = re.compile(r"\d+(?:/[a-zçë0-9]{1,3}){0,2}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b\ufeff]")
CONFIDENCE = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell or row."""

    place: str
    """file, row and column."""
    problem: str
    remedy: str

    def error(self) -> GlossaryError:
        return GlossaryError(self.place, self.problem, self.remedy)


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `number` is its line in a spreadsheet, the head being 1."""

    table: str
    path: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str) -> tuple[str, ...]:
        """The variants in a cell, which `|` separates."""
        cell = self.cells[column]
        return tuple(part for x in cell.split("|") if (part := x.strip())) if cell else ()

    @property
    def place(self) -> str:
        return f"{self.path}, row {self.number}"

    def problem(self, column: str, problem: str, remedy: str) -> Problem:
        return Problem(f"{self.place}, column {column}", problem, remedy)


def _is_date(cell: str) -> str:
    return "" if _DATE.fullmatch(cell) else "Write YYYY-MM-DD, YYYY-MM or YYYY."


def _is_id(cell: str) -> str:
    return "" if _ID.fullmatch(cell) else "Use letters of the English alphabet, digits, hyphens and dots."


def _is_article(cell: str) -> str:
    return "" if _ARTICLE.fullmatch(cell) else "Write it as it is cited, lower case, without spaces: 293/ç."


def _is_confidence(cell: str) -> str:
    return "" if cell in CONFIDENCE else f"Use one of: {', '.join(CONFIDENCE)}."


def _is_number(cell: str) -> str:
    return "" if re.fullmatch(r"\+?\d{2,15}", cell) else "Write digits only, or the international form with +."


def _is_use(cell: str) -> str:
    return "" if cell in ("", "discouraged") else "Write discouraged, or leave it empty."


_CHECKS: dict[str, Callable[[str], str]] = {
    "id": _is_id, "instrument_id": _is_id, "successor_id": _is_id, "operator_id": _is_id, "date": _is_date,
    "valid_from": _is_date, "valid_until": _is_date, "articles_as_of": _is_date, "confidence": _is_confidence,
    "use": _is_use,
}  # fmt: skip
_TABLE_CHECKS: dict[tuple[str, str], Callable[[str], str]] = {
    ("articles", "number"): _is_article,
    ("contacts", "number"): _is_number,
}

COLUMNS: dict[str, tuple[str, ...]] = {
    "institutions": (
        "id", "name_sq", "name_en", "abbreviations_sq", "abbreviations_en", "kind", "country", "valid_from",
        "valid_until", "successor_id", "inflected_sq", "variants_sq", "variants_en", "holders_sq", "holders_en",
        "wrong_sq", "wrong_en", "shared_with", "note", "source", "confidence",
    ),
    "instruments": (
        "id", "kind", "name_sq", "name_en", "title_sq", "title_en", "number", "date", "issuer", "country",
        "abbreviations_sq", "abbreviations_en", "inflected_sq", "variants_sq", "variants_en", "wrong_sq", "wrong_en",
        "valid_from", "valid_until", "successor_id", "articles_as_of", "shared_with", "note", "source", "confidence",
    ),
    "articles": (
        "id", "instrument_id", "number", "title_sq", "title_en", "variants_sq", "variants_en", "wrong_forms",
        "valid_from", "valid_until", "amended_by", "title_en_source", "note", "source", "confidence",
    ),
    "contacts": (
        "id", "number", "label_sq", "label_en", "country", "kind", "operator_id", "valid_from", "valid_until",
        "variants", "noise", "note", "source", "confidence",
    ),
    "terms": (
        "id", "term_sq", "term_en", "inflected_sq", "admitted_sq", "admitted_en", "deprecated_sq", "deprecated_en",
        "use", "domain", "part_of_speech", "shared_with", "note", "source", "confidence",
    ),
    "lookups": ("wrong", "right", "lang", "note", "source", "confidence"),
}  # fmt: skip
"""The columns of each file, in the order in which they are written; a file may leave out those not required."""

REQUIRED: dict[str, tuple[str, ...]] = {
    "institutions": ("id", "kind"), "instruments": ("id", "kind"), "articles": ("id", "instrument_id", "number"),
    "contacts": ("id", "number"), "terms": ("id",), "lookups": ("wrong", "right"),
}  # fmt: skip
# One of these must be filled: a concept without a name cannot be found.
NAMES: dict[str, tuple[str, ...]] = {
    "institutions": ("name_sq", "name_en"), "instruments": ("name_sq", "name_en"), "terms": ("term_sq", "term_en"),
}  # fmt: skip


def read_table(path: Path, table: str) -> tuple[list[Row], list[Problem]]:
    """The rows of a CSV file and everything that is wrong with them. Raises GlossaryError where it cannot be read."""
    text = _text(path)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise GlossaryError(
            str(path), f"is no CSV file that can be read ({error})", "Close every quotation mark; save it as CSV."
        ) from error
    if not lines or not any(lines[0]):
        raise GlossaryError(str(path), "is empty", f"Begin it with the column names: {', '.join(COLUMNS[table])}.")
    return rows_of(lines[0], lines[1:], str(path), table)


def rows_of(head: list[str], lines: list[list[str]], path: str, table: str) -> tuple[list[Row], list[Problem]]:
    """Rows from cells, for CSV and workbooks alike."""
    head = [h.strip() for h in head]
    problems = list(_head_problems(head, path, table))
    if problems:
        return [], problems
    rows: list[Row] = []
    known = COLUMNS[table]
    checks = [(c, _TABLE_CHECKS.get((table, c)) or _CHECKS.get(c)) for c in head]
    for number, line in enumerate(lines, start=2):
        if not any(line):
            continue
        if len(line) != len(head):
            problems.append(
                Problem(
                    f"{path}, row {number}", f"has {len(line)} cells, the head has {len(head)}",
                    "A cell with a comma in it stands in quotation marks.",
                )
            )  # fmt: skip
            continue
        row = Row(table, path, number, dict.fromkeys(known, ""))
        for (column, check), cell in zip(checks, line, strict=True):
            if not cell:
                continue
            row.cells[column] = cell = cell.strip()
            if cell[:1] in "=@" and column != "note":
                problems.append(row.problem(column, f"{cell[:40]!r} is a formula", "Write the value itself."))
            elif _CONTROL.search(cell):
                problems.append(
                    row.problem(column, f"{cell[:40]!r} holds a line break or an invisible character", "Remove it.")
                )
            elif len(cell) > _LONGEST_CELL:
                problems.append(row.problem(column, f"holds {len(cell)} characters", "Write forms, not texts."))
            elif check is not None and (remedy := check(cell)):
                problems.append(row.problem(column, f"cannot be {cell[:60]!r}", remedy))
        problems.extend(_row_problems(row, table))
        rows.append(row)
    return rows, problems


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise GlossaryError(str(path), problem, "Check the file and its permissions.") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise GlossaryError(
            f"{path}, row {line}", f"is not UTF-8 (byte {raw[error.start]:#04x})",
            "Save it as `CSV UTF-8`; other encodings lose ë and ç.",
        ) from error  # fmt: skip


def _head_problems(head: list[str], path: str, table: str) -> Iterator[Problem]:
    known = COLUMNS[table]
    for column in head:
        if column not in known:
            yield Problem(f"{path}, row 1", f"{column!r} is no column", f"The columns are: {', '.join(known)}.")
        elif head.count(column) > 1:
            yield Problem(f"{path}, row 1", f"has the column {column!r} twice", "Keep one of them.")
            return
    for column in REQUIRED[table]:
        if column not in head:
            yield Problem(f"{path}, row 1", f"has no column {column!r}", "Add it; see glossary/README.md.")


def _row_problems(row: Row, table: str) -> Iterator[Problem]:
    for column in REQUIRED[table]:
        if not row[column]:
            yield row.problem(column, "is empty", "Fill it.")
    names = NAMES.get(table)
    if names and not any(row[c] for c in names):
        yield row.problem(names[0], "and its other language are both empty", "Give a name in one of them.")
    start, end = row.cells.get("valid_from", ""), row.cells.get("valid_until", "")
    shortest = min(len(start), len(end))
    if start and end and start[:shortest] > end[:shortest]:
        yield row.problem("valid_until", f"{end} lies before valid_from {start}", "Exchange or correct the dates.")
