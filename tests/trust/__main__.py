"""`python -m tests.trust --minutes N`: the long tests, and a table of what was tried, how often, and what failed."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.trust import Tally, faults, fuzz, kills, mutants

SAMPLE = Path(__file__).parent.parent.parent / "data" / "samples" / "liria-2023.txt"


def no_network(folder: Path) -> list[Tally]:
    arguments = ["run", str(SAMPLE), "--out", str(folder / "audited")]
    code, outside = faults.audit_sockets(arguments)
    audited = Tally("the whole job under a hook on every socket call", 1, outside + ([f"exit {code}"] if code else []))
    arguments[-1] = str(folder / "alone")
    result = faults.without_network(arguments)
    alone = Tally("the whole job in a namespace without any network", int(result is not None))
    if result is None:
        alone.note = "not possible on this machine"
    elif result.returncode:
        alone.failed.append(result.stderr[:200])
    return [audited, alone]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    total, seed = arguments.minutes * 60, arguments.seed
    with tempfile.TemporaryDirectory(prefix="dygjuhe-trust-") as place:
        folder = Path(place)
        tallies = [
            *no_network(folder),
            *faults.try_faults(folder / "faults"),
            *fuzz.fuzz_finders(total * 0.25, seed),
            fuzz.fuzz_segmenter(total * 0.1, seed),
            fuzz.mutate_documents(total * 0.2, folder, seed),
            kills.kill_runs(total * 0.2, folder / "kills", seed, most=100),
            mutants.kill_mutants(total * 0.25, seed),
        ]
    print("| tried | times | failed | note |\n| --- | ---: | ---: | --- |")
    for tally in tallies:
        print(tally.row())
    for tally in tallies:
        for failure in tally.failed[:20]:
            print(f"\n{tally.what}: {failure[:400]}")
    return int(any(t.failed for t in tallies if not t.what.startswith("mutants")))


if __name__ == "__main__":
    raise SystemExit(main())
