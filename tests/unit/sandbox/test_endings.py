"""Whose fault each ending is."""

from __future__ import annotations

import math
import signal

import pytest

from autograder.errors import GraderFault, WorkerStopped
from autograder.results import Verdict
from autograder.sandbox.endings import Ending, Seen, judge
from autograder.sandbox.inside.control import OUT_OF_MEMORY

LIFE = 1100.0

STUDENTS = [
    (Ending(Seen.CPU_TIME, True, -9), Verdict.TIMED_OUT),
    (Ending(Seen.WALL_TIME, True, -9), Verdict.TIMED_OUT),
    (Ending(Seen.NOT_THE_PROTOCOL, True, -9, detail="it lied"), Verdict.FORBIDDEN),
    (Ending(Seen.SILENCE, True, -9), Verdict.FORBIDDEN),
    (Ending(Seen.END, True, 0), Verdict.CRASHED),
    (Ending(Seen.END, True, 1), Verdict.CRASHED),
    (Ending(Seen.END, True, 3221225477), Verdict.CRASHED),  # how Windows tells an access violation
    (Ending(Seen.END, True, OUT_OF_MEMORY), Verdict.OUT_OF_MEMORY),
    (Ending(Seen.END, True, -signal.SIGSEGV), Verdict.CRASHED),
    (Ending(Seen.END, True, -signal.SIGABRT), Verdict.CRASHED),
    (Ending(Seen.END, True, -signal.SIGXCPU), Verdict.TIMED_OUT),
    (Ending(Seen.END, True, -signal.SIGSYS), Verdict.FORBIDDEN),
    (Ending(Seen.END, True, -signal.SIGKILL, cpu_seconds=LIFE), Verdict.TIMED_OUT),
]

OURS = [
    Ending(Seen.END, True, -signal.SIGKILL),
    Ending(Seen.END, True, -signal.SIGKILL, cpu_seconds=3.0),
    Ending(Seen.END, True, -signal.SIGTERM),
    Ending(Seen.END, True, -signal.SIGHUP),
    Ending(Seen.END, True, None),
    *(Ending(seen, False, -9) for seen in Seen),
    Ending(Seen.END, False, -signal.SIGSEGV),
    Ending(Seen.END, False, 0),
]


@pytest.mark.parametrize(("ending", "verdict"), STUDENTS)
def test_what_the_students_code_did(ending, verdict):
    found = judge(ending, 10.0, LIFE)
    assert isinstance(found, WorkerStopped)
    assert found.verdict is verdict
    assert found.message.endswith(".")


@pytest.mark.parametrize("ending", OURS)
def test_what_it_did_not_do_is_our_own_fault(ending):
    assert isinstance(judge(ending, 10.0, LIFE), GraderFault)


def test_messages_say_what_happened():
    assert "10 s" in judge(Ending(Seen.CPU_TIME, True, -9), 10.0, LIFE).message
    assert "segmentation fault" in judge(Ending(Seen.END, True, -signal.SIGSEGV), 10.0, LIFE).message
    stopped = judge(Ending(Seen.NOT_THE_PROTOCOL, True, detail="it lied"), 10.0, LIFE)
    assert isinstance(stopped, WorkerStopped)
    assert stopped.detail == "it lied"
    assert "it lied" not in stopped.message  # a student reads it, and a student's code chose the words


def test_every_signal_has_a_judgement():
    for number in signal.valid_signals():
        found = judge(Ending(Seen.END, True, -number, cpu_seconds=math.nan), 10.0, LIFE)
        assert isinstance(found, (WorkerStopped, GraderFault))
