"""Rules on figures between the two languages, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.languages import (
    bi01_quantity_differs,
    bi02_date_differs,
    bi03_contact_differs,
    bi04_act_number_differs,
)

MODULES: tuple[ModuleType, ...] = (
    bi01_quantity_differs,
    bi02_date_differs,
    bi03_contact_differs,
    bi04_act_number_differs,
)
