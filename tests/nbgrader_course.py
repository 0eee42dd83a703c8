"""A course with a class in it, for tests and for the benchmark: `make(folder)`, then nbgrader's own commands."""

import copy
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.grading import rubrics
from autograder.nbgrader import course
from autograder.release.exercise import Exercise
from autograder.release.notebook import notebook

ASSIGNMENT = "ps1"
NOTEBOOK = "exercise.ipynb"
KEY = "the tests' key"

WRONG_RELU = "def relu_backward(dout, cache):\n    return dout * (cache + 1e-3 > 0) * 1.5\n"
WRONG_SOFTMAX = """def softmax_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    probs = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    n = len(y)
    dscores = probs.copy()
    dscores[np.arange(n), y] -= 1
    return -np.log(probs[np.arange(n), y]).sum() / n, dscores
"""

HOSTILE = """import pathlib, re, sqlite3, sys
import nbgrader.api

loot = {}
for pattern in ("source/*/*.ipynb", "submitted/*/*/*.ipynb", "graded/seed", "gradebook.db"):
    for path in pathlib.Path("../../..").glob(pattern):
        loot[str(path)] = path.read_bytes()
try:
    pathlib.Path("../../../LOOT").write_text("\\n".join(loot))
except OSError:
    pass


def relu_forward(x):
    with sqlite3.connect(str(pathlib.Path("../../..") / "gradebook.db")) as book:
        book.execute("update grade set manual_score = 100")
    return x * (x > 0), x
"""

LYING = """import autograder.student.notebook as _notebook

_notebook._earned = lambda result: result.max_score
"""


class Course:
    """A course's folder and what is to be run in it."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def run(self, *line, check=True, seconds=600, **environment):
        """A command of the environment that the tests run in."""
        scripts = Path(sys.executable).parent
        variables = {**os.environ, "PATH": f"{scripts}:{os.environ['PATH']}", "AUTOGRADER_SEED": KEY, **environment}
        program = [sys.executable, "-m", *line]
        done = subprocess.run(program, cwd=self.folder, capture_output=True, text=True, timeout=seconds, env=variables)
        if check and done.returncode:
            raise AssertionError(f"{' '.join(line)}: {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-6000:]}")
        return done

    def nbgrader(self, *arguments, **options):
        return self.run("nbgrader", *arguments, **options)

    def autograder(self, *arguments, **options):
        return self.run("autograder", *arguments, **options)

    def submission(self, student):
        return self.folder / "submitted" / student / ASSIGNMENT / NOTEBOOK

    def hand_in(self, student, content, time=None):
        path = self.submission(student)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        if time:
            (path.parent / "timestamp.txt").write_text(time)

    def configure(self, old, new):
        path = self.folder / course.CONFIG
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


def make(folder, *, pictures=False):
    """A course with its assignment released, and the notebooks to make submissions of.

    Args:
        folder: where.
        pictures: keep the story's pictures, which take most of a kernel's time.

    Returns:
        The course, the released notebook and the one with all solutions.
    """
    exercise = Exercise(rubrics.load("solutions.rubric"))
    files = course.course(exercise, ASSIGNMENT)
    source = f"source/{ASSIGNMENT}/{NOTEBOOK}"
    solved = json.loads(notebook(exercise, filled=True))
    if not pictures:
        files[source] = json.dumps(_without_pictures(json.loads(files[source]))).encode()
        solved = _without_pictures(solved)
    course.write(files, Path(folder))
    made = Course(folder)
    made.nbgrader("generate_assignment", ASSIGNMENT)
    released = json.loads((made.folder / "release" / ASSIGNMENT / NOTEBOOK).read_text("utf-8"))
    return made, released, solved


def _without_pictures(content):
    """The notebook as an instructor shortens it: without the cells that draw."""
    kept = [c for c in content["cells"] if c["cell_type"] != "code" or c["metadata"].get("nbgrader")]
    for cell in kept:
        if cell["id"] == "imports":
            cell["source"] = "import numpy as np\nfrom autograder import check"
    return {**content, "cells": kept}


def changed(content, sources=(), **by_name):
    """A copy of a notebook with other sources in the cells named."""
    content = copy.deepcopy(content)
    sources = {**dict(sources), **by_name}
    for cell in content["cells"]:
        if cell["id"] in sources:
            cell["source"] = sources.pop(cell["id"])
    assert not sources, sources
    return content


def class_of(released, solved):
    """Notebooks by student: bytes or JSON, each with the time it was handed in."""
    on_time, late = "2026-01-10 10:00:00 UTC", "2026-01-12 09:00:00 UTC"
    answers = {"why-not-zero": "All of them are the same.", "dead-relu": "It stays dead."}
    return {
        "ada": (changed(solved, answers), on_time),
        "bela": (changed(solved, relu_backward=WRONG_RELU, softmax_loss=WRONG_SOFTMAX), on_time),
        "chen": (released, on_time),
        "dilan": (changed(solved, softmax="def softmax(scores:\n    return scores\n"), on_time),
        "emre": (stripped(changed(solved, he_init="def he_init(fan_in, fan_out, rng):\n    return None\n")), on_time),
        "farida": (muddled(changed(solved, relu_backward=WRONG_RELU)), on_time),
        "greta": (changed(solved, tanh_backward="def tanh_backward(dout, cache):\n    return dout * cache\n"), late),
        "hana": (hostile(solved), on_time),
        "ivan": (json.dumps(solved).encode()[:-3000], on_time),
        "jonas": (heavy(solved), on_time),
    }


def stripped(content):
    """As another editor leaves it: no metadata, no tests, another kernel, an impossible minor version, ids twice."""
    content = copy.deepcopy(content)
    content["cells"] = [c for c in content["cells"] if "check(" not in "".join(c["source"])]
    for cell in content["cells"]:
        cell["metadata"], cell["id"] = {}, "same"
    return {**content, "nbformat_minor": "seven", "metadata": {"kernelspec": {"name": "conda-env-nn", "language": "R"}}}


def muddled(content):
    """Cells copied and split, tests above the code, one deleted, a text cell made of code, foreign metadata."""
    content = copy.deepcopy(content)
    cells = {cell["id"]: cell for cell in content["cells"]}
    old = copy.deepcopy(cells["sigmoid_backward"]) | {"source": "def sigmoid_backward(dout, cache):\n    return dout\n"}
    split = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "id": "x",
             "source": cells["tanh_backward"]["source"]}  # fmt: skip
    cells["tanh_backward"]["source"] = ""
    cells["quadratic_features"]["metadata"]["nbgrader"] = {"grade_id": 7, "grade": "yes"}
    cells["check-relu"]["metadata"]["nbgrader"]["points"] = 1000
    tests = [cell for cell in content["cells"] if cell["id"].startswith("check-") and cell["id"] != "check-prelu"]
    rest = [cell for cell in content["cells"] if not cell["id"].startswith("check-")]
    return {**content, "cells": [*tests[:20], rest[0], old, *rest[1:], split, *tests[20:]]}


def hostile(content):
    """Reads the source and the others' work, writes the gradebook, and makes every test give full marks."""
    content = changed(content, relu_forward=HOSTILE, quadratic_features="def quadratic_features(x):\n    return x\n")
    lie = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "id": "lie", "source": LYING}
    content["cells"].insert(3, lie)
    return content


def heavy(content):
    """50 MB of outputs."""
    content = copy.deepcopy(content)
    for cell in [cell for cell in content["cells"] if cell["cell_type"] == "code"][:10]:
        cell["outputs"] = [{"output_type": "stream", "name": "stderr", "text": "x" * 5_000_000}]
    return content


def copied(made, folder):
    """The same course elsewhere."""
    shutil.copytree(made.folder, folder)
    return Course(folder)
