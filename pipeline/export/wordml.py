"""Pieces of a Word document as WordprocessingML, and the package around them.

Written directly, not through a library: a table of some thousand rows takes tenths of a second instead of half a
minute, and the bytes depend on the content alone. Source: ECMA-376, part 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.export.xml_text import escaped, zipped

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LANG_TAGS = {"sq": "sq-AL", "en": "en-GB"}

# Height and width of A4 turned, and the margins, in twentieths of a point (1 cm is 567).
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 16838, 11906, 850


def text_run(text: str, *, lang: str = "", properties: str = "") -> str:
    """A run of text; line feeds and tabs are kept as breaks and tabs. `properties` is XML for `w:rPr`."""
    if lang:
        properties += f'<w:lang w:val="{LANG_TAGS.get(lang, lang)}"/>'
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces: list[str] = []
    for n, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if n:
            pieces.append("<w:br/>")
        for m, part in enumerate(line.split("\t")):
            if m:
                pieces.append("<w:tab/>")
            if part:
                pieces.append(f'<w:t xml:space="preserve">{escaped(part)}</w:t>')
    return f"<w:r>{inside}{''.join(pieces)}</w:r>"


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs in a named style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{inside}{content}</w:p>"


def cell(content: str, width: int, *, fill: str = "") -> str:
    """A table cell; Word wants a paragraph at its end, so `content` must end with one."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>'


def row(cells: Sequence[str], *, header: bool = False) -> str:
    """A table row; a header comes back on each page."""
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def table(rows: Sequence[str], widths: Sequence[int], style: str = "Bilingual") -> str:
    """A table with fixed column widths."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def comment(number: int, paragraphs: Sequence[str]) -> str:
    """A comment of the program, without a date, which would be of the clock."""
    return f'<w:comment w:id="{number}" w:author="dygjuhe" w:initials="dy">{"".join(paragraphs)}</w:comment>'


def comment_mark(number: int) -> str:
    """What stands after commented words and calls the comment up."""
    reference = '<w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
    return f'<w:commentRangeEnd w:id="{number}"/><w:r>{reference}<w:commentReference w:id="{number}"/></w:r>'


def package(body: Sequence[str], comments: Sequence[str], title: str) -> bytes:
    """The whole .docx file, landscape A4, with page numbers."""
    section = (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}" '
        f'w:orient="landscape"/><w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" '
        'w:header="400" w:footer="400" w:gutter="0"/></w:sectPr>'
    )
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    footer = paragraph(number, "Footer")
    return zipped(
        (
            ("[Content_Types].xml", _HEAD + _CONTENT_TYPES),
            ("_rels/.rels", _HEAD + _PACKAGE_RELATIONS),
            ("docProps/core.xml", _HEAD + _CORE.format(title=escaped(title))),
            ("word/document.xml", f"{_HEAD}<w:document {_NS}><w:body>{''.join(body)}{section}</w:body></w:document>"),
            ("word/comments.xml", f"{_HEAD}<w:comments {_NS}>{''.join(comments)}</w:comments>"),
            ("word/styles.xml", _HEAD + _STYLES),
            ("word/footer1.xml", f"{_HEAD}<w:ftr {_NS}>{footer}</w:ftr>"),
            ("word/_rels/document.xml.rels", _HEAD + _DOCUMENT_RELATIONS),
        )
    )


_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
    f'<Override PartName="/word/comments.xml" ContentType="{_OFFICE}.comments+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_OFFICE}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Target="docProps/core.xml" '
    'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/></Relationships>'
)
_DOCUMENT_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATION}/comments" Target="comments.xml"/>'
    f'<Relationship Id="rId3" Type="{_RELATION}/footer" Target="footer1.xml"/></Relationships>'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>dygjuhe</dc:creator>'
    "</cp:coreProperties>"
)


def _paragraph_style(name: str, label: str, size: int, more: str = "", spacing: str = 'w:after="60"') -> str:
    """A paragraph style; `size` in half points."""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{label}"/><w:basedOn w:val="Normal"/>'
        f'<w:qFormat/><w:pPr><w:spacing {spacing}/>{_outline(name)}</w:pPr>'
        f'<w:rPr>{more}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _outline(name: str) -> str:
    return f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>' if name.startswith("Heading") else ""


def _borders(colour: str) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="{colour}"/>' for s in sides)
    return f"<w:tblBorders>{lines}</w:tblBorders>"


def _table_style(name: str, colour: str) -> str:
    margins = '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    return (
        f'<w:style w:type="table" w:styleId="{name}"><w:name w:val="{name}"/><w:tblPr>{_borders(colour)}{margins}'
        "</w:tblPr></w:style>"
    )


_BOLD = "<w:b/>"
_STYLES = (
    f"<w:styles {_NS}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Calibri"/><w:sz w:val="20"/>'
    '<w:lang w:val="sq-AL"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>'
    '<w:spacing w:after="60"/></w:pPr></w:style>'
    + _paragraph_style("Title", "Title", 32, _BOLD)
    + _paragraph_style("Heading1", "heading 1", 26, _BOLD, 'w:before="120" w:after="60"')
    + _paragraph_style("Heading2", "heading 2", 23, _BOLD, 'w:before="100" w:after="60"')
    + _paragraph_style("Heading3", "heading 3", 21, _BOLD, 'w:before="80" w:after="60"')
    + _paragraph_style("ListParagraph", "List Paragraph", 20)
    + _paragraph_style("Mark", "Mark", 15, '<w:color w:val="595F66"/>', 'w:after="0"')
    + _paragraph_style("Legend", "Legend", 18, '<w:i/><w:color w:val="595F66"/>')
    + _paragraph_style("Footer", "footer", 16, '<w:color w:val="595F66"/>')
    + _paragraph_style("CommentText", "annotation text", 18)
    + '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/><w:rPr>'
    '<w:sz w:val="16"/></w:rPr></w:style>' + _table_style("Bilingual", "C8CDD2") + _table_style("Inner", "9AA1A8")
    + "</w:styles>"
)
