"""Grades 200 honest submissions with 100 hostile ones among them, in one run, and compares with the honest alone.

``python benchmarks/hostile_class.py`` prints how many of the honest results are byte for byte (their timings apart)
those of a run without the hostile ones, and what the hostile ones earned.  The programs are those of ``tests/hostile``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))

from hostile import suite  # noqa: E402 - found by the line above

HALVES = ("(a + b) / 2", "a + (b - a) * 0.5", "(a + b) / 3", "a", "0.5 * a + 0.5 * b")


def honest(folder: Path, number: int) -> None:
    """One of several kinds, right and wrong."""
    package = folder / f"honest{number:03}" / "decay"
    package.mkdir(parents=True)
    (package / "waves.py").write_text(suite.HONEST["waves"])
    (package / "geometry.py").write_text(f"def midpoint(a, b):\n    return {HALVES[number % len(HALVES)]}\n")


def hostile(folder: Path, number: int, program: suite.Program) -> None:
    """A program under a name of its own; the containers of submissions stay as they are made."""
    home = folder / f"hostile{number:03}"
    home.mkdir()
    source = program.source(folder.parent / "made" / str(number))
    for path, data in source.files.items():
        target = home / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def grade(students: Path, out: Path, jobs: int) -> tuple[dict[str, bytes], float]:
    """The results by submission, timings apart; and the seconds."""
    line = [sys.executable, "-m", "autograder", "grade", students, "--rubric", suite.RUBRIC, "--out", out]
    began = time.monotonic()
    options = ["--seed", "s", "--jobs", jobs, "--cpu-seconds", "0.5", "--memory", "192"]
    done = subprocess.run([*map(str, [*line, *options])], capture_output=True, text=True, check=False)
    print(f"exit code {done.returncode} after {time.monotonic() - began:.0f} s; {done.stderr.strip()[-300:]}")
    found = {}
    for path in sorted((out / "results").glob("*.json")):
        result = json.loads(path.read_bytes())
        del result["timing"]
        found[path.stem] = json.dumps(result).encode()
    return found, time.monotonic() - began


def main() -> int:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--honest", type=int, default=200)
    parser.add_argument("--hostile", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    programs = [program for program in suite.programs() if program.patience == suite.LIMITS.cpu_seconds]
    random.Random(0).shuffle(programs)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(options.honest):
            honest(folder / "alone", number)
            honest(folder / "class", number)
        chosen = list(itertools.islice(itertools.cycle(programs), options.hostile))
        for number, program in enumerate(chosen):
            (folder / "made" / str(number)).mkdir(parents=True)
            hostile(folder / "class", number, program)
        alone, _ = grade(folder / "alone", folder / "a", options.jobs)
        together, _ = grade(folder / "class", folder / "b", options.jobs)
        same = sum(together.get(name) == result for name, result in alone.items())
        wrong = []
        for number, program in enumerate(chosen):
            result = json.loads(together[f"hostile{number:03}"])
            if result["score"] > max(program.earns, 0):
                wrong.append(f"{program.name} earned {result['score']}, not {program.earns}")
    print(f"{len(together)} submissions, {len(chosen)} of them hostile")
    print(f"{same} of {len(alone)} honest results are byte for byte what they are alone")
    print(f"hostile submissions with a mark that they did not earn: {len(wrong)} {wrong}")
    return int(same != len(alone) or bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
