"""The steps of making the bundled model, one command each.

    python -m pipeline.translate.training vocabulary --out WORK
    python -m pipeline.translate.training train --out WORK --recipe second --seconds 3600 --device cuda --compile
    python -m pipeline.translate.training package --out WORK --models data/models
    python -m pipeline.translate.training evaluate --models data/models

`train` resumes from WORK/state.pt where `--keep-every` left one.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
from pathlib import Path

from pipeline.translate.training import corpus as corpora
from pipeline.translate.training.augment import GlossaryFacts
from pipeline.translate.training.recipe import RECIPES, TINY_SIZES


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipeline.translate.training", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("step", choices=("vocabulary", "train", "package", "evaluate"))
    parser.add_argument("--domain", type=Path, default=Path("data/corpus"), help="in-domain pairs, one file a document")
    parser.add_argument("--general", type=Path, help="folder of gathered corpora; without it only --domain is used")
    parser.add_argument("--mono", type=Path, help="folder of Albanian text for back-translation")
    parser.add_argument("--facts", type=Path, help="folder of the glossary's CSV files")
    parser.add_argument("--out", type=Path, default=Path("build/training"), help="working folder")
    parser.add_argument("--models", type=Path, default=Path("data/models"), help="where packages lie")
    parser.add_argument("--seconds", type=float, default=3600.0, help="time budget of training")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--compile", action="store_true", help="compile the layers; pays on a GPU")
    parser.add_argument("--keep-every", type=float, default=300.0, help="seconds between resumable saves; 0 for none")
    parser.add_argument("--size", type=int, default=8000, help="tokens of the vocabulary")
    parser.add_argument("--recipe", choices=tuple(RECIPES), default="second", help="stage of recipe.py")
    parser.add_argument("--start", type=Path, help="folder of weights-*.npz to begin from")
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument("--sets", nargs="*", help="held-out sets to evaluate; all without it")
    return parser


# Packages of the `train` extra that a step needs.
NEEDED = {
    "vocabulary": (),
    "train": ("torch", "sacrebleu"),
    "package": ("torch", "transformers"),
    "evaluate": ("sacrebleu",),
}


def main() -> None:
    args = _parser().parse_args()
    missing = [name for name in NEEDED[args.step] if importlib.util.find_spec(name) is None]
    if missing:
        raise SystemExit(f"{args.step} needs {', '.join(missing)}: pip install 'dygjuhe[train]'")
    model_file = args.out / "sentencepiece.model"
    if args.step == "package":
        from pipeline.translate.training.package import package

        package(args.out / "weights", model_file, args.models)
        return
    corpus = corpora.read_corpus(args.domain, args.general)
    if args.step == "evaluate":
        from pipeline.translate.training.evaluate import evaluate

        evaluate(corpus, args.models, args.beam, args.sets)
        return
    forbidden = frozenset(
        corpora.sentence_key(side) for pairs in corpus.held_out.values() for p in pairs for side in (p.sq, p.en)
    )
    mono = corpora.read_mono(args.mono, forbidden)
    if args.step == "vocabulary":
        from pipeline.translate.training.vocabulary import train_vocabulary

        groups = (corpus.domain, corpus.domain, corpus.near, corpus.interface, corpus.lexicon)
        sentences = [side for group in groups for pair in group for side in (pair.sq, pair.en)]
        train_vocabulary([*sentences, *mono], model_file, args.size)
        return
    from pipeline.translate.training.train import train

    train(
        corpus, mono, GlossaryFacts(args.facts) if args.facts else None, model_file, args.out,
        RECIPES[args.recipe], TINY_SIZES if args.recipe == "tiny" else {}, args.seconds, args.device, args.workers,
        args.compile, args.keep_every, args.start,
    )  # fmt: skip


if __name__ == "__main__":
    main()
