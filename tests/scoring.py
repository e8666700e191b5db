"""Compares what a run found with a gold annotation.

A finding hits a gold finding when its kind, or the family of its kind, agrees with the gold's kind or one of its
`alt_kinds`, and its anchors overlap at least two gold mentions (one where gold has one). An anchor counts only where
it is tight (at most 80 characters, or four times the quote), except for findings about whole passages. Recall is over
sure gold findings; the core leaves out the trivial ones. Precision is over what is reported as critical, major or
minor; hits on arguable gold findings are right. A wrong finding that sits on a hard negative is counted there too.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
Place = tuple[int, int]

FAMILIES: dict[str, str] = {
    "contact": "hotline_variant hotline_unregistered contact_mismatch",
    "date": "date_malformed date_impossible date_variant date_mismatch date_order_contradiction weekday_mismatch "
    "instrument_date_mismatch period_mismatch date_format_variant",
    "count": "count_mismatch number_word_mismatch period_mismatch percentage_mismatch content_contradiction "
    "number_style",
    "sum": "sum_mismatch percentage_sum percentage_mismatch",
    "amount": "amount_mismatch currency_mismatch",
    "bilingual": "figure_differs_between_languages bilingual_figure_mismatch bilingual_content_mismatch",
    "article": "article_number_mismatch article_title_mismatch article_title_variant article_unknown "
    "article_paragraph_variant",
    "instrument": "instrument_name_variant instrument_number_mismatch instrument_number_wrong "
    "instrument_date_mismatch order_number_mismatch",
    "institution": "institution_name_variant",
    "abbreviation": "abbreviation_conflict abbreviation_variant abbreviation_undefined abbreviation_late_definition",
    "numbering": "numbering_gap numbering_style page_number_conflict",
    "copies": "passage_near_duplicate passage_duplicate passage_missing_in_copy duplicated_phrase",
    "untranslated": "untranslated_passage",
    "form": "ocr_artifact truncated_text markup_artifact merged_items institution_cell_merged "
    "institution_cell_missing punctuation_variant case_variant",
    "reference": "reference_format reference_incomplete reference_unclear",
    "term": "term_variant legal_term_misuse mistranslation case_variant",
    "name": "name_variant ocr_artifact",
    "language": "language_error mistranslation duplicated_phrase truncated_text content_copy_paste",
}
FAMILIES_OF: dict[str, frozenset[str]] = {
    kind: frozenset(f for f, kinds in FAMILIES.items() if kind in kinds.split())
    for kinds in FAMILIES.values()
    for kind in kinds.split()
}
# Kinds of these families are about a whole passage: a wide anchor is as good as a narrow one.
WHOLE_PASSAGE = {"copies", "untranslated", "form", "language"}
REPORTED = {"critical", "major", "minor"}
REFERENCE_KINDS = {"article", "article_list", "order", "decision", "directive", "convention"}
INSTITUTION_TYPES = {
    "ministry", "prosecution", "police", "agency", "regulator", "unit", "school", "ngo", "government", "association",
    "international", "office_holder",
}  # fmt: skip


@dataclass(frozen=True)
class Gold:
    """What a careful editor would flag in one report, and what is named in it; empty where nobody annotated it."""

    findings: tuple[Row, ...] = ()
    hard_negatives: tuple[Row, ...] = ()
    references: tuple[Row, ...] = ()
    institutions: tuple[Row, ...] = ()
    figures: tuple[Row, ...] = ()
    passages: tuple[Row, ...] = ()


@dataclass
class Score:
    """The outcome for one report, by gold finding and by reported finding."""

    hits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of the reported findings that hit each gold finding."""
    gold: dict[str, Row] = field(default_factory=dict)
    right: list[Row] = field(default_factory=list)
    wrong: list[Row] = field(default_factory=list)
    """Reported as critical, major or minor, and in no gold finding."""
    trivial: list[Row] = field(default_factory=list)
    on_negatives: list[tuple[Row, Row]] = field(default_factory=list)
    """A wrong finding with the hard negative that it sits on."""
    negatives: int = 0
    ratios: dict[str, tuple[int, int]] = field(default_factory=dict)
    """What was found and understood: name to (right, all)."""
    notes: list[str] = field(default_factory=list)

    def recall(self, *, core: bool) -> tuple[int, int]:
        """Gold findings hit, and all of them: the core (sure and not trivial), or all sure ones."""
        wanted = [g for g in self.gold.values() if counted(g, core=core)]
        return sum(bool(self.hits[g["id"]]) for g in wanted), len(wanted)

    @property
    def precision(self) -> tuple[int, int]:
        return len(self.right), len(self.right) + len(self.wrong)


def counted(gold: Row, *, core: bool) -> bool:
    return gold["certainty"] == "sure" and not (core and gold["severity"] == "trivial")


def read_rows(path: Path) -> tuple[dict[str, Any], ...]:
    """The objects of a JSON Lines file; an absent file has none."""
    if not path.exists():
        return ()
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def read_gold(path: Path) -> Gold:
    """The gold in a folder with one file a table, or in one NAME.gold.jsonl with a `record` in each row."""
    if path.is_dir():
        names = ("findings", "hard_negatives", "references", "institutions", "figures", "passages")
        return Gold(*(read_rows(path / f"{name}.jsonl") for name in names))
    rows = read_rows(path)
    records = ("finding", "hard_negative", "reference", "institution", "figure", "passage")
    return Gold(*(tuple(r for r in rows if r["record"] == record) for record in records))


class Locator:
    """Finds a gold mention in the report: by line and offset where its quote stands there, else by its quote."""

    def __init__(self, source: str):
        self.source = source
        self.starts = [0, *(m.end() for m in re.finditer("\n", source))]

    def find(self, mention: Row) -> Place | None:
        line = mention.get("line")
        if line and line <= len(self.starts):
            place = self.starts[line - 1] + mention["start"], self.starts[line - 1] + mention["end"]
            if self.source[slice(*place)] == mention["quote"]:
                return place
        words = r"\s+".join(map(re.escape, mention["quote"].split()))
        met = re.search(words, self.source) if words else None
        return met.span() if met else None

    def find_all(self, mentions: Iterable[Row]) -> list[Place]:
        return [place for place in map(self.find, mentions) if place]


def overlap(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def agree(kind: str, gold: Row) -> bool:
    kinds = {gold["kind"], *gold.get("alt_kinds", ())}
    mine = FAMILIES_OF.get(kind, frozenset())
    return kind in kinds or any(mine & FAMILIES_OF.get(k, frozenset()) for k in kinds)


def sits_on(finding: Row, mentions: Sequence[Row], places: Sequence[Place], *, loose: bool = False) -> bool:
    """Whether the anchors touch at least two places of the mentions (one where there is one mention)."""

    def touched(place: Place) -> bool:
        limit = max(80, 4 * (place[1] - place[0]))
        return any(
            overlap((a["start"], a["end"]), place) and (loose or a["end"] - a["start"] <= limit)
            for a in finding["anchors"]
        )

    return sum(map(touched, places)) >= min(2, len(mentions))


def score(source: str, gold: Gold, findings: Sequence[Row], mentions: Sequence[Row], passages: Sequence[Row]) -> Score:
    """Compares one report's findings, mentions and passages with its gold."""
    locate = Locator(source)
    result = Score(gold={g["id"]: g for g in gold.findings}, negatives=len(gold.hard_negatives))
    for g in gold.findings:
        places = locate.find_all(g["mentions"])
        if not places:
            result.notes.append(f"gold {g['id']} cannot be found in the report")
        loose = bool(FAMILIES_OF.get(g["kind"], frozenset()) & WHOLE_PASSAGE)
        result.hits[g["id"]] = tuple(
            f["finding_id"] for f in findings if agree(f["kind"], g) and sits_on(f, g["mentions"], places, loose=loose)
        )
    right = {i for ids in result.hits.values() for i in ids}
    for f in findings:
        if f["severity"] not in REPORTED:
            result.trivial.append(f)
        elif f["finding_id"] in right:
            result.right.append(f)
        else:
            result.wrong.append(f)
            for n in gold.hard_negatives:
                if sits_on(f, n["mentions"], locate.find_all(n["mentions"])):
                    result.on_negatives.append((f, n))
                    break
    result.ratios = {
        **_references(locate, gold.references, mentions, result.notes),
        **_institutions(locate, gold.institutions, mentions, result.notes),
        **_figures(locate, gold.figures, mentions, result.notes),
        **_languages(locate, gold.passages, passages),
    }
    return result


def _places(locate: Locator, rows: Iterable[Row]) -> list[tuple[Place, Row]]:
    return [(place, row) for row in rows if (place := locate.find(row))]


def _of_type(mentions: Iterable[Row], kind: str) -> list[tuple[Place, Row]]:
    return [((m["start"], m["end"]), m) for m in mentions if m["type"] == kind]


def _article(text: str | None) -> str | None:
    return re.sub(r"\s+", "", text).lower() if text else None


def _references(
    locate: Locator, rows: Sequence[Row], mentions: Sequence[Row], notes: list[str]
) -> dict[str, tuple[int, int]]:
    if not rows:
        return {}
    wanted = _places(locate, (r for r in rows if r["kind"] in REFERENCE_KINDS))
    aside = _places(locate, (r for r in rows if r["kind"] not in REFERENCE_KINDS))
    got = _of_type(mentions, "legal_reference")

    def same(place: Place, row: Row, at: Place, mention: Row) -> bool:
        return overlap(place, at) and _article(row["article"]) == _article(mention.get("article"))

    hit = [w for w in wanted if any(same(*w, *m) for m in got)]
    good = [m for m in got if any(same(*w, *m) for w in wanted)]
    bad = [m for m in got if m not in good and not any(overlap(a, m[0]) for a, _ in aside)]
    notes += [f"reference missed: {r['quote']!r} line {r['line']}" for p, r in wanted if (p, r) not in hit]
    notes += [f"reference wrong: {m['exact']!r} article {m.get('article')}" for _, m in bad]
    return {"references": (len(hit), len(wanted)), "references right": (len(good), len(good) + len(bad))}


def _institutions(
    locate: Locator, rows: Sequence[Row], mentions: Sequence[Row], notes: list[str]
) -> dict[str, tuple[int, int]]:
    if not rows:
        return {}
    wanted = _places(locate, (r for r in rows if r["type"] in INSTITUTION_TYPES))
    aside = _places(locate, (r for r in rows if r["type"] not in INSTITUTION_TYPES))
    got = _of_type(mentions, "institution")
    hit = [w for w in wanted if any(overlap(w[0], at) for at, _ in got)]
    good = [m for m in got if any(overlap(p, m[0]) for p, _ in wanted)]
    bad = [m for m in got if m not in good and not any(overlap(p, m[0]) for p, _ in aside)]
    notes += [f"institution missed: {r['quote']!r} line {r['line']}" for p, r in wanted if (p, r) not in hit]
    notes += [f"institution wrong: {m['exact']!r}" for _, m in bad]
    return {"institutions": (len(hit), len(wanted)), "institutions right": (len(good), len(good) + len(bad))}


def _figures(
    locate: Locator, rows: Sequence[Row], mentions: Sequence[Row], notes: list[str]
) -> dict[str, tuple[int, int]]:
    if not rows:
        return {}
    wanted = _places(locate, (r for r in rows if r["kind"] not in ("weekday", "approximation")))
    got = _of_type(mentions, "figure")
    seen = read = 0
    for place, row in wanted:
        here = [m for at, m in got if overlap(place, at)]
        seen += bool(here)
        understood = any(
            m.get("figure_kind") == row["kind"] and same_value(row["value_normalised"], m.get("value")) for m in here
        )
        read += understood
        if not understood:
            found = ", ".join(f"{m.get('figure_kind')} {m.get('value')}" for m in here) or "nothing"
            wanted_as = f"{row['kind']} {row['value_normalised']}"
            notes.append(f"figure {row['quote']!r} line {row['line']}: {wanted_as} wanted, {found} found")
    return {"figures": (seen, len(wanted)), "figures read": (read, len(wanted))}


def same_value(gold: object, found: object) -> bool:
    """Equal as numbers where both are numbers, else as text; an unreadable figure (None) equals only itself.

    >>> same_value("12.50", "12.5"), same_value(None, "31"), same_value("2014-06-10", "2014-06-10")
    (True, False, True)
    """
    if gold is None or found is None:
        return gold is found
    try:
        return Decimal(str(gold)) == Decimal(str(found))
    except InvalidOperation:
        return str(gold).lower().replace(" ", "") == str(found).lower().replace(" ", "")


def _languages(locate: Locator, rows: Sequence[Row], passages: Sequence[Row]) -> dict[str, tuple[int, int]]:
    if not rows:
        return {}
    called = right = 0
    for row in rows:
        if row["lang"] not in ("sq", "en"):
            continue
        start = locate.starts[row["line"] - 1] + row.get("start", 0)
        end = locate.starts[row["line"] - 1] + row["end"] if "end" in row else start + 1
        share: Counter[str] = Counter()
        for p in passages:
            if overlap((p["start"], p["end"]), (start, end)):
                share[p["lang"]] += min(p["end"], end) - max(p["start"], start)
        if share:
            lang = share.most_common(1)[0][0]
            called += lang in ("sq", "en")
            right += lang == row["lang"]
    return {"languages": (right, called)}


def by_kind(scores: Iterable[Score]) -> dict[str, tuple[int, int]]:
    """Sure gold findings hit, and all of them, for each kind."""
    table: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for s in scores:
        for g in s.gold.values():
            if counted(g, core=False):
                table[g["kind"]][0] += bool(s.hits[g["id"]])
                table[g["kind"]][1] += 1
    return {kind: (hit, total) for kind, (hit, total) in sorted(table.items())}


def by_rule(scores: Iterable[Score]) -> dict[str, tuple[int, int, int]]:
    """For each rule: right and wrong findings above trivial, and trivial ones."""
    table: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for s in scores:
        for column, findings in enumerate((s.right, s.wrong, s.trivial)):
            for f in findings:
                table[f["rule_id"]][column] += 1
    return {rule: (right, wrong, trivial) for rule, (right, wrong, trivial) in sorted(table.items())}
