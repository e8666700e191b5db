"""Makes a package of a Marian model folder as Hugging Face lays it out (OPUS-MT, HPLT): needs the extra `convert`.

Reads: config.json, source.spm, target.spm, vocab.json, weights. Writes: InstalledPackage.
"""

from __future__ import annotations

import json
import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import ModelError
from pipeline.settings import Settings
from pipeline.translate.install import put_in_place
from pipeline.translate.models import InstalledPackage, folders, read_json

# Files of the folder that the conversion may read: weights as plain numbers only, never a pickle.
NEEDED = ("config.json", "vocab.json", "source.spm")


def import_marian(
    folder: Path, source: str, target: str, settings: Settings, version: str = "1.0", name: str = ""
) -> InstalledPackage:
    """Converts the model to CTranslate2 (8-bit) and installs it as the package of the direction. Raises ModelError."""
    missing = [m for m in ("torch", "transformers") if find_spec(m) is None]
    if missing:
        raise ModelError(
            "models import", f"needs {' and '.join(missing)}, which {'are' if missing[1:] else 'is'} not installed",
            "Install them with `pip install dygjuhe[convert]`; they are not needed to translate.",
        )  # fmt: skip
    _check_folder(folder)
    home = folders(settings)[0]
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix=".importing-", dir=home) as aside:
        package = Path(aside) / "package"
        package.mkdir()
        _convert(folder, package / "model")
        shutil.copyfile(folder / "source.spm", package / "sentencepiece.model")
        record = {
            "package_version": version, "argos_version": "1.9", "from_code": source, "to_code": target,
            "from_name": source, "to_name": target, "name": name or re.sub(r"[^\w.-]+", "-", folder.name)[:60],
        }  # fmt: skip
        (package / "metadata.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        return put_in_place(package, settings, str(folder.name))


def _check_folder(folder: Path) -> None:
    for name in NEEDED:
        if not (folder / name).is_file():
            raise ModelError(
                str(folder), f"has no {name}", "Give the folder of a Marian model as Hugging Face lays it out."
            )
    config = read_json(folder / "config.json")
    if config.get("model_type") != "marian":
        raise ModelError(
            str(folder), f"is a {str(config.get('model_type'))[:40]!r}, not a Marian model", "Give another folder."
        )
    if not list(folder.glob("*.safetensors")) and not (folder / "pytorch_model.bin").is_file():
        raise ModelError(str(folder), "has no weights", "Give a folder with model.safetensors.")


def _convert(folder: Path, to: Path) -> None:
    import os

    # A model folder is all that is read: nothing is looked up.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    try:
        from ctranslate2.converters import TransformersConverter

        TransformersConverter(str(folder), trust_remote_code=False).convert(str(to), quantization="int8")
    except Exception as error:  # the converter raises whatever torch and transformers raise
        raise ModelError(str(folder), f"cannot be converted ({str(error)[:200]})", "Check the folder.") from error
    # Argos's tokenizer adds no end of sentence, which a Marian model was trained with.
    config = to / "config.json"
    settings = json.loads(config.read_text(encoding="utf-8"))
    settings["add_source_eos"] = True
    config.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
