"""A run as the report page takes it: one JSON value, offsets in UTF-16 units as browsers count.

Reads: Run, Glossary, rules. Writes: plain values.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from pipeline.check.rule import docstring_part, heading
from pipeline.check.rules import RULES
from pipeline.export.run_folder import counts
from pipeline.model import Finding, Run, Severity, short_hash
from pipeline.review.differences import differing_places
from pipeline.review.history import History, state_rows
from pipeline.review.places import Place, Places, judged_text, unit_text
from pipeline.review.texts import tables, warning_sq

# Places of one finding that are given to the page; a term in 3,000 places is shown in the first ones.
MOST_PLACES = 200

# Quotes longer than this are marked against each other only for the first two places: an essay compared with
# 50 others says nothing more.
LONG_QUOTE = 400


def page_data(run: Run, history: History) -> dict[str, Any]:
    """Everything the page shows."""
    places = Places(run)
    rules = sorted({f.rule_id for f in run.findings} | {r for r, _ in run.switched_off})
    kinds = sorted({f.kind for f in run.findings})
    engines = sorted({u.engine for u in run.units if u.engine})
    return {
        "document": _document(run),
        "counts": counts(run),
        "signature": run.signature,
        "engines": engines,
        "severities": [s.word for s in Severity],
        "kinds": kinds,
        "rules": [_rule(rule_id) for rule_id in rules],
        "off": [[rules.index(rule_id), reason] for rule_id, reason in run.switched_off],
        "passages": _passages(run, places),
        "units": [_unit(run, places, i, engines) for i in range(len(run.units))],
        "findings": [_finding(f, places, rules, kinds, history.new_ids) for f in run.findings],
        "compared": history.new_ids is not None,
        "decisions": state_rows(run, history.matching),
        "languages": tables(),
    }


def script_json(value: object) -> str:
    """JSON that may stand in a script element: nothing in it can end the element or open a comment.

    >>> script_json("</script><!--")
    '"\\\\u003c/script\\\\u003e\\\\u003c!--"'
    """
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair (from a damaged file) cannot be written as UTF-8; JSON can spell it.
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda m: f"\\u{ord(m.group()):04x}", dumped)


def utf16(text: str, offset: int) -> int:
    """A code point offset as JavaScript counts it.

    >>> utf16("a\U0001f600b", 2)
    3
    """
    return offset if text.isascii() else offset + sum(c > "\uffff" for c in text[:offset])


def _document(run: Run) -> dict[str, Any]:
    document = run.document
    return {
        "name": document.name,
        "doc_id": document.doc_id,
        "media_type": document.media_type,
        "characters": len(document.source_text),
        "lines": document.source_text.count("\n") + 1,
        "notes": document.notes,
        "repairs": sorted(Counter(r.kind for r in document.repairs).items()),
        "report_date": run.signature.get("report_date"),
    }


def _rule(rule_id: str) -> dict[str, Any]:
    for module in RULES:
        if module.RULE.id == rule_id:
            why = docstring_part(module, "Why a reviewer should care")
            return {"id": rule_id, "name": module.RULE.name, "en": [heading(module), _sentence(why)],
                    "sq": [module.RULE.heading_sq, module.RULE.why_sq]}  # fmt: skip
    return {"id": rule_id, "name": "", "en": [rule_id, ""], "sq": [rule_id, ""]}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _passages(run: Run, places: Places) -> list[list[Any]]:
    """text, language, kind, line, page, [table, row, column, part], index of the passage it repeats or -1."""
    repeats = {c.passage_id: places.passage_index[c.of_passage_id] for c in reversed(run.copies)}
    rows: list[list[Any]] = []
    for p in run.passages:
        at = p.location
        rows.append([
            p.text, p.lang, p.kind, places.line(p.start), at.page or 0,
            [at.table or 0, at.row or 0, at.column or 0, at.part or ""] if at.table or at.part else 0,
            repeats.get(p.passage_id, -1), p.number,
        ])  # fmt: skip
    return rows


def _unit(run: Run, places: Places, index: int, engines: Sequence[str]) -> list[Any]:
    """id, passage, target text and language, origin, state, engine, paired passage, warnings, basis, source text."""
    unit = run.units[index]
    passage = places.passage_index[unit.passage_id]
    whole = unit.source_text == run.passages[passage].text
    return [
        unit.unit_id, passage, unit.target_text, unit.target_lang, unit.origin, unit.state,
        engines.index(unit.engine) if unit.engine else -1,
        places.passage_index.get(unit.paired_passage_id or "", -1), [[w, warning_sq(w)] for w in unit.warnings],
        short_hash(*unit_text(unit)), "" if whole else unit.source_text,
    ]  # fmt: skip


def _finding(
    finding: Finding, places: Places, rules: list[str], kinds: list[str], new_ids: Collection[str] | None
) -> list[Any]:
    """id, rule, kind, severity, messages, places, found, expected, suggestion, basis, new, anchors left out."""
    anchors = finding.anchors[:MOST_PLACES]
    groups = [places.of(a) for a in anchors]
    return [
        finding.finding_id, rules.index(finding.rule_id), kinds.index(finding.kind), finding.severity.word,
        finding.message, finding.message_sq or finding.message, _anchors(groups, places),
        finding.found, finding.expected, finding.suggestion, short_hash(*judged_text(places, finding)),
        int(new_ids is not None and finding.finding_id in new_ids), len(finding.anchors) - len(anchors),
        _to_correct(finding),
    ]  # fmt: skip


def _to_correct(finding: Finding) -> list[int]:
    """Indexes of the anchors that a correction replaces unless the reviewer chooses others."""
    return list(default_places(finding))


def default_places(finding: Finding) -> tuple[int, ...]:
    """The anchors that read as the finding's `found`; the only one; else the last."""
    if finding.found is not None:
        same = tuple(i for i, a in enumerate(finding.anchors) if a.exact == finding.found)
        if same:
            return same
    return (len(finding.anchors) - 1,)


def _anchors(groups: Sequence[tuple[Place, ...]], places: Places) -> list[list[list[Any]]]:
    """For each anchor its places as [passage, unit, start, end, marks, line] (and text, before, after outside)."""
    quotes = [" ".join(p.exact for p in group) for group in groups]
    result: list[list[list[Any]]] = []
    for i, group in enumerate(groups):
        marks = _marks(i, groups, quotes, places) if len(group) == 1 else ()
        result.append([_place(p, marks, places) for p in group])
    return result


def _marks(
    i: int, groups: Sequence[tuple[Place, ...]], quotes: Sequence[str], places: Places
) -> tuple[tuple[int, int], ...]:
    """What the quote of anchor `i` has that the one beside it lacks; nothing across languages, except in figures."""
    other = 1 if i == 0 else 0
    if len(quotes) < 2 or quotes[i] == quotes[other] or (i > 1 and len(quotes[i]) > LONG_QUOTE):
        return ()
    if _lang(groups[i], places) != _lang(groups[other], places) and not (_figure(quotes[i]) and _figure(quotes[other])):
        return ()
    return differing_places(quotes[i], quotes[other])[0]


def _lang(group: tuple[Place, ...], places: Places) -> str:
    place = group[0]
    if place.unit is not None:
        return places.run.units[place.unit].target_lang
    return places.run.passages[place.passage].lang if place.passage is not None else "und"


def _figure(quote: str) -> bool:
    return 2 * sum(c.isdigit() for c in quote) >= len(quote.replace(" ", ""))


def _place(place: Place, marks: Sequence[tuple[int, int]], places: Places) -> list[Any]:
    run = places.run
    if place.before or place.after or place.passage is None:
        text = place.exact
        extra: list[Any] = [place.exact, place.before, place.after]
    elif place.unit is not None:
        text, extra = run.units[place.unit].target_text, []
    else:
        text, extra = run.passages[place.passage].text, []
    flat = [utf16(place.exact, offset) for mark in marks for offset in mark]
    return [
        -1 if place.passage is None else place.passage, -1 if place.unit is None else place.unit,
        utf16(text, place.start), utf16(text, place.end), flat, place.line, *extra,
    ]  # fmt: skip
