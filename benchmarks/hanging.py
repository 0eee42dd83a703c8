"""What a class loses by submissions that hang: 5 % infinite loops among finished work.

    python benchmarks/hanging.py [--class 40] [--hanging 2] [--jobs 1]

Grades the finished ones alone, then all together, in this order: the hanging ones first.  The bound is the
time limits' own share of the workers: what the hanging ones take by themselves, divided by the jobs.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table
from stages import KEY, machine, write_class

from autograder.grading import many, rubrics
from autograder.grading.executors import InProcess, processes
from autograder.grading.many import Job, grade_class
from autograder.grading.store import Store
from autograder.sandbox.cores import to_spare
from autograder.submission import discover

LOOP = "def affine_forward(x, W, b):\n    while True:\n        pass\n"


def ended(folder: Path, jobs: int, *, put_off: bool) -> dict[str, float]:
    """When each submission was done, in seconds from the start."""
    layout = rubrics.load(rubrics.DEFAULT).rubric.layout
    submissions = discover([folder], layout.package, set(layout.functions.values()))
    executor = InProcess if jobs == 1 else partial(processes, jobs, preload=grade_class.__module__)
    times = {}
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as out:
        job = Job(rubrics.DEFAULT, KEY, spare=to_spare(jobs))
        store = Store(Path(out))
        for graded in grade_class(submissions, job, store, executor, width=jobs, fresh=True, put_off=put_off):
            assert graded.result is not None, graded.note
            times[graded.submitted.name] = time.perf_counter() - started
    many.grader.cache_clear()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--class", type=int, default=40, dest="size")
    parser.add_argument("--hanging", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        honest, mixed = Path(root) / "honest", Path(root) / "mixed"
        write_class(honest, options.size - options.hanging)
        write_class(mixed, options.size - options.hanging)
        for number in range(options.hanging):
            package = mixed / f"a-hanging-{number}" / "nn"
            package.mkdir(parents=True)
            (package / "linear.py").write_text(LOOP)
        alone = max(ended(honest, options.jobs, put_off=True).values())
        table = Table("", "the finished ones are done", "the class is done", box=None)
        table.add_row("finished ones alone", f"{alone:.1f} s", f"{alone:.1f} s")
        for put_off, title in ((False, "with hanging ones, as they come"), (True, "with hanging ones, put off")):
            times = ended(mixed, options.jobs, put_off=put_off)
            finished = max(seconds for name, seconds in times.items() if name.startswith("s"))
            table.add_row(title, f"{finished:.1f} s ({finished / alone:.2f})", f"{max(times.values()):.1f} s")
    Console(width=140).print(table)
    print(f"{options.hanging} of {options.size} hang, {options.jobs} jobs; {machine()}")


if __name__ == "__main__":
    main()
