"""Rules on institutions, in the order in which they run."""

from types import ModuleType

MODULES: tuple[ModuleType, ...] = ()
