"""What a student's own check costs, in processor time, beside a bare import of numpy.

    python benchmarks/check.py [--runs 7]

Each is a whole process with its children, from the start of Python to its end; medians with the
quartiles, taken in turns.  The work is the finished exercise in the released folder.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
TASK = "softmax_loss"


def finished(folder: Path) -> None:
    """The released folder with the solutions filled in."""
    shutil.copytree(ROOT / "assignment" / "python", folder)
    for path in (ROOT / "solutions" / "reference").glob("*.py"):
        if path.stem != "__init__":
            shutil.copy(path, folder / "nn")


def processor_time(folder: Path, *arguments: str) -> float:
    """Seconds that Python takes with these arguments, its children's included."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    works = {
        "import numpy": ("-c", "import numpy"),
        f"check --task {TASK}": ("-m", "autograder", "check", "--task", TASK),
        "check": ("-m", "autograder", "check"),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "python"
        finished(folder)
        for number in range(runs + 1):
            for name, arguments in works.items():
                taken = processor_time(folder, *arguments)
                if number:  # the first warms the disk's cache
                    times[name].append(taken)
    bare = statistics.median(times["import numpy"])
    table = Table("", "processor time", "times the import", box=None)
    for name, taken in times.items():
        low, middle, high = statistics.quantiles(taken, n=4)
        table.add_row(name, f"{middle:.2f} s ({low:.2f} to {high:.2f})", f"{middle / bare:.1f}")
    table.add_row("machine", f"{platform.system()} {platform.machine()}, Python {platform.python_version()}", "")
    Console().print(table)


if __name__ == "__main__":
    main()
