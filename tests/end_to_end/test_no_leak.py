"""Nothing of the solutions, and nothing hidden, is in what students get or in the framework that they install."""

import subprocess
import sys

import numpy as np
import pytest

from autograder.grading import seeds
from autograder.release.exercise import Exercise
from autograder.release.leaks import Secrets

pytest.importorskip("nbformat")


@pytest.fixture(scope="module")
def secrets(exercise):
    return Secrets(Exercise(exercise))


@pytest.fixture(scope="module")
def assignment(root):
    folder = root / "assignment"
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_there_is_none_in_the_assignment(secrets, assignment):
    assert len(assignment) > 10
    assert list(secrets.leaks(assignment)) == []


def test_there_is_none_in_the_framework_as_it_is_built(secrets, root, tmp_path):
    pytest.importorskip("hatchling")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(name.rpartition(".")[2] for name in built) == ["gz", "whl"]
    assert list(secrets.leaks(built)) == []


def test_each_solution_would_be_found(secrets, exercise):
    """Put back into its module, every single one is found, and so it is with other names for its variables."""
    for name, module in Exercise(exercise).modules.items():
        blocks = module.source.split("### BEGIN SOLUTION\n")[1:]
        for block in (block.partition("### END SOLUTION")[0] for block in blocks):
            source = module.source.partition("### BEGIN SOLUTION")[0]
            found = list(
                secrets.leaks(
                    {f"nn/{name}.py": f"def f():\n{block}".encode() if block.startswith("    ") else block.encode()}
                )
            )
            assert found, block
        assert not list(secrets.leaks({f"nn/{name}.py": source.encode()}))


def test_the_filled_modules_are_found_whole(secrets, exercise):
    for name, module in Exercise(exercise).modules.items():
        functions = sum(1 for part in module.parts if part.stub != part.filled)
        assert len(list(secrets.leaks({f"nn/{name}.py": module.filled.encode()}))) >= functions


def test_the_marking_scheme_itself_is_found(secrets, root):
    for path in ("solutions/cases/batchnorm.py", "solutions/replay.py"):
        assert list(secrets.leaks({path: (root / path).read_bytes()}))


def test_every_hidden_check_s_numbers_would_be_found(secrets, exercise):
    """Each hidden check whose cases have numbers of their own: one array of them, written out, is enough."""
    rubric = exercise.rubric
    missed = []
    for task in rubric.tasks:
        for check in task.checks:
            if check.visible:
                continue
            rng = seeds.generator(seeds.public_seed(rubric.name), task.name, check.name)
            arrays = [array for case in check.cases(rng) for array in arrays_in(case.args)]
            text = "; ".join(str(np.asarray(array).ravel()[:6].tolist()) for array in arrays)
            wanted = f"numbers of the hidden check {task.name}/{check.name}"
            if arrays and wanted not in {leak.what for leak in secrets.leaks({"a.txt": text.encode()})}:
                missed.append(wanted)
    assert missed == []


def arrays_in(value):
    """The arrays of drawn reals in a case."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (tuple, list)):
        return [array for part in value for array in arrays_in(part)]
    drawn = isinstance(value, np.ndarray) and value.dtype == np.float64 and len(np.unique(value.ravel()[:6])) > 1
    return [value] if drawn else []
