"""One report from file to findings: the table of contents of the pipeline, without Prefect.

Reads: a file. Writes: Run, and the run folder.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline import review
from pipeline.align import find_copies, find_pairs
from pipeline.annotate import annotate_passages, annotate_units
from pipeline.check.rule import CheckContext
from pipeline.check.runner import check_report
from pipeline.export import write_bilingual
from pipeline.export.accounting import check_accounts
from pipeline.export.run_folder import folder_aside, write_records
from pipeline.identify import identify_passages, main_language
from pipeline.ingest import read_document
from pipeline.model import AnnotatedPassage, Document, Mention, Run
from pipeline.provenance import signature
from pipeline.redact import redact, write_key
from pipeline.resolve import report_date, resolve_mentions
from pipeline.segment import split_passages
from pipeline.settings import Settings
from pipeline.terminology import Glossary, load_glossary
from pipeline.translate import translate_report

Progress = Callable[[str, int, int], None]
"""(stage, done, total): told at the start of each stage, and while translating."""


def quiet(stage: str, done: int, total: int) -> None:
    """Tells nobody."""


def process_report(
    path: Path, settings: Settings | None = None, *, glossary: Glossary | None = None, progress: Progress = quiet
) -> Run:
    """Everything `dygjuhe` finds in the report at `path`.

    `glossary` saves loading it anew for each of several reports. Raises UnreadableReport, GlossaryError,
    SettingsError or ModelError, and AccountingError where a character of the report was lost on the way.
    """
    settings = settings or Settings()
    seconds: dict[str, float] = {}
    with _timed(seconds, "glossary"):
        glossary = load_glossary(settings.glossary) if glossary is None else glossary
    progress("read", 0, 1)
    with _timed(seconds, "read"):
        document = read_document(path)
        if settings.redact:
            document = masked(document, settings)
    run = examine(document, settings, glossary, progress, seconds)
    check_accounts(run)
    return run


def masked(document: Document, settings: Settings) -> Document:
    """The document without private details; the key goes to the file that the settings name, if they name one."""
    clean, masks = redact(document)
    if settings.redact_key:
        write_key(masks, Path(settings.redact_key) / f"{document.name}.key.json")
    return clean


def examine(
    document: Document,
    settings: Settings,
    glossary: Glossary,
    progress: Progress = quiet,
    seconds: dict[str, float] | None = None,
) -> Run:
    """All stages after reading, over one document."""
    seconds = {} if seconds is None else seconds
    progress("segment", 0, 1)
    with _timed(seconds, "segment"):
        passages = split_passages(document)
    with _timed(seconds, "identify"):
        passages = identify_passages(passages, settings)
    progress("find", 0, len(passages))
    with _timed(seconds, "find"):
        annotated = annotate_passages(passages, glossary)
    with _timed(seconds, "resolve"):
        when = settings.report_date or report_date(document, annotated)
        annotated = resolve_mentions(annotated, glossary, when, settings)
    progress("align", 0, len(passages))
    with _timed(seconds, "align"):
        copies = find_copies(passages, settings)
        pairs = find_pairs(annotated, settings)
    main_lang = main_language(passages)
    with _timed(seconds, "translate"):
        units = translate_report(annotated, pairs, copies, main_lang, glossary, settings, progress)
    progress("check", 0, 1)
    with _timed(seconds, "check"):
        context = CheckContext(
            document=document, annotated=annotated, copies=copies, pairs=pairs,
            units=annotate_units(units, annotated, glossary), glossary=glossary, settings=settings, report_date=when,
        )  # fmt: skip
        findings = check_report(context)
    engines = tuple(sorted({u.engine for u in units if u.engine}))
    return Run(
        document=document, passages=passages, mentions=_mentions(annotated), copies=copies, pairs=pairs, units=units,
        findings=findings, signature={**signature(settings, glossary, engines), "report_date": when,
                   "main_lang": main_lang},
        seconds=seconds, switched_off=tuple(sorted(settings.rules_off.items())),
    )  # fmt: skip


def write_run(run: Run, glossary: Glossary, out: Path, name: str | None = None) -> Path:
    """Writes the run folder `out/name` whole or not at all, and returns its path.

    `name` is the report's file name without its ending where it is not given. Raises ExportError.
    """
    target = out / (name or Path(run.document.name).stem)
    with folder_aside(target) as folder:
        write_records(run, glossary, folder)
        review.write_review(run, glossary, folder, target)
        write_bilingual(run, glossary, folder)
    return target


def folder_names(paths: Sequence[Path]) -> list[str]:
    """The run folder's name for each report: its stem, `-2`, `-3` for a second and third of one name.

    >>> folder_names([Path("a/r.txt"), Path("b/r.docx"), Path("s.txt")])
    ['r', 'r-2', 's']
    """
    met: dict[str, int] = {}
    names: list[str] = []
    for path in paths:
        stem = path.stem or path.name
        name = stem
        while name in met:
            met[stem] = met.get(stem, 1) + 1
            name = f"{stem}-{met[stem]}"
        met.setdefault(name, 1)
        names.append(name)
    return names


def _mentions(annotated: Sequence[AnnotatedPassage]) -> tuple[Mention, ...]:
    return tuple(m for a in annotated for m in a.mentions)


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - start

