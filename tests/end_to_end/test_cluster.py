"""Grading on a Dask cluster: a scheduler and workers that are processes of this machine."""

import csv
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

pytest.importorskip("distributed")

pytestmark = pytest.mark.long

TINY = Path(__file__).parent / "tiny_rubric.py"
RIGHT = "def midpoint(a, b):\n    return (a + b) / 2\n"
SLOW = "import time\n\ntime.sleep(0.4)\n\n" + RIGHT
KEY = "a-key-that-nobody-sees"


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


def start(logs, name, *arguments):
    """Start one of Dask's commands in a process group of its own, its words in a file."""
    with (logs / name).open("wb") as log:
        command = [sys.executable, "-m", "dask", *map(str, arguments)]
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=logs, start_new_session=True)


def stop(process):
    """End a command of Dask's, and all that it started."""
    family = [process, *psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
    process.wait()


@pytest.fixture(scope="module")
def scheduler(logs):
    """A scheduler's address."""
    process = start(logs, "scheduler", "scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard")
    wait_for(lambda: re.search(r"tcp://127\.0\.0\.1:\d+", (logs / "scheduler").read_text()))
    yield re.search(r"tcp://127\.0\.0\.1:\d+", (logs / "scheduler").read_text())[0]
    stop(process)


@pytest.fixture
def worker(logs, scheduler):
    """Start workers, one process each, and wait until the scheduler knows them: ``worker(name, …)``."""
    started = []

    def worker(name, count=1):
        arguments = ["--nthreads=1", f"--nworkers={count}", "--no-dashboard", "--host=127.0.0.1", "--memory-limit=0"]
        process = start(logs, name, "worker", scheduler, *arguments)
        started.append(process)
        wait_for(lambda: (logs / name).read_text().count("Registered to") == count)
        return process

    yield worker
    for process in started:
        stop(process)


@pytest.fixture
def a_class(tmp_path):
    """Submissions that take a while each."""

    def a_class(count, source=SLOW):
        for number in range(count):
            package = tmp_path / "class" / f"student{number}" / "decay"
            package.mkdir(parents=True)
            (package / "geometry.py").write_text(f"{source}# {number}\n")
        return tmp_path / "class"

    return a_class


def wait_for(condition, seconds=300):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def results(out):
    """Every result's bytes by file name, timings apart."""
    found = {}
    for path in sorted((out / "results").iterdir()):
        data = json.loads(path.read_bytes())
        del data["timing"]
        found[path.name] = json.dumps(data)
    return found


def test_a_worker_killed_in_the_middle_changes_no_result_and_loses_none(
    run, a_class, worker, scheduler, logs, tmp_path
):
    submissions = a_class(10)
    alone = run("grade", submissions, "--rubric", TINY, "--seed", KEY, "--out", tmp_path / "alone", "--jobs", 2)
    assert alone.returncode == 0, alone.stderr
    workers = worker("pair", 2)
    out = tmp_path / "out"
    arguments = ["grade", submissions, "--rubric", TINY, "--seed", KEY, "--out", out, "--cluster", scheduler]
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    wait_for(lambda: len(list((out / "results").glob("*.json"))) >= 2)
    # A grader at work: it has a zygote.
    victims = [p for p in psutil.Process(workers.pid).children() if p.children()]
    assert len(victims) == 2
    victims[0].kill()
    output, complaint = process.communicate(timeout=300)
    assert process.returncode == 0, complaint
    assert results(out) == results(tmp_path / "alone")
    assert (out / "grades.csv").read_bytes() == (tmp_path / "alone" / "grades.csv").read_bytes()
    assert sum(" 1/4" in line and "student" in line for line in output.splitlines()) == 10, output  # none came twice
    # Another came in its place, and nobody on the cluster was told the key.
    wait_for(lambda: (logs / "pair").read_text().count("Registered to") == 3)
    assert KEY not in "".join(path.read_text() for path in logs.iterdir())
    again = run(*arguments)
    assert "10 unchanged" in again.stdout


def test_a_worker_with_another_marking_scheme_is_named_and_left_out(run, a_class, worker, scheduler, tmp_path):
    mine = tmp_path / "mine.py"
    shutil.copy(TINY, mine)
    submissions = a_class(2, RIGHT)
    arguments = ["grade", submissions, "--rubric", mine, "--seed", "s", "--cluster", scheduler]
    worker("old")
    done = run(*arguments, "--out", tmp_path / "first")
    assert done.returncode == 0, done.stderr  # its graders have loaded the marking scheme as it was
    mine.write_text(mine.read_text().replace("half way", "in the middle"))
    refused = run(*arguments, "--out", tmp_path / "second")
    assert refused.returncode == 2, refused.stdout
    assert re.search(r"worker tcp://127.0.0.1:\d+ is refused: its .*mine.py is another version", refused.stderr)
    assert "every worker is refused" in refused.stderr
    assert "Traceback" not in refused.stderr
    worker("new")
    mixed = run(*arguments, "--out", tmp_path / "third")
    assert mixed.returncode == 0, mixed.stderr
    assert len(mixed.stderr.strip().splitlines()) == 1
    assert len(results(tmp_path / "third")) == 2
    with (tmp_path / "third" / "grades.csv").open(newline="") as file:
        assert [line["score"] for line in csv.DictReader(file)] == ["1", "1"]


def test_an_interrupt_leaves_a_whole_state_to_go_on_from(run, a_class, worker, scheduler, tmp_path):
    submissions = a_class(6)
    worker("alone")
    out = tmp_path / "out"
    arguments = ["grade", submissions, "--rubric", TINY, "--seed", "s", "--out", out, "--cluster", scheduler]
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    wait_for(lambda: list((out / "results").glob("*.json")))
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=300)
    assert process.returncode == 130, complaint
    assert complaint.strip().splitlines()[-1].endswith("run the same command again to go on")
    assert "Traceback" not in complaint
    kept = len(results(out))
    again = run(*arguments)
    assert again.returncode == 0, again.stderr
    assert f"6 submissions ({kept} unchanged" in again.stdout


def test_wrong_use_is_one_line(run, a_class, tmp_path):
    submissions = a_class(1, RIGHT)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        port = taken.getsockname()[1]
        for address, says in (
            (f"tcp://127.0.0.1:{port}", "no scheduler answers"),
            ("carrier-pigeon://roof", "tcp://host:8786"),
            (f"tls://127.0.0.1:{port}", "certificates"),
        ):
            done = run("grade", submissions, "--rubric", TINY, "--cluster", address, "--out", tmp_path / "out")
            assert done.returncode == 2, done.stderr
            assert says in done.stderr
            assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_where_dask_is_missing_the_remedy_is_said(a_class, tmp_path):
    absent = tmp_path / "absent" / "distributed"
    absent.mkdir(parents=True)
    (absent / "__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'distributed'\", name='distributed')\n"
    )
    command = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        a_class(1, RIGHT),
        "--rubric",
        TINY,
        "--cluster",
        "tcp://x:1",
    ]
    done = subprocess.run(
        [*map(str, command), "--out", str(tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": str(absent.parent)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.strip().splitlines() == [
        "autograder: --cluster needs Dask's distributed, which is not installed. "
        "Remedy: pip install 'numerical-autograder[cluster]'"
    ]
