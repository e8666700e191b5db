"""Measure the packaged model on what was set aside: BLEU and chrF with their signatures, figures, loops, empty lines.

Reads: the held-out sets of Corpus, data/models/packages
Writes: a Markdown table on standard output
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.translate.training.augment import DIGITS
from pipeline.translate.training.backtranslate import loops
from pipeline.translate.training.corpus import Corpus, Pair, held_out_sets
from pipeline.translate.training.package import DIRECTIONS, ENGINE, VERSION

# An article, act or decision number as either language cites it; compared as the set of digits and letters after it.
CITED = re.compile(
    r"""\b(?:nen\w*|articles?|ligj\w*|law|vkm|dcm|nr|no)\b\.?\s*  # what is cited
        (?:nr\.?|no\.?)?\s*
        (\d[\d.]*(?:/(?:\d+|\w{1,2}\b))*)                          # 117, 23/2012, 293/ç, 143/a/1""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Score:
    """One set in one direction; shares are of sentences, `figures` of the source's digit groups found in the target."""

    name: str
    direction: str
    sentences: int
    bleu: float
    chrf: float
    figures: float
    references: float
    loops: int
    empty: int


def kept_figures(sources: Sequence[str], translations: Sequence[str]) -> float:
    """Percentage of the digit groups of the sources that stand in their translations (as a multiset).

    >>> kept_figures(["neni 117, 4.862"], ["Article 117, 4,862"]), kept_figures(["12 e 13"], ["12 and 14"])
    (100.0, 50.0)
    """
    wanted = found = 0
    for source, translation in zip(sources, translations, strict=True):
        groups, written = Counter(DIGITS.findall(source)), Counter(DIGITS.findall(translation))
        wanted += sum(groups.values())
        found += sum((groups & written).values())
    return 100.0 * found / wanted if wanted else 100.0


def kept_references(sources: Sequence[str], translations: Sequence[str]) -> float:
    """Percentage of cited article and act numbers that are cited again, letters after a slash included.

    >>> kept_references(["neni 293/ç"], ["Article 293/c"])
    0.0
    """
    wanted = found = 0
    for source, translation in zip(sources, translations, strict=True):
        cited = Counter(number.strip("./") for number in CITED.findall(source))
        again = Counter(number.strip("./") for number in CITED.findall(translation))
        wanted += sum(cited.values())
        found += sum((cited & again).values())
    return 100.0 * found / wanted if wanted else 100.0


class Packaged:
    """The packaged model, as it is shipped, both directions over one CTranslate2 translator."""

    def __init__(self, models: Path, threads: int = 1) -> None:
        import ctranslate2
        import sentencepiece

        folder = models / f"{ENGINE}-{VERSION}"
        self.pieces: Any = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
        self.translator: Any = ctranslate2.Translator(str(folder / "model"), intra_threads=threads, compute_type="int8")
        self.prefixes = {f"{source}-{target}": prefix for source, _, target, _, prefix in DIRECTIONS}

    def translate(self, sentences: Sequence[str], direction: str, beam: int) -> list[str]:
        """Best hypotheses, in order."""
        results = self.translator.translate_batch(
            [self.pieces.encode(sentence, out_type=str) for sentence in sentences],
            target_prefix=[[self.prefixes[direction]]] * len(sentences),
            beam_size=beam, max_batch_size=2048, batch_type="tokens", replace_unknowns=True,
        )  # fmt: skip
        return [str(self.pieces.decode_pieces(result.hypotheses[0])).strip() for result in results]


def measure(name: str, pairs: Sequence[Pair], direction: str, translations: Sequence[str]) -> tuple[Score, list[str]]:
    """The scores of one set in one direction and the signatures of the two metrics."""
    import sacrebleu

    from_albanian = direction == "sq-en"
    sources = [pair.sq if from_albanian else pair.en for pair in pairs]
    wanted = [pair.en if from_albanian else pair.sq for pair in pairs]
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    score = Score(
        name, direction, len(pairs), bleu.corpus_score(translations, [wanted]).score,
        chrf.corpus_score(translations, [wanted]).score, kept_figures(sources, translations),
        kept_references(sources, translations), sum(map(loops, translations)),
        sum(not translation for translation in translations),
    )  # fmt: skip
    return score, [f"BLEU {bleu.get_signature()}", f"chrF {chrf.get_signature()}"]


def evaluate(corpus: Corpus, models: Path, beam: int, names: Sequence[str] | None) -> None:
    """Print one row a set and direction; `names` limits the sets."""
    model = Packaged(models)
    signatures: list[str] = []
    print("| set | direction | sentences | BLEU | chrF | figures kept % | references kept % | loops | empty |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    started = time.time()
    for name, pairs in held_out_sets(corpus).items():
        if names and name not in names:
            continue
        for direction in ("sq-en", "en-sq"):
            sources = [pair.sq if direction == "sq-en" else pair.en for pair in pairs]
            score, signatures = measure(name, pairs, direction, model.translate(sources, direction, beam))
            print(
                f"| {name} | {direction} | {score.sentences} | {score.bleu:.1f} | {score.chrf:.1f} "
                f"| {score.figures:.1f} | {score.references:.1f} | {score.loops} | {score.empty} |",
                flush=True,
            )
    print(f"\nbeam {beam}, int8, one thread, {time.time() - started:.0f} s; " + "; ".join(signatures))
