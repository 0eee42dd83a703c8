"""Right code never loses a mark: every right implementation, graded with many seeds.

    python benchmarks/false_alarms.py [--seeds 200] [--first 0] [--jobs 2] [--implementations 68]

The implementations are those of ``solutions/alternatives`` and the reference.  Visible checks are the
same for every seed, and run with the first; hidden ones run with each.  Prints one line an
implementation, and every mark lost.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from submissions import overlay  # noqa: E402 (found by the line above)

from autograder.grading import rubrics  # noqa: E402
from autograder.grading.one import Grader  # noqa: E402
from autograder.sandbox.locked import LockedSandbox  # noqa: E402
from autograder.submission import StudentSource  # noqa: E402


def sources(slug: str) -> dict[str, bytes]:
    if slug == "reference":
        return {f"nn/{module}.py": (overlay.REFERENCE / f"{module}.py").read_bytes() for module in overlay.MODULES}
    return overlay.sources(slug)


def grade(slug: str, seeds: range) -> tuple[str, int, list[str]]:
    """Grade one implementation with each seed; what it lost, in words."""
    loaded = rubrics.load(rubrics.DEFAULT)
    source = StudentSource(slug, slug, "folder", sources(slug), "")
    lost = []
    with LockedSandbox() as sandbox:
        for seed in seeds:
            result = Grader(loaded, str(seed), sandbox).grade(source)
            lost += [
                f"{slug}, seed {seed}: {task.name}/{check.name} {check.verdict}: {check.message}"
                for task in result.tasks
                for check in task.checks
                if check.score < check.max_score
            ]
    return slug, len(seeds), lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--implementations", type=int, default=len(overlay.RIGHT), help="the first so many of them")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.seeds)
    slugs = ["reference", *overlay.RIGHT[: options.implementations]]
    console = Console()
    table = Table("implementation", "gradings", "marks lost", box=None)
    started = time.perf_counter()
    complaints = []
    with ProcessPoolExecutor(options.jobs) as pool:
        jobs = pool.map(grade, slugs, [seeds] * len(slugs))
        for slug, gradings, lost in track(jobs, "grading", total=len(slugs), console=console):
            table.add_row(slug, str(gradings), str(len(lost)))
            complaints += lost
    console.print(table)
    for complaint in complaints:
        console.print(complaint, markup=False)
    total = len(slugs) * len(seeds)
    console.print(f"{total} gradings, {len(complaints)} marks lost, {time.perf_counter() - started:.0f} s")
    sys.exit(bool(complaints))


if __name__ == "__main__":
    main()
