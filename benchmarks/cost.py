"""What isolation costs: one perfect submission, graded with every lock and with none, in one run.

    python benchmarks/cost.py [--runs 15]

The floor is all checks of the marking scheme on the reference itself in one warm process: no worker,
no wire, no lock.  A worker's fixed cost is what a grading waits for until the submission is loaded, timed in the
gradings themselves; and, with no grading in between, so that none can be forked ahead of its turn, that of a worker
with nothing to load.  Its end comes on top.  With a core to spare, as ``grade --jobs 1`` has it on two, the worker
loads while cases are drawn, and what is left to wait for is shown.

What a core for two (``sandbox/cores.py``), programs that travel together (``grading/examining.py``), memory that is
kept (``sandbox/launch.py``) and what a worker loads beforehand (``sandbox/inside/rehearsal.py``) are worth is measured
without each, in turns with the rest; and so is what the same work takes to load as a notebook, with its cells of
definitions run as a whole, and statement by statement.  Ratios first; times are elapsed ones, medians with the
quartiles.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from direct import Direct
from rich.console import Console
from rich.table import Table

from autograder.grading import examining, rubrics
from autograder.grading.one import Grader
from autograder.release.exercise import Exercise
from autograder.release.notebook import notebook
from autograder.sandbox import launch, wire, zygote_client
from autograder.sandbox.inside import modules
from autograder.sandbox.interface import Session
from autograder.sandbox.locked import LockedSandbox
from autograder.sandbox.worker import Worker
from autograder.submission import Layout, StudentSource

REFERENCE = Path(__file__).parents[1] / "solutions" / "reference"


def perfect() -> StudentSource:
    """The reference as a student's submission."""
    files = {f"nn/{path.name}": path.read_bytes() for path in REFERENCE.glob("*.py") if path.stem != "__init__"}
    return StudentSource("perfect", "perfect", "folder", files, "")


def as_notebook(loaded: rubrics.LoadedRubric) -> StudentSource:
    """The same in the course's notebook."""
    return StudentSource("book", "book", "folder", {"book.ipynb": notebook(Exercise(loaded), filled=True).encode()}, "")


def paired(runs: int, *works: Callable[[], object]) -> list[list[float]]:
    """Times of each piece of work in seconds, taken in turns so that a busy moment hits all alike."""
    for work in works:
        work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, taken in zip(works, times, strict=True):
            started = time.perf_counter()
            work()
            taken.append(time.perf_counter() - started)
    return times


class Timed:
    """A sandbox that notes for how long a grading waits until its submission is loaded.

    What is done in that time is no waiting, and the end of its worker is left out.
    """

    def __init__(self, sandbox: LockedSandbox) -> None:
        self._sandbox = sandbox
        self.taken: list[float] = []

    @property
    def locks(self) -> tuple[str, ...]:
        return self._sandbox.locks

    def open(self, source: StudentSource, layout: Layout, *, meanwhile: Callable[[], None] | None = None) -> Session:
        done = 0.0

        def doing() -> None:
            nonlocal done
            if meanwhile is not None:
                started = time.perf_counter()
                meanwhile()
                done += time.perf_counter() - started

        started = time.perf_counter()
        session = self._sandbox.open(source, layout, meanwhile=doing)
        self.taken.append(time.perf_counter() - started - done)
        return session

    def close(self) -> None: ...


def loading(source: StudentSource, layout: Layout) -> None:
    """What a worker does to load a submission, in this process, where everything is warm."""
    request = wire.Load(source.kind, dict(source.files), layout.package, dict(layout.functions), given=layout.given)
    modules.load(request, lambda _: None, shim_files=False)


def apart(grader: Grader, source: StudentSource) -> None:
    """Grade with trusted side and worker where the scheduler puts them."""
    with mock.patch.object(zygote_client, "SharedCore"):
        grader.grade(source)


def by_themselves(grader: Grader, source: StudentSource) -> None:
    """Grade with each check's program sent alone."""
    with mock.patch.object(examining, "TOGETHER", 1):
        grader.grade(source)


def forgetful() -> LockedSandbox:
    """A sandbox whose workers give their memory back, as the allocator does by itself."""
    with mock.patch.object(launch, "ALLOCATOR", ""):
        return LockedSandbox()


def unrehearsed() -> LockedSandbox:
    """A sandbox whose workers load nothing beforehand."""
    return _changed("import autograder.sandbox.inside.rehearsal as it\nit.rehearse = lambda: None")


def by_statements() -> LockedSandbox:
    """A sandbox whose workers run a notebook statement by statement."""
    return _changed("import autograder.sandbox.inside.cells as it, re\nit.NOT_A_DEFINITION = re.compile('')")


def _changed(how: str) -> LockedSandbox:
    """A sandbox whose zygote does something else first."""
    with mock.patch.object(launch, "MAIN", launch.MAIN.replace("module.main(", f"{how}\nmodule.main(")):
        return LockedSandbox()


def page_faults(grader: Grader, source: StudentSource) -> int:
    """How many a worker has taken by the end of a grading."""
    taken: list[int] = []
    close = Worker.close

    def noted(worker: Worker) -> None:
        process = worker._process
        assert isinstance(process, zygote_client.ForkedProcess)
        # Field 10 of its ``stat``, of which the second, in brackets, may hold anything.
        taken.append(int(Path(f"/proc/{process.pid}/stat").read_bytes().rpartition(b")")[2].split()[7]))
        close(worker)

    with mock.patch.object(Worker, "close", noted):
        grader.grade(source)
    return taken[-1]


def spread(times: list[float]) -> str:
    """Median and quartiles in milliseconds."""
    low, middle, high = statistics.quantiles(times, n=4)
    return f"{middle * 1e3:.1f} ms ({low * 1e3:.1f} to {high * 1e3:.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    loaded = rubrics.load(rubrics.DEFAULT)
    source = perfect()
    layout = loaded.rubric.layout
    nothing = StudentSource("nothing", "nothing", "folder", {}, "")
    floor = Grader(loaded, "benchmark", Direct(loaded.rubric.reference))
    book = as_notebook(loaded)
    with (
        LockedSandbox() as sandbox,
        LockedSandbox(spare=True) as wide,
        forgetful() as other,
        unrehearsed() as unready,
        by_statements() as piecewise,
    ):
        timed, bare, late, books, slow, aside = map(Timed, (sandbox, sandbox, unready, sandbox, piecewise, wide))
        locked, plain, giving, cold, reading, slowly, spared = (
            Grader(loaded, "benchmark", each) for each in (timed, sandbox, other, late, books, slow, aside)
        )
        assert floor.grade(source).score == locked.grade(source).score == loaded.rubric.points
        direct, whole, at_once, two_cores, singly, given_back, cold_started, warm, *_ = paired(
            runs,
            lambda: floor.grade(source),
            lambda: locked.grade(source),
            lambda: spared.grade(source),
            lambda: apart(plain, source),
            lambda: by_themselves(plain, source),
            lambda: giving.grade(source),
            lambda: cold.grade(source),
            lambda: loading(source, layout),
            lambda: reading.grade(book),
            lambda: slowly.grade(book),
        )
        for _ in range(runs):
            bare.open(nothing, layout).close()
        faults, more = page_faults(plain, source), page_faults(giving, source)
    table = Table("", "", box=None, show_header=False)
    table.add_row("locked : floor", f"{statistics.median(whole) / statistics.median(direct):.2f}")
    without = {
        "a core to spare": at_once,
        "the worker on any core": two_cores,
        "programs one by one": singly,
        "memory given back": given_back,
        "no rehearsal": cold_started,
    }
    for what, times in without.items():
        table.add_row(f"locked, {what} : floor", f"{statistics.median(times) / statistics.median(direct):.2f}")
    table.add_row("floor, a submission", spread(direct))
    table.add_row("locked, a submission", spread(whole))
    for what, times in without.items():
        table.add_row(f"locked, {what}", spread(times))
    loads = {
        "": timed,
        ", a core to spare": aside,
        ", no rehearsal": late,
        ", a notebook": books,
        ", a notebook by statements": slow,
    }
    for what, each in loads.items():
        opened = each.taken[-runs:]
        table.add_row(f"a worker, until it has loaded{what}", f"{spread(opened)}, at least {min(opened) * 1e3:.1f}")
    table.add_row("a worker with nothing to load, one after the other", spread(bare.taken))
    table.add_row("loading in a warm process", spread(warm))
    table.add_row("page faults of a worker", f"{faults}; where memory is given back {more}")
    table.add_row("checks", str(sum(len(task.checks) for task in loaded.rubric.tasks)))
    table.add_row("machine", f"{platform.system()} {platform.machine()}, Python {platform.python_version()}")
    Console().print(table)


if __name__ == "__main__":
    main()
