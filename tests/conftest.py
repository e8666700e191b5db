"""Fixtures for every area: a tiny real translation package, and folders of its own for each test run."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import packages

# No test reads or writes what belongs to the person who runs it: caches, installed models.
_OWN = TemporaryDirectory(prefix="dygjuhe-tests-")
for _name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
    os.environ[_name] = str(Path(_OWN.name) / _name.lower())
os.environ.pop("DYGJUHE_MODELS", None)
os.environ.pop("DYGJUHE_CACHE", None)


def tiny_package(tmp_path: Path) -> Path:
    """A folder of installed packages in `tmp_path`, both directions, for `Settings(models=str(...))`."""
    return packages.tiny_packages(tmp_path / "tiny-packages", prefixed=True)


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny packages of both directions; read only."""
    return tiny_package(tmp_path_factory.mktemp("models"))


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any try to open a connection or to look up a name fails the test."""
    import socket

    def refuse(*args: object, **_: object) -> None:
        raise AssertionError(f"asked for the network: {args[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
