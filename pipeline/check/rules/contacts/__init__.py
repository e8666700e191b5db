"""Rules on contacts, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.contacts import (
    co01_line_with_two_numbers,
    co02_near_miss_of_registered,
    co03_registered_for_another,
    co04_unregistered_line,
)

MODULES: tuple[ModuleType, ...] = (
    co01_line_with_two_numbers,
    co02_near_miss_of_registered,
    co03_registered_for_another,
    co04_unregistered_line,
)
