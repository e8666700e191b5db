"""An archive's reports are unpacked where they belong and nowhere else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import UnreadableReport
from pipeline.ingest import read_document
from pipeline.ingest.archive import reports_in, unpack_reports

BAD = Path(__file__).parent.parent / "cases" / "documents" / "bad"


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def test_reports_are_unpacked_each_in_its_place(tmp_path: Path) -> None:
    path = BAD / "reports.zip"
    found = dict(unpack_reports(path, path.read_bytes(), tmp_path))
    assert list(found) == ["a/raport.txt", "b/raport.docx"]
    assert read_document(found["b/raport.docx"]).source_text.startswith("The State Police")
    assert all(tmp_path in place.parents for place in found.values())


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:/x.txt", "..\\x.txt"])
def test_a_name_that_points_outside_ends_the_reading(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableReport, match="outside of it"):
        list(unpack_reports(Path("a.zip"), archive(**{"ok.txt": b"x", name: b"x"}), tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_an_archive_without_a_report_says_what_it_may_hold() -> None:
    with pytest.raises(UnreadableReport, match=r"holds no report. It may hold: .*\.docx"):
        reports_in(Path("a.zip"), archive(**{"photo.jpg": b"x", ".hidden.txt": b"x"}))


def test_a_size_that_lies_is_not_believed(tmp_path: Path) -> None:
    content = bytearray(archive(**{"big.txt": b"a" * 100}))
    # The archive's own table says 10 bytes.
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(UnreadableReport, match=r"big\.txt: is damaged"):
        list(unpack_reports(Path("a.zip"), bytes(content), tmp_path))
