"""The rules on contacts, dates, figures and languages against tables: what they must say, where they are silent."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from pipeline.check.examples import Example, prepare
from pipeline.check.rule import CheckContext, Flags, Scope
from pipeline.check.rules import contacts, dates, figures, languages
from pipeline.check.variants import digits_meant, swapped, variant_score
from pipeline.find.figures import find_figures
from pipeline.model import AnnotatedPassage, Document, Finding, Location, Passage, PassageKind, Severity
from pipeline.settings import Settings
from pipeline.spans import passage_span
from pipeline.terminology import Glossary, load_glossary

MODULES = (*contacts.MODULES, *dates.MODULES, *figures.MODULES, *languages.MODULES)
FOLDER = Path(__file__).parent.parent / "cases" / "rules"
TABLES = ("CO", "DA", "FG", "BI")
ROWS = [
    pytest.param(row, id=f"{name}: {row['label']}")
    for name in TABLES
    for row in yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
]


# Copies stand apart in a report; rows write {...} where these paragraphs stand between.
BETWEEN = "\n".join(
    (
        "", "The river is cleaned every spring by volunteers from the villages along its banks.",
        "Most of the old houses in the upper quarter have been painted and given new roofs.",
        "Farmers bring their fruit to the market in the square before the sun is up.",
        "A choir of pupils sang at the opening of the library, and their parents applauded.",
        "The museum asks visitors to leave their bags with the guard at the gate.", "",
    )
)  # fmt: skip


@cache
def glossary() -> Glossary:
    return load_glossary(Settings().glossary)


def findings(module: ModuleType, example: Example) -> list[Finding]:
    context = example.context
    subjects: tuple[object, ...] = (context,)
    if module.RULE.scope is Scope.PASSAGE:
        subjects = context.annotated
    elif module.RULE.scope is Scope.UNIT:
        subjects = context.units
    return [f for s in subjects for f in module.check(s, context)]


@pytest.mark.parametrize("row", ROWS)
def test_row(row: dict[str, str]) -> None:
    example = prepare(Flags(row["source"].replace("{...}", BETWEEN), row.get("target", "")), glossary())
    if "rule" not in row:
        said = [
            f"{f.rule_id}: {f.message}" for m in MODULES for f in findings(m, example) if f.severity > Severity.TRIVIAL
        ]
        assert said == []
        return
    (module,) = [m for m in MODULES if row["rule"] == m.RULE.id]
    found = findings(module, example)
    assert [sorted((a.side, a.start, a.end) for a in f.anchors) for f in found] == [sorted(example.marked)]
    assert found[0].message
    assert found[0].message_sq


def test_half_of_the_rows_must_stay_silent() -> None:
    silent = sum("rule" not in p.values[0] for p in ROWS)
    assert len(ROWS) >= 200
    assert silent * 2 >= len(ROWS) * 0.9


def test_every_rule_has_a_row() -> None:
    # DA07 is a note that needs a whole report's dates; its examples show it.
    assert {m.RULE.id for m in MODULES} - {p.values[0].get("rule") for p in ROWS} == {"DA07"}


@pytest.mark.parametrize(
    ("left", "right", "likely"),
    [("116006", "16006", True), ("116006", "1160006", True), ("116117", "116177", True), ("116111", "116011", True),
     ("129", "127", False), ("116111", "112", False), ("116006", "0800", False)],
)  # fmt: skip
def test_damage_has_a_score(left: str, right: str, likely: bool) -> None:
    assert (variant_score(left, right) >= 0.5) is likely
    assert variant_score(left, right) == variant_score(right, left)


def test_letters_stand_for_digits() -> None:
    assert digits_meant("ALOI 16".removeprefix("ALO")) == "116"
    assert digits_meant("1O.O6.2Ol4") == "10062014"


def test_swapped_digits_need_three_of_them() -> None:
    assert swapped("214", "241")
    assert not swapped("21", "12")
    assert not swapped("1000", "0100")


# What a report of a directory's or a statistical yearbook's size holds of one kind.
MANY = 3000


def large_reports() -> dict[str, tuple[list[str], bool]]:
    """Texts of so many paragraphs, or of a table's cells, from a few words and numbers in a fixed order."""
    words = "road school bridge clinic court library park market river tower".split()

    def pick(i: int) -> str:
        return f"{words[i % 10]} {words[i // 10 % 10]}"

    return {
        "numbers": ([f"{(i * 7919) % 1_000_000:,}" for i in range(MANY)], True),
        "telephones": ([f"The hotline of the {pick(i)} office is {100_000 + i * 37}." for i in range(MANY)], False),
        "dates": ([f"The {pick(i)} deal was signed on {i % 28 + 1} May {2000 + i % 20}." for i in range(MANY)], False),
        "amounts": ([f"The total cost of the {pick(i)} project is {i + 1},000 ALL." for i in range(MANY)], False),
        "counts": ([f"The ministry trained {100 + i % 900} {pick(i)} teachers." for i in range(MANY)], False),
    }


@pytest.mark.parametrize("name", large_reports())
def test_large_reports_are_checked_in_bounded_time(name: str) -> None:
    texts, table = large_reports()[name]
    source = "\n".join(texts)
    passages = []
    at = 0
    for i, text in enumerate(texts):
        place = Location(table=1, row=i // 10 + 1, column=i % 10 + 1) if table else Location()
        kind: PassageKind = "table_cell" if table else "paragraph"
        passages.append(Passage(str(i), "d", i + 1, at, at + len(text), text, kind, location=place, lang="en"))
        at += len(text) + 1
    annotated = tuple(
        AnnotatedPassage(
            p,
            tuple(
                replace(f, span=passage_span(p, f.span.start, f.span.end)) for f in find_figures(p.text, "en")
            ),
        )
        for p in passages
    )  # fmt: skip
    context = CheckContext(
        document=Document("d", "large.txt", "text/plain", source, source), annotated=annotated, copies=(), pairs=(),
        units=(), glossary=glossary(),
    )  # fmt: skip
    started = time.process_time()
    for module in MODULES:
        findings(module, Example(context, ()))
    # Seconds of processor time; comparing all with all would need minutes.
    assert time.process_time() - started < 12
