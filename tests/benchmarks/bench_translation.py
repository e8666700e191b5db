"""Our translation beside argostranslate's own `translate()` and beside CTranslate2 alone.

Run: `python tests/benchmarks/bench_translation.py [--lines 300] [--models FOLDER] [--from sq --to en] [--repeat 3]`.
Same package, same sentences, same beam (4), same machine, one run, turns taken in order; the best time of each counts.

- argos: `argostranslate.translate`, as it comes: a paragraph a call, 32 tokens a batch, one batch at a time. Its
  sentence splitter would fetch a model; here it is given one sentence a line, which costs it nothing.
- raw: one `translate_batch` of CTranslate2 over all sentences at the best of several batch sizes, nothing else.
- decoding: our batches alone: the same sentences, four hypotheses each, tokens in and text out, nothing checked.
- ours: `translate_lines` without a cache: every check, the glossary, and a second and third decoding of each sentence
  that lost a figure or a name; how many do is the model's doing, and this part is not in the other figures.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

BEAM = 4
# Tokens a batch that raw CTranslate2 is tried with.
RAW_SIZES = (256, 512, 1024, 2048)


def sentences(count: int, source: str) -> list[str]:
    """The first sentences of the corpus files, turn by turn, each once; made ones where there is no corpus."""
    column = 0 if source == "sq" else 1
    files = sorted((ROOT / "data" / "corpus").glob("*.tsv"))
    columns = [
        [
            row[column]
            for row in csv.reader(f.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
            if len(row) > 1
        ]
        for f in files
    ]
    found = [rows[i] for i in range(max(map(len, columns), default=0)) for rows in columns if i < len(rows)]
    found = [s for s in dict.fromkeys(found) if 3 <= len(s.split()) <= 60]
    if not found:
        found = [f"Policia organizoi {n} takime dhe fushatë për fëmijët në vitin 2014." for n in range(count)]
    return found[:count]


def argos(package: Any, lines: Sequence[str]) -> Callable[[], list[str]]:
    from pipeline.translate.argos import argos_modules

    argos_modules()
    from argostranslate import package as argos_package
    from argostranslate import settings
    from argostranslate.translate import Language, PackageTranslation

    settings.beam_size = BEAM

    class OneALine:
        def split_sentences(self, text: str) -> list[str]:
            return [text] if text else []

    source, target = Language(package.source, package.source), Language(package.target, package.target)
    translation = PackageTranslation(source, target, argos_package.Package(package.path))
    translation.sentencizer = OneALine()
    text = "\n".join(lines)
    translation.hypotheses(lines[0], 1)
    return lambda: translation.hypotheses(text, 1)[0].value.split("\n")


def raw(package: Any, lines: Sequence[str], size: int) -> Callable[[], list[str]]:
    from pipeline.translate.argos import open_package

    translator = open_package(package)
    tokens = translator.encode(lines)
    prefix = [[package.target_prefix]] * len(tokens) if package.target_prefix else None

    def run() -> list[str]:
        results = translator.raw.translate_batch(
            tokens, target_prefix=prefix, max_batch_size=size, batch_type="tokens", beam_size=BEAM, return_scores=True,
            replace_unknowns=True,
        )  # fmt: skip
        return translator.decode([r.hypotheses[0] for r in results])

    return run


def decoding(package: Any, lines: Sequence[str]) -> Callable[[], list[str]]:
    from pipeline.translate.argos import open_package
    from pipeline.translate.engine import Decoding

    translator = open_package(package)
    return lambda: [h[0].text for h in translator.translate(lines, Decoding(BEAM, BEAM))]


def ours(package: Any, lines: Sequence[str]) -> Callable[[], list[str]]:
    from pipeline.settings import Settings
    from pipeline.terminology import load_glossary
    from pipeline.translate.cache import Cache
    from pipeline.translate.lines import translate_lines

    settings = Settings(models=str(package.path), beam=BEAM)
    glossary = load_glossary(settings.glossary)

    def run() -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            result = translate_lines(
                lines, package.source, package.target, glossary, settings, cache=Cache(Path(folder))
            )
        return [line.text for line in result]

    return run


def measure(runs: dict[str, Callable[[], list[str]]], repeat: int) -> dict[str, float]:
    best: dict[str, float] = {}
    for _ in range(repeat):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            best[name] = min(best.get(name, 1e9), time.perf_counter() - start)
    return best


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=300)
    parser.add_argument("--models", default="")
    parser.add_argument("--from", dest="source", default="sq")
    parser.add_argument("--to", dest="target", default="en")
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()

    import packages

    from pipeline.settings import Settings
    from pipeline.translate.models import best_package, engine_name, find_packages

    found = best_package(find_packages(Settings(models=args.models)), args.source, args.target)
    if found is None:
        home = packages.tiny_packages(Path(tempfile.mkdtemp()))
        found = best_package(find_packages(Settings(models=str(home))), args.source, args.target)
    lines = sentences(args.lines, args.source)
    words = sum(len(s.split()) for s in lines)
    runs = {"argos": argos(found, lines)}
    runs |= {f"raw {size}": raw(found, lines, size) for size in RAW_SIZES}
    runs["decoding"] = decoding(found, lines)
    runs["ours"] = ours(found, lines)
    print(f"{engine_name(found)}; {len(lines)} lines, {words} words, beam {BEAM}, best of {args.repeat}")
    best = measure(runs, args.repeat)
    for name, seconds in best.items():
        print(f"  {name:<10} {seconds:8.2f} s  {words / seconds:8.0f} words/s")
    fastest = min(seconds for name, seconds in best.items() if name.startswith("raw"))
    print(f"ours / argos: {best['argos'] / best['ours']:.1f} times as fast (wanted: 5)")
    print(f"decoding / raw CTranslate2 at its best: {fastest / best['decoding']:.2f} (wanted: 0.9)")
    print(f"ours, all checks and retries / raw: {fastest / best['ours']:.2f}")


if __name__ == "__main__":
    main()
