"""A small exercise, written to a folder as an instructor has it, and its parts verified one by one."""

import itertools

import pytest

from autograder.grading import rubrics
from autograder.release.exercise import Exercise
from autograder.verify import verifying

SPRINGS = '''"""Springs."""

import numpy as np


def force(x, k):
    """What pulls back."""
    ### BEGIN SOLUTION
    return -k * x
    ### END SOLUTION


def energy(x, k):
    """What is stored, in the mean.

    Returns:
        mean: a number.
    """
    ### BEGIN SOLUTION
    each = _squares(x) * k / 2
    return np.mean(each)
    ### END SOLUTION


### BEGIN SOLUTION


def _squares(x):
    return x**2


### END SOLUTION
'''

RUBRIC = '''"""The marking scheme."""

from autograder.checks import Case, Matches
from autograder.misconceptions import Variants
from autograder.rubric import Rubric, Task

from .reference import springs


def stretched(rng):
    return [Case((rng.normal(size=5), float(rng.uniform(1, 2))))]


wrong = Variants(springs)

rubric = Rubric(
    name="springs",
    package="lab",
    reference={"force": springs.force, "energy": springs.energy},
    tasks=(
        Task("force", module="springs", checks=(
            Matches("force", points=1, visible=True, cases=stretched),
            Matches("force", name="again", points=1, cases=stretched),
        )),
        Task("energy", module="springs", checks=(Matches("energy", points=2, cases=stretched),)),
    ),
    misconceptions=(
        wrong("sign-forgotten", "A spring pulls back.", {"force": ("-k * x", "k * x")}, fails="force: matches again"),
    ),
)
'''

RIGHT = """
import numpy as np

def energy(x, k):
    return k * np.dot(x, x) / (2 * len(x))
"""

FILES = {
    "__init__.py": "",
    "rubric.py": RUBRIC,
    "reference/__init__.py": "",
    "reference/springs.py": SPRINGS,
    "alternatives/by_dot/springs.py": RIGHT,
}

counter = itertools.count()


@pytest.fixture
def files():
    """The exercise's files, to be changed."""
    return dict(FILES)


@pytest.fixture
def make(tmp_path):
    """Write the exercise, changed here and there: ``make({path: text or None}) -> the rubric's path``."""

    def make(changes=()):
        folder = tmp_path / f"exercise_{next(counter)}"
        for path, content in {**FILES, **dict(changes)}.items():
            if content is not None:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(content, encoding="utf-8")
        return folder / "rubric.py"

    return make


@pytest.fixture
def verify():
    """Verify one part: ``verify(rubric's path, "stubs", …) -> Outcome``."""

    def verify(rubric, part, **options):
        (outcome,) = verifying.verify(str(rubric), key="tests", only=[part], **options)
        return outcome

    return verify


@pytest.fixture
def exercise():
    """A rubric's path as an exercise."""
    return lambda rubric: Exercise(rubrics.load(str(rubric)))
