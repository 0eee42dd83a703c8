import subprocess
import sys
from pathlib import Path

import pytest

from autograder.grading import rubrics
from autograder.grading.one import Grader
from autograder.sandbox.locked import LockedSandbox
from autograder.submission import discover

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="module")
def sandbox():
    box = LockedSandbox()
    yield box
    box.close()


@pytest.fixture(scope="module")
def exercise():
    return rubrics.load("solutions.rubric")


@pytest.fixture(scope="module")
def grade(sandbox, exercise):
    """Grade a path in the locked sandbox: ``grade(path, seed="…", loaded=…) -> Result``.

    As in a class, what a grader has worked out serves for all: the visible cases, and what known mistakes return there.
    """
    graders = {}

    def grade(path, seed="tests", loaded=exercise):
        layout = loaded.rubric.layout
        (submitted,) = discover([path], layout.package, set(layout.functions.values()))
        if seed not in graders or graders[seed][0] is not loaded:
            graders[seed] = loaded, Grader(loaded, seed, sandbox)
        return graders[seed][1].grade(submitted.read())

    return grade


@pytest.fixture(scope="session")
def command(tmp_path_factory):
    """Run the command in an empty folder: ``command("grade", …) -> CompletedProcess``."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def command(*arguments, cwd=elsewhere):
        line = [sys.executable, "-m", "autograder", *map(str, arguments)]
        return subprocess.run(line, cwd=cwd, capture_output=True, text=True, timeout=300, check=False)

    return command


@pytest.fixture
def run(command, tmp_path):
    """As ``command``, in the test's own folder."""
    return lambda *arguments: command(*arguments, cwd=tmp_path)


@pytest.fixture
def write(tmp_path):
    """Write a submission from sources by relative path: ``write({"nn/linear.py": …}) -> folder``."""

    def write(sources, name="student"):
        for relative, source in sources.items():
            path = tmp_path / name / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source if isinstance(source, bytes) else source.encode())
        return tmp_path / name

    return write
