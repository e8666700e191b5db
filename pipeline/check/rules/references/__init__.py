"""Rules on references, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.references import (
    rf01_one_title_two_numbers,
    rf02_title_of_another_article,
    rf03_title_in_two_wordings,
    rf04_article_unknown,
    rf05_act_under_two_names,
    rf06_act_number_against_register,
    rf07_reference_format,
)

MODULES: tuple[ModuleType, ...] = (
    rf01_one_title_two_numbers,
    rf02_title_of_another_article,
    rf03_title_in_two_wordings,
    rf04_article_unknown,
    rf05_act_under_two_names,
    rf06_act_number_against_register,
    rf07_reference_format,
)
