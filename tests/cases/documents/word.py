# ruff: noqa: E501 - the texts are written as they stand in the files
"""Word files for the corpus, written part by part so that each holds exactly one awkward thing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return out.getvalue()


def r(text: str, properties: str = "") -> str:
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str = "", style: str = "", properties: str = "") -> str:
    """A paragraph; plain text becomes a run."""
    runs = content if content.startswith("<") else (r(content) if content else "")
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{inside}{runs}</w:p>"


def num(list_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def item(text: str, list_id: int, level: int = 0) -> str:
    return p(text, properties=num(list_id, level))


def tc(content: str, properties: str = "") -> str:
    inside = content if content.startswith(("<w:p", "<w:tbl")) else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    inside = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{inside}{''.join(c if c.startswith('<w:tc') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def level(number: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(abstracts: Mapping[int, list[str]], nums: Mapping[int, tuple[int, str]]) -> str:
    """A numbering part: abstract lists by id, and lists (abstract, overrides) by id."""
    first = "".join(f'<w:abstractNum w:abstractNumId="{k}">{"".join(v)}</w:abstractNum>' for k, v in abstracts.items())
    second = "".join(
        f'<w:num w:numId="{k}"><w:abstractNumId w:val="{a}"/>{more}</w:num>' for k, (a, more) in nums.items()
    )
    return f"{HEAD}<w:numbering {NS}>{first}{second}</w:numbering>"


STYLES = (
    f'{HEAD}<w:styles {NS}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titull"><w:name w:val="Title"/></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="Titulli{n}"><w:name w:val="heading {n}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
        for n in (1, 2, 3)
    )
    + '<w:style w:type="paragraph" w:styleId="Neni"><w:name w:val="Neni"/><w:basedOn w:val="Titulli2"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
)


def docx(body: str, parts: Mapping[str, str] | None = None, section: str = "") -> bytes:
    """A whole file. `parts`: name of a part below word/ -> its XML; its kind is read from its name."""
    parts = dict(parts or {})
    parts.setdefault("styles.xml", STYLES)
    kinds = {name: name.split(".")[0].rstrip("0123456789") for name in parts}
    types = "".join(
        f'<Override PartName="/word/{name}" ContentType="{OFFICE}{kind}+xml"/>' for name, kind in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATION}{kind}" Target="{name}"/>'
        for n, (name, kind) in enumerate(kinds.items(), 1)
    )
    return archive(
        {
            "[Content_Types].xml": HEAD
            + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{OFFICE}document.main+xml"/>{types}</Types>',
            "_rels/.rels": HEAD
            + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELATION}officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"{HEAD}<w:document {NS}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>",
            "word/_rels/document.xml.rels": HEAD
            + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
            **{f"word/{name}": content for name, content in parts.items()},
        }
    )


def relation_id(parts: Mapping[str, str], name: str) -> str:
    """The id that `docx` gives the part, once the styles have been added."""
    names = list(parts) + ([] if "styles.xml" in parts else ["styles.xml"])
    return f"rId{names.index(name) + 1}"


def part(name: str, content: str) -> str:
    """A header, footer, footnotes, endnotes or comments part."""
    return f"{HEAD}<w:{name} {NS}>{content}</w:{name}>"
