"""The README is run: its commands exist, its paths exist, its Python example works, and it names every command."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = [line.strip() for block in re.findall(r"```text\n(.*?)```", README, re.S) for line in block.splitlines()]
CALLS = [line.split("#")[0].strip() for line in LINES if line.startswith("dygjuhe ")]


@pytest.mark.parametrize("call", CALLS)
def test_every_command_in_it_takes_the_options_it_shows(call: str) -> None:
    import shlex
    from importlib import import_module

    import click

    words = shlex.split(call)[1:]
    command: click.Command = import_module(f"pipeline.commands.{words[0]}").command
    if isinstance(command, click.Group):
        words = words[1:]
        assert words[0] in command.commands
        command = command.commands[words[0]]
    known = {o for p in command.params for o in p.opts + p.secondary_opts}
    assert {w for w in words[1:] if w.startswith("--")} <= known


def test_it_names_every_command() -> None:
    assert [name for name in COMMANDS if f"dygjuhe {name}" not in README] == []


def test_every_path_it_names_exists() -> None:
    named = set(re.findall(r"\]\((?!http)([\w./-]+)\)", README))
    named |= set(re.findall(r"`((?:pipeline|flows|glossary|data|tests)/[\w./-]+)`", README))
    missing = [n for n in named if "<" not in n and not n.startswith("data/runs") and not (ROOT / n).exists()]
    assert missing == []


def test_the_make_targets_it_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make (\w+)", README):
        if target not in ("it", "and"):
            assert re.search(rf"^{target}:", makefile, re.M), target


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    example = re.search(r"```python\n(.*?)```", README, re.S)
    assert example
    exec(compile(example.group(1), "README.md", "exec"), {})
    assert "nenit 117 të Kodit Penal" in capsys.readouterr().out


def test_every_direct_dependency_has_its_licence_named() -> None:
    licences = README[README.index("## Licences") :].lower().replace("_", "-")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    other_name = {"lingua-language-detector": "lingua", "translate-toolkit": "translate toolkit"}
    for line in project["dependencies"]:
        name = re.split(r"[<>=!~ ]", line)[0].lower()
        assert other_name.get(name, name) in licences, name


def test_the_deployment_command_names_a_deployment() -> None:
    assert "prefect deployment run 'process-reports/local'" in README
    assert "name: local" in (ROOT / "prefect.yaml").read_text(encoding="utf-8")
