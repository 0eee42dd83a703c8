"""Repeats the speed checks on a busy machine: does any verdict change?

``python benchmarks/speed_under_load.py`` runs every speed check of the marking scheme on example submissions again and
again, with processes beside it that never rest, and prints how often each was passed.  Whatever a submission passes
once it has to pass always, and the other way round.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import multiprocessing
import time
from pathlib import Path

import numpy as np

from autograder.checks import Speed
from autograder.grading import rubrics
from autograder.sandbox.locked import LockedSandbox
from autograder.submission.discovery import single

EXAMPLES = Path(__file__).parents[1] / "examples" / "submissions"


def busy(until: float) -> None:
    """Never rest: arithmetic, and memory that is walked through."""
    numbers = np.ones(2**20)
    while time.monotonic() < until:
        numbers *= 1.0000001


def main() -> int:
    """Print a line for each check, and say whether any verdict changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--busy", type=int, default=4, help="processes that never rest")
    parser.add_argument("--seconds", type=float, default=300, help="when to stop, whatever was done by then")
    parser.add_argument("submissions", nargs="*", type=Path, default=[EXAMPLES / "ada", EXAMPLES / "otto"])
    options = parser.parse_args()
    rubric = rubrics.load("solutions.rubric").rubric
    until = time.monotonic() + options.seconds
    others = [multiprocessing.Process(target=busy, args=[until], daemon=True) for _ in range(options.busy)]
    for other in others:
        other.start()
    verdicts: dict[tuple[str, str], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    ratios: dict[tuple[str, str], list[float]] = collections.defaultdict(list)
    done = 0
    with LockedSandbox() as sandbox:
        while done < options.repeats and time.monotonic() < until:
            for path in options.submissions:
                with contextlib.closing(sandbox.open(single(path).read(), rubric.layout)) as session:
                    for task in rubric.tasks:
                        for check in (check for check in task.checks if isinstance(check, Speed)):
                            prepared = check.prepare(rubric.reference, np.random.default_rng(done))
                            finding = check.examine(session, prepared)
                            verdicts[path.name, task.name][str(finding.verdict)] += 1
                            ratios[path.name, task.name].append(
                                max(
                                    finding.timing.get(f"seconds-{i}", 0) / finding.timing.get(f"reference-{i}", np.inf)
                                    for i in range(len(prepared.cases))
                                )
                            )
            done += 1
    for other in others:
        other.terminate()
    for (name, task), counted in verdicts.items():
        times = np.array(ratios[name, task])
        print(
            f"{name:10} {task:26} {dict(counted)}  times the reference: {times.min():.1f} to {times.max():.1f}, "
            f"median {np.median(times):.1f}"
        )
    changed = [which for which, counted in verdicts.items() if len(counted) > 1]
    print(f"{done} repeats beside {options.busy} busy processes; verdicts that changed: {changed or 'none'}")
    return bool(changed)


if __name__ == "__main__":
    raise SystemExit(main())
