"""Installed packages: found, checked, chosen, installed and removed; damaged and hostile ones refused."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import stat
import zipfile
from pathlib import Path

import packages
import pytest

from pipeline.errors import ModelError
from pipeline.settings import Settings
from pipeline.translate import install, models
from pipeline.translate.argos import open_package
from pipeline.translate.engine import Decoding


@pytest.fixture(autouse=True)
def _without_the_bundled_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(models, "BUNDLED", tmp_path / "no-bundled-model")


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(models=str(tmp_path / "installed"))


def said(settings: Settings, text: str = "neni 5 i kodit penal") -> str:
    package = models.best_package(models.find_packages(settings), "sq", "en")
    assert package is not None
    return open_package(package).translate([text], Decoding(1, 1))[0][0].text


def test_a_package_is_installed_from_a_file_with_its_checksums(
    tmp_path: Path, home: Settings, no_network: None
) -> None:
    archive = packages.zipped(packages.tiny_package(tmp_path / "made"), tmp_path / "a.argosmodel")
    package = install.install_file(archive, home)
    assert package.path.name == "translate-sq_en-1_0"
    assert models.check_package(package) is True
    record = json.loads((package.path / models.RECORD).read_text())
    assert record["files"]["model/model.bin"]["sha256"] == packages.checksum(package.model / "model.bin")
    assert said(home) == "article 5 the code criminal"
    assert [p.name for p in Path(home.models).iterdir()] == ["translate-sq_en-1_0"]


def test_installing_again_replaces_the_package(tmp_path: Path, home: Settings) -> None:
    archive = packages.zipped(packages.tiny_package(tmp_path / "made"), tmp_path / "a.argosmodel")
    install.install_file(archive, home)
    install.install_file(archive, home)
    assert len(models.find_packages(home)) == 1


def test_a_file_that_changed_after_installing_is_refused(tmp_path: Path, home: Settings) -> None:
    package = install.install_file(
        packages.zipped(packages.tiny_package(tmp_path / "made"), tmp_path / "a.argosmodel"), home
    )
    changed = bytearray((package.model / "model.bin").read_bytes())
    changed[-40] ^= 1
    (package.model / "model.bin").write_bytes(changed)
    with pytest.raises(ModelError, match=r"model\.bin that has changed since it was installed"):
        open_package(package)
    (package.model / "extra.json").write_text("{}")
    with pytest.raises(ModelError, match=r"extra\.json, which was not there"):
        open_package(package)


def test_the_version_and_the_recorded_score_decide(tmp_path: Path, home: Settings) -> None:
    folder = Path(home.models)
    packages.tiny_package(folder, version="1.9")
    packages.tiny_package(folder, version="1.10")
    best = models.best_package(models.find_packages(home), "sq", "en")
    assert best is not None
    assert best.version == "1.10"
    packages.tiny_package(folder, version="1.2", scores={"chrf": 61.0})
    best = models.best_package(models.find_packages(home), "sq", "en")
    assert best is not None
    assert best.version == "1.2"
    assert best.score == 61.0
    assert models.best_package(models.find_packages(home), "en", "sq") is None


def test_a_shared_model_is_read_through_links_and_without_them(tmp_path: Path) -> None:
    packages.tiny_package(tmp_path / "made", prefixed=True)
    shared = tmp_path / "models" / "shared"
    shutil.move(tmp_path / "made" / "translate-sq_en-1_0", shared)
    metadata = json.loads((shared / "metadata.json").read_text())
    for linked in (True, False):
        package = tmp_path / "models" / "packages" / f"translate-sq_en-{linked}"
        package.mkdir(parents=True)
        (package / "metadata.json").write_text(json.dumps({**metadata, "shared_model": "../../shared"}))
        if linked:
            (package / "model").symlink_to("../../shared/model")
            (package / "sentencepiece.model").symlink_to("../../shared/sentencepiece.model")
        else:
            # What an archive makes of a link where there are none: a file that holds its text.
            (package / "model").write_text("../../shared/model")
            (package / "sentencepiece.model").write_text("../../shared/sentencepiece.model")
        found = models.read_package(package)
        assert found is not None
        assert open_package(found).translate(["neni 5"], Decoding(1, 1))[0][0].text == "article 5"


def test_a_manifest_beside_the_packages_is_believed_over_the_files(tmp_path: Path) -> None:
    package = packages.tiny_package(tmp_path / "models" / "packages")
    rows = [
        {"file": p.relative_to(tmp_path / "models").as_posix(), "sha256": packages.checksum(p)}
        for p in package.rglob("*")
        if p.is_file()
    ]
    (tmp_path / "models" / "manifest.json").write_text(json.dumps({"files": rows}))
    found = models.read_package(package)
    assert found is not None
    assert models.check_package(found) is True
    rows[0]["sha256"] = rows[1]["sha256"]
    for row in rows:
        row["sha256"] = row["sha256"][::-1]
    (tmp_path / "models" / "manifest.json").write_text(json.dumps({"files": rows}))
    with pytest.raises(ModelError, match="has changed"):
        models.check_package(found)


def test_removing_takes_the_installed_one_and_leaves_the_rest(tmp_path: Path, home: Settings) -> None:
    packages.tiny_packages(Path(home.models))
    assert [p.name for p in install.remove_packages("sq-en", home)] == ["translate-sq_en-1_0"]
    assert [p.pair for p in models.find_packages(home)] == ["en-sq"]
    with pytest.raises(ModelError, match="no package translates it"):
        install.remove_packages("sq-en", home)


def cut_short(package: Path) -> None:
    content = (package / "model" / "model.bin").read_bytes()
    (package / "model" / "model.bin").write_bytes(content[: len(content) // 2])


def longer(package: Path) -> None:
    with (package / "model" / "model.bin").open("ab") as stream:
        stream.write(b"x")


def garbage(package: Path) -> None:
    (package / "model" / "model.bin").write_bytes(random.Random(3).randbytes(5000))


def empty(package: Path) -> None:
    (package / "model" / "model.bin").write_bytes(b"")


def vast_shape(package: Path) -> None:
    path = package / "model" / "model.bin"
    content = bytearray(path.read_bytes())
    at = content.index(b"decoder/embeddings/weight\0") + len("decoder/embeddings/weight\0") + 1
    content[at : at + 4] = b"\xff\xff\xff\x7f"
    path.write_bytes(content)


def short_vocabulary(package: Path) -> None:
    path = package / "model" / "shared_vocabulary.json"
    path.write_text(json.dumps(json.loads(path.read_text())[:-5]))


def long_vocabulary(package: Path) -> None:
    path = package / "model" / "shared_vocabulary.json"
    path.write_text(json.dumps([*json.loads(path.read_text()), "one more"]))


def no_vocabulary(package: Path) -> None:
    (package / "model" / "shared_vocabulary.json").unlink()


def broken_config(package: Path) -> None:
    (package / "model" / "config.json").write_text("{")


def broken_pieces(package: Path) -> None:
    (package / "sentencepiece.model").write_bytes(b"\x0a\xff\xff\xff\xff\x0f" + b"x" * 300)


def unknown_prefix(package: Path) -> None:
    path = package / "metadata.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "target_prefix": "<2xx>"}))


@pytest.mark.parametrize(
    "damage",
    [cut_short, longer, garbage, empty, vast_shape, short_vocabulary, long_vocabulary, no_vocabulary, broken_config,
     broken_pieces, unknown_prefix],
)  # fmt: skip
def test_a_damaged_package_is_an_error_in_one_line(damage, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    package = packages.tiny_package(tmp_path)
    damage(package)
    found = models.read_package(package)
    assert found is not None
    with pytest.raises(ModelError) as error:
        open_package(found)
    assert "\n" not in str(error.value)


def test_every_cut_of_a_model_is_noticed(tmp_path: Path) -> None:
    from pipeline.translate.model_file import Damaged, read_shapes

    whole = (packages.tiny_package(tmp_path) / "model" / "model.bin").read_bytes()
    path = tmp_path / "cut.bin"
    chance = random.Random(11)
    for size in [0, 1, 3, 4, 5, 20, 21, *(chance.randrange(len(whole)) for _ in range(60)), len(whole) - 1]:
        path.write_bytes(whole[:size])
        with pytest.raises(Damaged):
            read_shapes(path)
    path.write_bytes(whole)
    assert read_shapes(path)


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "[]",
        "{}",
        '{"from_code": "sq"}',
        '{"from_code": "sq", "to_code": "sq"}',
        '{"from_code": 1, "to_code": 2}',
        "[" * 100_000,
    ],
)
def test_metadata_that_says_nothing_is_no_package(metadata: str, tmp_path: Path) -> None:
    package = packages.tiny_package(tmp_path / "home")
    (package / "metadata.json").write_text(metadata)
    settings = Settings(models=str(tmp_path / "home"))
    assert models.find_packages(settings) == ()
    assert len(list(models.broken_packages(settings))) == 1


def zip_of(entries: list[tuple[str | zipfile.ZipInfo, bytes]], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def link_entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


HOSTILE = {
    "climbs out": [("../outside.txt", b"x")],
    "climbs out inside": [("p/../../outside.txt", b"x")],
    "absolute": [("/tmp/outside.txt", b"x")],
    "drive": [("C:/outside.txt", b"x")],
    "backslash": [("..\\outside.txt", b"x")],
    "link": [(link_entry("p/model"), b"/etc")],
    "bomb": [("p/zeros", b"\0" * 30_000_000)],
    "many": [(f"p/{i}", b"") for i in range(600)],
    "twice": [("p/A.txt", b"1"), ("p/a.txt", b"2")],
    "no package": [("p/readme.md", b"hello")],
    "empty metadata": [("p/metadata.json", b"")],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_leaves_nothing(name: str, tmp_path: Path, home: Settings) -> None:
    archive = zip_of(HOSTILE[name], tmp_path / "hostile.argosmodel")
    with pytest.raises(ModelError):
        install.install_file(archive, home)
    assert list(Path(home.models).iterdir()) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["hostile.argosmodel", "installed"]


def test_a_size_that_the_archive_lies_about_is_noticed(tmp_path: Path, home: Settings) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("p/metadata.json", b"y" * 90_000 + os.urandom(20_000))
    content = bytearray(buffer.getvalue())
    # The size as stated in the directory at the end: 110,000 becomes 1,000.
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (1000).to_bytes(4, "little")
    (tmp_path / "liar.argosmodel").write_bytes(content)
    with pytest.raises(ModelError):
        install.install_file(tmp_path / "liar.argosmodel", home)
    assert list(Path(home.models).iterdir()) == []


@pytest.mark.parametrize("size", [0, 10, 1000, 20_000])
def test_a_truncated_archive_is_an_error(size: int, tmp_path: Path, home: Settings) -> None:
    archive = packages.zipped(packages.tiny_package(tmp_path / "made"), tmp_path / "a.argosmodel")
    archive.write_bytes(archive.read_bytes()[:size])
    with pytest.raises(ModelError):
        install.install_file(archive, home)


def test_the_index_is_asked_only_by_its_own_function(tmp_path: Path, home: Settings, no_network: None) -> None:
    archive = packages.zipped(packages.tiny_package(tmp_path / "made", version="1.9"), tmp_path / "a.argosmodel")
    rows = [
        {"from_code": "sq", "to_code": "en", "package_version": v, "links": [f"https://example.org/{v}"]}
        for v in ("1.2", "1.10", "1.9")
    ]
    asked: list[str] = []

    def get(address: str, most: int) -> bytes:
        asked.append(address)
        return json.dumps(rows).encode() if address == install.INDEX else archive.read_bytes()

    package = install.install_from_index("sq-en", home, get)
    assert asked == [install.INDEX, "https://example.org/1.10"]
    assert package.version == "1.9"
    with pytest.raises(ModelError, match="not in Argos's index"):
        install.install_from_index("sq-de", home, get)


def test_without_a_network_the_index_names_the_other_way(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    import urllib.request

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    with pytest.raises(ModelError, match=r"install FILE"):
        install.install_from_index("sq-en", home)
    with pytest.raises(ModelError, match="no https address"):
        install.fetch("file:///etc/passwd", 100)


def test_a_marian_folder_needs_torch_or_is_refused(tmp_path: Path, home: Settings) -> None:
    from importlib.util import find_spec

    from pipeline.translate.marian import import_marian

    (tmp_path / "m").mkdir()
    expected = "has no config.json" if find_spec("torch") and find_spec("transformers") else "not installed"
    with pytest.raises(ModelError, match=expected):
        import_marian(tmp_path / "m", "sq", "en", home)


def test_argos_makes_no_folder_of_its_own(tmp_path: Path) -> None:
    import subprocess
    import sys

    package = packages.tiny_package(tmp_path / "made")
    code = (
        "import sys; from pathlib import Path; from pipeline.translate.argos import open_package;"
        "from pipeline.translate.models import read_package;"
        f"open_package(read_package(Path({str(package)!r})));"
        "assert 'minisbd' not in sys.modules and 'spacy' not in sys.modules"
    )
    env = {"HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"]}
    (tmp_path / "home").mkdir()
    subprocess.run([sys.executable, "-c", code], check=True, env=env, cwd=models.ROOT)
    assert list((tmp_path / "home").rglob("*")) == []
