"""Rules on institutions, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.institutions import (
    in01_institution_under_two_names,
    in02_name_not_in_force,
    in03_name_near_another,
    in04_institution_differs_between_languages,
)

MODULES: tuple[ModuleType, ...] = (
    in01_institution_under_two_names,
    in02_name_not_in_force,
    in03_name_near_another,
    in04_institution_differs_between_languages,
)
