"""Runs for the tests of exports: an Albanian and English report with a unit of every mark, and hostile text."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Lang, Location, Run, Span, TermMention, TranslationUnit
from tests.review.builders import build_run, hostile_run

LINES: list[tuple[Lang, str]] = [
    ("en", "Report of the Republic of Liria 2023"),
    ("en", "1. VICTIM SUPPORT"),
    ("en", "Victims can call the national helpline on 116006, day and night."),
    ("sq", "Viktimat mund të telefonojnë linjën kombëtare 16006, ditë e natë."),
    ("sq", "Policia e Shtetit hetoi 24 raste."),
    ("en", "The State Police investigated 42 cases."),
    ("und", "114 345"),
    ("sq", "Raporti u miratua më 5 maj 2023."),
    ("en", "It is in force."),
    ("mixed", "Kodi Penal, Criminal Code"),
]
FINDINGS: list[dict] = [
    {"quotes": [(2, "116006"), (3, "16006")], "found": "16006", "expected": "116006", "suggestion": "116006"},
    {"rule": "BI01", "kind": "figure_differs_between_languages", "quotes": [(4, "24"), (5, "42")],
     "message": "“24” is “42” in English.", "message_sq": "“24” është “42” në anglisht."},
    {"rule": "FO01", "severity": "minor", "quotes": [(2, "call the national")], "message": "Wording.",
     "message_sq": "Fjalë."},
]  # fmt: skip


def every_mark() -> Run:
    """A pair from the report, a reviewed unit, a person's, a memory's, a machine's, and passages with none."""
    run = build_run(LINES, FINDINGS, name="raport <1> & 2.txt")
    p = run.passages
    doc_id = run.document.doc_id
    units: list[TranslationUnit] = [
        replace(run.units[0], state="final", origin="person", target_text="Raport i Republikës së Lirisë 2023"),
        replace(run.units[1], origin="memory", target_text="1. MBËSHTETJA E VIKTIMAVE", engine="office.tmx"),
        replace(run.units[2], target_text="Viktimat mund të telefonojnë 116006.", warnings=("a sentence was cut",)),
        replace(run.units[3], origin="person", target_text="Victims can call 16006."),
        replace(run.units[4], origin="aligned", state="translated", target_text=p[5].text, engine=None,
                paired_passage_id=p[5].passage_id),
        replace(run.units[6], target_text="", warnings=("no model; dygjuhe models install",)),
    ]  # fmt: skip
    part = TranslationUnit("part1", p[8].passage_id, p[8].start + 6, p[8].end, "en", "in force.", "sq", "në fuqi.",
                           "initial", "machine")  # fmt: skip
    place = Span(doc_id, p[4].start, p[4].start + 17, "Policia e Shtetit")
    mention = TermMention(place, "institution", "sq", place.exact, "preferred", "al-state-police", 100.0)
    return replace(run, units=(*units, part), mentions=(mention,))


def with_table() -> Run:
    """Two rows of a table after a heading."""
    lines = [("en", "Figures"), ("en", "Institution"), ("en", "Cases"), ("en", "State Police"), ("und", "24")]
    run = build_run(lines, [{"quotes": [(4, "24")]}], name="table.txt")
    cells = [Location(line=2 + n // 2, table=1, row=1 + n // 2, column=1 + n % 2) for n in range(4)]
    places = [Location(line=1), *cells]
    kinds = ["heading", "table_header", "table_header", "table_cell", "table_cell"]
    passages = tuple(
        replace(p, location=place, kind=kind)
        for p, place, kind in zip(run.passages, places, kinds, strict=True)
    )
    return replace(run, passages=passages)


RUNS = {
    "every-mark": every_mark, "hostile": hostile_run, "table": with_table, "empty": lambda: build_run([("und", "1")]),
}  # fmt: skip
