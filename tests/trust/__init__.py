"""The long tests behind the README's promises: nothing is lost, nothing leaves, nothing gets in.

`python -m tests.trust --minutes N` spends about N minutes and prints a table; `tests/test_trust.py` runs a short
form of each with the same functions.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tally:
    """What one long test tried, how often, and what failed (each with enough to do it again)."""

    what: str
    tried: int = 0
    failed: list[str] = field(default_factory=list)
    note: str = ""

    def row(self) -> str:
        return f"| {self.what} | {self.tried:,} | {len(self.failed)} | {self.note} |"
