"""Rules on translation, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.translation import tr01_passage_left_untranslated, tr02_words_left_untranslated

MODULES: tuple[ModuleType, ...] = (tr01_passage_left_untranslated, tr02_words_left_untranslated)
