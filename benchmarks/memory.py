"""The trusted side's memory over a long class: flat, or not.

    python benchmarks/memory.py [--submissions 1000]

Grades the same finished submission under many names, in this process, and prints its resident memory
as it goes, with the processes and descriptors that it has.
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from pathlib import Path

import psutil
from cost import perfect
from rich.console import Console
from rich.table import Table

from autograder.grading import rubrics
from autograder.grading.executors import InProcess
from autograder.grading.many import Job, grade_class
from autograder.grading.store import Store
from autograder.sandbox.cores import to_spare
from autograder.submission import StudentSource, Submitted


class Copies(Submitted):
    """The reference under another name."""

    def read(self) -> StudentSource:
        return dataclasses.replace(perfect(), identifier=self.identifier, name=self.name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=1000)
    count = parser.parse_args().submissions
    me = psutil.Process()
    table = Table("graded", "resident", "processes below", "descriptors", "seconds", box=None)
    started = time.perf_counter()
    submissions = [Copies(f"s{i}", f"s{i}", Path(), "folder") for i in range(count)]
    job = Job(rubrics.DEFAULT, "benchmark", spare=to_spare(1))
    with tempfile.TemporaryDirectory() as out:
        for number, graded in enumerate(grade_class(submissions, job, Store(Path(out)), InProcess, width=1), 1):
            assert graded.result is not None
            assert graded.result.score == graded.result.max_score
            if number % max(1, count // 10) == 0 or number == 1:
                table.add_row(
                    str(number),
                    f"{me.memory_info().rss / 2**20:.1f} MiB",
                    str(len(me.children(recursive=True))),
                    str(me.num_fds()),
                    f"{time.perf_counter() - started:.1f}",
                )
    Console().print(table)


if __name__ == "__main__":
    main()
