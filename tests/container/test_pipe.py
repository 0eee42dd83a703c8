"""The pipe between the two sides, with a process of this machine in the container's place."""

import dataclasses
import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor

import msgspec
import pytest

from autograder import __version__
from autograder.container import frames
from autograder.container.executor import InContainer
from autograder.errors import GraderFault, UsageError
from autograder.grading import rubrics
from autograder.grading.many import Job, grade_class, grade_source
from autograder.grading.one import Grader
from autograder.grading.store import Store
from autograder.results import Allowed, dump
from autograder.sandbox.locked import LockedSandbox
from autograder.submission import discover

SERVER = [sys.executable, "-m", "autograder.container.server"]
HANGS = "def midpoint(a, b):\n    while True:\n        pass\n"


class Machine:
    """Stands for an engine: "runs" a command here."""

    def __init__(self, command=SERVER):
        self.command = command

    def run(self, name, job, width):
        return self.command, job

    def remove(self, name):
        raise AssertionError("it didn't end by itself")


@pytest.fixture
def job(tiny):
    return Job(rubric=str(tiny), key="key")


@pytest.fixture
def executor(job):
    """Make an executor: ``executor(machine) -> InContainer``; it is shut down in the end."""
    made = []

    def executor(machine=None, job=job, width=1):
        made.append(InContainer(machine or Machine(), job, width))
        return made[-1]

    yield executor
    for one in made:
        one.shutdown(cancel_futures=True)


@pytest.fixture
def source(write):
    return discover([write("ada")], "decay", ()).submissions[0].read()


def graded(source, job):
    """A result as bytes, made in this process."""
    allowed = Allowed(cpu_seconds=job.limits.cpu_seconds, memory_bytes=job.limits.memory_bytes)
    with LockedSandbox(job.limits) as sandbox:
        result = Grader(rubrics.load(job.rubric), job.key, sandbox).grade(source)
    return dump(msgspec.structs.replace(result, allowed=allowed))


@pytest.fixture
def saying(tmp_path):
    """A machine whose "container" says these things, one to an order, and ends: ``saying(b"…", …) -> Machine``."""

    def saying(*answers):
        (tmp_path / "answers").write_bytes(msgspec.msgpack.encode(answers))
        code = """
import msgspec, os, pathlib, sys
for answer in msgspec.msgpack.decode(pathlib.Path(sys.argv[1]).read_bytes()):
    sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "big"))
    os.write(1, answer)
"""
        return Machine([sys.executable, "-c", code, tmp_path / "answers"])

    return saying


@pytest.fixture
def answering(saying):
    """The same, in frames: ``answering(frames.Ready(…), …) -> Machine``."""
    return lambda *answers: saying(
        *(len(body).to_bytes(4, "big") + body for body in map(msgspec.msgpack.encode, answers))
    )


@pytest.fixture
def greeting(job):
    """What an image that fits says first."""
    return frames.Ready(version=__version__, rubric_sha256=rubrics.load(job.rubric).sha256)


def test_a_class_is_graded_as_it_is_without(job, write, tmp_path, executor, results):
    for name in ("ada", "bela", "chen"):
        write(name)
    write("dora", "def midpoint(a, b):\n    return a\n")
    found = discover([tmp_path / "class"], "decay", ())
    here, there = Store(tmp_path / "here"), Store(tmp_path / "there")
    done = list(grade_class(found, job, there, lambda: executor(width=2), width=2))
    assert [one.note for one in done] == [""] * 4
    for one in found:
        (tmp_path / "here" / "results" / f"{one.identifier}.json").write_bytes(graded(one.read(), job))
    assert results(here.out) == results(there.out)


def test_a_container_that_dies_is_replaced_and_what_was_in_hand_is_graded(
    job, write, tmp_path, executor, answering, greeting
):
    machines = iter([answering(greeting), answering(greeting), Machine()])
    found = discover([write("ada")], "decay", ())
    (done,) = grade_class(found, job, Store(tmp_path / "out"), lambda: executor(next(machines)), width=1)
    assert done.result.score == 1


def test_one_that_dies_each_time_is_the_graders_fault(job, write, tmp_path, executor, answering, greeting):
    found = discover([write("ada")], "decay", ())
    (done,) = grade_class(found, job, Store(tmp_path / "out"), lambda: executor(answering(greeting)), width=1)
    assert done.result is None
    assert "killed" in done.note


def test_one_that_cannot_be_started_is_told_in_one_line(executor, job, source):
    says = "import sys; sys.exit('docker: no space left on device.\\nSee docker run --help.\\n')"
    with pytest.raises(UsageError, match="can't be started: docker: no space left on device"):
        executor(Machine([sys.executable, "-c", says])).submit(grade_source, job, source)


def test_one_that_is_killed_at_work_breaks_the_executor(executor, source, job, write):
    hanging = discover([write("zoe", HANGS)], "decay", ()).submissions[0].read()
    pool = executor()
    future = pool.submit(grade_source, job, hanging)
    os.kill(pool._container._process.pid, signal.SIGKILL)
    with pytest.raises(BrokenExecutor):
        future.result(60)
    with pytest.raises(BrokenExecutor):
        pool.submit(grade_source, job, source)


def test_closing_ends_what_is_at_work_at_once(executor, write, job):
    hanging = discover([write("zoe", HANGS)], "decay", ()).submissions[0].read()
    pool = executor()
    future = pool.submit(grade_source, job, hanging)
    pool.shutdown(cancel_futures=True)
    assert isinstance(future.exception(0), BrokenExecutor)
    assert pool._container._process.returncode == 0


def test_it_grades_and_does_nothing_else(executor, job, source):
    with pytest.raises(ValueError, match="does nothing else"):
        executor().submit(print, job, source)
    with pytest.raises(ValueError, match="does nothing else"):
        executor().submit(grade_source, dataclasses.replace(job, key="another"), source)


def test_another_marking_scheme_or_version_in_the_image_is_refused(executor, greeting, job, source, answering):
    for first, says in (
        (frames.Ready("0.0.1", "…"), "autograder 0.0.1"),
        (msgspec.structs.replace(greeting, rubric_sha256="…"), "another version of"),
        (frames.Refused("no module named 'solutions'"), "no module named"),
    ):
        with pytest.raises(UsageError, match=says):
            executor(answering(first)).submit(grade_source, job, source)


def test_what_the_container_says_of_a_failure_is_the_failure(executor, greeting, job, source, answering):
    for whose, kind in (("user", UsageError), ("grader", GraderFault)):
        pool = executor(answering(greeting, frames.Failed(0, whose, "the lock")))
        with pytest.raises(kind, match="the lock"):
            pool.submit(grade_source, job, source).result(60)


@pytest.mark.parametrize(
    "change",
    [{"submission": "../../seed"}, {"name": "bela"}, {"seed": "0"}, {"rubric_sha256": "0"}, {"sandbox": []}],
)
def test_a_result_of_something_else_is_not_taken(executor, greeting, job, source, change, answering):
    result = msgspec.json.decode(graded(source, job)) | change
    answer = frames.Graded(0, msgspec.json.encode(result))
    with pytest.raises(GraderFault, match="something else"):
        executor(answering(greeting, answer)).submit(grade_source, job, source).result(60)


@pytest.mark.parametrize("result", [b"", b"{", b"[1]", b"\xff", b"[" * 10**5])
def test_what_is_no_result_is_a_fault(executor, greeting, job, source, result, answering):
    pool = executor(answering(greeting, frames.Graded(0, result)))
    with pytest.raises(GraderFault, match="no result"):
        pool.submit(grade_source, job, source).result(60)


def test_an_answer_that_was_not_asked_for_ends_the_trust(executor, greeting, job, source, answering):
    pool = executor(answering(greeting, frames.Failed(7, "user", "remove your files")))
    with pytest.raises(BrokenExecutor, match="not asked"):
        pool.submit(grade_source, job, source).result(60)


@pytest.mark.parametrize("noise", [b"hello", b"\xff" * 8, b"\0\0\0\x01\xc1", b"\0\0\0\x05ab", b"\0\0\0\0"])
def test_noise_in_the_place_of_the_greeting_is_a_container_that_cannot_be_started(executor, job, source, noise, saying):
    with pytest.raises(UsageError, match=r"can't be started: (what came|a frame)"):
        executor(saying(noise)).submit(grade_source, job, source)


def test_frames_come_back_as_they_went(job, source):
    reading, writing = os.pipe()
    orders = [frames.Begin(job, 3), frames.Grade(0, source), frames.Grade(1, source)]
    with os.fdopen(reading, "rb") as stream:
        for order in orders:
            frames.write(writing, order)
        os.close(writing)
        assert [frames.read(stream, frames.orders) for _ in orders] == orders
        assert frames.read(stream, frames.orders) is None


def test_a_frame_is_bounded_on_both_sides(source):
    with pytest.raises(frames.FrameError):
        frames.write(-1, frames.Graded(0, bytes(frames.MAX_BYTES)))
    with pytest.raises(frames.FrameError):
        frames.read(io.BytesIO((frames.MAX_BYTES + 1).to_bytes(4, "big")), frames.answers)


def test_what_a_marking_scheme_prints_does_not_get_between_the_frames(executor, job, source, tiny):
    tiny.write_text(tiny.read_text() + "\nimport os\nprint('loaded')\nos.write(1, b'loaded')\n")
    assert executor().submit(grade_source, job, source).result(60).startswith(b"{")


def test_the_server_ends_when_the_other_side_is_killed(job, write, tiny):
    hanging = discover([write("zoe", HANGS)], "decay", ()).submissions[0].read()
    server = subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with server, server.stdout as answers:
        frames.write(server.stdin.fileno(), frames.Begin(job, 1))
        assert isinstance(frames.read(answers, frames.answers), frames.Ready)
        frames.write(server.stdin.fileno(), frames.Grade(0, hanging))
        time.sleep(0.5)
        os.write(server.stdin.fileno(), b"\0\0")  # half a frame
        server.stdin.close()
        assert server.wait(60) == 0
