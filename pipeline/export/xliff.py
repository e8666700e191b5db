"""The units as XLIFF 2.1, with segment states and ITS localization quality issues, for CAT tools.

Reads: Run. Writes: an .xlf file.

A file of this format has one source and one target language. The source is the language that most of the report is
in, or the first of the order asked for; a unit that the report has in the other language is written with its sides
exchanged, and a note says so. Source: OASIS, XLIFF Version 2.1 (2018), core and ITS modules.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.export.rows import MARK_WORDS, BilingualRow, ExportOptions, bilingual_rows
from pipeline.export.xml_text import escaped, tag
from pipeline.model import Finding, Lang, Run
from pipeline.terminology import Glossary

_HEAD = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:its="http://www.w3.org/2005/11/its" '
    'xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" its:version="2.0" version="2.1" '
)


def write_xliff(run: Run, glossary: Glossary, path: Path, options: ExportOptions | None = None) -> None:
    """Writes every row of `run` at `path`; one without a translation has no target."""
    options = options or ExportOptions()
    rows = bilingual_rows(run, options)
    source, target = options.order if options.order_given else _direction(rows)
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{_HEAD}srcLang="{source}" trgLang="{target}">\n')
        stream.write(f'<file id="f1" original="{escaped(run.document.name)}" xml:space="preserve">\n')
        for number, row in enumerate(rows, 1):
            stream.write(_unit(number, row, source, target) + "\n")
        if not rows:
            # The schema wants a unit in a file.
            stream.write('<unit id="none" translate="no"><segment><source></source></segment></unit>\n')
        stream.write("</file>\n</xliff>\n")


def _direction(rows: tuple[BilingualRow, ...]) -> tuple[Lang, Lang]:
    """The language that most words of the report are in, and the other one."""
    words = {lang: sum(len(r.text(lang)) for r in rows if r.original == lang) for lang in ("sq", "en")}
    return ("sq", "en") if words["sq"] > words["en"] else ("en", "sq")


def _unit(number: int, row: BilingualRow, source: Lang, target: Lang) -> str:
    unit_id = row.unit.unit_id if row.unit is not None else f"p{row.passage.number}"
    issues: list[str] = []
    source_xml = _marked(row, source, f"s{number}", issues)
    target_xml = _marked(row, target, f"t{number}", issues)
    content = "".join(issues) + _metadata(row) + _notes(row, source)
    state = row.unit.state if row.unit is not None and row.text(target).strip() else "initial"
    segment = tag("source", source_xml) if source_xml else "<source></source>"
    if target_xml:
        segment += tag("target", target_xml)
    content += tag("segment", segment, id=f"s{number}", state=state, subState=f"dygjuhe:{row.mark}")
    translate = "no" if row.mark == "same" else None
    return tag("unit", content, id=unit_id, name=row.where, type=f"dygjuhe:{row.passage.kind}", translate=translate)


def _metadata(row: BilingualRow) -> str:
    unit = row.unit
    values = {
        "mark": row.mark, "origin": unit.origin if unit else None, "engine": unit.engine if unit else None,
        "passage": row.passage.number, "line": row.line, "kind": "part" if row.part else row.passage.kind,
    }  # fmt: skip
    items = "".join(tag("mda:meta", escaped(str(v)), type=k) for k, v in values.items() if v is not None)
    return tag("mda:metadata", tag("mda:metaGroup", items, category="dygjuhe"))


def _notes(row: BilingualRow, source: Lang) -> str:
    notes = [MARK_WORDS[row.mark][0]]
    if row.original in ("sq", "en") and row.original != source:
        notes.append("The report has this passage in the target language; the source side is its translation.")
    notes += row.unit.warnings if row.unit is not None else ()
    return tag("notes", "".join(tag("note", escaped(note)) for note in notes))


def _marked(row: BilingualRow, lang: Lang, side: str, issues: list[str]) -> str:
    """The text of a side with its findings as markers; a marker with several refers to a list added to `issues`.

    `side` begins the ids of this side, which must differ from all others in the file.
    """
    text = row.text(lang)
    if not text.strip():
        return ""
    parts: list[str] = []
    at = 0
    for number, (start, end, findings) in enumerate(_groups(row, lang), 1):
        parts.append(escaped(text[at:start]))
        attributes = _issue(findings[0], "its__")
        if len(findings) > 1:
            name = f"{side}i{number}"
            listed = "".join(tag("its:locQualityIssue", **_issue(f, "")) for f in findings)
            issues.append(tag("its:locQualityIssues", listed, xml__id=name))
            attributes = {"its__locQualityIssuesRef": f"#its={name}"}
        parts.append(tag("mrk", escaped(text[start:end]), id=f"{side}m{number}", type="its:generic", **attributes))
        at = end
    return "".join(parts) + escaped(text[at:])


def _issue(finding: Finding, prefix: str) -> dict[str, str]:
    return {
        f"{prefix}locQualityIssueType": finding.issue_type,
        f"{prefix}locQualityIssueComment": f"{finding.rule_id}: {finding.message}",
        f"{prefix}locQualityIssueSeverity": str(int(finding.severity)),
    }


def _groups(row: BilingualRow, lang: Lang) -> Iterator[tuple[int, int, list[Finding]]]:
    """The findings of a side by stretch of text; stretches that overlap are one."""
    start, end, findings = -1, -1, list[Finding]()
    for first, last, finding in row.places(lang):
        if findings and first < end:
            end = max(end, last)
            if finding not in findings:
                findings.append(finding)
            continue
        if findings:
            yield start, end, findings
        start, end, findings = first, last, [finding]
    if findings:
        yield start, end, findings
