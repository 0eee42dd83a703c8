"""Beside other graders: the same notebooks, the same checks, one machine, one run.

    python benchmarks/compare.py [--submissions 20] [--peers PYTHON] [--rounds 1]

``PYTHON`` is the interpreter of an environment with the peers and this project:

    python -m venv peers && peers/bin/pip install '.[peers]' ./solutions && … --peers peers/bin/python

A submission is the notebook with every function solved right, and a comment of its own.  All graders
run all checks of the marking scheme, the visible and the hidden, by the same code:

- **autograder**: ``autograder grade`` with one job, then with as many as there are cores.
- **nbgrader**: ``nbgrader autograde``, plain, the whole class in one command.  A test cell a task.
- **otter-grader**: ``otter run``, a command a submission.  A test file a task.
- **gradescope-utils**: a process a submission, as Gradescope starts it: the notebook's definitions are
  run, then a ``unittest`` a task, and ``results.json`` is written.

To the peers' advantage, what is due is worked out beforehand and stored, and every submission gets the same
cases; autograder draws each submission's own and works out what is due in them.  To their disadvantage,
loading the checks' code takes longer than loading a hand-written test would; it is measured, and the last
ratio is without it.  None of the peers keeps students' code from the tests: what isolation costs is in
autograder's time alone.

The floor is all checks on the perfect submission in one warm process, measured anew in each round.  Wall times say
what a user waits for; on a machine that does other things, processor times say what was done.  Processor time is that
of a command and everything it started.

Last comes where the time of ``autograder grade`` goes, by stage, on the same notebooks (see ``stages.py``).
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cost import perfect
from direct import Direct
from rich.console import Console
from rich.table import Table
from stages import machine, stage_table, stages

from autograder.grading import rubrics
from autograder.grading.one import Grader
from autograder.release.exercise import Exercise
from autograder.release.notebook import notebook

sys.path.append(str(Path(__file__).parent / "peers"))

import stored_checks

ROOT = Path(__file__).resolve().parents[1]
PEERS = Path(__file__).resolve().parent / "peers"
PR_SET_CHILD_SUBREAPER = 36
TIMEOUT = 3600


@dataclass
class Taken:
    """What a grader took, a submission, in seconds: one entry a measurement."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def timed(command: list[str | Path], taken: Taken, count: int = 1, **options: object) -> None:
    """Run a command that grades so many submissions."""
    # A peer finds its own commands beside its interpreter.
    environment = {**os.environ, "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ['PATH']}"}
    # As on anybody's machine: no command compiles all that it imports, each time anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before, started = os.times(), time.perf_counter()
    done = subprocess.run(
        [*map(str, command)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
        **options,
    )
    wall = time.perf_counter() - started
    if done.returncode != 0:
        sys.exit(f"{command[:4]}: exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    reap()
    after = os.times()
    taken.wall.append(wall / count)
    taken.processor.append(
        (after.children_user + after.children_system - before.children_user - before.children_system) / count
    )


def reap() -> None:
    """Wait for what a command left behind: its processor time counts too."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.05)
        except ChildProcessError:
            return


def notebooks(folder: Path, count: int) -> Iterator[tuple[str, dict]]:
    """The submissions by name: the solved notebook's definitions, and a test cell a task."""
    written = json.loads(notebook(Exercise(rubrics.load(rubrics.DEFAULT)), filled=True))
    kept = [cell for cell in written["cells"] if role(cell) and cell["id"] != "imports"]
    stored = folder / "stored.pickle"
    stored_checks.store(stored)
    head = f"import sys\nsys.path.append({str(PEERS)!r})\nimport numpy as np\n"
    for number in range(count):
        cells = [code_cell("imports", head + f"# handed in as number {number}\n", solution=False, grade=False)]
        for cell in kept:
            source = "".join(cell["source"])
            if role(cell) == "tests":
                task = cell["id"].removeprefix("check-")
                test = f"from stored_checks import judge\njudge({task!r}, globals(), {str(stored)!r})\n"
                cells.append(code_cell(cell["id"], test, solution=False, grade=True, points=1))
            else:
                cells.append(code_cell(cell["id"], source, solution=role(cell) == "solution", grade=False))
        yield f"student{number:02}", {**written, "cells": cells}


def role(cell: dict) -> str:
    """``solution``, ``tests``, ``given`` (a function that students find there), or nothing."""
    data = cell["metadata"].get("nbgrader", {})
    if cell["cell_type"] != "code" or not data:
        return ""
    return "solution" if data["solution"] else "tests" if data["grade"] else "given"


def code_cell(name: str, source: str, *, solution: bool, grade: bool, points: int | None = None) -> dict:
    """A cell as nbgrader has it."""
    data: dict[str, object] = {
        "schema_version": 3, "grade_id": name, "grade": grade, "solution": solution,
        "locked": not solution, "task": False,
    }  # fmt: skip
    if points is not None:
        data["points"] = points
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"nbgrader": data},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def without_tests(content: dict) -> dict:
    """A notebook as it is handed in where the tests are files."""
    return {**content, "cells": [cell for cell in content["cells"] if role(cell) != "tests"]}


class Autograder:
    """``autograder grade``."""

    def __init__(self, folder: Path, count: int, jobs: int) -> None:
        self._folder, self._count, self._jobs = folder, count, jobs

    def run(self, taken: Taken) -> None:
        out = self._folder / f"graded-{self._jobs}"
        command = [sys.executable, "-m", "autograder", "grade", self._folder / "class", "--out", out, "--fresh"]
        timed([*command, f"--jobs={self._jobs}"], taken, self._count)
        for path in (out / "results").iterdir():
            result = json.loads(path.read_bytes())
            lost = [
                check["name"] for task in result["tasks"] for check in task["checks"] if check["verdict"] != "passed"
            ]
            # A speed check may fail on a machine that does other things.
            assert set(lost) <= {"speed"}, (path.name, lost)


class Nbgrader:
    """Plain nbgrader: a kernel a notebook, the tests in the cells."""

    def __init__(self, folder: Path, submissions: dict[str, dict], python: Path) -> None:
        self._course, self._python, self._count = folder / "course", python, len(submissions)
        content = next(iter(submissions.values()))
        source = self._course / "source" / "ps1"
        source.mkdir(parents=True)
        (source / "exercise.ipynb").write_text(json.dumps(content))
        (self._course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'course'\n")
        self._nbgrader("generate_assignment", "ps1", "--create", "--force")
        for name, one in submissions.items():
            there = self._course / "submitted" / name / "ps1"
            there.mkdir(parents=True)
            released = json.loads((self._course / "release" / "ps1" / "exercise.ipynb").read_text())
            # What students hand in: the released notebook with their own definitions in it.
            own = {cell["id"]: cell["source"] for cell in one["cells"]}
            for cell in released["cells"]:
                cell["source"] = own[cell["metadata"]["nbgrader"]["grade_id"]]
            (there / "exercise.ipynb").write_text(json.dumps(released))

    def _nbgrader(self, *arguments: str, taken: Taken | None = None) -> None:
        command = [self._python, "-m", "nbgrader", *arguments]
        timed(command, taken or Taken(), self._count, cwd=self._course)

    def run(self, taken: Taken) -> None:
        self._nbgrader("autograde", "ps1", "--create", "--force", taken=taken)
        self._nbgrader("export")
        lines = (self._course / "grades.csv").read_text().splitlines()
        column = lines[0].split(",").index("score")
        scores = [float(line.split(",")[column] or 0) for line in lines[1:]]
        # A task fails as a whole where its speed check does, on a machine that does other things.
        assert statistics.median(scores) > 0.6 * len(stored_checks.tasks()), scores


class Otter:
    """``otter run``: a command a submission."""

    def __init__(self, folder: Path, submissions: dict[str, dict], python: Path, most: int) -> None:
        self._folder, self._python = folder / "otter", python
        tests = self._folder / "tests"
        tests.mkdir(parents=True)
        for task in stored_checks.tasks():
            lines = [
                ">>> from stored_checks import judge",
                f">>> judge({task!r}, globals(), {str(folder / 'stored.pickle')!r})",
            ]
            suite = {"cases": [{"code": "\n".join(lines), "hidden": False, "locked": False}], "scored": True,
                     "setup": "", "teardown": "", "type": "doctest"}  # fmt: skip
            test = {"name": task, "points": 1, "suites": [suite]}
            (tests / f"{task}.py").write_text(f"OK_FORMAT = True\n\ntest = {test!r}\n")
        self._files = []
        for name, content in list(submissions.items())[:most]:
            path = self._folder / f"{name}.ipynb"
            path.write_text(json.dumps(without_tests(content)))
            self._files.append(path)
        self._zip = self._folder / "autograder.zip"
        command = [python, "-m", "otter", "generate", "-t", tests, "-o", self._zip, "--no-environment"]
        timed(command, Taken(), cwd=self._folder)

    def run(self, taken: Taken) -> None:
        for path in self._files:
            out = self._folder / f"out-{path.stem}"
            out.mkdir(exist_ok=True)
            timed([self._python, "-m", "otter", "run", path, "-a", self._zip, "-o", out], taken, cwd=self._folder)
            tests = json.loads((out / "results.json").read_text())["tests"]
            passed = sum(test.get("score", 0) == test.get("max_score") for test in tests if test.get("max_score"))
            assert passed > 0.6 * len(stored_checks.tasks()), tests


class GradescopeUtils:
    """A process a submission, with Gradescope's decorators and its runner."""

    HARNESS = """
import json, sys, unittest
sys.path.append({peers!r})
from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner
from stored_checks import judge

names = {{}}
for cell in json.load(open(sys.argv[1]))["cells"]:
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), cell["id"], "exec"), names)


def test(task):
    return weight(1)(lambda self: judge(task, names, {stored!r}))


Tests = type("Tests", (unittest.TestCase,), {{f"test_{{task}}": test(task) for task in {tasks!r}}})
with open(sys.argv[2], "w") as file:
    JSONTestRunner(stream=file, visibility="visible").run(unittest.defaultTestLoader.loadTestsFromTestCase(Tests))
"""

    def __init__(self, folder: Path, submissions: dict[str, dict], python: Path) -> None:
        self._folder, self._python = folder / "gradescope", python
        self._folder.mkdir()
        self._files = []
        for name, content in submissions.items():
            path = self._folder / f"{name}.ipynb"
            path.write_text(json.dumps(without_tests(content)))
            self._files.append(path)
        self._harness = self._folder / "run_tests.py"
        stored = str(folder / "stored.pickle")
        self._harness.write_text(self.HARNESS.format(peers=str(PEERS), stored=stored, tasks=stored_checks.tasks()))

    def run(self, taken: Taken) -> None:
        for path in self._files:
            out = self._folder / f"{path.stem}.json"
            timed([self._python, self._harness, path, out], taken)
            score = json.loads(out.read_text())["score"]
            assert score > 0.6 * len(stored_checks.tasks()), out.read_text()[:2000]


def loading(python: Path) -> Taken:
    """What loading the checks' code takes beside numpy."""
    whole, bare = Taken(), Taken()
    for _ in range(5):
        timed([python, "-c", f"import sys; sys.path.append({str(PEERS)!r}); import stored_checks"], whole)
        timed([python, "-c", "import numpy, numpy.testing"], bare)
    return Taken(
        [max(0.0, statistics.median(whole.wall) - statistics.median(bare.wall))],
        [max(0.0, statistics.median(whole.processor) - statistics.median(bare.processor))],
    )


def has(python: Path | None, module: str) -> bool:
    return (
        python is not None and subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode == 0
    )


class Floor:
    """All checks in one warm process."""

    def __init__(self, runs: int) -> None:
        loaded = rubrics.load(rubrics.DEFAULT)
        self._grader, self._runs = Grader(loaded, "benchmark", Direct(loaded.rubric.reference)), runs

    def run(self, taken: Taken) -> None:
        source = perfect()
        self._grader.grade(source)
        for _ in range(self._runs):
            wall, processor = time.perf_counter(), time.process_time()
            self._grader.grade(source)
            taken.wall.append(time.perf_counter() - wall)
            taken.processor.append(time.process_time() - processor)


def spread(values: list[float]) -> str:
    """The median, and from the least to the most."""
    text = f"{statistics.median(values) * 1e3:.0f} ms"
    return text if len(values) == 1 else f"{text} ({min(values) * 1e3:.0f} to {max(values) * 1e3:.0f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=20)
    parser.add_argument("--otter", type=int, help="how many of them otter grades; by default all")
    parser.add_argument("--peers", type=Path, help="the interpreter of an environment with the peers")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--runs", type=int, default=15, help="of the floor in a round, and of the stages")
    options = parser.parse_args()
    if options.peers is not None and not options.peers.exists():
        parser.error(f"--peers {options.peers}: there is no such interpreter")
    # What a command leaves behind becomes this process's child, and its time is counted.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    console, cores = Console(width=140), len(os.sched_getaffinity(0))
    python = None if options.peers is None else options.peers.absolute()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        submissions = dict(notebooks(folder, options.submissions))
        (folder / "class").mkdir()
        for name, content in submissions.items():
            (folder / "class" / f"{name}.ipynb").write_text(json.dumps(content))
        graders: dict[str, Callable[[Taken], None]] = {
            "floor": Floor(options.runs).run,
            "autograder grade, 1 job": Autograder(folder, len(submissions), 1).run,
            f"autograder grade, {cores} jobs": Autograder(folder, len(submissions), cores).run,
        }
        for label, module, make in (
            ("nbgrader autograde", "nbgrader", lambda: Nbgrader(folder, submissions, python)),
            ("otter run", "otter", lambda: Otter(folder, submissions, python, options.otter or len(submissions))),
            ("gradescope-utils", "gradescope_utils", lambda: GradescopeUtils(folder, submissions, python)),
        ):
            if has(python, module):
                graders[label] = make().run
            else:
                where = f"there is no {module} in the environment of {python}" if python else "no --peers were named"
                console.print(f"{label}: not measured, {where}")
        times = {label: Taken() for label in graders}
        for _ in range(options.rounds):
            for label, run in graders.items():
                run(times[label])
                console.print(f"{label}: {spread(times[label].wall)}, processor {spread(times[label].processor)}")
        load = loading(python) if python is not None and len(graders) > 3 else Taken([0.0], [0.0])
        by_stage = stages(folder / "class", max(1, options.runs // len(submissions)))
    show(console, times, load, options.submissions)
    console.print(stage_table(by_stage))
    console.print(machine())


def show(console: Console, times: dict[str, Taken], load: Taken, count: int) -> None:
    """Ratios first."""
    middle = {
        label: (statistics.median(taken.wall), statistics.median(taken.processor)) for label, taken in times.items()
    }
    least, ours = middle["floor"], middle["autograder grade, 1 job"]
    loads = load.wall[0], load.processor[0]
    table = Table("", "wall", "processor", box=None)
    table.add_row("autograder, 1 job : floor", *(f"{a / b:.2f}" for a, b in zip(ours, least, strict=True)))
    for label, theirs in list(middle.items())[3:]:
        both = list(zip(theirs, ours, least, loads, strict=True))
        table.add_row(f"{label} : autograder, 1 job", *(f"{t / o:.1f}" for t, o, _, _ in both))
        table.add_row("  above the floor, both", *(f"{(t - f) / max(o - f, 1e-4):.1f}" for t, o, f, _ in both))
        table.add_row("  without the loading of checks", *(f"{(t - load) / o:.1f}" for t, o, _, load in both))
    table.add_row()
    for label, taken in times.items():
        table.add_row(f"{label}, a submission", spread(taken.wall), spread(taken.processor))
    table.add_row("loading the checks, a peer's process", spread(load.wall), spread(load.processor))
    table.add_row()
    console.print(table)
    console.print(f"{count} submissions, {len(stored_checks.tasks())} tasks\n")


if __name__ == "__main__":
    main()
