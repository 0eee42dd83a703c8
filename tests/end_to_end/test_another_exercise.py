"""The framework knows nothing of its first exercise."""

import re
from pathlib import Path

import numpy as np
import pytest

from autograder.grading import rubrics
from autograder.results import Verdict

TINY = str(Path(__file__).with_name("tiny_rubric.py"))
RIGHT = """
import numpy as np

def damp_forward(t, rate):
    out = 1 / np.exp(rate * t)
    return out, {"t": t, "rate": rate, "out": out}

def damp_backward(dout, cache):
    common = -dout * cache["out"]
    return cache["rate"] * common, (cache["t"] * common).sum(axis=0)
"""
HALF = "def midpoint(a, b):\n    return a + (b - a) * 0.5\n"


@pytest.fixture(scope="module")
def tiny():
    return rubrics.load(TINY)


def test_a_right_solution_of_it_gets_full_marks(grade, write, tiny):
    result = grade(write({"decay/waves.py": RIGHT, "decay/geometry.py": HALF}), loaded=tiny)
    assert (result.score, result.max_score) == (4, 4)


def test_a_wrong_gradient_loses_its_own_marks_alone(grade, write, tiny):
    wrong = RIGHT.replace(".sum(axis=0)", ".mean(axis=0)")
    result = grade(write({"decay/waves.py": wrong, "decay/geometry.py": HALF}), loaded=tiny)
    assert [(t.name, t.score) for t in result.tasks] == [("damp", 1), ("midpoint", 1)]
    gradient = result.tasks[0].checks[1]
    assert gradient.verdict is Verdict.FAILED
    assert "rate" in gradient.message


def test_it_grades_from_the_command_line(run, write):
    folder = write({"decay/waves.py": RIGHT, "decay/geometry.py": HALF})
    done = run("grade", folder, "--rubric", TINY, "--jobs", 1)
    assert done.returncode == 0, done.stderr
    assert "4/4" in done.stdout


def test_no_name_of_the_exercise_stands_in_the_framework(root, exercise):
    names = set(exercise.rubric.layout.functions) | {task.name for task in exercise.rubric.tasks}
    names = {name for name in names if not hasattr(np, name)}  # numpy's own names are anybody's
    words = names | {"batchnorm", "neural", "xavier", "relu", "nn"}
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(words)))})\b", re.IGNORECASE)
    sources = sorted((root / "autograder").rglob("*.py"))
    assert sources
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()}"
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found
