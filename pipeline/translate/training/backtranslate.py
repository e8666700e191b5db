"""Translate many sentences with the model in training, and keep the translations that can be trusted as sources.

Reads: sentences, Translator
Writes: synthetic pairs
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from pipeline.translate.training.augment import DIGITS
from pipeline.translate.training.corpus import Pair
from pipeline.translate.training.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pipeline.translate.training.model import Translator

# Words of the translation for a word of the source outside which one of them lost or invented something.
RATIO = (0.6, 2.2)
# Tokens of a source; what is beyond is cut, since nothing longer was trained on.
LONGEST = 200
# A run of three words that comes back more often than this is a loop.
LOOP = 2


def translate_sentences(
    model: Translator,
    vocabulary: Vocabulary,
    sentences: Sequence[str],
    to_english: bool,
    precision: AbstractContextManager[Any],
    rows_tokens: int = 60_000,
) -> list[str]:
    """Greedy translations in the order of `sentences`; sorted by length inside, `rows_tokens` source tokens a batch."""
    import torch

    device = next(model.parameters()).device
    encoded = [[*vocabulary.encode(sentence)[:LONGEST], vocabulary.eos] for sentence in sentences]
    order = sorted(range(len(encoded)), key=lambda place: -len(encoded[place]))
    prefix = vocabulary.to_english if to_english else vocabulary.to_albanian
    translated = [""] * len(sentences)
    was_training = model.training
    model.eval()
    with precision:
        while order:
            size = -(-len(encoded[order[0]]) // 8) * 8
            taken, order = order[: max(1, rows_tokens // size)], order[max(1, rows_tokens // size) :]
            rows = [encoded[place] + [vocabulary.pad] * (size - len(encoded[place])) for place in taken]
            source = torch.tensor(rows, device=device)
            written = model.translate(source, torch.full((len(taken),), prefix, device=device), int(1.5 * size) + 10)
            for place, ids in zip(taken, written.tolist(), strict=True):
                translated[place] = vocabulary.decode(ids[1:])
    model.train(was_training)
    return translated


def loops(sentence: str) -> bool:
    """Whether three words in a row come back again and again.

    >>> loops("in the case of the case of the case of the case of"), loops("the law and the decision of the court")
    (True, False)
    """
    words = sentence.split()
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    return bool(runs) and max(runs.values()) > LOOP


def trusted(source: str, translation: str) -> bool:
    """Whether a translation keeps all digit groups, is of a likely length and does not loop."""
    size = len(translation.split()) / max(1, len(source.split()))
    return (
        RATIO[0] <= size <= RATIO[1]
        and Counter(DIGITS.findall(source)) == Counter(DIGITS.findall(translation))
        and not loops(translation)
        and source != translation
    )


def synthetic_pairs(albanian: Sequence[str], english: Sequence[str]) -> list[Pair]:
    """Albanian as people wrote it with the English that a machine made of it, where that can be trusted."""
    return [
        Pair(sq, en, "synthetic", place)
        for place, (sq, en) in enumerate(zip(albanian, english, strict=True))
        if trusted(sq, en)
    ]
