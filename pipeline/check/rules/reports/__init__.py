"""Rules across the reports of a folder, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.reports import (
    cr01_contact_differs_between_reports,
    cr02_act_dated_differently,
    cr03_statistic_differs_between_reports,
    cr04_figures_carried_over,
)

MODULES: tuple[ModuleType, ...] = (
    cr01_contact_differs_between_reports,
    cr02_act_dated_differently,
    cr03_statistic_differs_between_reports,
    cr04_figures_carried_over,
)
