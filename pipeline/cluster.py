"""One big batch over a Dask cluster; the same results as on one core, byte for byte.

Reads: reports on storage that every worker sees. Writes: Outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.batch import Outcome, expand, named, run_in_worker
from pipeline.errors import DygjuheError
from pipeline.settings import Settings
from pipeline.storage import output_of
from pipeline.terminology import load_glossary


def run_on_dask(places: Sequence[str], out: str, settings: Settings, address: str) -> Iterator[Outcome]:
    """Processes every report on the cluster at `address` (`local`: two workers here) and yields the outcomes.

    Only paths and settings travel, never texts; a worker that dies has its reports given to another one.
    Raises DygjuheError where the extra is not installed or the cluster does not answer.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise DygjuheError("--dask", "needs the extra `dask`", "Install it: pip install 'dygjuhe[dask]'.") from error
    load_glossary(settings.glossary)
    found, skipped = expand(places)
    try:
        client = Client(n_workers=2, threads_per_worker=1, dashboard_address=None) if address == "local" else Client(
            address, timeout=20
        )
    except (OSError, TimeoutError, ValueError) as error:
        raise DygjuheError(f"--dask {address}", "no cluster answers there", "Check the address.") from error
    with client, output_of(out) as output:
        sources = named(found, output)
        futures = {
            client.submit(run_in_worker, source, output, settings, pure=False, key=f"report-{source.name}"): source
            for source in sources
        }
        for future in as_completed(futures):
            if future.status == "error":
                source = futures[future]
                reason = type(future.exception()).__name__
                problem = f"{source.place}: its workers died or failed ({reason}). Run again."
                yield Outcome(source.place, source.name, "failed", problem=problem)
            else:
                yield future.result()
    yield from skipped
