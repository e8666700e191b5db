"""What the safeguards keep: the model's own best hypothesis beside the whole ladder, on text set aside from training.

Run: `python tests/benchmarks/bench_fidelity.py [--from sq --to en] [--show 10] [FILE.tsv ...]`. Prints, for both:
sentences whose figures all agree, sentences with every name of the glossary, loops and copies, chrF against the
person's translation, and for the ladder the share that is marked and the share whose source was kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT)]

# Files that the bundled model was not trained on, as its recipe lists them.
SET_ASIDE = ("civ_12", "gov_11", "intl_09", "law_07", "news_17", "rep_13", "stat_15", "term_08")


def chrf(said: Sequence[str], wanted: Sequence[str]) -> float:
    """chrF2 over the set (character n-grams of 1 to 6, spaces left out); within 0.1 of sacrebleu's."""
    same, total_said, total_wanted = Counter(), Counter(), Counter()
    for a, b in zip(said, wanted, strict=True):
        a, b = "".join(a.split()), "".join(b.split())
        for n in range(1, 7):
            left = Counter(a[i : i + n] for i in range(len(a) - n + 1))
            right = Counter(b[i : i + n] for i in range(len(b) - n + 1))
            same[n] += (left & right).total()
            total_said[n] += left.total()
            total_wanted[n] += right.total()
    precision = sum(same[n] / max(1, total_said[n]) for n in range(1, 7)) / 6
    recall = sum(same[n] / max(1, total_wanted[n]) for n in range(1, 7)) / 6
    return 100 * 5 * precision * recall / max(1e-9, 4 * precision + recall)


def main() -> None:
    from pipeline.settings import Settings
    from pipeline.terminology import load_glossary
    from pipeline.translate.cache import Cache
    from pipeline.translate.faithful import is_copy, repeated_run
    from pipeline.translate.fidelity import discrepancy
    from pipeline.translate.lines import _mentions, translate_lines, translate_raw
    from pipeline.translate.wording import missing_names, wanted_of

    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--from", dest="source", default="sq")
    parser.add_argument("--to", dest="target", default="en")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--most", type=int, default=0, help="Sentences at most.")
    args = parser.parse_args()
    files = args.files or [ROOT / "data" / "corpus" / f"{name}.tsv" for name in SET_ASIDE]
    rows = [r.split("\t") for f in files for r in f.read_text(encoding="utf-8").splitlines() if "\t" in r]
    rows = rows[:: max(1, len(rows) // args.most)] if args.most else rows
    side = 0 if args.source == "sq" else 1
    lines, wanted_lines = [r[side] for r in rows], [r[1 - side] for r in rows]
    settings = Settings()
    glossary = load_glossary(settings.glossary)
    names = [wanted_of(_mentions(line, args.source, glossary), glossary, args.target) for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        start = time.perf_counter()
        raw = [line.text for line in translate_raw(lines, args.source, args.target, settings, cache=cache)]
        middle = time.perf_counter()
        ours = translate_lines(lines, args.source, args.target, glossary, settings, cache=cache)
        end = time.perf_counter()
    kept = sum("source was kept" in w for line in ours for w in line.warnings)
    asked = sum(sum(w.required for w in ws) for ws in names)
    print(f"{args.source}-{args.target}: {len(lines)} sentences; {middle - start:.1f} s raw, {end - middle:.1f} s ours")
    for label, said in (("raw ", raw), ("ours", [line.text for line in ours])):
        wrong = [bool(discrepancy(a, b, args.source, args.target)) for a, b in zip(lines, said, strict=True)]
        hidden = sum(w and not line.warnings for w, line in zip(wrong, ours, strict=True))
        lost = sum(len(missing_names(b, ws)) for b, ws in zip(said, names, strict=True))
        odd = sum(bool(repeated_run(a, b)) or is_copy(a, b) for a, b in zip(lines, said, strict=True))
        unmarked = hidden if label == "ours" else sum(wrong)
        print(
            f"  {label}  figures right {len(lines) - sum(wrong)}/{len(lines)} (wrong and unmarked: {unmarked})"
            f"  names {asked - lost}/{asked}  loops and copies {odd}  chrF {chrf(said, wanted_lines):.1f}"
        )
    print(f"  marked {sum(bool(line.warnings) for line in ours)}, source kept in {kept}")
    reasons = Counter(w.split(";")[0].split("“")[0][:40] for line in ours for w in line.warnings)
    print("  " + "; ".join(f"{n} x {reason!r}" for reason, n in reasons.most_common(12)))
    shown = 0
    for line, best, out, person in zip(lines, raw, ours, wanted_lines, strict=True):
        if shown < args.show and (out.warnings or out.text != best):
            print("S", line, "\nP", person, "\nR", best, "\nT", out.text, "\nW", *out.warnings, "\n", sep=" ")
            shown += 1


if __name__ == "__main__":
    main()
