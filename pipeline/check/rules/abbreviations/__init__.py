"""Rules on abbreviations, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.abbreviations import (
    ab01_abbreviation_with_two_meanings,
    ab02_abbreviation_misspelt,
    ab03_abbreviation_not_explained,
)

MODULES: tuple[ModuleType, ...] = (
    ab01_abbreviation_with_two_meanings,
    ab02_abbreviation_misspelt,
    ab03_abbreviation_not_explained,
)
