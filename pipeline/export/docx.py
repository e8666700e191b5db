"""The bilingual text as a Word document: two columns, headings, tables, and the open findings as Word comments.

Reads: Run. Writes: a .docx file.

Each passage stands beside its other language, with a narrow third column that says who answers for the translation.
A table of the report stands as a table on either side. Words that an open finding quotes are highlighted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

from pipeline.export.rows import LANG_WORDS, MARK_WORDS, SHORT_MARKS, BilingualRow, ExportOptions, bilingual_rows
from pipeline.export.wordml import (
    MARGIN,
    PAGE_WIDTH,
    cell,
    comment,
    comment_mark,
    package,
    paragraph,
    row,
    table,
    text_run,
)
from pipeline.model import Finding, Lang, Run, Severity
from pipeline.terminology import Glossary

# Widths of the columns in twentieths of a point: two texts and the marks.
_MARKS = 1900
_TEXT = (PAGE_WIDTH - 2 * MARGIN - _MARKS) // 2

# Background of what no person has seen, and of what has no translation; RRGGBB.
_FILLS = {"machine": "FDF5DF", "memory": "EEF5FB", "untranslated": "FBEAEA"}

# Background of words that an open finding quotes, by severity.
_HIGHLIGHTS = {
    Severity.CRITICAL: "FFC4BD", Severity.MAJOR: "FFE58A", Severity.MINOR: "CFE6FA", Severity.TRIVIAL: "E4E6E8",
}  # fmt: skip
_SEVERITY_SQ = {"critical": "kritike", "major": "e rëndësishme", "minor": "e vogël", "trivial": "e parëndësishme"}

# A table of the report with more columns than this is written row by row: half a page has no room for it.
_MOST_COLUMNS = 6

# Characters of the longest cell, times columns, up to which a table still reads well on half a page.
_MOST_CELL = 700

# A finding on at least this share of a long text is about the passage: it has its comment, and is not highlighted.
_WHOLE, _LONG = 0.8, 60

# Places of one finding that get a comment; further ones are only highlighted.
_MOST_COMMENTS = 8


def write_docx(run: Run, glossary: Glossary, path: Path, options: ExportOptions | None = None) -> None:
    """Writes the bilingual document at `path`."""
    options = options or ExportOptions()
    writer = _Writer(options)
    rows = bilingual_rows(run, options)
    body = [paragraph(text_run(run.document.name), "Title"), *writer.legend(rows)]
    body.append(table([writer.head(), *writer.rows(rows)], (_TEXT, _TEXT, _MARKS)))
    body.append(paragraph(""))
    path.write_bytes(package(body, writer.comments, run.document.name))


class _Writer:
    """Writes rows and collects their comments, which are numbered through the document."""

    def __init__(self, options: ExportOptions) -> None:
        self.options = options
        self.comments: list[str] = []
        self._times: dict[str, int] = {}

    def legend(self, rows: Sequence[BilingualRow]) -> Iterator[str]:
        """What the colours mean, both languages; nothing where there are none."""
        marks = {r.mark for r in rows}
        if "machine" in marks:
            albanian = "Teksti me hije u përkthye nga makina dhe është draft: duhet ta lexojë një njeri. / "
            english = "Shaded text was translated by machine and is a draft: a person must read it."
            yield paragraph(text_run(albanian, lang="sq") + text_run(english, lang="en"), "Legend")
        if any(r.findings for r in rows):
            albanian = "Fjalët e theksuara kanë një vërejtje në anë. / "
            english = "Highlighted words have a remark in the margin."
            yield paragraph(text_run(albanian, lang="sq") + text_run(english, lang="en"), "Legend")

    def head(self) -> str:
        titles = [text_run(LANG_WORDS[lang], lang=lang, properties="<w:b/>") for lang in self.options.order]
        cells = [cell(paragraph(t), _TEXT, fill="E8ECF0") for t in titles]
        return row([*cells, cell(paragraph(""), _MARKS, fill="E8ECF0")], header=True)

    def rows(self, rows: Sequence[BilingualRow]) -> Iterator[str]:
        for key, group in groupby(rows, key=lambda r: (r.passage.location.part, r.passage.location.table)):
            members = list(group)
            if key[1] is not None and self._fits(members):
                yield self._inner_table(members)
            else:
                yield from (self._row(r) for r in members)

    def _fits(self, members: Sequence[BilingualRow]) -> bool:
        """Whether a table of the report can stand on half a page."""
        columns = len({m.passage.location.column for m in members})
        longest = max(len(m.text(lang)) for m in members for lang in self.options.order)
        return 1 < columns <= _MOST_COLUMNS and longest * columns <= _MOST_CELL

    def _row(self, item: BilingualRow) -> str:
        cells = [
            cell(self.text(item, lang), _TEXT, fill=self._fill(item, lang)) for lang in self.options.order
        ]
        return row([*cells, cell(self._mark(item), _MARKS)])

    def _fill(self, item: BilingualRow, lang: Lang) -> str:
        """Shade for the side that the report does not have."""
        return _FILLS.get(item.mark, "") if item.original in LANG_WORDS and lang != item.original else ""

    def text(self, item: BilingualRow, lang: Lang) -> str:
        """A side as a paragraph, in the style of its kind."""
        if not item.text(lang):
            words = MARK_WORDS["untranslated"][1 if lang == "sq" else 0]
            return paragraph(text_run(f"({words})", lang=lang, properties='<w:color w:val="8A2B2B"/>'), "Mark")
        styles = {"title": "Heading1", "heading": "Heading2", "list_item": "ListParagraph"}
        return paragraph(self._runs(item, lang), "" if item.part else styles.get(item.passage.kind, ""))

    def _runs(self, item: BilingualRow, lang: Lang) -> str:
        """The text cut where findings begin and end, with their highlights and comments."""
        text = item.text(lang)
        places = item.places(lang)
        if not places:
            return text_run(text, lang=lang, properties="<w:b/>" if item.passage.kind == "table_header" else "")
        numbers = [self._comment(finding) for _, _, finding in places]
        bounds = sorted({0, len(text), *(p for start, end, _ in places for p in (start, end))})
        parts: list[str] = []
        for start, end in pairwise(bounds):
            here = [
                f.severity for a, b, f in places
                if a <= start and end <= b and not (len(text) > _LONG and b - a >= _WHOLE * len(text))
            ]  # fmt: skip
            begins = [n for n, (a, _, _) in zip(numbers, places, strict=True) if a == start and n is not None]
            ends = [n for n, (_, b, _) in zip(numbers, places, strict=True) if b == end and n is not None]
            worst = max(here, default=None)
            shown = f'<w:shd w:val="clear" w:color="auto" w:fill="{_HIGHLIGHTS[worst]}"/>' if worst is not None else ""
            parts += [f'<w:commentRangeStart w:id="{n}"/>' for n in begins]
            parts.append(text_run(text[start:end], lang=lang, properties=shown))
            parts += [comment_mark(n) for n in ends]
        return "".join(parts)

    def _comment(self, finding: Finding) -> int | None:
        """The number of a new comment on `finding`; None where it has been commented on often enough."""
        times = self._times[finding.finding_id] = self._times.get(finding.finding_id, 0) + 1
        if times > _MOST_COMMENTS:
            return None
        number = len(self.comments)
        word = finding.severity.word
        lines = [text_run(f"{finding.rule_id}, {word}: {finding.message}", lang="en")]
        if finding.message_sq:
            lines.append(text_run(f"{finding.rule_id}, {_SEVERITY_SQ[word]}: {finding.message_sq}", lang="sq"))
        if finding.suggestion:
            lines.append(text_run(f"→ {finding.suggestion}"))
        self.comments.append(comment(number, [paragraph(line, "CommentText") for line in lines]))
        return number

    def _mark(self, item: BilingualRow) -> str:
        place = paragraph(text_run(f"{item.passage.number} · {item.where}"), "Mark")
        return place + paragraph(text_run(SHORT_MARKS[item.mark]), "Mark")

    def _inner_table(self, members: Sequence[BilingualRow]) -> str:
        """A table of the report as one row: the table in one language, in the other, and its marks."""
        cells = [cell(self._side(members, lang) + paragraph(""), _TEXT) for lang in self.options.order]
        marks = [paragraph(text_run(f"{members[0].passage.number}–{members[-1].passage.number}"), "Mark")]
        for mark in dict.fromkeys(m.mark for m in members):
            count = sum(m.mark == mark for m in members)
            marks.append(paragraph(text_run(f"{count} × {SHORT_MARKS[mark]}"), "Mark"))
        return row([*cells, cell("".join(marks), _MARKS)])

    def _side(self, members: Sequence[BilingualRow], lang: Lang) -> str:
        columns = sorted({m.passage.location.column or 1 for m in members})
        widths = [(_TEXT - 240) // len(columns)] * len(columns)
        written: list[str] = []
        for _, in_row in groupby(members, key=lambda m: m.passage.location.row):
            cells_of: dict[int, list[BilingualRow]] = {}
            for member in in_row:
                cells_of.setdefault(member.passage.location.column or 1, []).append(member)
            cells = []
            for column, width in zip(columns, widths, strict=True):
                items = cells_of.get(column, [])
                content = "".join(self.text(i, lang) for i in items) or paragraph("")
                cells.append(cell(content, width, fill=next((f for i in items if (f := self._fill(i, lang))), "")))
            written.append(row(cells))
        return table(written, widths, "Inner")
