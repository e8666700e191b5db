"""Settings: every threshold and switch with its reason. Frozen; read once, at the front door."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_type_hints

from pipeline.errors import SettingsError

_CHECKOUT = Path(__file__).resolve().parent.parent
_INSTALLED = Path(__file__).resolve().parent / "supplied"

ROOT = _CHECKOUT if (_CHECKOUT / "glossary" / "institutions.csv").is_file() else _INSTALLED
"""Holds `glossary/` and `data/models/`: the checkout, or in an installed program a folder of the package."""

Translate = Literal["all", "foreign", "none"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told. A settings file is TOML with these names as keys."""

    translate: Translate = "all"
    """all: every passage gets its other language; foreign: only what is not in the main language; none."""

    glossary: tuple[str, ...] = (str(ROOT / "glossary"),)
    """Folders of glossary files; a later one adds to the earlier ones, a clash is an error."""

    models: str = ""
    """Folder of installed translation packages; empty: the user's data folder, then the bundled ones."""

    memory: tuple[str, ...] = ()
    """TMX files with translations to be preferred over the machine's."""

    report_date: str = ""
    """ISO date the report was written, for names and articles in force; empty: taken from the report's text."""

    rules_off: dict[str, str] = field(default_factory=dict)
    """Rules not to run, each with the reason that the report prints: {"FO07": "house style has no ..."}"""

    language_sure: float = 0.75
    """Below this probability a passage's language is undecided: lingua is right in 99.8 % of sentences above it."""

    language_words: int = 3
    """Fewer words than this are judged with their neighbours: lingua is wrong in 6 to 19 % of single words."""

    copy_score: float = 72.0
    """0 to 100. Passages alike from here on are copies; below it two reports of one year shared only phrases."""

    copy_words: int = 4
    """Shorter passages are no copies of each other: headings and cells such as `Yes` repeat by right."""

    pair_score: float = 0.5
    """0 to 1. Albanian and English passages are a pair from here on."""

    name_score: float = 88.0
    """0 to 100. A name this near to one listed form is reported as its variant, and never replaced in silence."""

    memory_score: float = 75.0
    """0 to 100. A memory's match is offered from here on; only 100 is taken without a warning."""

    beam: int = 4
    """Hypotheses kept while decoding; 4 is Argos's own default."""

    threads: int = 0
    """Processor cores to use; 0: all."""

    redact: bool = False
    """Mask personal names, numbers, telephones and addresses in everything a run writes."""

    redact_key: str = ""
    """Folder for the keys that take the masks back, one a report; empty: no key is written, the masks stay."""


def read_settings(path: Path, base: Settings | None = None) -> Settings:
    """The settings in a TOML file, over `base`. Raises SettingsError naming the key and the valid ones.

    Paths in the file count from the file's folder.
    """
    try:
        with path.open("rb") as stream:
            values: dict[str, Any] = tomllib.load(stream)
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise SettingsError(str(path), problem, "Name an existing settings file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), f"is no valid TOML ({error})", "Write one `name = value` a line.") from error
    known = {f.name: f for f in fields(Settings)}
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"{path}, {name}", "is no setting", f"The settings are: {', '.join(sorted(known))}.")
        values[name] = _checked(path, name, value)
    return replace(base or Settings(), **values)


def _checked(path: Path, name: str, value: Any) -> Any:
    """The value in the setting's own type; SettingsError where it cannot be that."""
    wanted = get_type_hints(Settings)[name]
    default = getattr(Settings(), name)
    if name == "translate" and value not in ("all", "foreign", "none"):
        raise SettingsError(f"{path}, {name}", f"cannot be {value!r}", "Use all, foreign or none.")
    if isinstance(default, bool):
        right = isinstance(value, bool)
    elif isinstance(default, float):
        right = isinstance(value, int | float) and not isinstance(value, bool)
    elif isinstance(default, tuple):
        right = isinstance(value, list) and all(isinstance(v, str) for v in value)
    elif isinstance(default, dict):
        right = isinstance(value, dict) and all(isinstance(v, str) and v.strip() for v in value.values())
    else:
        right = isinstance(value, type(default)) and not isinstance(value, bool)
    if not right:
        raise SettingsError(f"{path}, {name}", f"cannot be {value!r}", f"It takes {wanted}.")
    if isinstance(default, tuple):
        return tuple(str((path.parent / v).resolve()) for v in value)
    if name in ("models", "redact_key") and value:
        return str((path.parent / value).resolve())
    return float(value) if isinstance(default, float) else value
