"""Mutation testing by sample: one small change to a rule, a finder or the resolver, and the tests must notice.

The whole set would take days on two cores, so a seeded sample is drawn; the share killed is an estimate, and the
table gives its 95 % interval (Wilson).
"""

from __future__ import annotations

import ast
import math
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.trust import Tally

ROOT = Path(__file__).parent.parent.parent

# Which tests look at which code.
TESTS = {
    "find/references": ["tests/find/test_references.py"],
    "find/institutions": ["tests/find/test_institutions.py"],
    "find/": ["tests/find"],
    "resolve": ["tests/test_resolve.py", "tests/find/test_references.py", "tests/check"],
    "check/": ["tests/check"],
}

SWAPS: dict[type, type] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: the file, the line, and the file's text with the change in it."""

    path: Path
    line: int
    what: str
    text: str


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every change of one operator, boolean, small number or `not` in a file's functions."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    places = [n for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)]
    for index in range(len(places)):
        copy = ast.parse(source)
        node = [n for f in ast.walk(copy) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)][index]
        what = _change(node)
        if what:
            yield Mutant(path, getattr(node, "lineno", 0), what, ast.unparse(copy))


def _change(node: ast.AST) -> str:
    """Changes a node in place and says how; empty where there is nothing to change."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        old, node.ops[0] = node.ops[0], SWAPS[type(node.ops[0])]()
        return f"{type(old).__name__} -> {type(node.ops[0]).__name__}"
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPS and not _joins_text(node):
        old, node.op = node.op, SWAPS[type(node.op)]()
        return f"{type(old).__name__} -> {type(node.op).__name__}"
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        node.value = not node.value
        return f"{not node.value} -> {node.value}"
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and 0 <= node.value < 100:
        node.value += 1
        return f"{node.value - 1} -> {node.value}"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node.op = ast.UAdd()
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
        ast.fix_missing_locations(node)
        return "not x -> x"
    return ""


def _joins_text(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and any(
        isinstance(side, ast.Constant | ast.JoinedStr) and not isinstance(getattr(side, "value", 0), int)
        for side in (node.left, node.right)
    )


def sources() -> list[Path]:
    pipeline = ROOT / "pipeline"
    found = [*(pipeline / "check").rglob("*.py"), *(pipeline / "find").rglob("*.py"), pipeline / "resolve.py"]
    return sorted(p for p in found if p.is_file() and p.name != "__init__.py")


def tests_for(path: Path) -> list[str]:
    place = path.relative_to(ROOT / "pipeline").as_posix()
    return next((tests for prefix, tests in TESTS.items() if place.startswith(prefix)), ["tests"])


def kill_mutants(seconds: float, seed: int = 0, most: int | None = None) -> Tally:
    """A sample of mutants, each in a copy of the pipeline that stands before the real one on the path."""
    import shutil
    import tempfile

    tally = Tally("mutants of check/, find/ and resolve")
    rng = random.Random(seed)
    deadline = time.monotonic() + seconds
    killed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("pipeline", "tests", "glossary", "flows", "pyproject.toml"):
            place = ROOT / name
            if place.is_dir():
                shutil.copytree(place, copy / name, ignore=shutil.ignore_patterns("__pycache__", "training"))
            else:
                shutil.copy(place, copy / name)
        os.symlink(ROOT / "data", copy / "data")
        files = sources()
        weights = [len(p.read_text(encoding="utf-8")) for p in files]
        while time.monotonic() < deadline and (most is None or tally.tried < most):
            path = rng.choices(files, weights)[0]
            found = list(mutants_of(path))
            if not found:
                continue
            mutant = rng.choice(found)
            target = copy / path.relative_to(ROOT)
            original = target.read_text(encoding="utf-8")
            target.write_text(mutant.text, encoding="utf-8")
            try:
                result = subprocess.run(
                    [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests_for(path)],
                    capture_output=True, cwd=copy, timeout=180, env={**os.environ, "PYTHONPATH": str(copy)},
                )  # fmt: skip
                survived = result.returncode == 0
            except subprocess.TimeoutExpired:
                survived = False
            finally:
                target.write_text(original, encoding="utf-8")
            tally.tried += 1
            killed += not survived
            if survived:
                tally.failed.append(f"{path.relative_to(ROOT)}:{mutant.line} {mutant.what} was not noticed")
    low, high = wilson(killed, tally.tried)
    tally.note = f"{killed} killed; 95 % interval {low:.0%} to {high:.0%}"
    return tally


def wilson(hits: int, tries: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's score interval of a share (E. B. Wilson, 1927).

    >>> [round(x, 2) for x in wilson(90, 100)]
    [0.83, 0.94]
    """
    if not tries:
        return 0.0, 1.0
    share = hits / tries
    centre = share + z * z / (2 * tries)
    spread = z * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    return (centre - spread) / (1 + z * z / tries), (centre + spread) / (1 + z * z / tries)
