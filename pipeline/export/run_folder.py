"""The run folder: written aside and put in place whole, and read back.

Reads: Run. Writes: source.txt, passages.jsonl, units.jsonl, mentions.jsonl, findings.jsonl, alignment.jsonl, run.json.
"""

from __future__ import annotations

import glob
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from pipeline.errors import ExportError
from pipeline.model import (
    Candidate,
    Copy,
    Difference,
    Document,
    Figure,
    Finding,
    LegalReference,
    Location,
    Mention,
    Pair,
    Passage,
    Repair,
    Run,
    Severity,
    Span,
    TermMention,
    TranslationUnit,
    short_hash,
)
from pipeline.spans import apply_repairs, line_of, line_starts
from pipeline.terminology import Glossary

# Version of the layout of a run folder; raised when a reader of the old one would go wrong.
LAYOUT = 1


def canonical_names(mention: Mention, glossary: Glossary) -> tuple[str | None, str | None]:
    """The glossary's Albanian and English form of what is mentioned; None where it is undecided or has none."""
    if isinstance(mention, Figure) or mention.concept_id is None:
        return None, None
    names = glossary.preferred(mention.concept_id, "sq"), glossary.preferred(mention.concept_id, "en")
    if isinstance(mention, LegalReference) and mention.article:
        code_sq, code_en = names
        linking = "i" if code_sq.split(" ")[0].endswith("i") else "e"
        genitive = _genitive(code_sq)
        return (
            f"neni {mention.article} {linking} {genitive}" if code_sq else None,
            f"Article {mention.article} of the {code_en}" if code_en else None,
        )
    return names[0] or None, names[1] or None


def _genitive(name: str) -> str:
    """`Kodi Penal` -> `Kodit Penal`, `Kushtetuta e ...` -> `Kushtetutës së ...`: first word and particle only."""
    first, _, rest = name.partition(" ")
    if first.endswith("i"):
        first = first + "t"
    elif first.endswith("a"):
        first = first[:-1] + "ës"
        if rest.startswith("e "):
            rest = "së " + rest[2:]
    if rest.startswith("i "):
        rest = "të " + rest[2:]
    return f"{first} {rest}".strip()


def _source_order(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "exact": span.exact}


def passage_rows(run: Run) -> Iterator[dict[str, Any]]:
    copies = {c.passage_id: c.of_passage_id for c in run.copies}
    for p in run.passages:
        yield {
            "passage_id": p.passage_id, "number": p.number, "start": p.start, "end": p.end, "kind": p.kind,
            "lang": p.lang, "lang_score": round(p.lang_score, 4), "duplicate_of": copies.get(p.passage_id),
            "location": {k: v for k, v in asdict(p.location).items() if v is not None}, "text": p.text,
            "repairs": [asdict(r) for r in p.repairs], "foreign": p.foreign, "lang_hint": p.lang_hint,
        }  # fmt: skip


def unit_rows(run: Run) -> Iterator[dict[str, Any]]:
    return (asdict(unit) for unit in run.units)


def mention_rows(run: Run, glossary: Glossary) -> Iterator[dict[str, Any]]:
    for mention in run.mentions:
        canonical_sq, canonical_en = canonical_names(mention, glossary)
        row: dict[str, Any] = {"mention_id": "", "type": "", **_source_order(mention.span)}
        if isinstance(mention, Figure):
            row |= {
                "type": "figure", "concept_id": None, "candidates": [], "canonical_sq": None, "canonical_en": None,
                "score": 100.0 if mention.value is not None else 0.0, "figure_kind": mention.kind,
                "value": mention.value, "readings": mention.readings, "unit": mention.unit, "label": mention.label,
                "label_key": mention.label_key, "approximate": mention.approximate, "written": mention.written,
                "captured_by": mention.captured_by,
            }  # fmt: skip
        else:
            row |= {
                "type": mention.kind if isinstance(mention, TermMention) else "legal_reference",
                "concept_id": mention.concept_id, "candidates": [asdict(c) for c in mention.candidates],
                "canonical_sq": canonical_sq, "canonical_en": canonical_en, "score": mention.score,
            }  # fmt: skip
            left_out = {"span", "kind", "concept_id", "candidates", "score"}
            for field in fields(mention):
                if field.name not in left_out:
                    value = getattr(mention, field.name)
                    row[field.name] = _source_order(value) if isinstance(value, Span) else value
        row["mention_id"] = short_hash(row["type"], str(row["start"]), row["exact"], str(row.get("figure_kind")))
        yield row


def finding_rows(run: Run) -> Iterator[dict[str, Any]]:
    """Findings as the contract has them; a place in a translation is given as the place of its source."""
    starts = line_starts(run.document.source_text)
    units = {u.unit_id: u for u in run.units}
    for f in run.findings:
        anchors: list[dict[str, Any]] = []
        targets: list[dict[str, Any]] = []
        for a in f.anchors:
            if a.side == "source":
                anchors.append({**_source_order(a), "line": line_of(starts, a.start)})
            else:
                targets.append({**_source_order(a), "unit_id": a.text_id})
        if not anchors:
            unit = units[f.anchors[0].text_id]
            exact = run.document.source_text[unit.start : unit.end]
            anchors.append({"start": unit.start, "end": unit.end, "exact": exact, "line": line_of(starts, unit.start)})
        yield {
            "finding_id": f.finding_id, "rule_id": f.rule_id, "kind": f.kind, "severity": f.severity.word,
            "message": f.message, "message_sq": f.message_sq, "anchors": anchors, "target_anchors": targets,
            "found": f.found, "expected": f.expected, "suggestion": f.suggestion, "issue_type": f.issue_type,
        }  # fmt: skip


def alignment_rows(run: Run) -> Iterator[dict[str, Any]]:
    for copy in run.copies:
        yield {"type": "copy", **asdict(copy)}
    for pair in run.pairs:
        yield {"type": "pair", **asdict(pair)}


def counts(run: Run) -> dict[str, Any]:
    """What the summary and the report's head say, counted once."""
    texts = [p for p in run.passages if p.kind != "page_furniture"]
    figures = [m.value is not None for m in run.mentions if isinstance(m, Figure)]
    references = [m.concept_id is not None for m in run.mentions if isinstance(m, LegalReference)]
    names = [m.concept_id is not None for m in run.mentions if isinstance(m, TermMention) and m.kind == "institution"]
    return {
        "passages": len(texts),
        "languages": {lang: sum(p.lang == lang for p in texts) for lang in ("sq", "en", "mixed", "und")},
        "copies": len(run.copies),
        "pairs": len(run.pairs),
        "units": len(run.units),
        "translated": {o: sum(u.origin == o and bool(u.target_text) for u in run.units)
                       for o in ("aligned", "memory", "machine", "person")},
        "untranslated": sum(not u.target_text for u in run.units),
        "findings": {s.word: sum(f.severity == s for f in run.findings) for s in Severity},
        "coverage": {
            kind: {"seen": len(understood), "understood": sum(understood)}
            for kind, understood in (("figures", figures), ("references", references), ("institutions", names))
        },
    }  # fmt: skip


def run_record(run: Run) -> dict[str, Any]:
    """The content of run.json. Seconds differ from run to run; everything else is a function of the input."""
    document = run.document
    return {
        "layout": LAYOUT,
        "report": {"name": document.name, "doc_id": document.doc_id, "media_type": document.media_type,
                   "notes": document.notes, "repairs": [asdict(r) for r in document.repairs],
                   "blocks": len(document.blocks)},
        "counts": counts(run),
        "finding_ids": [f.finding_id for f in run.findings],
        "switched_off": [{"rule_id": r, "reason": why} for r, why in run.switched_off],
        "signature": run.signature,
        "seconds": {k: round(v, 3) for k, v in run.seconds.items()},
    }  # fmt: skip


def dump_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line, UTF-8, keys in the order given."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


@contextmanager
def folder_aside(target: Path) -> Iterator[Path]:
    """A private folder beside `target` that takes its place when the block ends well; nothing is left otherwise.

    Raises ExportError where the place cannot be written.
    """
    aside = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise ExportError(str(target), problem, "Choose another --out folder.") from error
    try:
        yield aside
        for path in aside.rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
            if path.is_file():
                with path.open("rb") as stream:
                    os.fsync(stream.fileno())
        old = target.with_name(f".{target.name}.{os.getpid()}.old")
        if target.exists():
            os.replace(target, old)
        os.replace(aside, target)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise ExportError(
            str(target), f"cannot be written ({error.strerror})", "Make room, or choose another --out folder."
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def remove_leftovers(out: Path, name: str) -> None:
    """Removes what a killed run of the report left aside. The caller holds the lock of the run folder."""
    for suffix in ("partial", "old"):
        for path in out.glob(f".{glob.escape(name)}.*.{suffix}"):
            shutil.rmtree(path, ignore_errors=True)


def write_records(run: Run, glossary: Glossary, folder: Path) -> None:
    """The contract's text and record files of `run` into an existing folder."""
    (folder / "source.txt").write_bytes(run.document.source_text.encode("utf-8", "surrogatepass"))
    dump_lines(folder / "passages.jsonl", passage_rows(run))
    dump_lines(folder / "units.jsonl", unit_rows(run))
    dump_lines(folder / "mentions.jsonl", mention_rows(run, glossary))
    dump_lines(folder / "findings.jsonl", finding_rows(run))
    dump_lines(folder / "alignment.jsonl", alignment_rows(run))
    record = json.dumps(run_record(run), ensure_ascii=False, indent=1)
    (folder / "run.json").write_text(record + "\n", encoding="utf-8", newline="\n")


def read_run(folder: Path) -> Run:
    """The run that a folder holds. Raises ExportError where it is none, is damaged or is of another layout."""
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        if record["layout"] != LAYOUT:
            raise ExportError(str(folder), f"has layout {record['layout']}", "Run the report again.")
        return _run_of(folder, record)
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ExportError(
            str(folder), f"is no complete run folder ({type(error).__name__}: {str(error)[:80]})",
            "Name a folder that `dygjuhe run` wrote, or run the report again.",
        ) from error  # fmt: skip


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def _run_of(folder: Path, record: dict[str, Any]) -> Run:
    source = (folder / "source.txt").read_bytes().decode("utf-8", "surrogatepass")
    report = record["report"]
    repairs = tuple(Repair(**r) for r in report["repairs"])
    document = Document(report["doc_id"], report["name"], report["media_type"], source,
                        apply_repairs(source, repairs)[0], repairs, notes=tuple(report["notes"]))  # fmt: skip
    doc_id = document.doc_id
    passages = tuple(_passage(row, doc_id) for row in _rows(folder / "passages.jsonl"))
    units = tuple(
        TranslationUnit(**{**row, "warnings": tuple(row["warnings"])}) for row in _rows(folder / "units.jsonl")
    )
    alignment = _rows(folder / "alignment.jsonl")
    copies = tuple(
        Copy(**{**_without_type(row), "differences": tuple(Difference(**d) for d in row["differences"])})
        for row in alignment if row["type"] == "copy"
    )  # fmt: skip
    pairs = tuple(Pair(**_without_type(row)) for row in alignment if row["type"] == "pair")
    return Run(
        document=document, passages=passages,
        mentions=tuple(_mention(row, doc_id) for row in _rows(folder / "mentions.jsonl")),
        copies=copies, pairs=pairs, units=units,
        findings=tuple(_finding(row, doc_id) for row in _rows(folder / "findings.jsonl")),
        signature=record["signature"], seconds=record["seconds"],
        switched_off=tuple((r["rule_id"], r["reason"]) for r in record["switched_off"]),
    )  # fmt: skip


def _without_type(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k != "type"}


def _passage(row: dict[str, Any], doc_id: str) -> Passage:
    return Passage(
        row["passage_id"], doc_id, row["number"], row["start"], row["end"], row["text"], row["kind"],
        Location(**row["location"]), tuple(Repair(**r) for r in row["repairs"]), row["lang"], row["lang_score"],
        row["lang_hint"], tuple((a, b, lang) for a, b, lang in row["foreign"]),
    )  # fmt: skip


def _span(row: dict[str, Any], doc_id: str) -> Span:
    return Span(doc_id, row["start"], row["end"], row["exact"])


def _mention(row: dict[str, Any], doc_id: str) -> Mention:
    span = _span(row, doc_id)
    candidates = tuple(Candidate(**c) for c in row["candidates"])
    if row["type"] == "figure":
        return Figure(span, row["figure_kind"], row["value"], tuple(row["readings"]), row["unit"], row["label"],
                      tuple(row["label_key"]), row["approximate"], row["written"], row["captured_by"])  # fmt: skip
    if row["type"] == "legal_reference":
        taken = {f.name: row[f.name] for f in fields(LegalReference) if f.name in row}
        title = row.get("title_span")
        return LegalReference(**{**taken, "span": span, "candidates": candidates,
                                 "title_span": _span(title, doc_id) if title else None})  # fmt: skip
    taken = {f.name: row[f.name] for f in fields(TermMention) if f.name in row}
    return TermMention(**{**taken, "span": span, "kind": row["type"], "candidates": candidates})


def _finding(row: dict[str, Any], doc_id: str) -> Finding:
    anchors = [_span(a, doc_id) for a in row["anchors"]]
    targets = [Span(a["unit_id"], a["start"], a["end"], a["exact"], "target") for a in row["target_anchors"]]
    return Finding(
        row["finding_id"], row["rule_id"], row["kind"], row["issue_type"], Severity[row["severity"].upper()],
        row["message"], tuple(anchors + targets), row["found"], row["expected"], row["suggestion"], row["message_sq"],
    )  # fmt: skip
