"""Turn trained weights into one CTranslate2 int8 model, two Argos packages that share it, and the manifest.

Reads: weights-*.npz, sentencepiece.model
Writes: data/models/<engine>/, data/models/packages/, data/models/manifest.json
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from pipeline.translate.training.vocabulary import TO_ALBANIAN, TO_ENGLISH, Vocabulary

ENGINE, VERSION = "dygjuhe-small", "1.0"
# What argostranslate calls the version of the program that a package is for.
ARGOS_VERSION = "1.9"
# Code from, name from, code to, name to, first token of the target.
DIRECTIONS = (
    ("sq", "Albanian", "en", "English", TO_ENGLISH),
    ("en", "English", "sq", "Albanian", TO_ALBANIAN),
)


def convert(weights_folder: Path, model_file: Path, target: Path) -> None:
    """Weights -> Hugging Face Marian -> CTranslate2 int8 in `target`, replaced whole once it is complete."""
    from ctranslate2.converters import TransformersConverter

    from pipeline.translate.training.model import load_small, to_marian

    weights, shape, _ = load_small(weights_folder)
    vocabulary = Vocabulary(model_file)
    if len(vocabulary) != shape.tokens:
        raise ValueError(
            f"{model_file} has {len(vocabulary)} tokens, the weights {shape.tokens}: take the vocabulary of the weights"
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "marian"
        to_marian(weights, shape).save_pretrained(folder)
        ids = {token: number for number, token in enumerate(vocabulary.tokens)}
        (folder / "vocab.json").write_text(json.dumps(ids), encoding="utf-8")
        for side in ("source.spm", "target.spm"):
            shutil.copy(model_file, folder / side)
        settings = {
            "source_lang": "sq", "target_lang": "en", "unk_token": "<unk>", "eos_token": "</s>", "pad_token": "<pad>",
            "model_max_length": 512, "separate_vocabs": False, "tokenizer_class": "MarianTokenizer",
        }  # fmt: skip
        (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
        converted = Path(name) / "model"
        TransformersConverter(str(folder)).convert(str(converted), quantization="int8")
        config = json.loads((converted / "config.json").read_text(encoding="utf-8"))
        # Argos's tokenizer adds no </s>, and Marian was trained with one.
        config["add_source_eos"] = True
        (converted / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(converted, target)


def manifest(models: Path) -> dict[str, Any]:
    """Bytes and SHA-256 of every real file of the model and its packages."""
    files = []
    for path in sorted(models.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.parent == models:
            continue
        if any(parent.is_symlink() for parent in path.parents if parent != models):
            continue
        relative = path.relative_to(models)
        pair = relative.parts[1].split("-")[1].replace("_", "-") if relative.parts[0] == "packages" else "sq-en, en-sq"
        files.append(
            {
                "file": relative.as_posix(),
                "bytes": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "pair": pair,
                "engine": f"{ENGINE} {VERSION}",
            }
        )
    return {"engine": f"{ENGINE} {VERSION}", "licence": "GPL-3.0-or-later", "files": files}


def package(weights_folder: Path, model_file: Path, models: Path) -> None:
    """Write the model, its two packages and the manifest below `models`."""
    shared = models / f"{ENGINE}-{VERSION}"
    convert(weights_folder, model_file, shared / "model")
    shutil.copy(model_file, shared / "sentencepiece.model")
    for source, source_name, target, target_name, prefix in DIRECTIONS:
        folder = models / "packages" / f"translate-{source}_{target}-{VERSION.replace('.', '_')}"
        folder.mkdir(parents=True, exist_ok=True)
        metadata = {
            "package_version": VERSION, "argos_version": ARGOS_VERSION, "type": "translate",
            "from_code": source, "from_name": source_name, "to_code": target, "to_name": target_name,
            "target_prefix": prefix, "engine": f"{ENGINE} {VERSION}",
            "shared_model": os.path.relpath(shared, folder).replace(os.sep, "/"), "links": [],
        }  # fmt: skip
        (folder / "metadata.json").write_text(json.dumps(metadata, indent=2) + "\n", encoding="utf-8")
        for name in ("model", "sentencepiece.model"):
            link = folder / name
            link.unlink(missing_ok=True)
            link.symlink_to(os.path.relpath(shared / name, folder))
    written = json.dumps(manifest(models), indent=2, ensure_ascii=False) + "\n"
    (models / "manifest.json").write_text(written, encoding="utf-8")
    print(written)
