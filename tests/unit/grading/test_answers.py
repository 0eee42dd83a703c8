"""What another machine answers is taken only if it is what was asked for."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from end_to_end.tiny_rubric import damp_backward, damp_forward, midpoint

from autograder.errors import GraderFault
from autograder.grading import rubrics
from autograder.grading.answers import believed
from autograder.grading.many import Job, due
from autograder.grading.one import Grader
from autograder.results import Allowed, dump
from autograder.sandbox.scripted import ScriptedSandbox
from autograder.submission.source import StudentSource

RUBRIC = str(Path(__file__).parents[2] / "end_to_end" / "tiny_rubric.py")
RIGHT = {"damp_forward": damp_forward, "damp_backward": damp_backward, "midpoint": midpoint}
SOURCE = StudentSource("ada", "ada", "folder", {}, "1" * 64)
JOB = Job(RUBRIC, "key", without=frozenset({"landlock", "seccomp", "rlimits"}))


@pytest.fixture(scope="module")
def result():
    made = Grader(rubrics.load(RUBRIC), "key", ScriptedSandbox(RIGHT)).grade(SOURCE)
    allowed = Allowed(cpu_seconds=JOB.limits.cpu_seconds, memory_bytes=JOB.limits.memory_bytes)
    return msgspec.structs.replace(made, allowed=allowed)


def believe(answer, source=SOURCE, job=JOB):
    return believed(answer, "the container", source, job, rubrics.load(RUBRIC))


def test_the_result_that_was_asked_for_is_taken_as_it_is(result):
    assert due(SOURCE, JOB, rubrics.load(RUBRIC)).locks == result.sandbox
    assert believe(dump(result)) == dump(result)


@pytest.mark.parametrize("answer", [b"", b"{}", b"\xff\xfe", b"[" * 10**4])
def test_what_is_no_result_is_our_fault_and_says_whose_answer_it_was(answer):
    with pytest.raises(GraderFault, match="what the container answered is no result"):
        believe(answer)


@pytest.mark.parametrize(
    "change",
    [
        {"submission": "bela"},
        {"name": "bela"},
        {"source_sha256": "2" * 64},
        {"rubric_sha256": "2" * 64},
        {"seed": "another"},
        {"sandbox": ("landlock",)},
        {"allowed": Allowed(cpu_seconds=1.0, memory_bytes=JOB.limits.memory_bytes)},
        {"grader": "0.0.0"},
    ],
)
def test_the_result_of_something_else_is_not_taken(result, change):
    with pytest.raises(GraderFault, match="the result of something else"):
        believe(dump(msgspec.structs.replace(result, **change)))
