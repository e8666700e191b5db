"""Runs the rules over one report: same order every time, one mistake one finding, ids unique.

Reads: CheckContext. Writes: Finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from pipeline.check.rule import CheckContext, Scope
from pipeline.check.rules import RULES
from pipeline.errors import SettingsError
from pipeline.model import Finding, short_hash


def check_report(context: CheckContext, rules: Sequence[ModuleType] = RULES) -> tuple[Finding, ...]:
    """Every finding of the rules that are on, most severe first, then in order of place.

    Raises SettingsError where the settings switch off a rule that does not exist.
    """
    off = context.settings.rules_off
    unknown = set(off) - {m.RULE.id for m in RULES}
    if unknown:
        raise SettingsError("rules_off", f"{sorted(unknown)[0]!r} is no rule", "See `dygjuhe rules` for their ids.")
    found: list[Finding] = []
    for module in rules:
        if module.RULE.id in off or module.RULE.scope is Scope.RUN:
            continue
        for subject in _subjects(module.RULE.scope, context):
            found.extend(module.check(subject, context))
    kept = _without_superseded(_without_repeats(found), {m.RULE.id: m.RULE.supersedes for m in rules})
    return _with_unique_ids(sorted(kept, key=_order))


def _subjects(scope: Scope, context: CheckContext) -> Iterable[Any]:
    match scope:
        case Scope.PASSAGE:
            return context.annotated
        case Scope.UNIT:
            return context.units
        case _:
            return (context,)


def _order(finding: Finding) -> tuple[int, int, int, str, str]:
    first = min(finding.anchors, key=lambda a: (a.side, a.start))
    return -int(finding.severity), first.start, first.end, finding.rule_id, finding.finding_id


def _places(finding: Finding) -> tuple[tuple[str, int, int], ...]:
    return tuple((a.text_id, a.start, a.end) for a in finding.anchors)


def _without_repeats(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a rule and set of places."""
    seen: dict[tuple[str, tuple[tuple[str, int, int], ...]], Finding] = {}
    for finding in findings:
        seen.setdefault((finding.rule_id, tuple(sorted(_places(finding)))), finding)
    return list(seen.values())


def _without_superseded(findings: Sequence[Finding], supersedes: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    """Drops a finding all of whose anchors are touched by one finding of a rule that supersedes its rule."""
    above: dict[str, list[Finding]] = {}
    for finding in findings:
        for rule_id in supersedes.get(finding.rule_id, ()):
            above.setdefault(rule_id, []).append(finding)
    for finding in findings:
        if not any(
            other is not finding and all(any(a.overlaps(b) for b in other.anchors) for a in finding.anchors)
            for other in above.get(finding.rule_id, ())
        ):
            yield finding


def _with_unique_ids(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """A rule that finds the same words again elsewhere gives an id with the ordinal in it."""
    met: dict[str, int] = {}
    result = []
    for finding in findings:
        count = met[finding.finding_id] = met.get(finding.finding_id, 0) + 1
        new_id = finding.finding_id if count == 1 else short_hash(finding.finding_id, str(count))
        result.append(replace(finding, finding_id=new_id))
    return tuple(result)
