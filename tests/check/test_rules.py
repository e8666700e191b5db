"""What holds for every rule: identity, reasons, examples, and that rules do not disturb each other."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.check.examples import Example, prepare
from pipeline.check.rule import KINDS, Flags, Passes, Scope, docstring_part, heading
from pipeline.check.rules import RULES
from pipeline.check.runner import check_report
from pipeline.model import Finding
from pipeline.settings import Settings
from pipeline.terminology import Glossary, load_glossary

QUIET = sorted((Path(__file__).parent.parent / "cases" / "quiet").glob("*.txt"))
PREFIXES = {
    "contacts": "CO", "dates": "DA", "figures": "FG", "languages": "BI", "copies": "DU", "numbering": "NU",
    "form": "FO", "translation": "TR", "references": "RF", "institutions": "IN", "abbreviations": "AB", "terms": "TE",
    "reports": "CR",
}  # fmt: skip
# Rules across reports have several reports in an example; tests/test_facts.py runs those.
SINGLE = [m for m in RULES if m.RULE.scope is not Scope.RUN]


def name(module: ModuleType) -> str:
    return module.RULE.id


@cache
def glossary() -> Glossary:
    return load_glossary(Settings().glossary)


@cache
def prepared(example: Flags | Passes) -> Example:
    return prepare(example, glossary())


def places(finding: Finding) -> list[tuple[str, int, int]]:
    return sorted((a.side, a.start, a.end) for a in finding.anchors)


def cases(kind: type) -> list[object]:
    return [
        pytest.param(m, e, id=f"{m.RULE.id}-{i}")
        for m in SINGLE
        for i, e in enumerate(e for e in m.RULE.examples if isinstance(e, kind))
    ]


def test_ids_and_names_are_unique() -> None:
    assert len({m.RULE.id for m in RULES}) == len(RULES)
    assert len({m.RULE.name for m in RULES}) == len(RULES)
    assert RULES, "no rules are registered"


@pytest.mark.parametrize("module", RULES, ids=name)
def test_id_family_and_file_name_agree(module: ModuleType) -> None:
    family, file_name = module.__name__.split(".")[-2:]
    assert re.fullmatch(PREFIXES[family] + r"\d\d", module.RULE.id)
    assert file_name.startswith(module.RULE.id.lower() + "_")
    assert module.RULE.name.startswith(family + ".")
    assert module.RULE.kind in KINDS


@pytest.mark.parametrize("module", RULES, ids=name)
def test_docstring_gives_every_reason(module: ModuleType) -> None:
    assert heading(module).endswith(".")
    for part in ("Why a reviewer should care", "Not flagged", "Source"):
        assert len(docstring_part(module, part)) > 15, part
    assert len(module.RULE.heading_sq) > 10
    assert len(module.RULE.why_sq) > 10


@pytest.mark.parametrize("module", RULES, ids=name)
def test_has_an_example_of_each_sort(module: ModuleType) -> None:
    assert any(isinstance(e, Flags) for e in module.RULE.examples)
    assert any(isinstance(e, Passes) for e in module.RULE.examples)


@pytest.mark.parametrize("module", RULES, ids=name)
def test_superseded_rules_exist(module: ModuleType) -> None:
    assert set(module.RULE.supersedes) <= {m.RULE.id for m in RULES} - {module.RULE.id}


@pytest.mark.parametrize(("module", "example"), cases(Flags))
def test_flags_exactly_the_marked_words(module: ModuleType, example: Flags) -> None:
    ready = prepared(example)
    assert ready.marked, "mark the offending words with ⟦ and ⟧"
    found = check_report(ready.context, [module])
    assert [places(f) for f in found] == [sorted(ready.marked)], [f.message for f in found]
    assert found[0].message
    assert found[0].message_sq


@pytest.mark.parametrize(("module", "example"), cases(Passes))
def test_stays_silent_on_near_misses(module: ModuleType, example: Passes) -> None:
    assert [f.message for f in check_report(prepared(example).context, [module])] == []


@pytest.mark.parametrize(("module", "example"), cases(Passes))
def test_every_other_rule_stays_silent_on_them_too(module: ModuleType, example: Passes) -> None:
    found = check_report(prepared(example).context)
    assert [f"{f.rule_id} {f.message}" for f in found if f.severity > 10] == []


@pytest.mark.parametrize("path", QUIET, ids=lambda p: p.stem)
def test_quiet_texts_yield_nothing(path: Path) -> None:
    found = check_report(prepare(Passes(path.read_text(encoding="utf-8")), glossary()).context)
    assert [f"{f.rule_id} {f.message}" for f in found] == []


def test_the_order_of_rules_does_not_change_the_findings() -> None:
    flagged = [e for m in SINGLE for e in m.RULE.examples if isinstance(e, Flags)]
    shuffled = list(RULES)
    random.Random(1).shuffle(shuffled)
    for example in flagged:
        context = prepared(example).context
        assert check_report(context, shuffled) == check_report(context)
