"""The tables of both languages: nothing doubled, nothing that is two things at once without saying so."""

from __future__ import annotations

import pytest

from pipeline.languages import CARDINALS, CURRENCIES, FRACTIONS, MAGNITUDES, MONTHS, ORDINALS, WEEKDAYS, fold, plain


@pytest.mark.parametrize(
    ("lang", "word", "value"),
    [
        ("en", "zero", 0), ("en", "nineteen", 19), ("en", "forty", 40), ("en", "ninety", 90), ("sq", "një", 1),
        ("sq", "tri", 3), ("sq", "katërmbëdhjetë", 14), ("sq", "dyzet", 40), ("sq", "katërdhjetë", 40),
        ("sq", "nëntëdhjetë", 90), ("sq", "pesëqind", 500), ("sq", "njëmijë", 1000), ("sq", "dhjetëmijë", 10_000),
        ("sq", "njëzetepesë", 25), ("sq", "pesëve", 5), ("sq", "dyja", 2),
    ],
)  # fmt: skip
def test_cardinals(lang: str, word: str, value: int) -> None:
    assert CARDINALS[lang][fold(word)] == value  # type: ignore[index]


@pytest.mark.parametrize(
    ("word", "month"),
    [("janar", 1), ("shkurtit", 2), ("marsin", 3), ("korriku", 7), ("gushtit", 8), ("nëntor", 11), ("dhjetorit", 12),
     ("May", 5), ("Sept", 9), ("december", 12)],
)  # fmt: skip
def test_months(word: str, month: int) -> None:
    assert MONTHS[fold(word)] == month


def test_every_month_and_weekday_is_there() -> None:
    assert set(MONTHS.values()) == set(range(1, 13))
    assert set(WEEKDAYS.values()) == set(range(1, 8))


def test_keys_are_folded() -> None:
    tables = (
        CARDINALS["en"],
        CARDINALS["sq"],
        ORDINALS["en"],
        ORDINALS["sq"],
        MAGNITUDES,
        FRACTIONS,
        MONTHS,
        WEEKDAYS,
        CURRENCIES,
    )
    assert all(key == fold(key) for table in tables for key in table)


def test_a_cardinal_is_no_ordinal_and_no_magnitude() -> None:
    for lang in ("sq", "en"):
        shared = set(CARDINALS[lang]) & set(ORDINALS[lang])  # type: ignore[index]
        # In Albanian the ordinals from five on are the cardinals, told by the particle: i pestë, pesë.
        assert all(CARDINALS[lang][w] == ORDINALS[lang][w] for w in shared)  # type: ignore[index]
        assert not set(CARDINALS[lang]) & set(MAGNITUDES)  # type: ignore[index]


def test_folding_keeps_every_place() -> None:
    for text in ("Çështja ËSHTË e qartë", "İstanbul ’90", "１２３ ʼ `a´"):
        assert len(fold(text)) == len(text)
    assert plain("1\u202f000  lekë") == "1 000 lekë"
