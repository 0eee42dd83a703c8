from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RUBRIC = Path(__file__).parents[1] / "end_to_end" / "tiny_rubric.py"
RIGHT = "def midpoint(a, b):\n    return (a + b) / 2\n"


def make_class(folder: Path) -> Path:
    for name in ("ada", "bela", "chen", "dora"):
        (folder / name / "decay").mkdir(parents=True)
        (folder / name / "decay" / "geometry.py").write_text(RIGHT)
    return folder


class Grading:
    """One class, graded by the command."""

    def __init__(self, students: Path, out: Path) -> None:
        self.students = students
        self.out = out

    def line(self, *options: object, before: str = "") -> list[str]:
        """The command; ``before`` is Python to be run in the same process first."""
        command = ["-c", f"{before}\nfrom autograder.cli import main\nmain()"]
        arguments = ["grade", self.students, "--rubric", RUBRIC, "--out", self.out, "--seed", "s", "--jobs", 1]
        return [sys.executable, *command, *map(str, [*arguments, *options])]

    def run(self, *options: object, before: str = "") -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        line = self.line(*options, before=before)
        return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False, cwd=self.out.parent)

    def results(self) -> dict[str, str]:
        """Every result by file name, timings apart."""
        found = {}
        for path in sorted((self.out / "results").glob("*.json")):
            result = json.loads(path.read_bytes())
            del result["timing"]
            found[path.name] = json.dumps(result)
        return found


@pytest.fixture
def grading(tmp_path):
    return Grading(make_class(tmp_path / "class"), tmp_path / "out")


@pytest.fixture(scope="session")
def calm(tmp_path_factory):
    """A run that nothing happens to."""
    folder = tmp_path_factory.mktemp("undisturbed")
    calm = Grading(make_class(folder / "class"), folder / "out")
    assert calm.run().returncode == 0
    return calm


@pytest.fixture
def undisturbed(calm):
    """Its results."""
    return calm.results()


@pytest.fixture
def graded(grading, calm):
    """A class that has been graded before."""
    shutil.copytree(calm.out, grading.out)
    return grading
