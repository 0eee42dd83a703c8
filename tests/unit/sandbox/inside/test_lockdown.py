"""The locks, each really put on, in a forked process; and what is said where one can't be."""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from unit.sandbox.inside import forked

from autograder.sandbox.inside import landlock, lockdown, seccomp
from autograder.sandbox.inside.control import LOCKS, Settings

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the locks are Linux's")


def settings(*without: str) -> Settings:
    return Settings(memory_bytes=2**28, cpu_seconds=60, without=frozenset(without))


def locked(look: Callable[[tuple[str, ...]], Any], *without: str, plan: lockdown.Plan | None = None) -> Any:
    """What can be seen from inside once the locks are on."""
    parent = os.getpid()

    def work() -> Any:
        ours, _theirs = socket.socketpair()
        made = plan or lockdown.prepare(settings(*without))
        return look(lockdown.put_on(made, ours.fileno(), parent))

    return forked.run(work).result


def refused(attempt: Callable[[], Any]) -> bool:
    try:
        attempt()
    except PermissionError:
        return True
    return False


def can(on: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, bool]]:
    attempts: dict[str, Callable[[], Any]] = {
        "read": lambda: Path(__file__).read_bytes(),
        "write": lambda: os.open("/tmp", os.O_RDWR | os.O_TMPFILE),
        "connect": socket.socket,
        "read the library": lambda: Path(os.__file__).read_bytes(),
    }
    return on, {what: not refused(attempt) for what, attempt in attempts.items()}


def test_under_all_locks_only_the_library_can_be_read():
    on, possible = locked(can)
    assert on == ("landlock", "rlimits", "seccomp")
    assert possible == {"read": False, "write": False, "connect": False, "read the library": True}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_that_is_left_off_by_name_is_off_and_the_others_are_on(lock):
    on, possible = locked(can, lock)
    assert on == tuple(sorted(set(LOCKS) - {lock}))
    assert possible["read"] is (lock == "landlock")
    assert possible["connect"] is (lock == "seccomp")


def held(_: Any) -> tuple[list[int], dict[str, str], bool, int]:
    descriptors = []
    for number in range(256):
        try:
            os.fstat(number)
        except OSError:
            continue
        descriptors.append(number)
    return descriptors, dict(os.environ), os.getsid(0) == os.getpid(), resource.getrlimit(resource.RLIMIT_NPROC)[0]


def test_nothing_is_kept_but_the_pipe():
    descriptors, environment, own_session, processes = locked(held, "seccomp")
    assert descriptors == [0, 1, 2, lockdown.PIPE]
    assert environment == {}
    assert own_session
    assert processes == 0


def test_no_privilege_is_left():
    def status(_: Any) -> dict[str, str]:
        lines = Path("/proc/self/status").read_text().splitlines()
        return dict(line.split(":\t", 1) for line in lines if ":\t" in line)

    found = locked(status, "landlock", "seccomp")
    assert int(found["CapEff"], 16) == int(found["CapPrm"], 16) == 0
    assert found["NoNewPrivs"] == "1"


def test_a_limit_that_is_lower_already_stays():
    def work() -> tuple[int, int]:
        resource.setrlimit(resource.RLIMIT_STACK, (2**22, 2**22))
        lockdown.limit_resources(settings())
        return resource.getrlimit(resource.RLIMIT_STACK)

    assert forked.run(work).result == (2**22, 2**22)


def test_the_orphan_of_a_zygote_ends_at_once():
    assert forked.run(lambda: lockdown.die_with(zygote=1)).status == 1


# --- what can't be put on -------------------------------------------------------------------------


def refusal(work: Callable[[], Any]) -> str:
    def guarded() -> str:
        try:
            work()
        except lockdown.RefusedError as refused:
            return str(refused)
        return ""

    result = forked.run(guarded).result
    assert isinstance(result, str)
    return result


def fail(*_: Any) -> int:
    ctypes.set_errno(errno.EPERM)
    return -1


@pytest.mark.parametrize("lock", [lockdown.gain_no_privileges, lockdown.stay_unreadable, lambda: lockdown.die_with(1)])
def test_a_prctl_that_fails_is_a_refusal(monkeypatch, lock):
    monkeypatch.setattr(lockdown, "libc", type("Libc", (), {"prctl": staticmethod(fail)}))
    assert refusal(lock).startswith("prctl ")
    assert os.strerror(errno.EPERM) in refusal(lock)


def test_capabilities_that_stay_are_a_refusal(monkeypatch):
    monkeypatch.setattr(lockdown, "libc", type("Libc", (), {"capset": staticmethod(fail)}))
    assert refusal(lockdown.drop_capabilities) == f"capabilities can't be dropped: {os.strerror(errno.EPERM)}"


def test_limits_that_can_t_be_set_are_a_refusal(monkeypatch):
    def deny(*_: Any) -> None:
        raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(resource, "setrlimit", deny)
    assert refusal(lambda: lockdown.limit_resources(settings())) == "rlimits: not allowed to raise maximum limit"


def test_rules_that_are_none_are_a_refusal():
    def work() -> None:
        os.dup2(os.open(os.devnull, os.O_RDONLY), lockdown.RULES)
        lockdown.gain_no_privileges()
        lockdown.restrict_files()

    assert refusal(work).startswith("landlock: ")


def test_a_program_that_is_none_is_a_refusal():
    def work() -> None:
        lockdown.gain_no_privileges()
        lockdown.restrict_system_calls(b"")

    assert refusal(work) == f"seccomp: {os.strerror(errno.EINVAL)}"


def test_a_kernel_without_landlock_is_a_refusal(monkeypatch):
    def absent() -> int:
        raise landlock.UnavailableError("not in the kernel")

    monkeypatch.setattr(landlock, "ruleset", absent)
    assert refusal(lambda: lockdown.prepare(settings())) == "landlock: not in the kernel"


def test_a_processor_without_a_policy_is_a_refusal(monkeypatch, tmp_path):
    monkeypatch.setattr(seccomp, "path_of", lambda machine: tmp_path / machine)
    assert refusal(lambda: lockdown.prepare(settings("landlock"))).startswith("seccomp: no policy has been compiled")


# --- what may be read -------------------------------------------------------------------------------


def test_readable_are_the_library_and_numpy_and_no_installed_package():
    paths = list(landlock.readable())
    assert all(path.exists() for path in paths)
    names = {path.name for path in paths}
    assert {"os.py", "json", "numpy"} <= names
    assert not names & landlock.INSTALLED


@pytest.mark.parametrize("wheel", [True, False])
def test_numpy_s_own_libraries_are_readable_where_it_has_them(monkeypatch, tmp_path, wheel):
    (tmp_path / "numpy").mkdir()
    if wheel:
        (tmp_path / "numpy.libs").mkdir()
    monkeypatch.setattr(landlock.np, "__file__", str(tmp_path / "numpy" / "__init__.py"))
    beside = [path.name for path in landlock.readable() if path.parent == tmp_path.resolve()]
    assert beside == ["numpy", "numpy.libs"][: 1 + wheel]
