"""The best translator of each direction, opened when it is first needed.

Reads: Settings, installed packages. Writes: CachedTranslator, or why there is none.
"""

from __future__ import annotations

from pipeline.errors import ModelError
from pipeline.model import Lang
from pipeline.settings import Settings
from pipeline.translate.cache import Cache, CachedTranslator
from pipeline.translate.engine import Decoding
from pipeline.translate.models import find_packages


class Engines:
    """Opened packages of one run. A damaged package is passed over for the next best, and named in `trouble`."""

    def __init__(self, settings: Settings, cache: Cache | None = None) -> None:
        self._settings = settings
        self._cache = cache or Cache()
        self._open: dict[tuple[Lang, Lang], CachedTranslator | None] = {}
        self.trouble: dict[tuple[Lang, Lang], str] = {}
        """Why a direction has no translator, or not the best one, in words for a unit's warning."""

    @property
    def decoding(self) -> Decoding:
        return Decoding(beam=max(1, self._settings.beam), hypotheses=max(1, self._settings.beam))

    def translator(self, source: Lang, target: Lang) -> CachedTranslator | None:
        """The direction's translator; None where no package that is whole is installed."""
        if (source, target) not in self._open:
            self._open[source, target] = self._first_whole(source, target)
        return self._open[source, target]

    def _first_whole(self, source: Lang, target: Lang) -> CachedTranslator | None:
        from pipeline.translate.argos import open_package

        wrong: list[str] = []
        for package in find_packages(self._settings):
            if (package.source, package.target) != (source, target):
                continue
            try:
                found = CachedTranslator(open_package(package, self._settings.threads), self._cache)
            except ModelError as error:
                wrong.append(f"{error}")
                continue
            if wrong:
                self.trouble[source, target] = f"another model was used: {wrong[0]}"
            return found
        self.trouble[source, target] = no_model(source, target) + (f" ({wrong[0]})" if wrong else "")
        return None


def no_model(source: str, target: str) -> str:
    """The warning of a unit that no model can translate."""
    return f"no model: run `dygjuhe models install {source}-{target}`"
