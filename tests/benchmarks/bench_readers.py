"""Readers on 300-page files: seconds and memory beside what one would take instead; coverage and order on the corpus.

Run: `python tests/benchmarks/bench_readers.py`. Each reading runs in a process of its own, whose start is counted in.
"""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent / "cases" / "documents"))

import word

from pipeline.ingest import read_document
from pipeline.ingest.blocks import count_letters
from pipeline.ingest.ocr import languages
from pipeline.ingest.office import program

CORPUS = Path(__file__).parent.parent / "cases" / "documents"
PAGES = 300
LINES = 42
TEXT = (
    "Gjatë vitit raportues institucionet përgjegjëse zhvilluan një sërë veprimtarish për mbrojtjen e fëmijëve nga "
    "shfrytëzimi seksual në internet, duke përfshirë trajnime, fushata ndërgjegjësimi dhe bashkëpunim ndërkombëtar."
)


def large_pdf() -> bytes:
    """300 pages of 42 lines, every third with a ruled table, with running heads."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Text", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    lines = simpleSplit(TEXT, "Text", 10, 470)
    for page in range(1, PAGES + 1):
        canvas.setFont("Text", 10)
        canvas.drawString(60, 810, "Ministria e Drejtësisë")
        canvas.drawString(290, 30, str(page))
        for n in range(LINES):
            last = n % (len(lines) + 1)
            canvas.drawString(60, 780 - 14 * n, lines[last] if last < len(lines) else f"Fjalia {page}-{n} mbyllet.")
        if page % 3 == 0:
            for row in range(5):
                canvas.line(60, 180 - 20 * row, 460, 180 - 20 * row)
                if row < 4:
                    for column, cell in enumerate(("Institucioni", str(page), str(row))):
                        canvas.drawString(65 + 200 * column, 166 - 20 * row, cell)
            for x in (60, 260, 360, 460):
                canvas.line(x, 180, x, 100)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def large_docx() -> bytes:
    """About 300 pages: numbered paragraphs, headings and tables."""
    lists = word.numbering({0: [word.level(0, "decimal", "Neni %1"), word.level(1, "decimal", "%2.")]}, {1: (0, "")})
    parts: list[str] = []
    for page in range(PAGES):
        parts.append(word.item(f"Titulli {page}", 1, 0))
        parts += [word.item(TEXT, 1, 1) for _ in range(11)]
        parts.append(word.tbl(*(word.tr("Institucioni", str(page), str(row)) for row in range(6))))
    return word.docx("".join(parts), {"numbering.xml": lists})


def measured(label: str, command: list[str]) -> None:
    """Seconds and peak memory of a process, and the characters it printed."""
    before = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": "."}
    out = subprocess.run(command, capture_output=True, env=environment, check=False).stdout
    seconds = time.perf_counter() - before
    print(f"  {label:<44} {seconds:6.2f} s   {out.decode().strip()[:60]}")


OURS = (
    "import resource, sys; from pathlib import Path; from pipeline.ingest import read_document; "
    "d = read_document(Path(sys.argv[1])); "
    "peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)); "
    "print(f'{len(d.source_text):,} characters, {len(d.blocks):,} blocks, {peak >> 10} MB')"
)
PYTHON_DOCX = "import sys, docx; d = docx.Document(sys.argv[1]); print(sum(len(p.text) for p in d.paragraphs))"


def speed() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("large.pdf", large_pdf()), ("large.docx", large_docx())):
            path = Path(folder) / name
            path.write_bytes(content)
            print(f"{name}, {PAGES} pages, {len(content) >> 10} kB")
            measured("dygjuhe", [sys.executable, "-c", OURS, str(path)])
            if name.endswith("pdf") and shutil.which("pdftotext"):
                measured("pdftotext -layout (text only)", ["bash", "-c", f"pdftotext -layout {path} - | wc -m"])
            if name.endswith("docx"):
                measured("python-docx (body only, no numbers)", [sys.executable, "-c", PYTHON_DOCX, str(path)])


def coverage() -> None:
    """Letters of each document against its hand-checked text, and whether its lines are in the right order."""
    rows = yaml.safe_load((CORPUS / "documents.yml").read_text(encoding="utf-8"))
    wanted = held = right = read = 0
    for row in rows:
        name = row["file"]
        if (name.endswith((".odt", ".rtf")) and program() is None) or (name.startswith("scan") and not languages()):
            continue
        document = read_document(CORPUS / "good" / name)
        read += 1
        want = sum(map(count_letters, row["text"]))
        wanted += want
        held += min(want, count_letters(document.source_text))
        right += document.source_text.split("\n") == [*row["text"], ""]
    print(f"corpus: {read} documents, {100 * held / wanted:.2f} % of {wanted:,} letters, order right in {right}")


if __name__ == "__main__":
    speed()
    coverage()
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")
