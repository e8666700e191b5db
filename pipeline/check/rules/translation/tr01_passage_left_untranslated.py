"""A passage is in the other language and has no counterpart in the report.

Why a reviewer should care: readers of the report's own language do not learn what the passage says.

Not flagged: a passage that stands beside its translation, in the next paragraph, the next column or the other edition;
titles of acts, names and quotations; short cells and headings; a report in both languages, passage by passage.

Source: reports translated piece by piece, with a paragraph overlooked.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.streams import is_head, streams
from pipeline.identify import main_language
from pipeline.model import Finding, Lang, Passage, Severity

# Words: a shorter passage may be a name, a title or a quotation.
_WORDS = 5
# Words: a whole sentence, whose loss nobody can fill in.
_SENTENCE = 12

RULE = Rule(
    id="TR01",
    name="translation.passage-left-untranslated",
    kind="untranslated_passage",
    issue_type="untranslated",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="Një pasazh është në gjuhën tjetër dhe nuk ka përkthim në raport.",
    why_sq="Kush e lexon raportin në gjuhën e vet nuk e merr vesh çfarë thotë pasazhi.",
    examples=(
        Flags(
            "The one-stop centre receives all reports of violence in the town hall on working days.\n"
            "The court issued 132 protection orders in the course of the year.\n"
            "⟦Çdo viktimë ka të drejtë të shoqërohet në gjykatë nga koordinatori vendor dhe të marrë ndihmë falas.⟧\n"
            "The police kept a register of the orders and checked every week whether they were respected.",
            why="one Albanian paragraph in an English report",
        ),
        Flags(
            "Qendra i merr të gjitha njoftimet për dhunën në sallën e bashkisë gjatë ditëve të punës.\n"
            "Gjykata lëshoi 132 urdhra mbrojtjeje gjatë vitit.\n"
            "⟦The victim has the right to be accompanied to the court by the local coordinator free of charge.⟧\n"
            "Policia mban regjistrin e urdhrave dhe kontrollon çdo javë nëse respektohen.",
            why="një paragraf anglisht në raport shqip",
        ),
        Passes(
            "Gjatë vitit 2023 u regjistruan 214 raste të dhunës në familje.\n"
            "During 2023, 214 cases of domestic violence were registered.\n"
            "Strehimi priti 36 gra dhe 29 fëmijë.\nThe shelter received 36 women and 29 children.",
            why="each beside its translation",
        ),
        Passes(
            "The service is given by the organisation Qendra për Mbrojtjen e të Drejtave të Fëmijëve.\n"
            "Its office in Tirana was opened in 2010 with the help of the municipality.",
            why="a name in the other language",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    main = main_language(context.passages)
    if main == "mixed" and not context.pairs:
        # Much is left untranslated, and nothing stands beside its translation.
        size = {lang: sum(len(p.text) for p in context.passages if p.lang == lang) for lang in ("sq", "en")}
        main = "sq" if size["sq"] > size["en"] else "en"
    filled: dict[tuple[int | None, int | None], set[int | None]] = {}
    for cell in context.passages:
        if cell.kind == "table_cell" and cell.lang in ("sq", "en"):
            filled.setdefault((cell.location.table, cell.location.row), set()).add(cell.location.column)
    for row in streams(context):
        paired = sum(p.passage_id in context.pair_of for p in row)
        for n, passage in enumerate(row):
            if passage.lang == main or not _candidate(passage, context):
                continue
            if main not in ("sq", "en") and not _left_out(row, n, context, filled, paired):
                continue
            yield _finding(passage, context, main)


def _candidate(passage: Passage, context: CheckContext) -> bool:
    if passage.lang not in ("sq", "en") or passage.passage_id in context.pair_of:
        return False
    words = [w for w in passage.text.split() if any(c.isalpha() for c in w)]
    if len(words) < _WORDS or (is_head(passage) and len(words) < _SENTENCE):
        return False
    # The other place of the same words may be the paired one.
    return not any(
        i in context.pair_of for c in context.copies_of.get(passage.passage_id, ())
        for i in (c.passage_id, c.of_passage_id)
    )  # fmt: skip


def _left_out(
    row: list[Passage],
    n: int,
    context: CheckContext,
    filled: dict[tuple[int | None, int | None], set[int | None]],
    paired: int,
) -> bool:
    """In a report that stands in both languages: the neighbours have their counterparts, this one has none."""
    place = row[n].location
    if place.table is not None:
        # A table whose columns are the languages, and nothing in the other column of this row.
        beside = filled.get((place.table, place.row), set()) - {place.column}
        return not beside and paired >= 3 and paired >= len(row) // 2
    near = [p for p in (*row[max(0, n - 2) : n], *row[n + 1 : n + 3]) if len(p.text.split()) >= _WORDS]
    return len(near) >= 3 and all(p.passage_id in context.pair_of for p in near)


def _finding(passage: Passage, context: CheckContext, main: Lang) -> Finding:
    language, language_sq = ("Albanian", "shqip") if passage.lang == "sq" else ("English", "anglisht")
    short = passage.text if len(passage.text) <= 100 else passage.text[:97] + "..."
    whole = len(passage.text.split()) >= _SENTENCE
    return finding(
        RULE,
        f"“{short}” is in {language} and stands nowhere in the other language. Have it translated.",
        f"“{short}” është {language_sq} dhe nuk gjendet askund në gjuhën tjetër. Duhet përkthyer.",
        [context.quote(passage, 0, len(passage.text))],
        severity=Severity.CRITICAL if whole else Severity.MAJOR,
    )
