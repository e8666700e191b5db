"""The translated units as a translation memory, TMX 1.4b, for CAT tools.

Reads: Run. Writes: a .tmx file.

Every unit says who answers for it: `creationid` and the property `x-mark` are source, human, memory, machine or
reviewed; `x-state` is the XLIFF state. The side that the report has is the unit's `srclang`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline import __version__
from pipeline.export.rows import BilingualRow, ExportOptions, translated_rows
from pipeline.export.xml_text import escaped, tag
from pipeline.model import Run
from pipeline.terminology import Glossary


def write_tmx(run: Run, glossary: Glossary, path: Path, options: ExportOptions | None = None) -> None:
    """Writes the units of `run` that have both texts at `path`."""
    options = options or ExportOptions()
    header = tag(
        "header", tag("prop", escaped(run.document.doc_id), type="x-document"), creationtool="dygjuhe",
        creationtoolversion=__version__, segtype="paragraph", o_tmf="dygjuhe", adminlang="en", srclang="*all*",
        datatype="plaintext", o_encoding="utf-8",
    )  # fmt: skip
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n')
        stream.write(f"{header}\n<body>\n")
        for row in translated_rows(run, options):
            stream.write(_unit(row, options) + "\n")
        stream.write("</body>\n</tmx>\n")


def _unit(row: BilingualRow, options: ExportOptions) -> str:
    unit = row.unit
    assert unit is not None
    content = "".join(_properties(row)) + "".join(
        tag("tuv", f"<seg>{escaped(row.text(lang))}</seg>", xml__lang=lang) for lang in options.order
    )
    return tag("tu", content, tuid=unit.unit_id, srclang=unit.source_lang, creationid=row.mark)


def _properties(row: BilingualRow) -> Iterator[str]:
    unit = row.unit
    assert unit is not None
    for finding in row.findings:
        yield tag("note", escaped(finding.message), xml__lang="en")
    for warning in unit.warnings:
        yield tag("note", escaped(warning), xml__lang="en")
    values = {
        "mark": row.mark, "state": unit.state, "origin": unit.origin, "engine": unit.engine,
        "passage": row.passage.number, "line": row.line, "kind": "part" if row.part else row.passage.kind,
        "page": row.passage.location.page,
    }  # fmt: skip
    for name, value in values.items():
        if value is not None:
            yield tag("prop", escaped(str(value)), type=f"x-{name}")
