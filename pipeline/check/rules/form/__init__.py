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
)
