"""An archive's reports are unpacked where they belong and nowhere else, and processed like others."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipeline.batch import expand
from pipeline.errors import UnreadableReport
from pipeline.ingest import read_document
from pipeline.ingest.archive import reports_in, unpack_report
from pipeline.storage import fetched

BAD = Path(__file__).parent.parent / "cases" / "documents" / "bad"


def archive(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


def test_each_report_is_named_and_unpacked_by_itself(tmp_path: Path) -> None:
    path = BAD / "reports.zip"
    places = reports_in(path)
    assert places == (f"{path}!/a/raport.txt", f"{path}!/b/raport.docx")
    document = read_document(unpack_report(places[1], tmp_path))
    assert document.source_text.startswith("The State Police")
    assert [p.name for p in tmp_path.iterdir()] == ["raport.docx"]


def test_a_batch_takes_the_reports_of_an_archive(tmp_path: Path) -> None:
    archive(tmp_path / "one.zip", **{"raport.txt": b"Neni 5"})
    (tmp_path / "two.zip").write_bytes(b"PK\x03\x04 broken")
    found, skipped = expand([str(tmp_path)])
    assert found == (f"{tmp_path}/one.zip!/raport.txt",)
    assert [o.status for o in skipped] == ["failed"]
    assert "two.zip: is damaged" in skipped[0].problem
    with fetched(found[0]) as path:
        assert path.read_bytes() == b"Neni 5"
    assert not path.exists()


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:/x.txt", "..\\x.txt"])
def test_a_name_that_points_outside_ends_the_reading(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path / "a.zip", **{"ok.txt": b"x", name: b"x"})
    with pytest.raises(UnreadableReport, match="outside of it"):
        reports_in(path)
    with pytest.raises(UnreadableReport, match="outside of it"):
        unpack_report(f"{path}!/ok.txt", tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_an_archive_without_a_report_says_what_it_may_hold(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"photo.jpg": b"x", ".hidden.txt": b"x", "inner.zip": b"x"})
    with pytest.raises(UnreadableReport, match=r"holds no report. It may hold: .*\.docx"):
        reports_in(path)


def test_a_size_that_lies_is_not_believed(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"big.txt": b"a" * 100})
    content = bytearray(path.read_bytes())
    # The archive's own table says 10 bytes.
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(UnreadableReport, match=r"big\.txt: is damaged"):
        unpack_report(f"{path}!/big.txt", tmp_path)
