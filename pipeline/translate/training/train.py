"""Train one model for both directions within a time budget; every minute the best so far lies in the output folder.

Reads: Corpus, sentencepiece.model
Writes: weights-*.npz (running mean of the weights, int8), log.jsonl, state.pt (to resume)
"""

from __future__ import annotations

import contextlib
import copy
import json
import math
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.translate.training.augment import GlossaryFacts
from pipeline.translate.training.backtranslate import synthetic_pairs, translate_sentences
from pipeline.translate.training.batches import Workers
from pipeline.translate.training.corpus import Corpus, held_out_sets
from pipeline.translate.training.recipe import Recipe
from pipeline.translate.training.vocabulary import Vocabulary

# Seconds between saves of the small weights, between looks at the held-out text, and steps between lines of the log.
SAVE_EVERY, LOOK_EVERY, LOG_EVERY = 60.0, 80.0, 50
# Seconds between looks on a CPU, where one takes minutes.
LOOK_EVERY_ON_CPU = 3600.0
# Pairs of a held-out set that are translated during training, to see where it stands.
LOOKED_AT = 200


def learning_rate(recipe: Recipe, step: int, elapsed: float) -> float:
    """Rises over the first steps, then falls linearly with the share of the time that has passed."""
    rising = min(1.0, step / recipe.warmup_steps)
    falling = recipe.last_rate + (1 - recipe.last_rate) * max(0.0, 1 - elapsed)
    return recipe.peak_rate * rising * falling


def loss_terms(hidden: Any, embedding: Any, labels: Any, pad: int, smoothing: float, twice: bool) -> tuple[Any, Any]:
    """Label-smoothed cross-entropy and the disagreement of two passes, each a mean over real target tokens.

    Args:
        hidden: [B, T, W]; with `twice` the second half of B repeats the first under other dropout.
        embedding: [V, W]; `<pad>`, the last row, is never predicted.
        labels: [B, T], `pad` where there is nothing to predict.
    """
    import torch
    import torch.nn.functional as F  # noqa: N812

    logits = F.linear(hidden.flatten(0, 1), embedding)[:, :pad].float()
    logs = torch.log_softmax(logits, -1)
    labels = labels.flatten()
    real = labels != pad
    likely = logs.gather(1, torch.where(real, labels, 0)[:, None])[:, 0]
    entropy = -(1 - smoothing) * likely - smoothing * logs.mean(-1)
    cross = (entropy * real).sum() / real.sum()
    if not twice:
        return cross, torch.zeros_like(cross)
    first, second = logs.view(2, -1, pad).unbind(0)
    apart = 0.5 * ((first.exp() - second.exp()) * (first - second)).sum(-1)
    half = real.view(2, -1)[0]
    return cross, (apart * half).sum() / half.sum()


class Log:
    """JSON lines on disk and on standard output."""

    def __init__(self, path: Path) -> None:
        self.path, self.start = path, time.time()

    def write(self, **values: Any) -> None:
        line = json.dumps({"seconds": round(time.time() - self.start, 1), **values}, ensure_ascii=False)
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
        print(line, flush=True)


def train(
    corpus: Corpus,
    mono: tuple[str, ...],
    facts: GlossaryFacts | None,
    model_file: Path,
    out: Path,
    recipe: Recipe,
    sizes: dict[str, Any],
    seconds: float,
    device: str,
    workers: int,
    compiled: bool,
    keep_every: float,
    start: Path | None = None,
) -> None:
    """Train until `seconds` have passed since the start of this call; resumes from `out/state.pt` where it is.

    Args:
        sizes: overrides of `model.Shape`.
        keep_every: seconds between saves of state.pt (640 MB for the full size); 0 never saves it.
        start: folder of weights-*.npz to begin from; None begins from nothing.
    """
    out.mkdir(parents=True, exist_ok=True)
    log = Log(out / "log.jsonl")
    on_gpu = device.startswith("cuda")
    vocabulary = Vocabulary(model_file)
    synthetic_file = out / "synthetic.tsv"
    feeding = Workers(corpus, facts, vocabulary, recipe, workers, not on_gpu, synthetic_file)
    try:
        _train(corpus, mono, feeding, vocabulary, out, recipe, sizes, seconds, device, compiled, keep_every, start, log)
    finally:
        feeding.stop()


def _train(
    corpus: Corpus, mono: tuple[str, ...], feeding: Workers, vocabulary: Vocabulary, out: Path, recipe: Recipe,
    sizes: dict[str, Any], seconds: float, device: str, compiled: bool, keep_every: float,
    start: Path | None, log: Log,
) -> None:  # fmt: skip
    import torch

    from pipeline.translate.training.model import Shape, Translator, load_small, save_small

    on_gpu = device.startswith("cuda")
    torch.manual_seed(recipe.seed)
    torch.set_float32_matmul_precision("high")
    if not on_gpu:
        torch.set_num_threads(max(1, (os.cpu_count() or 2) // 2))
    shape = Shape(tokens=len(vocabulary), dropout=recipe.dropout, attention_dropout=recipe.attention_dropout,
                  inner_dropout=recipe.inner_dropout, **sizes)  # fmt: skip
    model = Translator(shape).to(device)
    if start is not None:
        model.load_state_dict(load_small(start)[0])
    averaged = copy.deepcopy(model).eval()
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=0.0, betas=(0.9, 0.98), eps=1e-9, weight_decay=recipe.weight_decay, fused=on_gpu
    )

    rows = 200_000 if on_gpu else 20_000  # source tokens a batch when translating

    def precision() -> Any:
        return torch.autocast("cuda" if on_gpu else "cpu", dtype=torch.bfloat16)

    def decoding() -> Any:
        # bf16 on a CPU compiles a kernel for each new shape, and decoding has a new one for each token.
        return precision() if on_gpu else contextlib.nullcontext()

    step, before = 0, 0.0
    state_file = out / "state.pt"
    if state_file.exists():
        state = torch.load(state_file, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        averaged.load_state_dict(state["averaged"])
        optimiser.load_state_dict(state["optimiser"])
        step, before = state["step"], state["elapsed_seconds"]
    terms: Callable[..., tuple[Any, Any]] = loss_terms
    if compiled:
        for layer in (*model.encoder, *model.decoder):
            layer.compile(dynamic=True)
        terms = torch.compile(loss_terms, dynamic=True)
    log.write(event="start", parameters=sum(p.numel() for p in model.parameters()), device=device,
              pairs={name: len(getattr(corpus, name)) for name in ("domain", "near", "interface", "lexicon")},
              mono=len(mono), dropped=corpus.dropped)  # fmt: skip

    sets = {name: pairs[:LOOKED_AT] for name, pairs in held_out_sets(corpus).items() if name in ("dev", "osce")}
    total = before + seconds

    def look() -> None:
        import sacrebleu

        scores = {}
        for name, pairs in sets.items():
            for to_english in (True, False):
                sources = [pair.sq if to_english else pair.en for pair in pairs]
                wanted = [pair.en if to_english else pair.sq for pair in pairs]
                guesses = translate_sentences(averaged, vocabulary, sources, to_english, decoding())
                key = f"{name} {'sq-en' if to_english else 'en-sq'}"
                scores[key] = (round(sacrebleu.corpus_chrf(guesses, [wanted]).score, 2),
                               round(sacrebleu.corpus_bleu(guesses, [wanted]).score, 2))  # fmt: skip
                if name == "dev":
                    log.write(event="sample", key=key, source=sources[3], guess=guesses[3], wanted=wanted[3])
        log.write(event="look", step=step, chrf_bleu=scores)

    def keep() -> None:
        partial = out / "state.pt.partial"
        torch.save({"model": model.state_dict(), "averaged": averaged.state_dict(), "optimiser": optimiser.state_dict(),
                    "step": step, "elapsed_seconds": before + time.time() - log.start}, partial)  # fmt: skip
        partial.replace(state_file)

    phase = -1
    tokens, losses, aparts, logged = 0, [], [], time.time()
    saved = looked = kept = time.time()
    peak = 1.0
    model.train()
    while True:
        elapsed = (before + time.time() - log.start) / total
        if elapsed >= 1:
            break
        current = next(number for number, each in enumerate(recipe.phases) if elapsed < each.until)
        if current != phase:
            phase = current
            feeding.phase.value = phase
            log.write(event="phase", name=recipe.phases[phase].name, step=step)
            if recipe.phases[phase].back_translate and mono:
                started = time.time()
                pairs = synthetic_pairs(mono, translate_sentences(averaged, vocabulary, mono, True, decoding(), rows))
                feeding.synthetic_file.write_text("".join(f"{p.sq}\t{p.en}\n" for p in pairs), encoding="utf-8")
                feeding.round.value += 1
                log.write(event="back-translated", kept=len(pairs), of=len(mono), took=round(time.time() - started, 1),
                          sample=[pairs[0].sq, pairs[0].en] if pairs else None)  # fmt: skip
        batch = feeding.take()
        source = torch.from_numpy(batch.source).to(device, non_blocking=True).long()
        target = torch.from_numpy(batch.target).to(device, non_blocking=True).long()
        agreement = recipe.phases[phase].agreement
        if agreement:
            source, target = source.repeat(2, 1), target.repeat(2, 1)
        # The decoder is given <pad> and the target without its last token; it must name the direction token itself,
        # so a model used without a prefix still answers in the other language.
        given = torch.cat([torch.full_like(target[:, :1], vocabulary.pad), target[:, :-1]], dim=1)
        step += 1
        for group in optimiser.param_groups:
            group["lr"] = peak * learning_rate(recipe, step, elapsed)
        with precision():
            cross, apart = terms(
                model(source, given), model.embedding.weight, target, vocabulary.pad, recipe.smoothing, bool(agreement)
            )
            # Mean form of CE1 + CE2 + alpha * (KL12 + KL21) / 2.
            loss = cross + 0.5 * agreement * apart
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), recipe.clip)
        optimiser.step()
        model.reset_pad()
        decay = min(recipe.average, step / (step + 20))
        with torch.no_grad():
            torch._foreach_lerp_(list(averaged.parameters()), list(model.parameters()), 1 - decay)
        tokens += source.numel() + target.numel()
        losses.append(cross.detach())
        aparts.append(apart.detach())
        now = time.time()
        if step % LOG_EVERY == 0:
            mean = float(torch.stack(losses).mean())
            log.write(step=step, loss=round(mean, 4), apart=round(float(torch.stack(aparts).mean()), 4),
                      rate=optimiser.param_groups[0]["lr"], tokens_per_second=int(tokens / (time.time() - logged)),
                      waiting=feeding.queue.qsize(),
                      memory_gib=round(torch.cuda.max_memory_allocated() / 2**30, 1) if on_gpu else None)  # fmt: skip
            tokens, losses, aparts, logged = 0, [], [], time.time()
            if not math.isfinite(mean):
                peak /= 2
                model.load_state_dict(averaged.state_dict())
                optimiser.state.clear()
                log.write(event="diverged", step=step, peak_rate=recipe.peak_rate * peak)
        if now - saved > SAVE_EVERY:
            save_small(averaged.state_dict(), shape, out / "weights", step)
            saved = time.time()
        if now - looked > (LOOK_EVERY if on_gpu else LOOK_EVERY_ON_CPU):
            look()
            looked = logged = time.time()
        if keep_every and now - kept > keep_every:
            keep()
            kept = time.time()
    save_small(averaged.state_dict(), shape, out / "weights", step)
    log.write(event="saved", step=step)
    if keep_every:
        keep()
    look()
    log.write(event="done", step=step)
