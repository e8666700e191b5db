"""`review.xlsx`: the findings with a decision column, the units, a concordance, for those who live in a workbook.

Reads: Run, Glossary. Writes: one workbook, the same bytes for the same run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.check.rule import heading
from pipeline.check.rules import RULES
from pipeline.export.run_folder import counts
from pipeline.model import Finding, Run, short_hash
from pipeline.review.concordance import concordance
from pipeline.review.entries import JUDGEMENTS, edit_of
from pipeline.review.history import History
from pipeline.review.page_data import default_places
from pipeline.review.places import Places, judged_text, unit_text
from pipeline.review.texts import KINDS, TEXTS, text
from pipeline.terminology import Glossary

# What a cell can hold in the workbook format, in characters; a longer text is cut and says so.
LONGEST_CELL = 32_767
CUT = " […]"

# A fixed date in the file's properties, so that the same run gives the same bytes.
MADE_AT = datetime(2000, 1, 1)

LABELS = tuple(f"{TEXTS[f'{j}_word'][0]} / {TEXTS[f'{j}_word'][1]}" for j in JUDGEMENTS)
"""What the drop-down list offers; `review.files` reads these, either half of them, and the bare names."""

# Column titles of the sheet of findings and their widths in characters; the first four are the reviewer's.
FINDING_COLUMNS = (
    ("decision", "Decision / Vendimi", 24), ("correction", "Right text / Teksti i saktë", 28),
        ("note", "Note / Shënim", 28), ("reviewer", "Reviewer / Shqyrtuesi", 18), ("number", "No.", 6),
    ("new", "New / E re", 7), ("severity", "Severity / Rëndësia", 18), ("kind", "Kind / Lloji", 30),
    ("message", "Finding", 60), ("message_sq", "Gjetja", 60), ("line", "Line / Rreshti", 9),
    ("quote_1", "Words / Fjalët", 34), ("quote_2", "Words beside / Fjalët përkrah", 34),
    ("conflict", "Reviewers disagree / Nuk pajtohen", 22),
    ("places", "All lines / Të gjithë rreshtat", 18), ("found", "Found / U gjet", 22),
    ("suggestion", "Suggestion / Sugjerim", 22), ("replaces", "Right text goes here / Teksti i saktë hyn këtu", 34),
    ("rule_id", "Rule / Rregulli", 9), ("finding_id", "finding_id", 18),
    ("basis", "basis", 18),
)  # fmt: skip
UNIT_COLUMNS = (
    ("target_text", "Translation / Përkthimi", 70), ("reviewer", "Reviewer / Shqyrtuesi", 18),
    ("number", "Passage / Pasazhi", 9), ("line", "Line / Rreshti", 9), ("source_lang", "From / Nga", 7),
    ("source_text", "Report / Raporti", 70), ("target_lang", "Into / Në", 7), ("origin", "Origin / Prejardhja", 34),
    ("state", "State / Gjendja", 11), ("warnings", "Warnings / Vërejtje", 40), ("unit_id", "unit_id", 18),
    ("draft", "draft", 18), ("basis", "basis", 18),
)  # fmt: skip
FOR_REVIEWER = {"decision", "correction", "note", "reviewer", "target_text"}


def write_workbook(run: Run, glossary: Glossary, path: Path, history: History | None = None) -> None:
    """Writes the workbook for `run` at `path`, filled with what was decided before."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path),
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True},
    )
    book.set_properties({"title": _clean(run.document.name)[:200], "created": MADE_AT, "comments": "dygjuhe"})
    formats = _formats(book)
    places = Places(run)
    rows_of_units = {u.passage_id: i for i, u in reversed(list(enumerate(run.units, 1)))}
    _findings_sheet(book, formats, run, places, rows_of_units, history or History())
    _units_sheet(book, formats, run, places, history or History())
    _concordance_sheet(book, formats, run, glossary)
    _about_sheet(book, formats, run)
    book.close()


def _formats(book: Any) -> dict[str, Any]:
    base = {"valign": "top", "text_wrap": True, "font_name": "Calibri", "font_size": 10}
    made = {
        "system": {**base, "font_color": "#333333"},
        "open": {**base, "locked": False, "bg_color": "#FFFBE6", "border": 1, "border_color": "#E2DCC8"},
        "head": {**base, "bold": True, "bg_color": "#2B3A4A", "font_color": "#FFFFFF", "valign": "vcenter"},
        "head_open": {**base, "bold": True, "bg_color": "#7A5C00", "font_color": "#FFFFFF", "valign": "vcenter"},
        "link": {**base, "font_color": "#1D4F7C", "underline": 1},
        "critical": {**base, "font_color": "#9F1D20", "bold": True},
        "major": {**base, "font_color": "#8D4A00", "bold": True},
        "minor": {**base, "font_color": "#245A8C"},
        "trivial": {**base, "font_color": "#5B626D"},
        "title": {**base, "bold": True, "font_size": 14, "text_wrap": False},
    }
    return {name: book.add_format(properties) for name, properties in made.items()}


def _clean(value: object) -> str:
    """Text as a cell can hold it: half surrogates replaced, length cut with a sign."""
    written = "" if value is None else str(value)
    written = written.encode("utf-8", "replace").decode("utf-8")
    return written if len(written) <= LONGEST_CELL else written[: LONGEST_CELL - len(CUT)] + CUT


def draft_mark(text: str) -> str:
    """Tells whether a translation was changed in the workbook: white space and control characters do not count,
    because programs write them in their own ways.

    >>> draft_mark("a\\r\\n b") == draft_mark("a_x000D_ b")
    True
    """
    return short_hash(" ".join(re.sub(r"_x[0-9A-Fa-f]{4}_|[\x00-\x1f]", " ", _clean(text)).split()))


def _sheet(book: Any, formats: dict[str, Any], name: str, columns: Sequence[tuple[str, str, int]], frozen: int) -> Any:
    """A sheet with a frozen head, and protected but for the reviewer's columns; filtering and widths stay free."""
    sheet = book.add_worksheet(name)
    for i, (key, title, width) in enumerate(columns):
        sheet.set_column(i, i, width, None, {"hidden": key == "basis"})
        sheet.write_string(0, i, title, formats["head_open" if key in FOR_REVIEWER else "head"])
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, frozen)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    allowed = ("autofilter", "sort", "format_columns", "format_rows", "format_cells", "select_locked_cells",
               "select_unlocked_cells")  # fmt: skip
    sheet.protect("", dict.fromkeys(allowed, True))
    return sheet


def _findings_sheet(
    book: Any, formats: dict[str, Any], run: Run, places: Places, rows_of_units: dict[str, int], history: History
) -> None:
    sheet = _sheet(book, formats, "Findings", FINDING_COLUMNS, 4)
    keys = [key for key, _, _ in FINDING_COLUMNS]
    for row, finding in enumerate(run.findings, 1):
        groups = [places.of(a) for a in finding.anchors]
        quotes = [" ".join(p.exact for p in group) for group in groups]
        lines = list(dict.fromkeys(group[0].line for group in groups))
        word = finding.severity.word
        values = {
            **_decided(history, finding), "new": _yes(history, finding), "number": row,
            "severity": f"{TEXTS[word][0]} / {TEXTS[word][1]}", "kind": " / ".join(KINDS[finding.kind]),
            "message": finding.message, "message_sq": finding.message_sq or "", "line": lines[0],
            "quote_1": quotes[0], "quote_2": quotes[1] if len(quotes) > 1 else "",
            "places": ", ".join(map(str, lines[:60])) + (" …" if len(lines) > 60 else ""), "found": finding.found,
            "suggestion": finding.suggestion,
            "replaces": replaced_words(finding), "rule_id": finding.rule_id, "finding_id": finding.finding_id,
            "basis": short_hash(*judged_text(places, finding)),
        }  # fmt: skip
        passage = groups[0][0].passage
        unit_row = None if passage is None else rows_of_units.get(run.passages[passage].passage_id)
        for column, key in enumerate(keys):
            if key in FOR_REVIEWER:
                if values[key]:
                    sheet.write_string(row, column, _clean(values[key]), formats["open"])
                else:
                    sheet.write_blank(row, column, None, formats["open"])
            elif key == "line" and unit_row is not None:
                # The link goes to the passage in the sheet of units, in this same file.
                sheet.write_url(row, column, f"internal:'Units'!F{unit_row + 1}", formats["link"], str(lines[0]))
            elif isinstance(values[key], int):
                sheet.write_number(row, column, values[key], formats["system"])
            else:
                style = formats[word] if key == "severity" else formats["system"]
                sheet.write_string(row, column, _clean(values[key]), style)
    last = max(1, len(run.findings))
    sheet.autofilter(0, 0, last, len(keys) - 1)
    sheet.data_validation(1, 0, last, 0, {
        "validate": "list", "source": list(LABELS), "error_title": "Decision / Vendimi",
        "error_message": "Choose one from the list. / Zgjidhni një nga lista.",
    })  # fmt: skip


def replaced_words(finding: Finding) -> str:
    """The words that a right text written in the workbook takes the place of."""
    return finding.anchors[default_places(finding)[0]].exact


def _decided(history: History, finding: Finding) -> dict[str, str]:
    """What was decided before; where reviewers disagree, both are named and nothing is filled in."""
    answer = history.matching.answer(finding)
    entry = answer.says
    if entry is None or entry.judgement is None:
        both = "; ".join(f"{e.reviewer}: {e.judgement}" for e in answer.held)
        return {"decision": "", "correction": "", "note": "", "reviewer": "", "conflict": both}
    return {"decision": LABELS[JUDGEMENTS.index(entry.judgement)], "correction": entry.correction or "",
            "note": entry.note, "reviewer": entry.reviewer, "conflict": ""}  # fmt: skip


def _yes(history: History, finding: Finding) -> str:
    return "yes / po" if history.new_ids is not None and finding.finding_id in history.new_ids else ""


def _units_sheet(book: Any, formats: dict[str, Any], run: Run, places: Places, history: History) -> None:
    sheet = _sheet(book, formats, "Units", UNIT_COLUMNS, 1)
    numbers = {p.passage_id: (p.number, places.line(p.start)) for p in run.passages}
    for row, unit in enumerate(run.units, 1):
        number, line = numbers[unit.passage_id]
        origin = TEXTS[f"origin_{unit.origin if unit.target_text else 'none'}"]
        edit = edit_of(history.matching.edits.get(unit.unit_id, ()))
        shown = edit.target_text if edit else unit.target_text
        values = {
            "target_text": shown, "reviewer": edit.reviewer if edit else "", "number": number, "line": line,
            "source_lang": unit.source_lang, "source_text": unit.source_text, "target_lang": unit.target_lang,
            "origin": " / ".join(origin), "state": unit.state, "warnings": "; ".join(unit.warnings),
            "unit_id": unit.unit_id, "draft": draft_mark(shown), "basis": short_hash(*unit_text(unit)),
        }  # fmt: skip
        for column, (key, _, _) in enumerate(UNIT_COLUMNS):
            value = values[key]
            style = formats["open" if key in FOR_REVIEWER else "system"]
            if isinstance(value, int):
                sheet.write_number(row, column, value, style)
            else:
                sheet.write_string(row, column, _clean(value), style)
    sheet.autofilter(0, 0, max(1, len(run.units)), len(UNIT_COLUMNS) - 1)


def _concordance_sheet(book: Any, formats: dict[str, Any], run: Run, glossary: Glossary) -> None:
    """Every concept, every form of it in this report, every place."""
    columns = (("concept", "Concept / Koncepti", 34), ("sq", "Shqip", 34), ("en", "English", 34),
               ("form", "As written / Siç shkruhet", 40), ("status", "Status / Gjendja", 14),
               ("times", "Times / Herë", 9), ("lines", "Lines / Rreshtat", 40))  # fmt: skip
    sheet = _sheet(book, formats, "Concordance", columns, 1)
    row = 0
    for row, entry in enumerate(concordance(run, glossary), 1):
        lines = ", ".join(map(str, entry.lines[:500])) + (" …" if len(entry.lines) > 500 else "")
        texts = (entry.concept, entry.preferred_sq, entry.preferred_en, entry.form, entry.status)
        for column, value in enumerate(texts):
            sheet.write_string(row, column, _clean(value), formats["system"])
        sheet.write_number(row, 5, entry.times, formats["system"])
        sheet.write_string(row, 6, lines, formats["system"])
    sheet.autofilter(0, 0, max(1, row), len(columns) - 1)


def _about_sheet(book: Any, formats: dict[str, Any], run: Run) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    sheet.protect("", {"select_locked_cells": True, "format_columns": True})
    sheet.write_string(0, 0, _clean(run.document.name), formats["title"])
    for row, (label, value) in enumerate(_facts(run), 2):
        sheet.write_string(row, 0, _clean(label), formats["system"])
        sheet.write_string(row, 1, _clean(value), formats["system"])


def _facts(run: Run) -> Iterable[tuple[str, str]]:
    tally = counts(run)

    def both(key: str) -> str:
        return f"{text(key, 'en')} / {text(key, 'sq')}"

    yield (
        both("decide"),
        (
            "Fill the yellow columns only and send the file back; `dygjuhe apply RUN --decisions FILE` reads it. / "
            "Plotësoni vetëm kolonat e verdha dhe kthejeni skedarin; atë e lexon `dygjuhe apply RUN --decisions FILE`."
        ),
    )
    for judgement, label in zip(("confirm", "dismiss", "correct", "unsure"), LABELS, strict=True):
        yield label, both(f"{judgement}_hint")
    if tally["translated"]["machine"]:
        yield both("translation"), both("drafts")
    for origin, number in tally["translated"].items():
        yield both(f"origin_{origin}"), str(number)
    for kind, seen in tally["coverage"].items():
        yield both(kind), f"{seen['understood']} / {seen['seen']}"
    for module in RULES:
        if any(rule_id == module.RULE.id for rule_id, _ in run.switched_off):
            reason = dict(run.switched_off)[module.RULE.id]
            yield f"{both('rules_off')}: {module.RULE.id}", f"{heading(module)} ({reason})"
    for name in ("program", "report_date", "glossary", "code"):
        yield name, str(run.signature.get(name) or "")
    yield "doc_id", run.document.doc_id
