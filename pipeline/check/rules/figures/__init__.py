"""Rules on figures, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.figures import (
    fg01_count_told_two_ways,
    fg02_digits_and_words_disagree,
    fg03_parts_and_total,
    fg04_table_totals,
    fg05_percentage_and_its_numbers,
    fg06_percentages_of_a_whole,
    fg07_change_and_its_numbers,
    fg08_amount_with_two_values,
    fg09_amount_restated,
    fg10_announced_and_listed,
    fg11_table_percentages,
)

MODULES: tuple[ModuleType, ...] = (
    fg01_count_told_two_ways,
    fg02_digits_and_words_disagree,
    fg03_parts_and_total,
    fg04_table_totals,
    fg05_percentage_and_its_numbers,
    fg06_percentages_of_a_whole,
    fg07_change_and_its_numbers,
    fg08_amount_with_two_values,
    fg09_amount_restated,
    fg10_announced_and_listed,
    fg11_table_percentages,
)
