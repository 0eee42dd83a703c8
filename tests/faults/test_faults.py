"""Whatever happens to the grader: one clear line, nothing lost, and the next run gives what a calm one gives."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the locks are Linux's")

KILLS = 6


def one_line(text: str) -> str:
    """What was complained of, if that was done in one line."""
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    assert lines[0].startswith("autograder: ")
    return lines[0]


def test_a_grader_killed_at_random_moments_loses_nothing():
    root = Path(__file__).parents[2]
    line = [sys.executable, str(root / "benchmarks" / "kill.py"), "--kills", str(KILLS), "--students", "8"]
    done = subprocess.run([*line, "--jobs", "1"], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the same byte for byte" in done.stdout


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_grader_leaves_no_process(grading, jobs):
    (grading.students / "zora" / "decay").mkdir(parents=True)
    (grading.students / "zora" / "decay" / "geometry.py").write_text("while True: pass\n")
    marked = {**os.environ, "AUTOGRADER_FAULT_TEST": str(os.getpid())}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(grading.line("--jobs", jobs), env=marked, **quiet) as grader:
        wait_for(lambda: len(list(grading.out.glob("results/*.json"))) >= 3)
        grader.kill()
    wait_for(lambda: not marked_processes())


def marked_processes() -> list[str]:
    wanted = f"AUTOGRADER_FAULT_TEST={os.getpid()}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.append(entry.name)
        except OSError:
            continue
    return found


def wait_for(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


FULL = """
import errno, os, pathlib
room = {room}
write = pathlib.Path.write_bytes
def full(self, data):
    global room
    if self.name.endswith(".partial"):
        room -= len(data)
        if room < 0:
            write(self, data[:100])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
    return write(self, data)
pathlib.Path.write_bytes = full
"""


@pytest.mark.parametrize("room", [100, 5_000])
def test_a_full_disk_is_one_line_and_keeps_what_there_was(grading, undisturbed, room):
    done = grading.run(before=FULL.format(room=room))
    assert done.returncode == 2
    assert "No space left" in one_line(done.stderr)
    assert not list(grading.out.glob("results/.*"))
    assert grading.results().items() <= undisturbed.items()
    assert grading.run().returncode == 0
    assert grading.results() == undisturbed


@pytest.mark.skipif(os.getuid() != 0, reason="only root may mount")
def test_a_disk_that_is_really_full(grading, undisturbed):
    grading.out.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(grading.out)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        done = grading.run()
        assert done.returncode == 2
        assert "No space left" in one_line(done.stderr)
        kept = grading.results()
        assert kept.items() <= undisturbed.items()
        assert len(kept) < len(undisturbed)
        subprocess.run(["mount", "-o", "remount,size=1m", str(grading.out)], check=True)
        assert grading.run().returncode == 0
        assert grading.results() == undisturbed
    finally:
        subprocess.run(["umount", "-l", str(grading.out)], check=True)


def test_a_results_folder_that_cannot_be_written_is_one_line(grading):
    grading.out.mkdir()
    (grading.out / "results").write_text("a file in its place")
    done = grading.run()
    assert done.returncode == 2
    assert "--out" in one_line(done.stderr)


@pytest.mark.parametrize("damage", [(b"", b"{ half", b"\0" * 1000), (b"[" * 10**5, b'{"schema": 1}', b"\xff\xfe")])
def test_a_corrupted_result_is_told_and_made_anew(graded, undisturbed, damage):
    for name, data in zip(("ada", "bela", "chen"), damage, strict=True):
        (graded.out / "results" / f"{name}.json").write_bytes(data)
    done = graded.run()
    assert done.returncode == 0
    told = done.stderr.splitlines()
    assert len(told) == 3
    assert all(f"{name}.json" in line for name, line in zip(("ada", "bela", "chen"), sorted(told), strict=True))
    assert graded.results() == undisturbed


def test_what_a_killed_run_left_half_written_is_no_result(grading, undisturbed):
    (grading.out / "results").mkdir(parents=True)
    (grading.out / "results" / ".ada.json.partial").write_text("{ half")
    assert grading.run().returncode == 0
    assert grading.results() == undisturbed
    assert not list(grading.out.glob("results/.*"))


KILLER = """
import itertools, os, signal
from autograder.sandbox import worker, zygote_client
run, count = worker.Worker.run, itertools.count()
def killed(self, steps, cpu_seconds):
    if next(count) == {number}:
        os.kill({whom}, signal.SIGKILL)
    return run(self, steps, cpu_seconds)
worker.Worker.run = killed
"""


@pytest.mark.parametrize("whom", ["self._process.pid", "self._process._zygote._process.pid"], ids=["worker", "zygote"])
@pytest.mark.parametrize("number", [0, 5])
def test_what_is_killed_from_outside_costs_nobody_a_mark(grading, undisturbed, whom, number):
    done = grading.run(before=KILLER.format(whom=whom, number=number))
    assert done.returncode == 0, done.stderr
    assert grading.results() == undisturbed


JUMPING = """
import random, time
real = time.time
time.time = lambda: real() + random.uniform(-1e9, 1e9)
time.time_ns = lambda: int(time.time() * 1e9)
"""


def test_a_clock_that_jumps_changes_nothing(grading, undisturbed):
    done = grading.run(before=JUMPING)
    assert done.returncode == 0, done.stderr
    assert grading.results() == undisturbed


def test_results_do_not_depend_on_the_order_in_which_the_class_came_in(grading, undisturbed):
    children = list(grading.students.iterdir())
    random.Random(0).shuffle(children)
    for child in children:
        grading.students = child
        assert grading.run().returncode == 0
    assert grading.results() == undisturbed


def test_an_interrupt_is_one_line_and_goes_on(grading, undisturbed):
    (grading.students / "aaa" / "decay").mkdir(parents=True)
    (grading.students / "aaa" / "decay" / "geometry.py").write_text("import time\ntime.sleep(1000)\n")
    with subprocess.Popen(grading.line(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as grader:
        wait_for(lambda: (grading.out / "results").is_dir())
        time.sleep(0.5)
        grader.send_signal(signal.SIGINT)
        _, complaint = grader.communicate(timeout=60)
    assert grader.returncode == 130
    assert "go on" in one_line(complaint)
    (grading.students / "aaa" / "decay" / "geometry.py").unlink()
    (grading.students / "aaa" / "decay").rmdir()
    (grading.students / "aaa").rmdir()
    assert grading.run().returncode == 0
    assert grading.results() == undisturbed
