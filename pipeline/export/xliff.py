"""XLIFF 2.1 with segment states and ITS localization quality issues.

Source of the format: OASIS, XLIFF Version 2.1 (2018), core and ITS module. A file of XLIFF has one source and one
target language, so a report has one `file` for each direction that it holds, in one document where it holds one only,
and the units of the other direction are written with their sides exchanged and a note that says so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.export.bilingual import BilingualRow, bilingual_rows
from pipeline.export.xml_text import to_bytes, xml_text
from pipeline.model import Run, Severity
from pipeline.terminology import Glossary

CORE = "urn:oasis:names:tc:xliff:document:2.0"
ITS = "http://www.w3.org/2005/11/its"
ITSM = "urn:oasis:names:tc:xliff:itsm:2.1"
MDA = "urn:oasis:names:tc:xliff:metadata:2.0"

# ITS severity is a number from 0 to 100, which is the scale of ours.
_SEVERITY = {s: str(int(s)) for s in Severity}


def write_xliff(run: Run, glossary: Glossary, path: Path, *, only_reviewed: bool = False) -> None:
    """One `unit` a row; the source language is the one most rows have. Nothing is left out but page furniture."""
    from lxml import etree

    rows = bilingual_rows(run, only_reviewed=only_reviewed)
    english = sum(r.source_lang == "en" for r in rows)
    source = "en" if english >= sum(r.source_lang == "sq" for r in rows) else "sq"
    target = "sq" if source == "en" else "en"
    root = etree.Element(f"{{{CORE}}}xliff", version="2.1", srcLang=source, trgLang=target,
                         nsmap={None: CORE, "its": ITS, "itsm": ITSM, "mda": MDA})  # fmt: skip
    root.set(f"{{{ITS}}}version", "2.0")
    file = etree.SubElement(root, f"{{{CORE}}}file", id="f1", original=xml_text(run.document.name))
    for row in rows:
        _unit(file, row, source, target)
    if not rows:
        # XLIFF wants at least one unit in a file.
        unit = etree.SubElement(file, f"{{{CORE}}}unit", id="empty", translate="no")
        etree.SubElement(etree.SubElement(unit, f"{{{CORE}}}segment"), f"{{{CORE}}}source")
    path.write_bytes(to_bytes(root))


def _unit(file: Any, row: BilingualRow, source: str, target: str) -> None:
    from lxml import etree

    unit = etree.SubElement(file, f"{{{CORE}}}unit", id=f"u{row.row_id}", name=f"passage {row.number}")
    if not row.sq.strip() or not row.en.strip() or row.source_lang == "und":
        unit.set("translate", "no" if row.source_lang == "und" else "yes")
    if row.findings:
        _issues(unit, row)
    _metadata(unit, row)
    notes = [*row.warnings]
    if row.source_lang not in (source, "und", "mixed"):
        notes.append(f"The report has this passage in the other language ({row.source_lang}); the sides are exchanged.")
    if notes:
        holder = etree.SubElement(unit, f"{{{CORE}}}notes")
        for note in notes:
            etree.SubElement(holder, f"{{{CORE}}}note").text = xml_text(note)
    segment = etree.SubElement(unit, f"{{{CORE}}}segment", state=row.state)
    text = etree.SubElement(segment, f"{{{CORE}}}source")
    if row.findings and row.text(source).strip():
        # The ITS module lets quality issues stand on a marker only, not on the unit.
        mark = etree.SubElement(text, f"{{{CORE}}}mrk", id="q1", type="its:any")
        mark.set(f"{{{ITS}}}locQualityIssuesRef", f"#its={_issues_id(row)}")
        mark.text = xml_text(row.text(source))
    else:
        text.text = xml_text(row.text(source))
    if row.text(target).strip():
        etree.SubElement(segment, f"{{{CORE}}}target").text = xml_text(row.text(target))


def _issues(unit: Any, row: BilingualRow) -> None:
    from lxml import etree

    holder = etree.SubElement(unit, f"{{{ITS}}}locQualityIssues")
    holder.set("{http://www.w3.org/XML/1998/namespace}id", _issues_id(row))
    for finding in row.findings:
        etree.SubElement(
            holder, f"{{{ITS}}}locQualityIssue", locQualityIssueType=finding.issue_type,
            locQualityIssueComment=xml_text(finding.message), locQualityIssueSeverity=_SEVERITY[finding.severity],
        )  # fmt: skip


def _issues_id(row: BilingualRow) -> str:
    """An xml:id: it may not begin with a digit."""
    return f"i{row.row_id}"


def _metadata(unit: Any, row: BilingualRow) -> None:
    from lxml import etree

    holder = etree.SubElement(unit, f"{{{MDA}}}metadata")
    group = etree.SubElement(holder, f"{{{MDA}}}metaGroup", category="dygjuhe")
    for name, value in (("origin", row.mark), ("engine", row.engine), ("place", row.place), ("kind", row.kind)):
        if value:
            etree.SubElement(group, f"{{{MDA}}}meta", type=name).text = xml_text(value)
