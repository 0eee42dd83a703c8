"""What the doctor says of a lock; a sandbox that answers as it is told stands in."""

from __future__ import annotations

import math
import sys
from typing import Any

import pytest

from autograder.errors import GraderFault
from autograder.sandbox import doctor, wire
from autograder.sandbox.interface import Answer, Reply

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the locks are Linux's")

REFUSED = Reply(failure=wire.Failure("raised", "PermissionError", "denied"))


@pytest.fixture
def told(monkeypatch):
    """Findings by name, where each program is answered by this function."""

    def examine(answer: Any) -> dict[str, doctor.Finding]:
        class Sandbox:
            def __init__(self, limits, *, without):
                self.without = without

            def __enter__(self):
                return self

            def __exit__(self, *_):
                pass

            def open(self, source, layout, *, meanwhile=None):
                return self

            def run(self, *calls):
                return answer(self.without, calls)

            def close(self):
                pass

        monkeypatch.setattr(doctor, "LockedSandbox", Sandbox)
        return {finding.name: finding for finding in doctor.examine()}

    return examine


def well(without, calls, cpu_seconds=0.1):
    return Answer(tuple(REFUSED if without else Reply(True) for _ in calls), cpu_seconds)


def test_a_machine_that_is_well(told):
    found = told(well)
    assert all(finding.ok for finding in found.values())
    assert "stops reading a file, writing a file" in found["landlock"].detail
    assert "ABI " in found["landlock"].detail


def test_what_a_lock_lets_through_is_named(told):
    def leaky(without, calls):
        answer = well(without, calls)
        return Answer((Reply(1), *answer.replies[1:]), 0.1) if without else answer

    found = told(leaky)
    assert [name for name, finding in found.items() if not finding.ok] == ["landlock", "seccomp", "rlimits"]
    assert found["landlock"].detail == "it is on, but lets through: reading a file"


def test_another_exception_than_a_refusal_is_no_refusal(told):
    odd = Reply(failure=wire.Failure("raised", "FileNotFoundError", "no such file"))
    found = told(lambda without, calls: Answer((odd,) * len(calls), 0.1))
    assert not found["landlock"].ok
    assert found["sandbox"].detail == "numpy doesn't work under the locks: no such file"


def test_a_clock_that_can_t_be_read_is_told(told):
    found = told(lambda without, calls: well(without, calls, math.nan))
    assert not found["sandbox"].ok
    assert "processor time can't be read" in found["sandbox"].detail


def test_what_can_t_be_opened_is_a_finding_and_no_end(told):
    def fault(*_):
        raise GraderFault("the zygote died twice")

    found = told(fault)
    assert [finding.ok for finding in found.values()] == [True, False, False, False, False]
    assert found["rlimits"].detail == "the zygote died twice"


def test_on_another_system_nothing_more_is_looked_at(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    (system,) = doctor.examine()
    assert not system.ok
    assert "--docker" in system.remedy
