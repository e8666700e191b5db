"""Rules on numbering, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.numbering import nu01_series_jumps, nu02_series_in_two_styles

MODULES: tuple[ModuleType, ...] = (nu01_series_jumps, nu02_series_in_two_styles)
