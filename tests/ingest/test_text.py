"""Plain text in the encodings it comes in, told and not guessed in silence; every repair recorded."""

from __future__ import annotations

import codecs
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableReport
from pipeline.ingest import read_document
from pipeline.ingest.normalise import MOJIBAKE, find_repairs
from pipeline.ingest.text import decode, is_binary
from pipeline.spans import apply_repairs

ALBANIAN = "Çështja e të miturve në Shkodër – „Drejtësia” për fëmijët, 5 % më shumë… § 3\n"


@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        ("utf-8", None), ("utf-8-sig", "UTF-8 with a byte-order mark"), ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16 without a byte-order mark"), ("utf-16-be", "UTF-16 without a byte-order mark"),
        ("cp1252", "Windows-1252"), ("cp1250", "Windows-1250"),
    ],
)  # fmt: skip
def test_albanian_is_read_in_every_encoding_and_the_user_is_told(encoding: str, says: str | None) -> None:
    text, note = decode(ALBANIAN.encode(encoding))
    assert text == ALBANIAN
    assert (note is None) if says is None else (note is not None and says in note)


def test_iso_8859_16_is_told_by_its_quotation_marks() -> None:
    text = "„Çështja” e fëmijëve"
    read, note = decode(text.encode("iso8859-16"))
    assert read == text
    assert note is not None
    assert "ISO-8859-16" in note


EIGHT_BIT = ["cp1252", "cp1250", "iso8859-16"]


@given(st.text(st.sampled_from("abcdëçËÇ 0123456789.,;\n"), min_size=1), st.sampled_from(EIGHT_BIT))
def test_letters_of_albanian_are_the_same_in_every_8_bit_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    if "\x00" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode("utf-8"))[0] == text


MOJIBAKE_ROWS = [
    # label, text as read, text as meant; seen in files that were saved twice, and made up
    ("ë and ç", "QÃ«llimi i Ã§Ã«shtjes", "Qëllimi i çështjes"),
    ("capitals", "Ã‡Ã‹SHTJE", "ÇËSHTJE"),
    ("quotation marks and dash", "â€žDrejtÃ«siaâ€œ â€“ fund", "„Drejtësia“ – fund"),
    ("damaged twice", "QÃƒÂ«llimi", "Qëllimi"),
    ("paragraph sign", "Â§ 3", "§ 3"),
    ("composed", "Drejte\u0308sia c\u0327do", "Drejtësia çdo"),
    ("control characters", "Neni\u200b 5 i ligjit\x07" + " dhe më tej" * 20, "Neni 5 i ligjit" + " dhe më tej" * 20),
    ("soft hyphen", "bashki\u00adpunim", "bashkipunim"),
]
LEFT_ALONE = ["Qëllimi i çështjes", "São Paulo", "Ängström Ålesund", "Âge d'or", "5 € – 6 €", "naïve café", "Ã", "ë"]


@pytest.mark.parametrize(("label", "read", "meant"), MOJIBAKE_ROWS, ids=[r[0] for r in MOJIBAKE_ROWS])
def test_damage_is_repaired_and_recorded(label: str, read: str, meant: str, tmp_path: Path) -> None:
    path = tmp_path / "raport.txt"
    path.write_text(read, encoding="utf-8")
    document = read_document(path)
    assert document.source_text == read, "the source keeps what the file holds"
    assert document.text == meant
    assert document.repairs
    assert all(read[r.start : r.end] == r.before for r in document.repairs)
    told = any("damaged characters were repaired" in note for note in document.notes)
    assert told == (label != "soft hyphen")


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_meant_is_left_alone(text: str) -> None:
    assert find_repairs(text) == ()


@given(st.lists(st.sampled_from([*"abÃ«§ë \n\u00ad\u200be\u0308", *list(MOJIBAKE)[:9]]), max_size=40).map("".join))
def test_repairs_replay_and_do_not_overlap(text: str) -> None:
    repairs = find_repairs(text)
    clean, back = apply_repairs(text, repairs)
    assert all(one.end <= other.start for one, other in pairwise(repairs))
    assert back.end(len(clean)) <= len(text)


@pytest.mark.parametrize("content", [bytes(range(256)), b"\x7fELF" + bytes(500), b"a\x00b\x01c\x02" * 100])
def test_binary_is_no_text(content: bytes) -> None:
    assert is_binary(content)


@pytest.mark.parametrize("content", [b"Neni 5", b"", codecs.BOM_UTF16_LE + "ë".encode("utf-16-le"), b"a\x0cb\tc\r\n"])
def test_text_is_not_binary(content: bytes) -> None:
    assert not is_binary(content)


def test_one_damaged_byte_does_not_cost_a_report() -> None:
    for encoding, name in (("utf-8", "UTF-8"), ("cp1252", "Windows-1252")):
        text, note = decode(ALBANIAN.encode(encoding) * 9 + b"\x81\x8d Neni 5")
        assert text.startswith(ALBANIAN * 9)
        assert text.endswith("Neni 5")
        assert text.count("\ufffd") == 2
        assert note == f"The file is in {name}, but 2 of its characters are damaged and were left out. Compare it."


def test_a_text_in_no_known_encoding_says_where(tmp_path: Path) -> None:
    path = tmp_path / "raport.txt"
    # Bytes that have no meaning in UTF-8, in Windows-1252 and -1250, and steer terminals in ISO-8859-16.
    path.write_bytes(b"Neni 5 \x81\x8d\x90 fund")
    with pytest.raises(UnreadableReport, match=r"in no encoding we know \(byte 7\)\. Save it as UTF-8"):
        read_document(path)
