"""What all reports of a folder say: every figure, contact, reference and institution with its place.

Reads: run folders. Writes: Fact rows as Parquet beside them, read back through DuckDB.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline.errors import ExportError
from pipeline.export.run_folder import read_run
from pipeline.languages import fold
from pipeline.model import Fact, FactSort, Figure, LegalReference, Mention, Passage, Run, TermMention
from pipeline.spans import line_of, line_starts
from pipeline.storage import PRIVATE, exclusive

# Longest context kept with a fact, in characters: enough to recognise the sentence.
CONTEXT_LENGTH = 240

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def facts_of(run: Run, name: str) -> tuple[Fact, ...]:
    """The facts of one run; figures that could not be read, article numbers and list numbers are no facts."""
    starts = line_starts(run.document.source_text)
    date = str(run.signature.get("report_date") or "")
    passages = [p for p in run.passages if p.kind != "page_furniture"]
    found: list[Fact] = []
    index = 0
    for mention in sorted(run.mentions, key=lambda m: m.span.start):
        while index < len(passages) and passages[index].end <= mention.span.start:
            index += 1
        if index == len(passages):
            break
        about = _about(mention)
        if about is None:
            continue
        sort, kind, key, label, value, unit = about
        passage = passages[index]
        found.append(
            Fact(name, run.document.doc_id, date, sort, kind, key, label, value, unit, _year(passage, date),
                 mention.span.start, mention.span.end, line_of(starts, mention.span.start), mention.span.exact,
                 _context(passage, mention))
        )  # fmt: skip
    return tuple(found)


def _about(mention: Mention) -> tuple[FactSort, str, str, str, str, str] | None:
    """sort, kind, key, label, value and unit of a fact; None for what is compared within a report only."""
    match mention:
        case Figure(kind="phone", value=str(value)):
            return "contact", "phone", " ".join(sorted(mention.label_key)), mention.label, value, ""
        case Figure(kind="count" | "amount" | "percent" as kind, value=str(value)) if mention.label_key:
            return "figure", kind, " ".join(sorted(mention.label_key)), mention.label, value, mention.unit or ""
        case LegalReference(number=str(number), date=str(date)) if mention.article is None and number:
            key = mention.concept_id or f"{mention.act_type or 'act'} {number}"
            return "act", mention.act_type or "act", key, mention.instrument or mention.span.exact, date, ""
        case TermMention(kind="institution", concept_id=str(concept)):
            return "institution", "name", concept, mention.span.exact, fold(mention.term), ""
    return None


def _year(passage: Passage, report_date: str) -> str:
    years: set[str] = set(_YEAR.findall(passage.text))
    if len(years) == 1:
        return years.pop()
    return "" if years else report_date[:4]


def _context(passage: Passage, mention: Mention) -> str:
    """The words around a mention, cut at CONTEXT_LENGTH characters."""
    middle = min(max(mention.span.start - passage.start, 0), len(passage.text))
    start = max(0, min(middle - CONTEXT_LENGTH // 2, len(passage.text) - CONTEXT_LENGTH))
    return " ".join(passage.text[start : start + CONTEXT_LENGTH].split())


@dataclass(frozen=True, slots=True)
class FactBase:
    """The Parquet files of one folder of runs; every question is one DuckDB query over them."""

    folder: Path

    def conflicts(self, sort: FactSort, *, by_year: bool) -> Iterator[tuple[Fact, ...]]:
        """Groups of facts on one key (and year) whose value differs between reports, in order of key and report."""
        group = "sort, kind, unit, key" + (", year" if by_year else "")
        known = " AND year <> ''" if by_year else ""
        rows = self._query(
            f"""WITH bad AS (SELECT {group} FROM facts WHERE sort = ? AND key <> ''{known} GROUP BY {group}
                HAVING count(DISTINCT value) > 1 AND count(DISTINCT report) > 1)
                SELECT facts.* FROM facts JOIN bad USING ({group})
                ORDER BY {group}, report_date, report, start""",
            [sort],
        )
        for _, members in itertools.groupby(rows, key=lambda fact: _group_key(fact, by_year)):
            yield tuple(members)

    def repeated(self) -> Iterator[tuple[Fact, ...]]:
        """Facts of sentences that stand word for word in reports of different years and name no year themselves."""
        rows = self._query(
            """WITH said AS (SELECT * FROM facts
                             WHERE sort = 'figure' AND NOT regexp_matches(context, '(19|20)[0-9]{2}')),
               bad AS (SELECT context FROM said GROUP BY context
                       HAVING count(DISTINCT report) > 1 AND count(DISTINCT left(report_date, 4)) > 1)
               SELECT said.* FROM said JOIN bad USING (context) ORDER BY context, report_date, report, start""",
            [],
        )
        for _, group in itertools.groupby(rows, key=lambda fact: fact.context):
            yield tuple(group)

    def series(self, most: int) -> Iterator[tuple[Fact, ...]]:
        """The figures on a label of two words or more that the most reports give, at most `most` of them."""
        rows = self._query(
            """WITH often AS (SELECT kind, unit, key FROM facts WHERE sort = 'figure' AND key LIKE '% %'
                              GROUP BY kind, unit, key HAVING count(DISTINCT report) > 1
                              ORDER BY count(DISTINCT report) DESC, key LIMIT ?::INTEGER)
               SELECT facts.* FROM facts JOIN often USING (kind, unit, key) WHERE sort = 'figure'
               ORDER BY kind, unit, key, report_date, report, start""",
            [str(most)],
        )
        for _, group in itertools.groupby(rows, key=lambda fact: _group_key(fact, by_year=False)):
            yield tuple(group)

    def search(self, words: str) -> list[Fact]:
        """Facts in whose label, context or value every word occurs (ë and ç folded), in order of date and place."""
        folded = [f"%{w}%" for w in fold(words).split()]
        if not folded:
            return []
        where = " AND ".join("haystack LIKE ?" for _ in folded)
        haystack = "translate(lower(label || ' ' || context || ' ' || value || ' ' || key), 'ëç', 'ec')"
        return self._query(
            f"SELECT * EXCLUDE (haystack) FROM (SELECT *, {haystack} AS haystack FROM facts) WHERE {where} "
            "ORDER BY report_date, report, start",
            folded,
        )

    def reports(self) -> list[str]:
        return sorted(p.stem for p in self.folder.glob("*.parquet"))

    def _query(self, sql: str, parameters: Sequence[str]) -> list[Fact]:
        import duckdb

        if not self.reports():
            return []
        files = str(self.folder / "*.parquet").replace("'", "''")
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"CREATE VIEW facts AS SELECT * FROM read_parquet('{files}')")
            return [Fact(*row) for row in connection.execute(sql, list(parameters)).fetchall()]


def _group_key(fact: Fact, by_year: bool) -> tuple[str, ...]:
    return fact.sort, fact.kind, fact.unit, fact.key, fact.year if by_year else ""


def run_folders(out: Path) -> list[Path]:
    """The complete run folders in a folder, in order of name."""
    return sorted(p.parent for p in out.glob("*/run.json") if not p.parent.name.startswith("."))


def update_facts(out: Path) -> FactBase:
    """Brings the Parquet files beside the run folders up to date and returns them; only changed runs are read.

    Raises ExportError where the folder holds no runs or one of them is damaged.
    """
    folders = run_folders(out)
    if not folders:
        raise ExportError(str(out), "holds no runs", "Name the --out folder of `dygjuhe run`.")
    base = out / PRIVATE / "facts"
    with exclusive(out / PRIVATE / "facts.lock"):
        base.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in folders:
            _update_one(folder, base / f"{folder.name}.parquet")
        wanted = {f"{f.name}.parquet" for f in folders}
        for path in base.glob("*.parquet"):
            if path.name not in wanted:
                path.unlink()
    return FactBase(base)


def _update_one(folder: Path, target: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    mark = f"{record['report']['doc_id']} {record.get('signature', {}).get('key', '')}".encode()
    if target.exists() and (pq.read_schema(target).metadata or {}).get(b"run") == mark:
        return
    rows = facts_of(read_run(folder), folder.name)
    columns: dict[str, Any] = {f.name: [getattr(r, f.name) for r in rows] for f in fields(Fact)}
    types = [(f.name, pa.int64() if f.name in ("start", "end", "line") else pa.string()) for f in fields(Fact)]
    table = pa.table(columns, schema=pa.schema(types, metadata={b"run": mark}))
    aside = target.with_suffix(".partial")
    pq.write_table(table, aside)
    aside.chmod(0o600)
    aside.replace(target)
