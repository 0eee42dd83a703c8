"""Where the time of grading goes, beside the least that the same checks can take, in one run.

    python benchmarks/stages.py [--runs 15] [--class 40]

The floor is all checks of the marking scheme on the perfect submission in one warm process: no worker, no
wire, no lock, no file.  A stage's time is the trusted side's wall time spent in it and in nothing below it;
what the student's code does is in ``import`` and ``calls``.  Elapsed time on a
machine that does other things is theirs as well as ours, so that processor time stands beside it: the trusted
side's, the zygote's and the workers' together.  The class is copies of the perfect submission on
disk, graded as ``autograder grade --fresh`` does it, with one job and with one a core.

For other benchmarks: :func:`write_class` makes the submissions, :func:`floor` and :func:`alone` time one
submission at a time (lists of seconds), :func:`class_seconds` is what a submission of a class takes, wall
time, with so many jobs, :func:`stages` gives seconds by stage and submission and :func:`stage_table` a line for
each stage, :class:`Spread` is how all of them are shown, and :func:`machine` describes this machine.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import os
import platform
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import Any

import numpy as np
from cost import REFERENCE, perfect
from direct import Direct
from rich.console import Console
from rich.table import Table

from autograder.grading import examining, many, one, rubrics
from autograder.grading.examining import Examined
from autograder.grading.executors import InProcess, processes
from autograder.grading.many import Job, grade_class
from autograder.grading.one import Grader
from autograder.grading.store import Store
from autograder.results import Verdict, dump, load
from autograder.sandbox.cores import to_spare
from autograder.sandbox.locked import LockedSandbox
from autograder.sandbox.session import WorkerSession
from autograder.sandbox.worker import Ended, Worker, cpu_clock
from autograder.sandbox.zygote_client import ForkedProcess, Zygote
from autograder.submission import StudentSource, discover

__all__ = [
    "STAGES",
    "Processor",
    "Spread",
    "alone",
    "class_seconds",
    "costs",
    "floor",
    "machine",
    "stage_table",
    "stages",
    "write_class",
]

KEY = "benchmark"

STAGES = {
    "load": "the submission is read from disk",
    "fork": "the zygote forks a worker",
    "lock": "the worker puts its locks on, and says so",
    "import": "the worker takes the submission apart and runs its modules",
    "cases": "cases are drawn, and the reference works out what is due",
    "calls": "the student's functions are called, and the way there and back",
    "numerics": "what came back is judged, of checks that pass",
    "diagnosis": "the same of checks that don't, and the naming of mistakes",
    "end": "the worker is ended",
    "rest": "everything between these",
    "writing": "the result is encoded, read back and written",
}


@dataclasses.dataclass(frozen=True)
class Spread:
    """Some measurements of the same thing, in seconds."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Spread:
        """Median and quartiles of two measurements or more."""
        return cls(*statistics.quantiles(seconds, n=4))

    def __str__(self) -> str:
        return f"{self.median * 1e3:.1f} ms ({self.low * 1e3:.1f} to {self.high * 1e3:.1f})"


def machine() -> str:
    """The machine in a line."""
    cores = len(os.sched_getaffinity(0))
    model = next(
        (line.partition(": ")[2] for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    load_now = os.getloadavg()[0]
    return (
        f"{cores} cores ({model}), {platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"numpy {np.__version__}; load {load_now:.1f} when it was printed"
    )


class Processor:
    """Processor time of all that grades here: this process, its zygotes and their workers.

    A context; :meth:`seconds` is the time since it was entered.
    """

    def __enter__(self) -> Processor:
        self._ended = 0.0
        self._zygotes: dict[int, float] = {}
        self._started = time.process_time()
        self._end, self._fork = ForkedProcess.end, Zygote.fork
        owner = self

        def end(process: ForkedProcess, *, patience: float) -> Ended:
            first = process._ended is None
            ended = owner._end(process, patience=patience)
            owner._ended += ended.cpu_seconds if first else 0.0
            return ended

        def fork(zygote: Zygote) -> ForkedProcess:
            pid = zygote._process.pid
            owner._zygotes.setdefault(pid, cpu_clock(pid))
            return owner._fork(zygote)

        ForkedProcess.end, Zygote.fork = end, fork  # type: ignore[method-assign,assignment]
        return self

    def __exit__(self, *_: object) -> None:
        ForkedProcess.end, Zygote.fork = self._end, self._fork  # type: ignore[method-assign]

    def seconds(self) -> float:
        """So far; workers count when they have ended."""
        zygotes = sum(cpu_clock(pid) - before for pid, before in self._zygotes.items())
        return time.process_time() - self._started + self._ended + zygotes


def costs(runs: int, *works: Callable[[], object]) -> list[tuple[list[float], list[float]]]:
    """For each piece of work its elapsed and its processor times, taken in turns."""
    for work in works:
        work()
    taken: list[tuple[list[float], list[float]]] = [([], []) for _ in works]
    for _ in range(runs):
        for work, (elapsed, processor) in zip(works, taken, strict=True):
            with Processor() as used:
                started = time.perf_counter()
                work()
                elapsed.append(time.perf_counter() - started)
                processor.append(used.seconds())
    return taken


def write_class(folder: Path, count: int) -> list[Path]:
    """Copies of the perfect submission, each a folder with the package in it."""
    paths = []
    for number in range(count):
        package = folder / f"s{number:05}" / "nn"
        package.mkdir(parents=True)
        for path in REFERENCE.glob("*.py"):
            if path.stem != "__init__":
                (package / path.name).write_bytes(path.read_bytes())
        paths.append(package.parent)
    return paths


def floor(loaded: rubrics.LoadedRubric) -> Callable[[], object]:
    """What grades the perfect submission once with no isolation."""
    grader, source = Grader(loaded, KEY, Direct(loaded.rubric.reference)), perfect()
    assert grader.grade(source).score == loaded.rubric.points
    return partial(grader.grade, source)


def alone(loaded: rubrics.LoadedRubric, sandbox: LockedSandbox) -> Callable[[], object]:
    """What grades the perfect submission once under all locks."""
    grader, source = Grader(loaded, KEY, sandbox), perfect()
    assert grader.grade(source).score == loaded.rubric.points
    return partial(grader.grade, source)


def class_seconds(folder: Path, jobs: int, *, rubric: str = rubrics.DEFAULT) -> float:
    """Seconds a submission of a class: from the end of the first ones, when all processes are warm, to the end."""
    layout = rubrics.load(rubric).rubric.layout
    submissions = discover([folder], layout.package, set(layout.functions.values()))
    executor = InProcess if jobs == 1 else partial(processes, jobs, preload=grade_class.__module__)
    warm = 2 * jobs
    ended = []
    with tempfile.TemporaryDirectory() as out:
        job = Job(rubric, KEY, spare=to_spare(jobs))  # as the command does
        for graded in grade_class(submissions, job, Store(Path(out)), executor, width=jobs, fresh=True):
            assert graded.result is not None, graded.note
            ended.append(time.perf_counter())
    many.grader.cache_clear()
    return (ended[-1] - ended[warm - 1]) / (len(ended) - warm)


def stages(folder: Path, runs: int, *, rubric: str = rubrics.DEFAULT) -> list[dict[str, float]]:
    """Seconds by stage for each of the submissions in a folder, ``runs`` times over."""
    loaded = rubrics.load(rubric)
    layout = loaded.rubric.layout
    measured = []
    with tempfile.TemporaryDirectory() as out, LockedSandbox(spare=to_spare(1)) as sandbox:  # as with one job
        grader, store = Grader(loaded, KEY, sandbox), Store(Path(out))
        for submitted in list(discover([folder], layout.package, set(layout.functions.values()))) * runs:
            grader.grade(perfect())  # in between, so that caches are as they are in a class
            clock = Clock()
            with clock.everywhere():
                with clock.within("load"):
                    source = submitted.read()
                with clock.within("rest"):
                    result = grader.grade(source)
                with clock.within("writing"):
                    store.write(load(dump(result)))
            measured.append(dict(clock.seconds))
    return measured


class Clock:
    """Seconds by stage; what is inside of another stage counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._below = [0.0]

    @contextlib.contextmanager
    def within(self, stage: str) -> Iterator[list[str]]:
        """Count what happens here; the stage's name may be changed until the end."""
        name = [stage]
        self._below.append(0.0)
        started = time.perf_counter()
        try:
            yield name
        finally:
            taken = time.perf_counter() - started
            self.seconds[name[0]] += taken - self._below.pop()
            self._below[-1] += taken

    @contextlib.contextmanager
    def everywhere(self) -> Iterator[None]:
        """Count what grading does, by what it calls."""
        with contextlib.ExitStack() as stack:
            for owner, name, stage in (
                (Zygote, "fork", "fork"),
                (Worker, "__init__", "lock"),
                (Worker, "load", "import"),
                (WorkerSession, "ahead", "calls"),
                (ForkedProcess, "end", "end"),
                (Grader, "prepared", "cases"),
                (examining._Begun, "end", "judged"),
                (one, "_diagnosed", "diagnosis"),
            ):
                stack.enter_context(self._counted(owner, name, stage))
            yield

    @contextlib.contextmanager
    def _counted(self, owner: Any, name: str, stage: str) -> Iterator[None]:
        function = getattr(owner, name)

        @wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            with self.within(stage) as named:
                result = function(*args, **kwargs)
                if isinstance(result, Examined):
                    named[0] = "numerics" if result.finding.verdict is Verdict.PASSED else "diagnosis"
                return result

        setattr(owner, name, counted)
        try:
            yield
        finally:
            setattr(owner, name, function)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15, help="of one submission")
    parser.add_argument("--class", type=int, default=40, dest="size", help="submissions in the class")
    options = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    loaded = rubrics.load(rubrics.DEFAULT)
    nothing = StudentSource("nothing", "nothing", "folder", {}, "")
    source = perfect()
    with LockedSandbox() as sandbox:
        direct, locked, bare, ready = costs(
            options.runs,
            floor(loaded),
            alone(loaded, sandbox),
            lambda: sandbox.open(nothing, loaded.rubric.layout).close(),
            lambda: sandbox.open(source, loaded.rubric.layout).close(),
        )
    with tempfile.TemporaryDirectory() as folder:
        write_class(Path(folder), options.size)
        rates = {jobs: [class_seconds(Path(folder), jobs) for _ in range(3)] for jobs in sorted({1, cores})}
    with tempfile.TemporaryDirectory() as folder:
        write_class(Path(folder), 1)
        by_stage = stages(Path(folder), options.runs)
    least, whole = Spread.of(direct[1]), Spread.of(locked[1])
    one_job = statistics.median(rates[1])
    show(
        [
            ("by processor time", ""),
            ("  locked : floor", f"{whole.median / least.median:.2f}"),
            ("  bound of 1.5 floors and 10 ms", f"{whole.median / (1.5 * least.median + 0.01):.2f} of it"),
            ("  floor, a submission", str(least)),
            ("  locked, a submission", str(whole)),
            ("  above the floor", f"{(whole.median - least.median) * 1e3:.1f} ms"),
            ("  a worker: fork and lock, and its end", str(Spread.of(bare[1]))),
            ("  a worker: fork, lock and load, and its end", str(Spread.of(ready[1]))),
            ("by the clock", ""),
            ("  locked : floor", f"{statistics.median(locked[0]) / statistics.median(direct[0]):.2f}"),
            ("  a class, 1 job : floor", f"{one_job / statistics.median(direct[0]):.2f}"),
            (f"  {cores} jobs : 1 job, throughput", f"{one_job / statistics.median(rates[cores]):.2f}"),
            ("  floor, a submission", str(Spread.of(direct[0]))),
            ("  locked, a submission", str(Spread.of(locked[0]))),
            *((f"  a class, {jobs} jobs, a submission", str(Spread.of(times))) for jobs, times in rates.items()),
            ("  a worker: fork and lock, and its end", str(Spread.of(bare[0]))),
            ("  a worker: fork, lock and load, and its end", str(Spread.of(ready[0]))),
            ("checks", str(sum(len(task.checks) for task in loaded.rubric.tasks))),
            ("machine", machine()),
        ]
    )
    Console(width=140).print(stage_table(by_stage))


def stage_table(by_stage: Sequence[dict[str, float]]) -> Table:
    """What :func:`stages` measured, a line a stage."""
    total = statistics.median(sum(each.values()) for each in by_stage)
    table = Table("stage", "share", "a submission", "", box=None)
    for stage, what in STAGES.items():
        spread = Spread.of([each.get(stage, 0.0) for each in by_stage])
        table.add_row(stage, f"{spread.median / total:.1%}", str(spread), what)
    return table


def show(rows: Sequence[tuple[str, str]]) -> None:
    """A table of two columns."""
    table = Table("", "", box=None, show_header=False)
    for row in rows:
        table.add_row(*row)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
