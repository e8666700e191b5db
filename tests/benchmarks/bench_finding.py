"""Finding with the whole glossary: MB of plain text a second on one core, and its cost as the glossary grows.

Run: `python tests/benchmarks/bench_finding.py [MB]`. First the glossary's forms alone, beside spaCy's PhraseMatcher and
ahocorasick_rs on the same terms (1,000 and 10,000); then every recogniser with the supplied glossary. The text is the
samples in `data/samples/`, passage by passage, repeated with a different number each time so that nothing is kept.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.find import find_figures, find_institutions, find_references, find_terms
from pipeline.languages import fold
from pipeline.settings import Settings
from pipeline.terminology import Concept, FormIndex, Glossary, Term, load_glossary

SAMPLES = Path(__file__).parent.parent.parent / "data" / "samples"
SIZES = (1_000, 10_000)
# Best of so many rounds: others use the machine as well.
ROUNDS = 3


def passages(megabytes: float) -> list[str]:
    """Paragraphs of the samples over and over, none twice the same."""
    lines = [
        line for path in sorted(SAMPLES.glob("*.txt")) for line in path.read_text("utf-8").splitlines() if line.strip()
    ]
    found: list[str] = []
    size = n = 0
    while size < megabytes * 1e6:
        for line in lines:
            n += 1
            text = f"{line} {n}"
            found.append(text)
            size += len(text.encode())
    return found


def glossary_of(terms: list[str]) -> Glossary:
    return Glossary({
        f"t{n}": Concept(f"t{n}", "institution", term, term, (Term(term, "sq", "preferred"),))
        for n, term in enumerate(terms)
    })  # fmt: skip


def terms_of(count: int) -> list[str]:
    """Forms of the supplied glossary, then the same with a number, which no text holds: only the number grows."""
    forms = sorted(
        {t.form for c in load_glossary(Settings().glossary).concepts.values() for t in c.terms if " " in t.form}
    )
    return (forms[:: max(1, len(forms) // 1_000)][:1_000] + [f"{f} {n}" for n in range(9) for f in forms])[:count]


def seconds(call: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return min(times)


def show(name: str, took: float, size: float) -> None:
    print(f"{name:<52} {size / took:8.1f} MB/s  {took:7.2f} s")


def compare_terms(texts: list[str], size: float) -> None:
    import ahocorasick_rs
    import spacy
    from spacy.matcher import PhraseMatcher

    took: dict[str, list[float]] = {}
    for count in SIZES:
        terms = terms_of(count)
        index = FormIndex.of(glossary_of(terms))
        # Reset what is remembered of the last texts by never giving one twice in a round.
        salted = [[f"{t} {r}" for t in texts] for r in range(ROUNDS)]
        rounds = iter(salted)
        ours = seconds(lambda index=index, rounds=rounds: [index.scan(t) for t in next(rounds)])
        show(f"glossary forms, {count:,} terms", ours, size)
        took.setdefault("ours", []).append(ours)

        bare = ahocorasick_rs.AhoCorasick([fold(t) for t in terms])
        aho = seconds(lambda bare=bare: [bare.find_matches_as_indexes(fold(t)) for t in texts])
        show(f"ahocorasick_rs alone (no boundaries), {count:,} terms", aho, size)

        nlp = spacy.blank("sq")
        matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        matcher.add("term", list(nlp.pipe(terms)))
        fewer = texts[: max(1, len(texts) // 20)]
        share = sum(len(t.encode()) for t in fewer) / 1e6
        phrase = seconds(lambda matcher=matcher, nlp=nlp, fewer=fewer: [matcher(d) for d in nlp.pipe(fewer)])
        show(f"spaCy PhraseMatcher with its tokenizer, {count:,} terms", phrase, share)
    print(f"10,000 terms against 1,000: {took['ours'][1] / took['ours'][0]:.2f} times the time")


def recognisers(texts: list[str], size: float) -> None:
    glossary = load_glossary(Settings().glossary)
    find_institutions("warm", "sq", glossary)
    find_figures("warm 5", "sq")
    for name, find in (
        ("glossary forms (index.scan)", lambda t: glossary.index.scan(t)),
        ("find_terms", lambda t: find_terms(t, "sq", glossary)),
        ("find_references", lambda t: find_references(t, "sq", glossary)),
        ("find_institutions", lambda t: find_institutions(t, "sq", glossary)),
        ("find_figures", lambda t: find_figures(t, "sq")),
    ):
        began = time.perf_counter()
        for text in texts:
            find(f"{text} {name}")
        show(name + ", supplied glossary", time.perf_counter() - began, size)


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
    texts = passages(megabytes)
    size = sum(len(t.encode()) for t in texts) / 1e6
    print(f"{size:.1f} MB in {len(texts):,} passages")
    compare_terms(texts, size)
    fewer = texts[: len(texts) // 4]
    recognisers(fewer, sum(len(t.encode()) for t in fewer) / 1e6)


if __name__ == "__main__":
    main()
