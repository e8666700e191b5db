"""The options of a flow, as plain values in Prefect's parameters, and the Settings they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.settings import Settings


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings file, if one is named, with the flow's own options over it. Raises SettingsError."""
    from dataclasses import replace
    from pathlib import Path

    from pipeline.settings import Settings, read_settings

    settings = read_settings(Path(options["settings_file"])) if options.get("settings_file") else Settings()
    settings = replace(settings, translate=options.get("translate", settings.translate))
    return replace(settings, glossary=settings.glossary + tuple(options.get("glossary", ())))
