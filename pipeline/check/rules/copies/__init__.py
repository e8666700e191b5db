"""Rules on copies, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.copies import (
    du01_passage_repeated,
    du02_passage_repeated_with_differences,
    du03_passage_missing_in_copy,
)

MODULES: tuple[ModuleType, ...] = (
    du01_passage_repeated,
    du02_passage_repeated_with_differences,
    du03_passage_missing_in_copy,
)
