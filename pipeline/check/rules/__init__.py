"""Every rule, in the order in which the report lists the families. No scanning: a registry is a tuple one can read."""

from types import ModuleType

from pipeline.check.rules import (
    abbreviations,
    contacts,
    copies,
    dates,
    figures,
    form,
    institutions,
    languages,
    numbering,
    references,
    reports,
    terms,
    translation,
)

RULES: tuple[ModuleType, ...] = (
    *contacts.MODULES,
    *dates.MODULES,
    *figures.MODULES,
    *languages.MODULES,
    *references.MODULES,
    *institutions.MODULES,
    *abbreviations.MODULES,
    *terms.MODULES,
    *copies.MODULES,
    *numbering.MODULES,
    *form.MODULES,
    *translation.MODULES,
    *reports.MODULES,
)
