# ruff: noqa: E501 - the texts are written as they stand in the files
"""Makes the corpus of small documents beside it, each with one awkward thing in it: `python make.py`.

The files are kept, so that a reader is tested on the same bytes everywhere; this script says how they came to be.
`documents.yml` says what each holds. Everything in them is invented.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
# The script is run from anywhere, and imported by the tests.
sys.path.insert(0, str(HERE))

from word import archive, docx, item, level, num, numbering, p, part, r, relation_id, tbl, tc, tr  # noqa: E402

SQ = "Policia e Shtetit hetoi 24 raste të abuzimit në internet gjatë vitit."
EN = "The State Police investigated 24 cases of online abuse during the year."


def word_files() -> dict[str, bytes]:
    return {
        "numbering-articles.docx": _articles(),
        "numbering-restarts.docx": _restarts(),
        "numbering-empty.docx": _empty_numbers(),
        "tracked-changes.docx": _tracked(),
        "comments.docx": _comments(),
        "footnotes.docx": _footnotes(),
        "headers-footers.docx": _headers(),
        "text-box.docx": _text_box(),
        "nested-table.docx": docx(
            p("Tabela e jashtme:") + tbl(
                tr("Institucioni", "Të dhënat"),
                tr("Policia e Shtetit", tc(p("Rastet sipas viteve:") + tbl(tr("2013", "12"), tr("2014", "24")) + p("Burimi: regjistri."))),
            )
        ),
        "merged-cells.docx": docx(
            tbl(
                tr("Institucioni", "2013", "2014", "Gjithsej"),
                tr(tc("Policia e Shtetit", '<w:vMerge w:val="restart"/>'), "12", "24", "36"),
                tr(tc("", "<w:vMerge/>"), tc("të pashpallura", '<w:gridSpan w:val="2"/>'), "5"),
            )
        ),
        "side-by-side.docx": docx(
            tbl(
                tr("Shqip", "English", properties="<w:tblHeader/>"), tr(SQ, EN),
                tr("Neni 117 i Kodit Penal parashikon pornografinë.", "Article 117 of the Criminal Code provides for pornography."),
            )
        ),
        "alternating.docx": docx(
            p("Raport vjetor", "Titulli1") + p("Annual report", "Titulli1") + p(SQ) + p(EN)
            + p("Linja kombëtare e këshillimit është 116 111.") + p("The national counselling line is 116 111.")
        ),
        "fields.docx": _fields(),
        "headings.docx": docx(
            p("Raport mbi mbrojtjen e fëmijëve", "Titull") + p("Hyrje", "Titulli1") + p("Ky raport paraqet masat e marra.")
            + p("Masat ligjore", "Titulli2") + p(r("Bashkëpunimi ndërkombëtar", "<w:b/>"))
            + p(r("Institucionet", "<w:b/>") + r(" bashkëpunuan me partnerët e huaj.")) + p("Teksti del në dy\u00a0gjuhë.")
        ),
        "decomposed.docx": docx(p("Drejte\u0308sia dhe c\u0327e\u0308shtjet e fe\u0308mije\u0308ve")),
        "macro.docm": _with_macro(),
    }


def _articles() -> bytes:
    """Chapters in Roman numerals, articles counted on through them, paragraphs and letters that restart in each."""
    lists = numbering(
        {
            0: [
                level(0, "upperRoman", "KREU %1", '<w:pStyle w:val="Titulli1"/>'),
                level(1, "decimal", "Neni %2", '<w:lvlRestart w:val="0"/><w:pStyle w:val="Neni"/>'),
                level(2, "decimal", "%3."), level(3, "lowerLetter", "%4)"), level(4, "lowerRoman", "%5)"),
            ],
            1: [level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3")],
        },
        {1: (0, ""), 2: (1, "")},
    )  # fmt: skip
    body = (
        item("DISPOZITA TË PËRGJITHSHME", 1, 0) + p("Qëllimi", "Neni") + item("Ky ligj mbron fëmijët.", 1, 2)
        + item("Ligji zbatohet:", 1, 2) + item("në shkolla;", 1, 3) + item("në internet:", 1, 3) + item("publik;", 1, 4)
        + item("privat.", 1, 4) + p("Fusha e zbatimit", "Neni") + item("Ligji vlen kudo.", 1, 2)
        + item("SANKSIONET", 1, 0) + p("Gjobat", "Neni") + item("Gjoba është 50 000 lekë.", 1, 2)
        + item("Objektivi i parë", 2, 0) + item("Masa", 2, 1) + item("Veprimi", 2, 2) + item("Veprimi tjetër", 2, 2)
        + item("Masa tjetër", 2, 1) + item("Objektivi i dytë", 2, 0) + item("Masa e saj", 2, 1)
    )  # fmt: skip
    return docx(body, {"numbering.xml": lists})


def _restarts() -> bytes:
    """A list started anew, numbers with a zero, legal numbers under Roman ones, and bullets of a symbol font."""
    symbol = '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>'
    bullet = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>' + symbol + "</w:lvl>"
    )
    lists = numbering(
        {
            0: [level(0, "decimal", "%1)")], 1: [level(0, "decimalZero", "%1.", start=8)],
            2: [level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")], 3: [bullet],
            4: [level(0, "upperLetter", "%1.", start=26)],
        },
        {
            1: (0, ""), 2: (0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'), 3: (1, ""),
            4: (2, ""), 5: (3, ""), 6: (4, ""),
        },
    )  # fmt: skip
    body = "".join(
        (
            item("i pari", 1), item("i dyti", 1), p("Lista tjetër:"), item("fillon nga e para", 2), item("vazhdon", 2),
            item("me zero", 3), item("pa zero", 3), item("pa zero", 3), item("kreu", 4, 0), item("pika", 4, 1),
            item("pikë liste", 5), item("Z", 6), item("AA", 6),
        )
    )  # fmt: skip
    return docx(body, {"numbering.xml": lists})


def _empty_numbers() -> bytes:
    """Word shows the number of an empty paragraph: here the article's title stands on the next line."""
    lists = numbering({0: [level(0, "decimal", "Neni %1")]}, {1: (0, "")})
    body = p("", properties=num(1)) + p("Përkufizime") + p("", properties=num(1)) + p("Parime")
    return docx(body, {"numbering.xml": lists})


_BY = 'w:id="{}" w:author="A. B." w:date="2014-06-10T10:00:00Z"'


def _tracked() -> bytes:
    by = [_BY.format(n) for n in range(20)]
    gone = '<w:r><w:delText xml:space="preserve">{}</w:delText></w:r>'
    body = (
        p(r("Linja është ") + f"<w:del {by[0]}>{gone.format('16111')}</w:del><w:ins {by[1]}>{r('116111')}</w:ins>" + r("."))
        + p(f"<w:ins {by[2]}>{r('Paragraf i shtuar.')}</w:ins>")
        + p(f"<w:del {by[3]}>{gone.format('Paragraf i hequr.')}</w:del>", properties=f"<w:rPr><w:del {by[4]}/></w:rPr>")
        + p(r("Fjalia e parë "), properties=f"<w:rPr><w:del {by[5]}/></w:rPr>") + p("vazhdon këtu.")
        + p(f"<w:moveFrom {by[6]}>{r('E zhvendosur.')}</w:moveFrom>" + r("Vendi i vjetër."))
        + p(r("Vendi i ri: ") + f"<w:moveTo {by[7]}>{r('E zhvendosur.')}</w:moveTo>")
        + tbl(tr("Mbetet", "1"), tr("Hiqet", "2", properties=f"<w:del {by[8]}/>"), tr("Shtohet", "3", properties=f"<w:ins {by[9]}/>"))
    )  # fmt: skip
    return docx(body)


def _comments() -> bytes:
    mark = (
        '<w:commentRangeStart w:id="0"/>' + r("24 raste")
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )
    comments = part("comments", f'<w:comment w:id="0" w:author="A. B.">{p("A është ky numri i vitit 2014?")}</w:comment>')
    return docx(p(r("Policia hetoi ") + mark + r(".")), {"comments.xml": comments})


def _footnotes() -> bytes:
    def note(kind: str, text: str) -> str:
        separators = f'<w:{kind} w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        own = f'<w:{kind} w:id="1"><w:p><w:r><w:{kind}Ref/></w:r>{r(text)}</w:p></w:{kind}>'
        return part(f"{kind}s", separators + own)

    body = p(
        r("Konventa u ratifikua") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + r(" në vitin 2009")
        + '<w:r><w:endnoteReference w:id="1"/></w:r>' + r(".")
    ) + p("Paragrafi tjetër.")
    return docx(
        body,
        {"footnotes.xml": note("footnote", "Ligji nr. 10 071, datë 9.2.2009."), "endnotes.xml": note("endnote", "Shih edhe raportin e vitit 2010.")},
    )  # fmt: skip


def _headers() -> bytes:
    page = '<w:r><w:t xml:space="preserve">Faqe </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    parts = {
        "header1.xml": part("hdr", p("Ministria e Drejtësisë")),
        "footer1.xml": part("ftr", p("Linja e ndihmës: 116 117") + p(page)),
        "footer2.xml": part("ftr", p('<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')),
    }
    section = (
        f'<w:headerReference w:type="default" r:id="{relation_id(parts, "header1.xml")}"/>'
        f'<w:footerReference w:type="default" r:id="{relation_id(parts, "footer1.xml")}"/>'
        f'<w:footerReference w:type="first" r:id="{relation_id(parts, "footer2.xml")}"/>'
    )
    return docx(p("Raporti fillon këtu."), parts, section)


def _text_box() -> bytes:
    box = f"<w:txbxContent>{p('Kutia: telefononi 116 111.')}</w:txbxContent>"
    drawing = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>' + box
        + "</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + box
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    return docx(p(r("Para kutisë.") + drawing) + p("Pas kutisë."))


def _fields() -> bytes:
    def field(code: str, result: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    nested = field(" IF 1 ", r("brenda ") + field(" PAGE ", r("7")))
    body = (
        p(r("Shih ") + f"<w:hyperlink>{r('faqen e ministrisë')}</w:hyperlink>" + r(" dhe ") + field(" REF a ", r("nenin 5")) + r("."))
        + p(nested) + p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('Fushë e plotësuar')}</w:sdtContent></w:sdt>")
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Paragraf në kontroll')}</w:sdtContent></w:sdt>"
        + p(r("e") + "<w:r><w:noBreakHyphen/></w:r>" + r("mail") + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
        + p(r("rresht") + "<w:r><w:br/></w:r>" + r("i thyer") + "<w:r><w:tab/></w:r>" + r("me tab"))
        + p(r("E dukshme.") + r(" E fshehur.", "<w:vanish/>"))
    )  # fmt: skip
    return docx(body)


def _with_macro() -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx(p("Raport me makro.")))) as plain:
        parts: dict[str, str | bytes] = {name: plain.read(name) for name in plain.namelist()}
    return archive({**parts, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0 not run"})


LONG_SQ = (
    "Gjatë vitit raportues institucionet përgjegjëse zhvilluan një sërë veprimtarish për mbrojtjen e fëmijëve nga "
    "shfrytëzimi seksual në internet, duke përfshirë trajnime, fushata ndërgjegjësimi dhe bashkëpunim ndërkombëtar me "
    "partnerët. Numri i rasteve të raportuara u rrit me 12 për qind krahasuar me vitin e kaluar."
)
LONG_EN = (
    "During the reporting year the responsible institutions carried out a number of activities to protect children from "
    "sexual exploitation online, including training, awareness campaigns and international cooperation with partners. "
    "The number of reported cases rose by 12 per cent compared with the previous year."
)


def pdf_files() -> dict[str, bytes]:
    return {
        "two-columns.pdf": _two_columns(), "running-heads.pdf": _running_heads(), "ruled-table.pdf": _ruled(),
        "aligned-table.pdf": _aligned(), "hyphenation.pdf": _hyphenation(), "scan.pdf": _scan(False),
        "scan-after-text.pdf": _scan(True), "encrypted.pdf": _encrypted(), "broken-xref.pdf": _broken_xref(),
        "broken.pdf": _ruled()[:600],
    }  # fmt: skip


def _canvas(out: io.BytesIO, **more: object):  # type: ignore[no-untyped-def]
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, file in (("Text", "DejaVuSans.ttf"), ("Bold", "DejaVuSans-Bold.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, f"/usr/share/fonts/truetype/dejavu/{file}"))
    return Canvas(out, pagesize=A4, invariant=1, **more)


def _wrap(text: str, width: float, size: float = 10) -> list[str]:
    from reportlab.lib.utils import simpleSplit

    return simpleSplit(text, "Text", size, width)


def _lines(canvas, lines: list[str], x: float, y: float, size: float = 10) -> float:  # type: ignore[no-untyped-def]
    canvas.setFont("Text", size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= 1.3 * size
    return y


def _two_columns() -> bytes:
    """A title across, a column in each language, and a last line across again."""
    out = io.BytesIO()
    canvas = _canvas(out)
    canvas.setFont("Bold", 16)
    canvas.drawString(60, 780, "Raport vjetor për mbrojtjen e fëmijëve")
    y = _lines(canvas, _wrap(LONG_SQ, 220), 60, 740)
    _lines(canvas, _wrap("Fondi u rrit me 10 për qind.", 220), 60, y - 10)
    y = _lines(canvas, _wrap(LONG_EN, 220), 315, 740)
    _lines(canvas, _wrap("The fund rose by 10 per cent.", 220), 315, y - 10)
    _lines(canvas, _wrap("Ky raport u miratua nga Këshilli i Ministrave më 5 maj 2015 dhe u botua në të dyja gjuhët për lexuesit.", 475), 60, 420)
    canvas.save()
    return out.getvalue()


def _running_heads() -> bytes:
    """Four pages with a running head and page number; a paragraph goes on over the end of page 1."""
    out = io.BytesIO()
    canvas = _canvas(out)
    texts = [
        ["Pjesa e parë përshkruan masat.", "Institucionet bashkëpunuan ngushtë me"],
        ["partnerët ndërkombëtarë gjatë vitit.", "Pjesa e dytë jep shifrat."],
        ["Në vitin 2013 u raportuan 12 raste."], ["Në vitin 2014 u raportuan 24 raste."],
    ]  # fmt: skip
    for number, lines in enumerate(texts, 1):
        canvas.setFont("Text", 8)
        canvas.drawString(60, 810, "Ministria e Drejtësisë - Raporti 2014")
        canvas.drawCentredString(297, 30, f"Faqe {number} nga 4")
        for n, line in enumerate(lines):
            _lines(canvas, [line], 60, 700 - 40 * n, 11)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


_ROWS = [
    ["Institucioni", "Raste 2013", "Raste 2014"],
    ["Policia e Shtetit", "12", "24"],
    ["Prokuroria e Përgjithshme pranë Gjykatës së Lartë", "7", "9"],
]


def _ruled() -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table

    out = io.BytesIO()
    canvas = _canvas(out)
    _lines(canvas, ["Tabela 1: rastet sipas institucioneve."], 60, 780, 11)
    style = ParagraphStyle("cell", fontName="Text", fontSize=10, leading=13)
    table = Table([[Paragraph(c, style) for c in row] for row in _ROWS], colWidths=[180, 90, 90])
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    table.wrapOn(canvas, 400, 400)
    table.drawOn(canvas, 60, 660)
    _lines(canvas, ["Burimi: regjistri i policisë."], 60, 630, 11)
    canvas.save()
    return out.getvalue()


def _aligned() -> bytes:
    """The same rows without lines."""
    out = io.BytesIO()
    canvas = _canvas(out)
    _lines(canvas, ["Tabela 1: rastet sipas institucioneve."], 60, 780, 11)
    for n, row in enumerate([*_ROWS, ["Avokati i Popullit", "1", "3"]]):
        for x, cell in zip((60, 360, 460), row, strict=True):
            _lines(canvas, [cell], x, 740 - 16 * n)
    _lines(canvas, ["Burimi: regjistri i policisë."], 60, 640, 11)
    canvas.save()
    return out.getvalue()


def _hyphenation() -> bytes:
    out = io.BytesIO()
    canvas = _canvas(out)
    lines = ["Ministria e Drejtësisë dhe institucionet e tjera bashkë-", "punojnë çdo muaj me e-mail, dhe përgjigjet me e-",
             "mail vijnë brenda ditës në marrëveshjen Shqipëri-", "BE për mbrojtjen e të dhënave të fëmijëve."]  # fmt: skip
    _lines(canvas, lines, 60, 760, 11)
    canvas.save()
    return out.getvalue()


def _page_picture() -> tuple[bytes, int, int]:
    """A page as a grey picture: a drawn page, rendered."""
    import pypdfium2 as pdfium

    out = io.BytesIO()
    canvas = _canvas(out)
    canvas.setFont("Bold", 16)
    canvas.drawString(60, 760, "RAPORT I SKANUAR")
    _lines(canvas, _wrap("Policia e Shtetit hetoi 24 raste gjatë vitit. Linja kombëtare është 116 111.", 400, 12), 60, 720, 12)
    canvas.save()
    document = pdfium.PdfDocument(out.getvalue())
    bitmap = document[0].render(scale=150 / 72, grayscale=True)
    grey = bytes(bitmap.buffer)
    rows = b"".join(grey[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
    return rows, bitmap.width, bitmap.height


def _scan(text_first: bool) -> bytes:
    from reportlab.lib.utils import ImageReader

    rows, width, height = _page_picture()
    out = io.BytesIO()
    canvas = _canvas(out)
    if text_first:
        _lines(canvas, ["Faqja e parë ka tekst të lexueshëm për të gjithë."], 60, 760, 11)
        canvas.showPage()
    picture = ImageReader(io.BytesIO(_png(rows, width, height)))
    canvas.drawImage(picture, 0, 0, 595, 842)
    canvas.save()
    return out.getvalue()


def _png(rows: bytes, width: int, height: int) -> bytes:
    import struct
    import zlib

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    raw = b"".join(b"\0" + rows[y * width : (y + 1) * width] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")


def _encrypted() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    out = io.BytesIO()
    canvas = _canvas(out, encrypt=StandardEncryption("secret", ownerPassword="owner", strength=128))
    _lines(canvas, ["E fshehtë."], 60, 760)
    canvas.save()
    return out.getvalue()


def _broken_xref() -> bytes:
    """A table of places that points nowhere: readers rebuild it."""
    content = _hyphenation()
    at = content.rindex(b"startxref")
    return content[:at] + b"startxref\n999999999\n%%EOF\n"


def web_files() -> dict[str, bytes]:
    page = f"""<!doctype html><html lang="sq"><head><meta charset="utf-8"><title>Ministria</title>
<style>p {{ color: red }}</style><script>var fshehur = "nuk lexohet";</script></head><body>
<nav><ul><li><a href="/">Kreu</a></li><li>Kontakt</li></ul></nav>
<main><h1>Raport vjetor</h1><p>{SQ}</p><p lang="en">{EN}</p>
<p>Një fjali me <span lang="en">a phrase in English</span> brenda<br>dhe një rresht i ri.</p>
<ol start="3"><li>pika e tretë</li><li>pika e katërt<ol type="a"><li>nënpika</li></ol></li></ol>
<ul><li>pa numër</li></ul>
<table><caption>Rastet</caption><tr><th>Viti</th><th>Raste</th></tr><tr><td>2013</td><td>12</td></tr>
<tr><td rowspan="2">2014</td><td>24</td></tr><tr><td>5 të pashpallura</td></tr></table>
<p hidden>E fshehur.</p></main><footer>© Ministria. Të gjitha të drejtat.</footer></body></html>"""
    central = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1250"></head><body>' \
              "<p>Çështjet e të miturve – „Drejtësia”</p></body></html>"
    layout = f"<html><body><table><tr><td><h2>Hyrje</h2><p>{SQ}</p></td></tr></table>" \
             f"<table><tr><th>Shqip</th><th>English</th></tr><tr><td>{SQ}</td><td>{EN}</td></tr></table></body></html>"
    return {
        "page.html": page.encode(), "central-european.html": central.encode("cp1250"), "layout-table.html": layout.encode(),
        "all-in-footer.html": f"<html><body><footer><p>{SQ}</p><p>{EN}</p></footer></body></html>".encode(),
    }  # fmt: skip


MARKDOWN = f"""---
title: Raport
---
# Raport **vjetor**

Paragraf në
dy rreshta, me [lidhje](https://example.org) dhe `kod`.

Masat
-----

1. e para
2. e dyta
   - nën të

> {SQ}

| Shqip | English |
| --- | --- |
| Linja \\| 116 111 | Line 116 111 |

```
kod: 5 * 3
```
<!-- nuk lexohet -->
snake_case_name dhe 5 * 3 = 15
"""


def table_files() -> dict[str, bytes]:
    import datetime

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        sheet = book.add_worksheet("Fjalor")
        for row, cells in enumerate([["Shqip", "English"], [SQ, EN], ["Linja 116 111", "Line 116 111"]]):
            sheet.write_row(row, 0, cells)
        figures = book.add_worksheet("Shifra")
        figures.write_row(0, 0, ["Viti", "Raste", "Pjesa", "Data"])
        figures.write_number(1, 0, 2014)
        figures.write_number(1, 1, 1200000, book.add_format({"num_format": "#,##0"}))
        figures.write_number(1, 2, 0.125, book.add_format({"num_format": "0.0%"}))
        figures.write_datetime(1, 3, datetime.datetime(2014, 6, 10), book.add_format({"num_format": "dd/mm/yyyy"}))
        figures.write_formula(2, 1, "=B2*2", value=2400000)
        figures.write_string(3, 0, "=1+1")
        book.add_worksheet("Fshehur").hide()
    return {
        "workbook.xlsx": out.getvalue(),
        "semicolons.csv": "Neni;Titulli\n117;Pornografia\n293/ç;\"Përgjimi; i paligjshëm\"\n".encode("cp1250"),
        "report.md": MARKDOWN.encode(),
    }


def text_files() -> dict[str, bytes]:
    text = f"RAPORT VJETOR\n\n{SQ}\n\n{EN}\n\n„Çështje” – fund.\n"
    return {
        "utf-8-mark.txt": b"\xef\xbb\xbf" + text.encode(), "utf-16.txt": b"\xff\xfe" + text.encode("utf-16-le"),
        "windows-1252.txt": text.encode("cp1252"), "windows-1250.txt": text.encode("cp1250"),
        "iso-8859-16.txt": text.replace("–", "-").encode("iso8859-16"),
        "mojibake.txt": text.encode().decode("cp1252", "replace").replace("\ufffd", "").encode(),
    }  # fmt: skip


RTF = (
    "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0\\b Raport vjetor\\b0\\par\n"
    "Policia e Shtetit hetoi 24 raste t\\'eb abuzimit.\\par\n\\trowd\\cellx3000\\cellx6000 Viti\\cell Raste\\cell\\row "
    "\\trowd\\cellx3000\\cellx6000 2014\\cell 24\\cell\\row\\pard\\par}"
)


def office_files() -> dict[str, bytes]:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}office:1.0"
 xmlns:text="{office}text:1.0" xmlns:table="{office}table:1.0" office:version="1.2"><office:body><office:text>
<text:h text:outline-level="1">Raport vjetor</text:h><text:p>{SQ}</text:p>
<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row><table:table-cell><text:p>Viti</text:p></table:table-cell><table:table-cell>
<text:p>Raste</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>2014</text:p>
</table:table-cell><table:table-cell><text:p>24</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""
    manifest = f"""<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{office}manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
    odt = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "META-INF/manifest.xml": manifest}
    return {"report.odt": archive(odt), "report.rtf": RTF.encode("ascii")}


def bad_files() -> dict[str, bytes]:
    """What must be refused by name, quickly and without harm."""
    with zipfile.ZipFile(io.BytesIO(docx(p("tekst")))) as plain:
        parts: dict[str, str | bytes] = {name: plain.read(name) for name in plain.namelist()}
    body = str(parts["word/document.xml"], "utf-8")
    head, rest = body.split("?>\n", 1)
    entity = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 50 + '">]>'
    deep = docx("<w:tbl><w:tr><w:tc>" * 10_000 + p("thellë") + "</w:tc></w:tr></w:tbl>" * 10_000)
    return {
        "external-entity.docx": archive({**parts, "word/document.xml": head + "?>\n" + entity + rest.replace("tekst", "&x;")}),
        "doctype.docx": archive({**parts, "word/document.xml": head + "?>\n" + laughs + rest}),
        "bomb.docx": archive({**parts, "word/media/a.xml": b"0" * 60_000_000}),
        "nested-10000.docx": deep,
        "traversal.zip": archive({"../../etc/cron.d/x.txt": "keq", "raport.txt": "mirë"}),
        "reports.zip": archive({"a/raport.txt": SQ, "b/raport.docx": docx(p(EN)), "__MACOSX/._x.txt": "x", "foto.jpg": b"\xff\xd8\xff"}),
        "program.docx": b"\x7fELF" + bytes(range(256)) * 8,
        "picture.pdf": _png(b"\xff" * 100, 10, 10),
        "empty.txt": b"", "blank.txt": b" \n\t\n", "binary.txt": bytes(range(256)) * 16,
        "password.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
    }  # fmt: skip


def main() -> None:
    made = word_files() | pdf_files() | web_files() | table_files() | text_files() | office_files()
    for folder, files in ((HERE / "good", made), (HERE / "bad", bad_files())):
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            place = HERE / "bad" / name if name in ("encrypted.pdf", "broken.pdf") else folder / name
            place.write_bytes(content)
    print(f"{len(made)} documents")


if __name__ == "__main__":
    main()
