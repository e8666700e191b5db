"""An inbox: new and changed reports of a folder are processed as they come.

Reads: a folder, again and again. Writes: Outcome.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence

from pipeline.batch import Outcome, expand, run_batch
from pipeline.settings import Settings


def watch_inbox(
    places: Sequence[str], out: str, settings: Settings, *, seconds: float, jobs: int = 1, rounds: int | None = None
) -> Iterator[Outcome]:
    """Looks at `places` every `seconds` and yields what became of reports that are new or have changed.

    A file is taken once its size and time have stayed the same from one look to the next, so that one still
    being copied is left for later. `rounds` ends it after so many looks; None goes on until interrupted.
    """
    seen: dict[str, tuple[int, int]] = {}
    taken: dict[str, tuple[int, int]] = {}
    while rounds is None or rounds > 0:
        rounds = None if rounds is None else rounds - 1
        now = {place: state for place in expand(places)[0] if (state := _state(place)) is not None}
        ready = [p for p, state in now.items() if seen.get(p) == state and taken.get(p) != state]
        if ready:
            taken.update((p, now[p]) for p in ready)
            yield from run_batch(ready, out, settings, jobs=jobs)
        seen = now
        if rounds != 0:
            time.sleep(seconds)


def _state(place: str) -> tuple[int, int] | None:
    """Size in bytes and time of change in nanoseconds; None where the file is gone or is no local file."""
    try:
        found = os.stat(place)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
