"""What a figure counts, and what sets two counts apart."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.find.figures import find_figures
from pipeline.find.stems import stem

FOLDER = Path(__file__).parent.parent / "cases" / "figures"
ROWS = [pytest.param(r, id=r["label"]) for r in yaml.safe_load((FOLDER / "labels.yml").read_text(encoding="utf-8"))]


@pytest.mark.parametrize("row", ROWS)
def test_label(row: dict[str, object]) -> None:
    found = [f for f in find_figures(str(row["text"]), row["lang"]) if f.kind in ("count", "amount")]  # type: ignore[arg-type]
    assert len(found) == 1
    assert [k for k in found[0].label_key if k[0] not in "@^~?"] == row["key"]


@pytest.mark.parametrize(
    ("text", "lang", "marks"),
    [
        ("In 2013 the State Police registered 45 cases.", "en", {"?2013", "^police"}),
        ("Në Durrës u hapën 12 shkolla.", "sq", {"@durr"}),
        ("They registered 214 cases, of which 96 in the town.", "en", {"~part"}),
        ("It helped another 35 families.", "en", {"~other"}),
        ("Do të trajnohen 20 mësues.", "sq", {"~plan"}),
        ("The number rose by 12 beds.", "en", {"~by"}),
        ("There are 28 pupils per class.", "en", {"~per"}),
        ("Iu dha të gjitha 14 qendrave.", "sq", {"~all"}),
        ("It was seen in 66 of 81 schools.", "en", {"~base"}),
    ],
)
def test_marks_set_counts_apart(text: str, lang: str, marks: set[str]) -> None:
    last = [f for f in find_figures(text, lang) if f.kind == "count"][-1]  # type: ignore[arg-type]
    assert marks <= set(last.label_key)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "teacher teachers"), ("en", "train training trained trains"), ("en", "country countries state states"),
        ("en", "case cases"), ("en", "child children"), ("sq", "mësues mësuesit mësuesve mësuesin".replace("ë", "e")),
        ("sq", "rast raste rastet rasteve rastit"), ("sq", "shkolle shkolla shkollat shkollave shkolles"),
        ("sq", "trajnuar trajnuan trajnim trajnimet trajnimeve"), ("sq", "grua gra grave grate"),
    ],
)  # fmt: skip
def test_forms_of_one_word_have_one_stem(lang: str, words: str) -> None:
    assert len({stem(w, lang) for w in words.split()}) == 1  # type: ignore[arg-type]


def test_other_words_keep_other_stems() -> None:
    assert stem("mesues", "sq") != stem("mesim", "sq")
    assert stem("teacher", "en") != stem("tea", "en")
    assert stem("shkolle", "sq") != stem("shkrim", "sq")
