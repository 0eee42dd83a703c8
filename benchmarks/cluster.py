"""What a cluster costs: Dask's workers on this machine beside local jobs, on the same class, in turns.

    python benchmarks/cluster.py [--submissions 60] [--workers 2] [--rounds 3] [--rubric FILE --sources DIR]

Each round grades the class by the command with so many jobs, then on so many workers of a scheduler that was
started beforehand; in every other round the other way about.  What is compared is wall time from the first
result to the last, so that neither side's start is in it, and the whole command's beside it.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from cost import REFERENCE
from rich.console import Console
from rich.table import Table
from scale import EXAMPLES, MIXED, class_of

START = 120
"""Seconds for a scheduler, or for the workers."""


def started(folder: Path, name: str, pattern: str, count: int, *arguments: str) -> tuple[subprocess.Popen[bytes], str]:
    """Start one of Dask's commands, and wait until it has said something so many times."""
    log = folder / f"{name}.log"
    with log.open("wb") as file:
        process = subprocess.Popen([sys.executable, "-m", "dask", *arguments], stdout=file, stderr=file, cwd=folder)
    deadline = time.monotonic() + START
    while len(found := re.findall(pattern, log.read_text())) < count:
        if time.monotonic() > deadline or process.poll() is not None:
            sys.exit(f"dask {name} doesn't start: {log.read_text()[-1000:]}")
        time.sleep(0.1)
    return process, found[0]


def grade(folder: Path, out: Path, *options: str) -> tuple[float, float]:
    """Seconds from the first result to the last, and of the whole command."""
    command = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        str(folder),
        "--fresh",
        "--seed=s",
        f"--out={out}",
        *options,
    ]
    began = time.perf_counter()
    moments = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as run:
        assert run.stdout is not None
        moments = [time.perf_counter() for line in run.stdout if re.match(r"\d+/\d+ ", line)]
    assert run.returncode == 0, run.returncode
    return moments[-1] - moments[0], time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rubric", help="another marking scheme's file; then --sources as well")
    parser.add_argument("--sources", type=Path, help="a class of folders to copy instead")
    options = parser.parse_args()
    packages = [REFERENCE, *(EXAMPLES / name / "nn" for name in MIXED)]
    extra = []
    if options.sources is not None:
        packages = sorted({module.parent for module in options.sources.glob("*/*/*.py")})
        extra = [f"--rubric={options.rubric}"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        class_of(folder / "class", options.submissions, packages)
        quiet = ("--host=127.0.0.1", "--no-dashboard")
        scheduler, address = started(folder, "scheduler", r"tcp://127\.0\.0\.1:\d+", 1, "scheduler", "--port=0", *quiet)
        workers, _ = started(
            folder, "worker", "Registered to", options.workers,
            "worker", address, "--nthreads=1", f"--nworkers={options.workers}", *quiet,
        )  # fmt: skip
        ways = {"local jobs": f"--jobs={options.workers}", "cluster": f"--cluster={address}"}
        times: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
        busy = psutil.Process(scheduler.pid).cpu_times()
        try:
            for number in range(options.rounds):
                for way in list(ways) if number % 2 == 0 else list(ways)[::-1]:
                    times[way].append(grade(folder / "class", folder / way, ways[way], *extra))
            after = psutil.Process(scheduler.pid).cpu_times()
            handing = (after.user + after.system - busy.user - busy.system) / options.submissions / options.rounds
        finally:
            for process in (workers, scheduler):
                process.send_signal(signal.SIGINT)
                process.wait(30)
    table = Table("", "first result to last", "whole command", box=None)
    middle = {way: [statistics.median(part) for part in zip(*taken, strict=True)] for way, taken in times.items()}
    ratios = (local / cluster for local, cluster in zip(middle["local jobs"], middle["cluster"], strict=True))
    table.add_row("throughput, cluster : local", *(f"{ratio:.0%}" for ratio in ratios))
    for way, taken in times.items():
        table.add_row(way, *(f"{min(p):.1f} to {max(p):.1f} s" for p in zip(*taken, strict=True)))
    table.add_row("the scheduler, a submission", f"{handing * 1e3:.1f} ms of processor time", "")
    Console().print(table)


if __name__ == "__main__":
    main()
