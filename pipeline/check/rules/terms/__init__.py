"""Rules on terms, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.terms import te01_term_deprecated, te02_term_in_two_forms, te03_spelling_of_two_countries

MODULES: tuple[ModuleType, ...] = (te01_term_deprecated, te02_term_in_two_forms, te03_spelling_of_two_countries)
