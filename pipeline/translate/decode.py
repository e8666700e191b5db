"""Decodes sentences in large batches with CTranslate2: sorted by length, cut by tokens, on all cores.

Reads: tokens of sentences. Writes: tokens of hypotheses with their mean log-probability.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.translate.engine import Decoding

Tokens = list[str]

# Tokens in a batch, padding counted: measured on 2 cores with models of 8 to 60 million parameters, 512 to 2,048
# were within 5 % of each other, 32 (Argos's own) 4 to 8 times slower.
BATCH_TOKENS = 1024
# Longest output for a source of n tokens: real pairs of these two languages stay under 1.6 n + 10, a loop does not.
LONGEST_RATIO, LONGEST_EXTRA = 1.8, 12
# Source lengths (tokens) at which a new group begins, so that a loop in a short sentence ends early.
GROUP_ENDS = (12, 24, 48, 96, 192, 384, 1024)
# Tokens of a group at least.
FEWEST_TOKENS = 2 * BATCH_TOKENS
# Tokens of a source that are read at most: more is cut before it comes here.
MOST_SOURCE_TOKENS = 1000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The hypotheses of one sentence as tokens, best first, each with its mean log-probability a token."""

    tokens: tuple[Tokens, ...]
    scores: tuple[float, ...]


def core_count(threads: int) -> int:
    """The cores to use: `threads`, or all that this process may run on."""
    if threads > 0:
        return threads
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load_translator(model: str, threads: int) -> Any:
    """A `ctranslate2.Translator` over the model folder: one batch a core, whole numbers of 8 bits."""
    import ctranslate2

    ctranslate2.set_log_level(50)
    return ctranslate2.Translator(
        model, device="cpu", compute_type="int8", inter_threads=core_count(threads), intra_threads=1
    )


def decode(
    translator: Any, sources: Sequence[Tokens], prefix: Tokens, decoding: Decoding, told: Callable[[int], None]
) -> list[Decoded | None]:
    """The hypotheses of each source, in its order; None where memory did not suffice for it even alone."""
    results: list[Decoded | None] = [None] * len(sources)
    groups = grouped([len(s) for s in sources])
    for size in (BATCH_TOKENS, BATCH_TOKENS // 8, 1):
        failed: list[list[int]] = []
        for indexes, waiting in _submitted(translator, sources, groups, prefix, decoding, size):
            for index, result in zip(indexes, waiting, strict=True):
                try:
                    results[index] = _decoded(result.result(), len(prefix))
                    told(1)
                except (RuntimeError, MemoryError):
                    failed.append([index])
        if not failed:
            break
        groups = failed
    return results


def grouped(lengths: Sequence[int]) -> list[list[int]]:
    """Indexes by length, longest first, cut where a bound of GROUP_ENDS lies between and enough are before it."""
    order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
    groups: list[list[int]] = []
    end = -1
    for i in order:
        bound = next((e for e in GROUP_ENDS if lengths[i] <= e), GROUP_ENDS[-1])
        # A few sentences make no group of their own: half-empty batches cost more than a late end of a loop.
        if bound != end and (not groups or sum(lengths[j] for j in groups[-1]) >= FEWEST_TOKENS):
            groups.append([])
            end = bound
        groups[-1].append(i)
    return groups


def _submitted(
    translator: Any, sources: Sequence[Tokens], groups: Sequence[Sequence[int]], prefix: Tokens, decoding: Decoding,
    batch_tokens: int,
) -> list[tuple[Sequence[int], list[Any]]]:  # fmt: skip
    """Hands all groups over before the first result is waited for, so that no core idles between two groups."""
    cores = max(1, translator.num_translators)
    handed: list[tuple[Sequence[int], list[Any]]] = []
    for indexes in groups:
        longest = min(max(len(sources[i]) for i in indexes), MOST_SOURCE_TOKENS)
        # A small job is cut so that each core gets a part.
        share = -(-sum(len(sources[i]) + 1 for i in indexes) // cores)
        size = max(longest + 1, min(batch_tokens, share))
        waiting = translator.translate_batch(
            [sources[i][:MOST_SOURCE_TOKENS] for i in indexes],
            target_prefix=[prefix] * len(indexes) if prefix else None,
            max_batch_size=size,
            batch_type="tokens",
            asynchronous=True,
            beam_size=decoding.beam,
            num_hypotheses=min(decoding.hypotheses, decoding.beam),
            length_penalty=1.0,
            no_repeat_ngram_size=decoding.no_repeat,
            max_decoding_length=int(longest * LONGEST_RATIO) + LONGEST_EXTRA,
            max_input_length=0,
            return_scores=True,
            replace_unknowns=True,
        )
        handed.append((indexes, waiting))
    return handed


def _decoded(result: Any, prefix_length: int) -> Decoded:
    tokens = tuple(list(h[prefix_length:]) for h in result.hypotheses)
    return Decoded(tokens, tuple(float(s) for s in result.scores))
