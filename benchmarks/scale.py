"""A class ten times as large: time, memory, processes, descriptors and files, as its user has them.

    python benchmarks/scale.py [--submissions 1000 10000] [--jobs 2] [--rubric FILE --sources DIR] [--option=--fresh]
                               [--browser /usr/bin/chromium]

Submissions are the reference and some of the examples, or those of ``--sources`` (``NAME/PACKAGE/MODULE.py``), each
with a comment of its own in every module, so that no two are alike; none of them hangs.  Each class is graded by the
command in a process of its own, then graded again unchanged.  The trusted side is that process and its
pool; its memory is looked at as it goes.  With ``--browser`` (and playwright installed) the page of the class
is opened, five times over: until everything on it has been loaded and drawn.  Ratios first.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from cost import REFERENCE
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "submissions"
MIXED = ("ada", "chen", "emre", "greta")
"""Examples that do not hang: a right one written differently, and some with mistakes."""

EVERY = 0.5
"""Seconds between two looks at the processes."""

GRACE = 10
"""Seconds for the pool's processes to notice that the first one has ended."""


def class_of(folder: Path, count: int, packages: list[Path]) -> None:
    """Write a class: submissions that differ, copied from these packages in turn."""
    kinds = [
        {path.name: path.read_text() for path in sorted(package.glob("*.py")) if path.stem != "__init__"}
        for package in packages
    ]
    for number in range(count):
        package = folder / f"student{number:06}" / packages[-1].name
        package.mkdir(parents=True)
        for name, text in kinds[number % len(kinds)].items():
            (package / name).write_text(f"{text}\n# handed in as number {number}\n")


@dataclass
class Run:
    """How one run of the command went."""

    seconds: float
    processor: float
    first: list[int] = field(default_factory=list)
    """Bytes that the main process has, by the looks at it."""
    pool: list[int] = field(default_factory=list)
    descriptors: list[int] = field(default_factory=list)
    left: int = 0


def run(folder: Path, out: Path, *options: str) -> Run:
    """Grade a class by the command; look at its processes meanwhile."""
    command = [sys.executable, "-m", "autograder", "grade", str(folder), "--out", str(out), "--seed", "scale", *options]
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    seen = Run(0, 0)
    started_by_it: set[psutil.Process] = set()
    done = threading.Event()

    def look() -> None:
        main = psutil.Process(process.pid)
        while not done.wait(EVERY):
            try:
                started_by_it.update(main.children(recursive=True))
                seen.first.append(main.memory_info().rss)
                seen.descriptors.append(main.num_fds())
                # The pool's processes are children of the server that forks them; below each is its zygote.
                pool = [process for server in main.children() for process in (server, *server.children())]
                seen.pool.append(max((p.memory_info().rss for p in pool), default=0))
                zygotes = [zygote for process in pool for zygote in process.children()]
                times = [p.cpu_times() for p in {main, *pool, *zygotes}]
                seen.processor = max(
                    seen.processor, sum(t.user + t.system + t.children_user + t.children_system for t in times)
                )
            except psutil.Error:  # one of them has just ended
                continue

    looker = threading.Thread(target=look)
    looker.start()
    code = process.wait()
    seen.seconds = time.monotonic() - started
    done.set()
    looker.join()
    assert code == 0, f"exit code {code}"
    _, left = psutil.wait_procs(started_by_it, timeout=GRACE)
    seen.left = len(left)
    return seen


def opened(page: Path, browser: str) -> list[float]:
    """Seconds until a page is loaded and has been drawn, a few times over, each in a fresh context."""
    from playwright.sync_api import sync_playwright

    seconds = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(5):
            tab = chromium.new_page()
            started = time.perf_counter()
            tab.goto(page.as_uri(), wait_until="load")
            tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            seconds.append(time.perf_counter() - started)
            tab.close()
        chromium.close()
    return seconds


def flat(readings: list[int]) -> str:
    """Median over the second tenth of a run, and over the last."""
    tenth = max(1, len(readings) // 10)
    early, late = (
        statistics.median(part) / 2**20 for part in (readings[tenth : 2 * tenth] or readings, readings[-tenth:])
    )
    return f"{early:.0f} → {late:.0f} MiB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--option", action="append", default=[], help="an option of grade's")
    parser.add_argument("--rubric", help="another marking scheme's file; then --sources as well")
    parser.add_argument("--sources", type=Path, help="a class of folders to copy instead")
    parser.add_argument("--browser", help="Chromium, to open the page of the class")
    options = parser.parse_args()
    packages = [EXAMPLES / name / "nn" for name in MIXED]
    if options.sources is None:
        packages.insert(0, REFERENCE)
    else:
        packages = sorted({module.parent for module in options.sources.glob("*/*/*.py")})
        if not packages:
            parser.error(f"{options.sources}: no NAME/PACKAGE/MODULE.py is in it")
    extra = [f"--jobs={options.jobs}", *options.option]
    if options.rubric is not None:
        extra.append(f"--rubric={options.rubric}")
    console = Console()
    table = Table("", *(f"{count} submissions" for count in options.submissions), box=None)
    rows: dict[str, list[str]] = {}
    whole: list[Run] = []
    again: list[Run] = []
    for count in options.submissions:
        with tempfile.TemporaryDirectory() as name:
            folder, out = Path(name) / "class", Path(name) / "out"
            class_of(folder, count, packages)
            graded = run(folder, out, *extra)
            unchanged = run(folder, out, *extra)
            listed = [entry.name for entry in os.scandir(out / "results")]
            started = time.perf_counter()
            with (out / "grades.csv").open(newline="") as file:
                lines = list(csv.DictReader(file))
            reading = time.perf_counter() - started
            assert len(lines) == count
            assert sorted(listed) == sorted(f"{line['submission']}.json" for line in lines), "a file too many"
            page = out / "report" / "index.html"
            pages = opened(page, options.browser) if options.browser else []
            page_size = page.stat().st_size
            size = sum(entry.stat().st_size for entry in os.scandir(out / "results"))
        whole.append(graded)
        again.append(unchanged)
        for what, value in {
            "wall time": f"{graded.seconds:.0f} s",
            "a submission": f"{graded.seconds / count * 1e3:.1f} ms",
            "processor time": f"{graded.processor:.0f} s",
            "memory, main process": flat(graded.first),
            "memory, largest of the pool": flat(graded.pool),
            "descriptors, main process": f"{min(graded.descriptors)} to {max(graded.descriptors)}",
            "processes left": str(graded.left + unchanged.left),
            "run again, nothing changed": f"{unchanged.seconds:.1f} s",
            "results": f"{size / count / 1e3:.1f} kB each",
            "grades.csv read": f"{reading * 1e3:.0f} ms",
            "the class's page": f"{page_size / 1e6:.2f} MB",
            **({"  opened in a browser": f"{statistics.median(pages):.2f} s"} if pages else {}),
        }.items():
            rows.setdefault(what, []).append(value)
            console.print(f"{count}: {what}: {value}")
    if len(whole) > 1:
        ratio = options.submissions[-1] / options.submissions[0]
        table.add_row(f"time, for {ratio:g} times as many", "", f"{whole[-1].seconds / whole[0].seconds:.2f} times")
        table.add_row("  processor time", "", f"{whole[-1].processor / whole[0].processor:.2f} times")
        table.add_row("  run again", "", f"{again[-1].seconds / again[0].seconds:.2f} times")
    for what, values in rows.items():
        table.add_row(what, *values)
    console.print(table)


if __name__ == "__main__":
    main()
