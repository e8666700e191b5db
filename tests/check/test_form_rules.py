"""Tables of cases for the rules on copies, numbering, form and translation: hits beside near misses."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from pipeline.check.examples import prepare
from pipeline.check.rule import Flags
from pipeline.check.rules import copies, form, numbering, translation
from pipeline.check.runner import check_report
from pipeline.settings import Settings
from pipeline.terminology import Glossary, load_glossary

CASES = Path(__file__).parents[1] / "cases" / "rules"
RULES = {m.RULE.id: m for family in (copies, numbering, form, translation) for m in family.MODULES}


@cache
def glossary() -> Glossary:
    return load_glossary(Settings().glossary)


def rows(kind: str) -> list[Any]:
    found = []
    for path in sorted(p for p in CASES.glob("*.yml") if p.stem in RULES):
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [pytest.param(RULES[path.stem], row, id=f"{path.stem}-{row['label']}") for row in table[kind]]
    return found


@pytest.mark.parametrize(("module", "row"), rows("flags"))
def test_speaks_and_quotes_the_marked_words(module: ModuleType, row: dict[str, Any]) -> None:
    ready = prepare(Flags(row["text"]), glossary())
    found = check_report(ready.context, [module])
    quoted = sorted({(a.side, a.start, a.end) for f in found for a in f.anchors})
    source = ready.context.document.source_text
    assert [source[a:b] for _, a, b in quoted] == [source[a:b] for _, a, b in sorted(ready.marked)]
    assert quoted == sorted(ready.marked)
    assert len(found) == row.get("findings", 1)


@pytest.mark.parametrize(("module", "row"), rows("passes"))
def test_is_silent_on_near_misses(module: ModuleType, row: dict[str, Any]) -> None:
    found = check_report(prepare(Flags(row["text"]), glossary()).context, [module])
    assert [f.message for f in found] == []


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yml")), ids=lambda p: p.stem)
def test_tables_are_well_formed(path: Path) -> None:
    """Unique labels, known fields, marks in every hit and in no near miss."""
    if path.stem not in RULES:
        pytest.skip("a table of another family")
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    every = [*table["flags"], *table["passes"]]
    assert len({row["label"] for row in every}) == len(every)
    assert all(set(row) <= {"label", "text", "findings", "source", "comment"} for row in every)
    assert all("⟦" in row["text"] for row in table["flags"])
    assert not any("⟦" in row["text"] for row in table["passes"])
    assert 3 * len(table["passes"]) >= len(every), "a third of a table are near misses"


def test_every_rule_has_a_table() -> None:
    assert {p.stem for p in CASES.glob("*.yml")} >= set(RULES)
