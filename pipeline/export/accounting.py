"""Nothing is lost: every character of the report lies in a passage or is white space between passages.

Reads: Run. Raises AccountingError where that does not hold, so that the run is not published. The errors
quote no words of the report: they reach logs.
"""

from __future__ import annotations

from pipeline.errors import AccountingError
from pipeline.export.rows import bilingual_rows
from pipeline.model import Run
from pipeline.spans import line_of, line_starts, passage_source


def check_accounts(run: Run) -> None:
    """Checks passages, mentions and findings against the source text.

    Every character is in exactly one passage or is white space; passages are in order; every quotation stands
    at its place; every passage stands in the bilingual text. Raises AccountingError naming the place.
    """
    source = run.document.source_text
    starts = line_starts(source)

    def fail(offset: int, problem: str) -> AccountingError:
        place = f"{run.document.name}, line {line_of(starts, offset)}"
        return AccountingError(place, problem, "Please report this; the run was not written.")

    at = 0
    for passage in run.passages:
        if passage.start < at:
            raise fail(passage.start, f"passage {passage.number} overlaps the one before it")
        between = source[at : passage.start]
        if between.strip():
            raise fail(at, f"{len(between.strip())} characters outside every passage")
        if source[passage.start : passage.end] != passage_source(passage):
            raise fail(passage.start, f"passage {passage.number} does not quote its place")
        at = passage.end
    if source[at:].strip():
        raise fail(at, f"{len(source[at:].strip())} characters outside every passage")
    exported = {id(p) for row in bilingual_rows(run) for p in (row.passage, row.other)}
    for passage in run.passages:
        if passage.kind != "page_furniture" and id(passage) not in exported:
            raise fail(passage.start, f"passage {passage.number} is in no row of the bilingual text")
    for mention in run.mentions:
        span = mention.span
        if source[span.start : span.end] != span.exact:
            raise fail(span.start, "a mention does not stand at its place")
    for finding in run.findings:
        for anchor in finding.anchors:
            if anchor.side == "source" and source[anchor.start : anchor.end] != anchor.exact:
                raise fail(anchor.start, f"finding of {finding.rule_id} does not quote its place")
