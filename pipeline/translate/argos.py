"""Argos Translate's packages and tokenizers, read without its folders, its sentence splitter or the network.

The only module that imports argostranslate. Of it we use `package.Package` and the tokenizers; sentences are
split by us (its splitter has no Albanian model and would fetch one), decoded by `decode`.

Reads: InstalledPackage. Writes: Translator.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.errors import ModelError
from pipeline.model import Lang
from pipeline.translate.decode import decode, load_translator
from pipeline.translate.engine import Decoding, Hypothesis, Told, tell_nobody
from pipeline.translate.models import InstalledPackage, check_package, checksum, engine_name

# Argos reads these on import and makes folders where they point.
_ARGOS_VARIABLES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR")
# Two models at most stay loaded: one for each direction, of up to some 250 MB each.
_MODELS_KEPT = 2


@contextmanager
def _private_folders() -> Iterator[None]:
    """Points Argos's folders at one that is gone afterwards: none of them is read or written later."""
    before = {name: os.environ.get(name) for name in (*_ARGOS_VARIABLES, "SNAP")}
    with TemporaryDirectory(prefix="dygjuhe-argos-") as folder:
        try:
            os.environ.pop("SNAP", None)
            for name in _ARGOS_VARIABLES:
                os.environ[name] = folder
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def argos_modules() -> tuple[Any, Any]:
    """argostranslate's `package` and `tokenizer` modules; importing them asks no network and leaves no folder."""
    with _private_folders():
        import argostranslate.package as package
        import argostranslate.tokenizer as tokenizer
    return package, tokenizer


class ArgosTranslator:
    """One direction of an installed package, checked and loaded."""

    def __init__(self, package: InstalledPackage, threads: int) -> None:
        self._package = package
        self._name = engine_name(package)
        self._tokenizer = _tokenizer(package)
        self._translator = _loaded(str(package.model.resolve()), checksum(package), threads)

    @property
    def name(self) -> str:
        return self._name

    @property
    def source_lang(self) -> Lang:
        return self._package.source  # type: ignore[return-value]

    @property
    def target_lang(self) -> Lang:
        return self._package.target  # type: ignore[return-value]

    @property
    def raw(self) -> Any:
        """The CTranslate2 translator itself, for measuring."""
        return self._translator

    def encode(self, sentences: Sequence[str]) -> list[list[str]]:
        """The tokens of each sentence."""
        if hasattr(self._tokenizer, "lazy_processor"):
            pieces: list[list[str]] = self._tokenizer.lazy_processor().encode(list(sentences), out_type=str)
            return pieces
        return [self._tokenizer.encode(sentence) for sentence in sentences]

    def decode(self, tokens: Sequence[list[str]]) -> list[str]:
        """The text of each list of tokens; unlike Argos's own, an underscore stays one."""
        if hasattr(self._tokenizer, "lazy_processor"):
            texts: list[str] = self._tokenizer.lazy_processor().decode_pieces([list(t) for t in tokens])
            return [t.replace("▁", " ").strip() for t in texts]
        return [str(self._tokenizer.decode(list(t))).strip() for t in tokens]

    def count_tokens(self, sentences: Sequence[str]) -> list[int]:
        return [len(tokens) for tokens in self.encode(sentences)]

    def translate(
        self, sentences: Sequence[str], decoding: Decoding, told: Told = tell_nobody
    ) -> list[tuple[Hypothesis, ...]]:
        prefix = [self._package.target_prefix] if self._package.target_prefix else []
        decoded = decode(self._translator, self.encode(sentences), prefix, decoding, told)
        texts = iter(self.decode([t for d in decoded if d is not None for t in d.tokens]))
        return [
            () if d is None else tuple(Hypothesis(_without_prefix(next(texts), prefix), s) for s in d.scores)
            for d in decoded
        ]


def _without_prefix(text: str, prefix: list[str]) -> str:
    return text.removeprefix(prefix[0]).strip() if prefix else text


def open_package(package: InstalledPackage, threads: int = 0) -> ArgosTranslator:
    """The package's translator, after its checksums and its files were checked. Raises ModelError."""
    check_package(package)
    try:
        translator = ArgosTranslator(package, threads)
        if package.target_prefix and not _knows(package, package.target_prefix):
            raise ModelError(str(package.path), f"has no token {package.target_prefix!r}", "Get the package anew.")
    except ModelError:
        raise
    except (RuntimeError, ValueError, OSError, MemoryError, KeyError, AttributeError, TypeError) as error:
        reason = re.sub(r"\s+", " ", str(error))[:200]
        raise ModelError(str(package.path), f"cannot be loaded ({reason})", "Get the package anew.") from error
    return translator


def _knows(package: InstalledPackage, token: str) -> bool:
    text = "".join(p.read_text(encoding="utf-8") for p in package.model.glob("*vocabulary*"))
    return token in text or token.replace("<", "\\u003c").replace(">", "\\u003e") in text


@lru_cache(maxsize=_MODELS_KEPT)
def _loaded(model: str, digest: str, threads: int) -> Any:
    """The model in memory; both directions of a shared model find it here. `digest` tells a changed one."""
    return load_translator(model, threads)


def _tokenizer(package: InstalledPackage) -> Any:
    """The tokenizer of Argos's own package object, or one over the shared folder's file."""
    argos, tokenizer = argos_modules()
    if package.pieces.parent == package.path:
        found = argos.Package(Path(package.path)).tokenizer
    elif package.pieces.name == "bpe.model":
        found = tokenizer.BPETokenizer(package.pieces, package.source, package.target)
    else:
        found = tokenizer.SentencePieceTokenizer(package.pieces)
    if hasattr(found, "lazy_processor"):
        found.lazy_processor()
    return found
