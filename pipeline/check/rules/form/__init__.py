"""Rules on form, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.form import (
    fo01_leftover_markup,
    fo02_items_run_together,
    fo03_sentence_broken,
    fo04_quotation_never_closed,
    fo05_words_doubled,
    fo06_word_misread,
    fo07_stray_space,
    fo08_sign_misread_in_copy,
    fo09_capitals_differ,
    fo10_signs_doubled,
    fo11_name_in_two_spellings,
    fo12_wording_broken,
    fo13_headings_end_differently,
    fo14_wrong_preposition,
)

MODULES: tuple[ModuleType, ...] = (
    fo01_leftover_markup,
    fo02_items_run_together,
    fo03_sentence_broken,
    fo04_quotation_never_closed,
    fo05_words_doubled,
    fo06_word_misread,
    fo07_stray_space,
    fo08_sign_misread_in_copy,
    fo09_capitals_differ,
    fo10_signs_doubled,
    fo11_name_in_two_spellings,
    fo12_wording_broken,
    fo13_headings_end_differently,
    fo14_wrong_preposition,
)
