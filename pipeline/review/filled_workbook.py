"""A workbook that a reviewer filled, saved by Excel, LibreOffice or Google Sheets.

Reads: `review.xlsx` as it comes back, Run. Writes: entries with their rows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from pipeline.errors import DecisionError
from pipeline.model import Judgement, Run, short_hash
from pipeline.review.entries import JUDGEMENTS, LONGEST_NAME, LONGEST_TEXT, Entry, Refusal
from pipeline.review.texts import TEXTS
from pipeline.review.workbook import FINDING_COLUMNS, MADE_AT, UNIT_COLUMNS, draft_mark, replaced_words

# Unpacked size at which a workbook is no review of a report but a bomb, in bytes.
LARGEST_UNPACKED = 512 << 20
# Rows read of one sheet; beyond the findings of any report.
MOST_ROWS = 200_000

# A right text half as long as words longer than this is more likely meant for a part of them, in characters.
LONG_WORDS = 60

Row = dict[str, Any]


def read_workbook(
    path: Path, content: bytes, run: Run, reviewer: str = ""
) -> tuple[list[tuple[str, Entry]], list[Refusal]]:
    """Decisions and edits of the workbook. Raises DecisionError where it is damaged or lacks columns."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(i.file_size for i in packed.infolist()) > LARGEST_UNPACKED:
                raise DecisionError(str(path), "unpacks to over 512 MB", "Save it anew from its program.")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except DecisionError:
        raise
    except Exception as error:  # openpyxl raises whatever the damage leads to
        remedy = "Save it again as an Excel workbook (.xlsx)."
        raise DecisionError(str(path), f"is no workbook that can be read ({type(error).__name__})", remedy) from error
    try:
        when, saved_by = _saved(book)
        default = reviewer or saved_by
        made = _Maker(path.name, run, when, default)
        sheets = {"findings": False, "units": False}
        for sheet in book.worksheets:
            rows = _table(sheet)
            if rows is None:
                continue
            kind, table = rows
            sheets[kind] = True
            (made.decisions if kind == "findings" else made.edits)(sheet.title, table)
    finally:
        book.close()
    if not sheets["findings"]:
        wanted = ("decision", "finding_id", "basis")
        needed = ", ".join(f"“{title}”" for key, title, _ in FINDING_COLUMNS if key in wanted)
        raise DecisionError(str(path), "has no sheet with the columns of the findings", f"It needs {needed}.")
    return made.found, made.refused


def _saved(book: Any) -> tuple[str, str]:
    """When and by whom the workbook was last saved, where its program says so; now, where it does not."""
    properties = book.properties
    modified = properties.modified
    if not isinstance(modified, datetime) or modified.replace(tzinfo=None) <= MADE_AT:
        modified = datetime.now(UTC)
    elif modified.tzinfo is None:
        modified = modified.replace(tzinfo=UTC)
    return modified.isoformat(timespec="seconds"), " ".join((properties.lastModifiedBy or "").split())[:LONGEST_NAME]


def _table(sheet: Any) -> tuple[str, Iterator[tuple[int, Row]]] | None:
    """The sheet's rows by column key, whatever order the columns are in; None for a sheet of another kind."""
    rows = sheet.iter_rows(max_row=MOST_ROWS)
    first = next(rows, None)
    if first is None:
        return None
    titles = {" ".join(str(c.value).split()): i for i, c in enumerate(first) if c.value is not None}
    for kind, columns, needed in (
        ("findings", FINDING_COLUMNS, ("decision", "finding_id", "basis")),
        ("units", UNIT_COLUMNS, ("target_text", "unit_id", "draft", "basis")),
    ):
        where = {key: titles[title] for key, title, _ in columns if title in titles}
        if all(key in where for key in needed):
            return kind, _keyed(rows, where)
    return None


def _keyed(rows: Iterator[Sequence[Any]], where: dict[str, int]) -> Iterator[tuple[int, Row]]:
    for number, cells in enumerate(rows, 2):
        row = {key: cells[i] if i < len(cells) else None for key, i in where.items()}
        if any(c is not None and c.value not in (None, "") for c in row.values()):
            yield number, row


class _Maker:
    """Collects entries and refusals of one workbook."""

    def __init__(self, name: str, run: Run, when: str, reviewer: str) -> None:
        self.name, self.run, self.when, self.reviewer = name, run, when, reviewer
        self.findings = {f.finding_id: f for f in run.findings}
        self.found: list[tuple[str, Entry]] = []
        self.refused: list[Refusal] = []

    def decisions(self, sheet: str, rows: Iterator[tuple[int, Row]]) -> None:
        for number, row in rows:
            place = f"{self.name}, sheet {sheet}, row {number}"
            try:
                entry = self._decision(row)
            except ValueError as error:
                self.refused.append(Refusal(place, str(error)))
                continue
            if entry is not None:
                self.found.append((place, entry))

    def edits(self, sheet: str, rows: Iterator[tuple[int, Row]]) -> None:
        for number, row in rows:
            place = f"{self.name}, sheet {sheet}, row {number}"
            try:
                entry = self._edit(row)
            except ValueError as error:
                self.refused.append(Refusal(place, str(error)))
                continue
            if entry is not None:
                self.found.append((place, entry))

    def _decision(self, row: Row) -> Entry | None:
        """The row's decision; None for a row that nobody filled. Raises ValueError."""
        judgement = judgement_of(_text(row, "decision"))
        correction, note = _text(row, "correction"), _text(row, "note")
        if judgement is None:
            if correction:
                judgement = "corrected"
            elif note:
                raise ValueError("has a note and no decision; choose one from the list")
            else:
                return None
        if judgement == "corrected" and not correction:
            raise ValueError("says “Corrected” without a right text")
        if judgement != "corrected" and correction:
            raise ValueError("has a right text and another decision than “Corrected”; keep one of the two")
        finding_id, basis = _text(row, "finding_id"), _text(row, "basis")
        if not finding_id or not basis:
            raise ValueError("has lost its finding_id or basis; copy the row from the original workbook")
        finding = self.findings.get(finding_id)
        words = replaced_words(finding) if finding is not None else ""
        if correction and len(words) > LONG_WORDS and 2 * len(correction) < len(words):
            raise ValueError(
                f"would put “{correction[:60]}” in the place of {len(words)} characters; write all of the words in "
                "the column “Right text goes here” as they should be, or correct it in the page"
            )
        reviewer = self._name(row)
        entry_id = short_hash("workbook", finding_id, basis, judgement, correction, note, reviewer)
        return Entry(
            entry_id, "decision", reviewer, self.when, basis, finding_id=finding_id, rule_id=_text(row, "rule_id"),
            judgement=judgement, correction=correction or None, note=note, doc_id=self.run.document.doc_id,
        )  # fmt: skip

    def _edit(self, row: Row) -> Entry | None:
        target = _text(row, "target_text")
        unit_id, basis, draft = _text(row, "unit_id"), _text(row, "basis"), _text(row, "draft")
        if not unit_id or not basis or draft_mark(target) == draft or not target:
            return None
        reviewer = self._name(row)
        entry_id = short_hash("workbook", unit_id, basis, target, reviewer)
        return Entry(entry_id, "edit", reviewer, self.when, basis, unit_id=unit_id, target_text=target,
                     doc_id=self.run.document.doc_id)  # fmt: skip

    def _name(self, row: Row) -> str:
        name = " ".join(_text(row, "reviewer").split()) or self.reviewer
        if not name:
            raise ValueError("names no reviewer; fill that column, or give --reviewer NAME")
        if len(name) > LONGEST_NAME:
            raise ValueError("has a text where the reviewer's name belongs")
        return name


def _text(row: Row, key: str) -> str:
    """A cell as text. Raises ValueError where a program has made something else of what was typed."""
    cell = row.get(key)
    value = None if cell is None else cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    title = next(t for k, t, _ in (*FINDING_COLUMNS, *UNIT_COLUMNS) if k == key)
    if isinstance(value, datetime | date | time):
        raise ValueError(f"column “{title}” became a date in the workbook program; type an apostrophe before it")
    if getattr(cell, "data_type", "") == "f":
        raise ValueError(f"column “{title}” holds a formula; type an apostrophe before it")
    if getattr(cell, "data_type", "") == "e":
        raise ValueError(f"column “{title}” holds an error value")
    text = str(value).replace("\r\n", "\n").replace("_x000D_", "")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"column “{title}” has over {LONGEST_TEXT} characters")
    return text if key in ("correction", "target_text") else text.strip()


def judgement_of(written: str) -> Judgement | None:
    """What a decision cell says: the list's words, one half of them, or the bare name. Raises ValueError.

    >>> judgement_of("Dismissed / E hedhur poshtë"), judgement_of("e konfirmuar"), judgement_of("")
    ('dismissed', 'confirmed', None)
    """
    wanted = " ".join(written.split()).casefold()
    if not wanted:
        return None
    for judgement in JUDGEMENTS:
        both = [w.casefold() for w in TEXTS[f"{judgement}_word"]]
        if wanted in (judgement, *both, " / ".join(both)):
            return judgement
    raise ValueError(f"has the decision “{written[:60]}”, which is none of the list")
