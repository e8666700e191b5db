"""Many reports: each is processed once, by content; one bad file never stops the rest.

Reads: files, folders, globs, addresses. Writes: a run folder and an Outcome for each report.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import DygjuheError, UnreadableReport
from pipeline.export.run_folder import counts, remove_leftovers
from pipeline.ingest import SUFFIXES
from pipeline.ingest.archive import reports_in
from pipeline.provenance import signature, signature_digest
from pipeline.run import Progress, folder_names, process_report, quiet, write_run
from pipeline.settings import Settings
from pipeline.storage import PRIVATE, Output, exclusive, fetched, is_address, listed, output_of, write_whole
from pipeline.terminology import Glossary, load_glossary
from pipeline.translate.models import find_packages

Status = Literal["done", "unchanged", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Source:
    """A report to be processed: where it is, and the name of its run folder."""

    place: str
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report: counts and places, no words of the report beyond a short quote in `problem`."""

    place: str
    name: str
    status: Status
    folder: str = ""
    problem: str = ""
    counts: dict[str, Any] = field(default_factory=dict)
    new: dict[str, int] = field(default_factory=dict)
    """Findings that the run before did not have, by severity."""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def expand(places: Sequence[str]) -> tuple[tuple[str, ...], tuple[Outcome, ...]]:
    """The reports that files, folders, archives, globs and addresses name, each once; and what was passed over.

    A file named outright is always taken, so that a wrong one is said. In a folder, hidden files and files of
    other kinds are passed over and named; links are followed once, so that a loop ends. Raises nothing.
    """
    found: dict[str, str] = {}
    skipped: list[Outcome] = []

    def take(place: str) -> None:
        if not is_address(place) and place.lower().endswith(".zip"):
            try:
                inner = reports_in(Path(place))
            except UnreadableReport as error:
                skipped.append(Outcome(place, place, "failed", problem=str(error)))
                return
        else:
            inner = (place,)
        for report in inner:
            found.setdefault(report if is_address(report) else os.path.realpath(report), report)

    for place in places:
        if is_address(place) and not place.startswith("file://"):
            try:
                for address in listed(place):
                    _take_or_skip(address, take, skipped)
            except UnreadableReport as error:
                skipped.append(Outcome(place, place, "failed", problem=str(error)))
            continue
        local = place.removeprefix("file://")
        if os.path.isdir(local):
            for path in walk(local):
                _take_or_skip(path, take, skipped)
        elif any(c in local for c in "*?[") and not os.path.exists(local):
            matches = sorted(glob.glob(local, recursive=True))
            for path in matches:
                for inner in walk(path) if os.path.isdir(path) else (path,):
                    _take_or_skip(inner, take, skipped)
            if not matches:
                problem = "no file has such a name. Check the pattern; it stands for files, as in reports/*.docx"
                skipped.append(Outcome(place, place, "failed", problem=f"{place}: {problem}"))
        else:
            take(local)
    return tuple(found.values()), tuple(skipped)


def walk(folder: str) -> Iterator[str]:
    """The files below a folder in order of name; hidden ones left out, each real folder entered once."""
    entered: set[str] = set()
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        real = os.path.realpath(current)
        if real in entered:
            continue
        entered.add(real)
        try:
            entries = sorted(os.scandir(current), key=lambda e: os.fsencode(e.name))
        except OSError:
            continue
        inner = [e for e in entries if not e.name.startswith(".")]
        waiting += [e.path for e in reversed(inner) if e.is_dir()]
        yield from (e.path for e in inner if not e.is_dir())


def _take_or_skip(place: str, take: Callable[[str], None], skipped: list[Outcome]) -> None:
    suffix = os.path.splitext(place)[1].lower()
    if suffix in SUFFIXES:
        take(place)
    else:
        name = os.path.basename(place)
        kind = suffix or "a file without an ending"
        problem = f"{place!r}: {kind} is not read from a folder. Name the file itself to try."
        skipped.append(Outcome(place, name, "skipped", problem=problem))


def named(places: Sequence[str], output: Output) -> tuple[Source, ...]:
    """Each report with the name of its run folder; a report keeps the name it had in an earlier call."""
    table = output.local / PRIVATE / "names.json"
    with exclusive(output.local / PRIVATE / "names.lock"):
        try:
            kept: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {}
        keys = [p if is_address(p) else os.path.abspath(p) for p in places]
        fresh = [k for k in keys if _text(k) not in kept]
        stems = [Path(k.rsplit("/", 1)[-1]) for k in fresh]
        taken = [Path(f"{n}.x") for n in kept.values()]
        for key, name in zip(fresh, folder_names([*taken, *stems])[len(taken) :], strict=True):
            kept[_text(key)] = name
        write_whole(table, json.dumps(kept, ensure_ascii=True, indent=0, sort_keys=True).encode())
    return tuple(Source(place, kept[_text(key)]) for place, key in zip(places, keys, strict=True))


def _text(path: str) -> str:
    """A path as text that JSON can hold, bytes that are no UTF-8 included."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def run_batch(
    places: Sequence[str], out: str, settings: Settings, *, jobs: int = 1, progress: Progress = quiet
) -> Iterator[Outcome]:
    """Processes every report that `places` name and yields what became of each as it ends.

    Reports whose bytes, settings, glossary, models and program are the same as in their run folder are left
    alone. With `jobs` over 1, reports run in that many processes; the results are the same, byte for byte.
    Only counts are kept in memory. Raises GlossaryError or SettingsError before anything is processed.
    """
    glossary = load_glossary(settings.glossary)
    found, skipped = expand(places)
    with output_of(out) as output:
        sources = named(found, output)
        if jobs == 1 or len(sources) < 2:
            for source in sources:
                yield run_one(source, output, settings, glossary, progress)
        else:
            yield from _in_processes(sources, output, settings, jobs)
    yield from skipped


def run_one(
    source: Source, output: Output, settings: Settings, glossary: Glossary, progress: Progress = quiet
) -> Outcome:
    """One report, under the lock of its run folder, so that two workers on one report do the work once."""
    try:
        with fetched(source.place) as path, exclusive(output.local / PRIVATE / "locks" / f"{source.name}.lock"):
            remove_leftovers(output.local, source.name)
            key = input_key(path, settings, glossary)
            before = output.record(source.name)
            if before is not None and before.get("signature", {}).get("key") == key:
                return Outcome(source.place, source.name, "unchanged", _place(output, source), counts=before["counts"],
                               notes=tuple(before["report"]["notes"]))  # fmt: skip
            run = process_report(path, settings, glossary=glossary, progress=progress)
            run = replace(run, signature={**run.signature, "key": key})
            old = set(before.get("finding_ids", ())) if before else set()
            folder = output.publish(write_run(run, glossary, output.local, source.name))
    except DygjuheError as error:
        return Outcome(source.place, source.name, "failed", problem=str(error))
    except (MemoryError, RecursionError) as error:
        problem = f"{source.place}: is too large or too deep for this machine ({type(error).__name__}). Split it."
        return Outcome(source.place, source.name, "failed", problem=problem)
    new: dict[str, int] = {}
    for finding in run.findings:
        if finding.finding_id not in old:
            new[finding.severity.word] = new.get(finding.severity.word, 0) + 1
    warnings = tuple(sorted({w for u in run.units for w in u.warnings if "dygjuhe models" in w}))
    return Outcome(source.place, source.name, "done", folder, counts=counts(run), new=new, notes=run.document.notes,
                   warnings=warnings)  # fmt: skip


def input_key(path: Path, settings: Settings, glossary: Glossary) -> str:
    """SHA-256 over everything the result depends on: the file's bytes and the signature of the run.

    Raises UnreadableReport where the file cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    except FileNotFoundError as error:
        raise UnreadableReport(str(path), "no such file", "Check the name.") from error
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise UnreadableReport(str(path), problem, "Check the name and the rights.") from error
    digest.update(path.name.encode("utf-8", "surrogateescape"))
    engines = tuple(f"{p.name} {p.version} {p.pair} {p.model}" for p in find_packages(settings))
    digest.update(signature_digest(signature(settings, glossary, engines)).encode())
    return digest.hexdigest()


def _place(output: Output, source: Source) -> str:
    return f"{output.address.rstrip('/')}/{source.name}" if output.address else str(output.local / source.name)


def _in_processes(sources: Sequence[Source], output: Output, settings: Settings, jobs: int) -> Iterator[Outcome]:
    """The reports over several processes. A process that dies loses its report only, which is tried once more alone."""
    import multiprocessing

    waiting = list(sources)
    single = replace(settings, threads=settings.threads or max(1, (os.cpu_count() or 1) // jobs))
    context = multiprocessing.get_context("spawn")
    lost: list[Source] = []
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        futures = {pool.submit(run_in_worker, s, output, single): s for s in waiting}
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                lost.append(futures[future])
    for source in lost:
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            try:
                yield pool.submit(run_in_worker, source, output, single).result()
            except BrokenProcessPool:
                problem = f"{source.place}: its process died twice (out of memory?). Split the report, or free memory."
                yield Outcome(source.place, source.name, "failed", problem=problem)


@lru_cache(maxsize=1)
def _glossary(folders: tuple[str, ...]) -> Glossary:
    """One glossary a worker process: loading it for each report would cost more than a small report does."""
    return load_glossary(folders)


def run_in_worker(source: Source, output: Output, settings: Settings) -> Outcome:
    """One report in a process of its own, here or on another machine."""
    return run_one(source, output, settings, _glossary(settings.glossary))
