"""Reads the table of contents of a CTranslate2 `model.bin`, so that a damaged one is refused before it is loaded.

CTranslate2 trusts the sizes that the file states; a crafted or truncated file must not get that far.
"""

from __future__ import annotations

import json
import math
import struct
from pathlib import Path
from typing import BinaryIO

# Binary versions and the model kind that CTranslate2 4.8 reads and we know the layout of.
VERSIONS = range(2, 7)
KINDS = ("TransformerSpec",)
# Bytes an element, in the order of CTranslate2's DataType: float32, int8, int16, int32, float16, bfloat16.
ITEM_BYTES = (4, 1, 2, 4, 2, 2)
# Variables in a file; the largest Transformer that is converted has under 10,000.
MOST_VARIABLES = 50_000
# Dimensions of a variable; a weight has two, a convolution three.
MOST_DIMENSIONS = 4
# Bytes of a vocabulary file; 250,000 pieces take about 8 MB.
MOST_VOCABULARY_BYTES = 64 * 2**20


class Damaged(ValueError):
    """The file is not what it says it is; the text says where, in plain words."""


def check_model(folder: Path) -> None:
    """Raises Damaged where the CTranslate2 model in `folder` is incomplete or contradicts itself."""
    shapes = read_shapes(folder / "model.bin")
    sizes = vocabulary_sizes(folder)
    source = [shape[0] for name, shape in shapes.items() if name.startswith("encoder/embeddings") and _is_weight(name)]
    target = [shape[0] for name, shape in shapes.items() if name.startswith("decoder/embeddings") and _is_weight(name)]
    if not source and not target:
        raise Damaged("has no embeddings")
    for rows, name in ((source, "source"), (target, "target")):
        size = sizes.get(name, sizes.get("shared"))
        if size is None:
            raise Damaged(f"has no {name} vocabulary")
        # An alias (embeddings shared by both sides) leaves one of the lists empty.
        if rows and rows[0] != size:
            raise Damaged(f"has {rows[0]} rows for a {name} vocabulary of {size}")


def _is_weight(name: str) -> bool:
    return name.endswith("/weight")


def read_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """The name and shape of each variable in `model.bin`. Raises Damaged."""
    try:
        length = path.stat().st_size
        with path.open("rb") as stream:
            return _read(stream, length)
    except OSError as error:
        raise Damaged(f"has no readable model.bin ({error.strerror})") from error
    except (struct.error, UnicodeDecodeError) as error:
        raise Damaged("ends in the middle of model.bin") from error


def _read(stream: BinaryIO, length: int) -> dict[str, tuple[int, ...]]:
    (version,) = struct.unpack("<I", stream.read(4))
    if version not in VERSIONS:
        raise Damaged(f"is written in format {version}, which is not known")
    kind = _string(stream)
    if kind not in KINDS:
        raise Damaged(f"holds a {kind[:40]!r}, not a translation model")
    stream.read(4)
    (count,) = struct.unpack("<I", stream.read(4))
    if count > MOST_VARIABLES:
        raise Damaged(f"states {count} variables")
    shapes: dict[str, tuple[int, ...]] = {}
    for _ in range(count):
        name = _string(stream)
        (rank,) = struct.unpack("B", stream.read(1))
        if rank > MOST_DIMENSIONS:
            raise Damaged(f"states {rank} dimensions for {name[:60]!r}")
        shape = struct.unpack(f"<{rank}I", stream.read(4 * rank))
        kind_id, size = struct.unpack("<BI", stream.read(5))
        if kind_id >= len(ITEM_BYTES) or math.prod(shape) * ITEM_BYTES[kind_id] != size:
            raise Damaged(f"states a size for {name[:60]!r} that its shape does not have")
        if stream.tell() + size > length:
            raise Damaged("ends in the middle of model.bin")
        stream.seek(size, 1)
        shapes[name] = shape
    if version >= 3:
        (count,) = struct.unpack("<I", stream.read(4))
        if count > MOST_VARIABLES:
            raise Damaged(f"states {count} aliases")
        for _ in range(count):
            alias, name = _string(stream), _string(stream)
            if name not in shapes:
                raise Damaged(f"names {name[:60]!r}, which it does not hold")
            shapes.setdefault(alias, shapes[name])
    if stream.tell() != length:
        raise Damaged("goes on after its end")
    return shapes


def _string(stream: BinaryIO) -> str:
    (length,) = struct.unpack("<H", stream.read(2))
    raw = stream.read(length)
    if len(raw) != length or not raw.endswith(b"\0"):
        raise Damaged("ends in the middle of model.bin")
    return raw[:-1].decode("utf-8")


def vocabulary_sizes(folder: Path) -> dict[str, int]:
    """The number of tokens in each vocabulary file: shared, source, target. Raises Damaged."""
    sizes: dict[str, int] = {}
    for name in ("shared", "source", "target"):
        for path in (folder / f"{name}_vocabulary.json", folder / f"{name}_vocabulary.txt"):
            if path.is_file():
                sizes[name] = _vocabulary_size(path)
    return sizes


def _vocabulary_size(path: Path) -> int:
    if path.stat().st_size > MOST_VOCABULARY_BYTES:
        raise Damaged(f"has a {path.name} of {path.stat().st_size} bytes")
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".txt":
            return text.count("\n") + (0 if text.endswith("\n") or not text else 1)
        tokens = json.loads(text)
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Damaged(f"has no readable {path.name}") from error
    if not isinstance(tokens, list) or not all(isinstance(t, str) for t in tokens):
        raise Damaged(f"has no list of tokens in {path.name}")
    return len(tokens)
