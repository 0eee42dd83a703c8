"""Kills the grader at random moments over a class, resumes it each time, and compares with an undisturbed run.

``python benchmarks/kill.py --kills 200`` prints how many kills there were, when they hit, and whether the results are
byte for byte those of a run that nobody disturbed (their timings apart), and whether a process was left behind.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUBRIC = Path(__file__).parents[1] / "tests" / "end_to_end" / "tiny_rubric.py"
RIGHT = "def midpoint(a, b):\n    return (a + b) / {divisor}\n"
SLOW = "import time\n\n\ndef midpoint(a, b):\n    time.sleep(0.05)\n    return a\n"
MARK = "AUTOGRADER_KILL_BENCHMARK"


def make_class(folder: Path, size: int) -> Path:
    """A class of which every third is wrong, every fifth slow."""
    for number in range(size):
        package = folder / f"student{number:03}" / "decay"
        package.mkdir(parents=True)
        source = SLOW if number % 5 == 0 else RIGHT.format(divisor=3 if number % 3 == 0 else 2)
        (package / "geometry.py").write_text(source)
    return folder


def start(students: Path, out: Path, mark: str, jobs: int) -> subprocess.Popen[bytes]:
    """The grader; the mark in its environment is inherited by what it starts but for zygotes and workers."""
    line = [sys.executable, "-m", "autograder", "grade", str(students), "--rubric", str(RUBRIC), "--out", str(out)]
    return subprocess.Popen(
        [*line, "--seed", "benchmark", "--jobs", str(jobs)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, MARK: mark},
    )


def results(out: Path) -> dict[str, bytes]:
    """Every file of results, timings apart."""
    found = {}
    for path in sorted((out / "results").iterdir()):
        result = json.loads(path.read_bytes())
        del result["timing"]
        found[path.name] = json.dumps(result).encode()
    found["grades.csv"] = (out / "grades.csv").read_bytes()
    return found


def left_behind(mark: str) -> list[int]:
    """The processes that carry the mark."""
    wanted, found = f"{MARK}={mark}".encode(), []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def disturbed(students: Path, out: Path, rng: random.Random, *, kills: int, longest: float, jobs: int) -> list[int]:
    """Kill and resume; how many results there were at each kill."""
    seen = []
    while len(seen) < kills:
        grader = start(students, out, str(os.getpid()), jobs)
        try:
            grader.wait(rng.uniform(0, longest))
        except subprocess.TimeoutExpired:
            grader.send_signal(signal.SIGKILL)
            grader.wait()
            seen.append(len(list((out / "results").glob("*.json"))))
        else:
            # It was done before it could be killed: begin again with what a killed run may have left, and no results.
            for path in (out / "results").glob("*.json"):
                path.unlink()
    return seen


def main() -> int:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        students = make_class(Path(folder, "class"), options.students)
        began = time.monotonic()
        start(students, Path(folder, "undisturbed"), "none", options.jobs).wait()
        longest = time.monotonic() - began
        out = Path(folder, "out")
        rng = random.Random(options.seed)
        seen = disturbed(students, out, rng, kills=options.kills, longest=longest, jobs=options.jobs)
        code = start(students, out, str(os.getpid()), options.jobs).wait()
        same = results(out) == results(Path(folder, "undisturbed"))
        deadline = time.monotonic() + 10
        while (left := left_behind(str(os.getpid()))) and time.monotonic() < deadline:
            time.sleep(0.1)
    print(f"{len(seen)} kills over a class of {options.students}, at random within {longest:.1f} s of its start")
    print(
        f"results on disk at the kills: {min(seen)} to {max(seen)}; between none and all in "
        f"{sum(0 < count < options.students for count in seen)} of them"
    )
    print(f"exit code of the last run {code}; results {'the same' if same else 'NOT THE SAME'} byte for byte")
    print(f"processes left behind: {len(left)}")
    return int(not same or bool(left) or code != 0)


if __name__ == "__main__":
    sys.exit(main())
