"""Worker processes that draw, change, segment and sort pairs into padded batches, for as long as training runs.

Reads: Corpus, GlossaryFacts, synthetic pairs (a file that training rewrites)
Writes: Batch
"""

from __future__ import annotations

import multiprocessing
import queue
import random
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.translate.training.augment import GlossaryFacts, Text, augment, joined, shared_names
from pipeline.translate.training.corpus import Corpus, Pair, read_pairs
from pipeline.translate.training.recipe import Recipe
from pipeline.translate.training.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Batch:
    """Ids padded with `<pad>`: source [B, S] ending in `</s>`, target [B, T] from the direction token to `</s>`."""

    source: np.ndarray
    target: np.ndarray


class Shuffled:
    """Places of a sequence in random order, each once before any comes again."""

    def __init__(self, size: int, rng: random.Random) -> None:
        self.order, self.next, self.rng = list(range(size)), size, rng

    def draw(self) -> int:
        if self.next >= len(self.order):
            self.rng.shuffle(self.order)
            self.next = 0
        self.next += 1
        return self.order[self.next - 1]


class Drawing:
    """Draws encoded pairs by the mix of the current phase."""

    def __init__(self, corpus: Corpus, facts: GlossaryFacts | None, vocabulary: Vocabulary, recipe: Recipe,
                 seed: int) -> None:  # fmt: skip
        self.rng = random.Random(seed)
        self.facts, self.vocabulary, self.recipe = facts, vocabulary, recipe
        self.names = shared_names(corpus.domain)
        self.known = frozenset(self.names)
        self.groups: dict[str, tuple[Pair, ...]] = {
            "domain": corpus.domain, "near": corpus.near, "interface": corpus.interface, "lexicon": corpus.lexicon,
            "synthetic": (),
        }  # fmt: skip
        self.orders = {name: Shuffled(len(group), self.rng) for name, group in self.groups.items()}

    def take_synthetic(self, pairs: tuple[Pair, ...]) -> None:
        self.groups["synthetic"] = pairs
        self.orders["synthetic"] = Shuffled(len(pairs), self.rng)

    def text(self, phase: int) -> tuple[Text, bool, bool]:
        """Both sides, whether Albanian is the source, whether the English side is a machine's."""
        mix = self.recipe.phases[phase].mix
        names = ["domain", "near", "interface", "lexicon", "synthetic", "facts"]
        weights = [getattr(mix, name) if name == "facts" or self.groups[name] else 0.0 for name in names]
        if self.facts is None:
            weights[-1] = 0.0
        name = self.rng.choices(names, weights)[0]
        from_albanian = self.rng.random() < 0.5
        if name == "facts" and self.facts is not None:
            return self.facts.draw(self.rng), from_albanian, False
        group, place = self.groups[name], self.orders[name].draw()
        pair = group[place]
        if name == "synthetic":
            return (pair.sq, pair.en), False, True
        text = (pair.sq, pair.en)
        if name in ("domain", "near") and self.rng.random() < self.recipe.joined:
            text = joined(group, place, self.rng.choice((2, 2, 3)))
        if name != "lexicon":
            text = augment(text, from_albanian, self.names, self.known, self.rng)
        return text, from_albanian, False

    def encoded(self, phase: int) -> tuple[list[int], list[int]]:
        """Source and target ids of one pair that fits the longest length."""
        vocabulary, current = self.vocabulary, self.recipe.phases[phase]
        longest = self.recipe.lengths[-1]
        while True:
            (sq, en), from_albanian, synthetic = self.text(phase)
            source, target = (sq, en) if from_albanian else (en, sq)
            ids = []
            for side, share in ((source, current.sampled_source), (target, current.sampled_target)):
                drawn = self.rng.random() < share
                ids.append(vocabulary.sample(side, self.recipe.alpha) if drawn else vocabulary.encode(side))
            prefix = vocabulary.to_english if from_albanian else vocabulary.to_albanian
            first = [vocabulary.synthetic] if synthetic else []
            encoded = (first + ids[0] + [vocabulary.eos], [prefix] + ids[1] + [vocabulary.eos])
            if max(map(len, encoded)) <= longest:
                return encoded

    def batches(self, phase_now: Any, keep_shape: bool) -> Iterator[Batch]:
        """Batches without end. `keep_shape` pads both sides to one of the recipe's lengths, else to a multiple of 8."""
        waiting: dict[int, list[tuple[list[int], list[int]]]] = {length: [] for length in self.recipe.lengths}
        pad = self.vocabulary.pad
        while True:
            phase = phase_now()
            for _ in range(self.recipe.pool):
                pair = self.encoded(phase)
                size = max(map(len, pair))
                waiting[next(length for length in self.recipe.lengths if size <= length)].append(pair)
            ready: list[Batch] = []
            for length, rows in waiting.items():
                count = max(1, self.recipe.batch_tokens // length)
                rows.sort(key=lambda row: (len(row[1]), len(row[0])))
                while len(rows) >= count:
                    start = self.rng.randrange(len(rows) - count + 1)
                    taken = rows[start : start + count]
                    del rows[start : start + count]
                    sizes = [length, length]
                    if not keep_shape:
                        sizes = [-(-max(len(row[side]) for row in taken) // 8) * 8 for side in (0, 1)]
                    ready.append(
                        Batch(*(
                            np.array([row[side] + [pad] * (sizes[side] - len(row[side])) for row in taken], np.int16)
                            for side in (0, 1)
                        ))
                    )  # fmt: skip
            self.rng.shuffle(ready)
            yield from ready


class Workers:
    """Processes that fill a queue; started before the GPU is touched, since they are forks."""

    def __init__(self, corpus: Corpus, facts: GlossaryFacts | None, vocabulary: Vocabulary, recipe: Recipe,
                 count: int, keep_shape: bool, synthetic_file: Path) -> None:  # fmt: skip
        context = multiprocessing.get_context("fork")
        self.queue: Any = context.Queue(maxsize=64)
        self.phase, self.round = context.Value("i", 0), context.Value("i", 0)
        self.synthetic_file = synthetic_file
        self.processes: list[ForkProcess] = []
        for number in range(count):
            drawing = (corpus, facts, vocabulary.model_file, recipe, recipe.seed * 1000 + number, keep_shape)
            process = context.Process(target=self._fill, args=drawing, daemon=True)
            process.start()
            self.processes.append(process)

    def _fill(self, corpus: Corpus, facts: GlossaryFacts | None, model_file: Path, recipe: Recipe, seed: int,
              keep_shape: bool) -> None:  # fmt: skip
        drawing = Drawing(corpus, facts, Vocabulary(model_file), recipe, seed)
        seen_round = 0

        def phase_now() -> int:
            nonlocal seen_round
            if self.round.value != seen_round:
                seen_round = self.round.value
                drawing.take_synthetic(tuple(read_pairs(self.synthetic_file)))
            return int(self.phase.value)

        for batch in drawing.batches(phase_now, keep_shape):
            self.queue.put((batch.source, batch.target))

    def take(self) -> Batch:
        """The next batch.

        Raises:
            RuntimeError: no batch came for two minutes, so the workers have died.
        """
        try:
            return Batch(*self.queue.get(timeout=120))
        except queue.Empty as error:
            raise RuntimeError("no batch for 120 s: see the workers' messages above") from error

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
