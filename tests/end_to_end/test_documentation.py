"""What the texts say is so: commands exist and run as written, links lead somewhere."""

import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from end_to_end.documents import blocks, command_lines, links, texts

from autograder.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in texts(ROOT)]
RUN = [
    pytest.param(path, id=path.relative_to(ROOT).as_posix())
    for path in texts(ROOT)
    if any(block.commands for block in blocks(path))
]


@pytest.fixture(scope="module")
def commands():
    """Each command's options, and those of its own commands, by name."""
    app = typer.Typer()
    for name in COMMANDS:
        thing = getattr(importlib.import_module(f"autograder.cli.{name}"), name)
        if isinstance(thing, typer.Typer):
            app.add_typer(thing, name=name)
        else:
            app.command(name)(thing)
    return typer.main.get_command(app).commands


@pytest.mark.parametrize("path", PAGES)
def test_every_command_that_is_named_exists_with_its_options(path, commands):
    for words in command_lines(path):
        command, rest = None, words
        while rest and not rest[0].startswith("-") and (command is None or hasattr(command, "commands")):
            choices = commands if command is None else command.commands
            if rest[0] not in choices and (command is not None or rest[0].startswith(("…", "{", "<"))):
                break
            assert rest[0] in choices, f"{path.name}: autograder {' '.join(words)}"
            command, rest = choices[rest[0]], rest[1:]
        if command is None:
            continue
        known = {"--help", *(option for parameter in command.params for option in parameter.opts)}
        if hasattr(command, "commands"):
            known |= {opt for each in command.commands.values() for parameter in each.params for opt in parameter.opts}
        used = {word.split("=")[0].rstrip(",.…") for word in rest if re.match(r"--[a-z]", word)}
        assert used <= known, f"{path.name}: autograder {' '.join(words)}"


@pytest.mark.parametrize("path", PAGES)
def test_every_relative_link_leads_to_a_file(path):
    for link in links(path):
        assert (path.parent / link).exists(), f"{path.name}: {link}"


@pytest.mark.parametrize("path", PAGES)
def test_the_framework_is_installed_from_a_checkout(path):
    """It is on no package index: by its name pip finds nothing, or some day somebody else's."""
    assert not re.search(r"pip install [^`\n]*numerical-autograder", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", RUN)
def test_its_commands_run_as_written(path, tmp_path):
    """A page is read from top to bottom in one folder: ``console`` blocks are typed, ``diff`` blocks are edits."""
    for name in ("assignment", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    folder = tmp_path
    for block in blocks(path):
        where = f"{path.name}, line {block.line}"
        if block.language == "diff":
            subprocess.run(["git", "apply", "-"], cwd=folder, input=block.text, text=True, check=True, timeout=60)
        if not block.commands:
            continue
        script = "\n".join(["set -euo pipefail", *block.commands, f'pwd > "{tmp_path}/.where"'])
        done = subprocess.run(
            ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"{where}:\n{done.stdout}\n{done.stderr}"
        folder = Path((tmp_path / ".where").read_text(encoding="utf-8").strip())
        output = " ".join((done.stdout + done.stderr).split())
        for line in block.printed:
            pattern = r".*".join(re.escape(" ".join(part.split())) for part in line.split("…"))
            assert re.search(pattern, output), f"{where}: not printed: {line}\n{output}"


def test_the_site_has_every_page():
    listed = (ROOT / "docs" / "index.md").read_text(encoding="utf-8").split()
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"index"}
    assert pages <= set(listed)
