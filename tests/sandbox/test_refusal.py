"""A lock that can't be put on: grading refuses with one line, or goes on without it where told to by name."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

from autograder.errors import UsageError
from autograder.sandbox import doctor, wire
from autograder.sandbox.inside.control import LOCKS
from autograder.sandbox.locked import LockedSandbox

pytest.importorskip("pyseccomp", exc_type=(ImportError, RuntimeError))

MACHINE_WITHOUT = """
import errno
import pyseccomp

policy = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
policy.add_rule({rule})
policy.load()
"""

REFUSAL = """
from autograder.errors import SandboxUnavailable
from autograder.sandbox.locked import LockedSandbox
from autograder.submission.source import Layout, StudentSource

source = StudentSource("a", "a", "folder", {{"work/code.py": b"def attempt(): return 1"}}, "0")
layout = Layout("work", {{"attempt": "code"}})

for without in (frozenset(), frozenset({{"{lock}"}})):
    try:
        with LockedSandbox(without=without) as sandbox:
            session = sandbox.open(source, layout)
            print(sandbox.locks, session.loaded.functions)
            session.close()
    except SandboxUnavailable as error:
        print(error)
"""

EXAMINATION = """
from autograder.sandbox.doctor import examine

print([finding.name for finding in examine() if not finding.ok])
"""

MISSING = {
    "landlock is not in the kernel": ("landlock", 'pyseccomp.ERRNO(errno.ENOSYS), "landlock_create_ruleset"'),
    "landlock is turned off": ("landlock", 'pyseccomp.ERRNO(errno.EOPNOTSUPP), "landlock_create_ruleset"'),
    "landlock is forbidden by a container": ("landlock", 'pyseccomp.ERRNO(errno.EPERM), "landlock_create_ruleset"'),
    "landlock fails at the last moment": ("landlock", 'pyseccomp.ERRNO(errno.EPERM), "landlock_restrict_self"'),
    "seccomp is not in the kernel": (
        "seccomp",
        'pyseccomp.ERRNO(errno.EINVAL), "prctl", pyseccomp.Arg(0, pyseccomp.EQ, 22)',
    ),
    "limits can't be set": (
        "rlimits",
        'pyseccomp.ERRNO(errno.EPERM), "prlimit64", pyseccomp.Arg(2, pyseccomp.NE, 0)',
    ),
}


def on_a_machine_where(missing: str, program: str) -> list[str]:
    lock, rule = MISSING[missing]
    done = subprocess.run(
        [sys.executable, "-c", MACHINE_WITHOUT.format(rule=rule) + program.format(lock=lock)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("missing", MISSING)
def test_grading_refuses_in_one_line_and_goes_on_only_where_told_to(missing):
    lock, _ = MISSING[missing]
    refusal, went_on = on_a_machine_where(missing, REFUSAL)
    assert f"can't put on the lock {lock}: " in refusal
    assert "Remedy: " in refusal
    assert f"--without {lock}" in refusal
    assert went_on == f"{tuple(one for one in LOCKS if one != lock)} ('attempt',)"


def test_the_doctor_finds_what_is_missing():
    (found,) = on_a_machine_where("landlock is forbidden by a container", EXAMINATION)
    assert ast.literal_eval(found) == ["landlock", "sandbox"]


def test_the_doctor_finds_this_machine_well():
    findings = doctor.examine()
    assert [finding.name for finding in findings] == ["system", *LOCKS, "sandbox"]
    assert all(finding.ok for finding in findings), findings


def test_the_doctor_notices_a_lock_that_does_not_hold(monkeypatch):
    monkeypatch.setattr(doctor, "LOCKS", ("rlimits",))
    monkeypatch.setattr(doctor, "HELD", {"rlimits": {"computing": wire.Call(function="compute")}})
    _, rlimits, _ = doctor.examine()
    assert not rlimits.ok
    assert "computing" in rlimits.detail


def test_an_unknown_lock_is_wrong_use():
    with pytest.raises(UsageError, match="'firewall' is no lock"):
        LockedSandbox(without=frozenset({"firewall"}))
