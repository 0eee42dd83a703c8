"""Processes, threads, sockets, signals, other processes' memory: seccomp as the only lock that is on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import py_landlock
import pytest

from autograder.results import Verdict
from autograder.sandbox import wire

PROCESSES = {
    "fork": "os.fork()",
    "vfork": "libc_call('vfork')",
    "spawn": "os.posix_spawn('/bin/true', ['true'], {})",
    "exec": "os.execv('/bin/true', ['true'])",
    "exec of a descriptor": "os.execve(os.open('/bin/true', os.O_RDONLY), ['true'], {})",
    "subprocess": "subprocess.run(['/bin/true'])",
    "system": "refused_if(os.system('true') != 0)",
    "pty": "os.forkpty()",
    "thread": "threading.Thread(target=print).start()",
    "multiprocessing": "multiprocessing.Process(target=print).start()",
    "new namespaces": "libc_call('unshare', 0x10000000)",
}

SOCKETS = {
    "TCP": "socket.socket()",
    "UDP": "socket.socket(type=socket.SOCK_DGRAM)",
    "Unix": "socket.socket(socket.AF_UNIX)",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "pair": "socket.socketpair()",
    "pipe": "os.pipe()",
    "descriptors over the worker's own pipe": "socket.send_fds(socket.socket(fileno=3), [b'x'], [0])",
    "a neighbour's descriptors": "refused_if(ctypes.CDLL(None, use_errno=True).syscall(438, pid, 0, 0) < 0)",
}

OTHERS = {
    "kill": "os.kill(pid, signal.SIGKILL)",
    "signal to all": "os.kill(-1, signal.SIGTERM)",
    "signal to the grader": "os.kill(os.getppid(), signal.SIGKILL)",
    "signal to itself": "os.kill(os.getpid(), signal.SIGKILL)",
    "signal to a thread": "libc_call('tgkill', pid, pid, 9)",
    "signal by a descriptor": "signal.pidfd_send_signal(os.pidfd_open(pid), signal.SIGKILL)",
    "queued signal": "libc_call('sigqueue', pid, 9, 0)",
    "ptrace": "libc_call('ptrace', 16, pid, 0, 0)",
    "read memory": "libc_call('process_vm_readv', pid, 0, 0, 0, 0, 0)",
    "write memory": "libc_call('process_vm_writev', pid, 0, 0, 0, 0, 0)",
    "priority": "os.setpriority(os.PRIO_PROCESS, pid, 19)",
    "scheduler": "os.sched_setaffinity(pid, {0})",
    "limits": "resource.prlimit(pid, resource.RLIMIT_NOFILE, (1, 1))",
    "shared memory": "libc_call('shmget', 1, 4096, 0o1666)",
    "message queue": "libc_call('msgget', 1, 0o1666)",
    "semaphore": "libc_call('semget', 1, 1, 0o1666)",
}

THEMSELVES = {
    "raise a limit": "resource.setrlimit(resource.RLIMIT_CPU, (10**6, 10**6))",
    "be dumpable again": "libc_call('prctl', 4, 1, 0, 0, 0)",
    "outlive the grader": "libc_call('prctl', 1, 0, 0, 0, 0)",
    "another user": "os.setuid(65534)",
    "another root": "os.chroot('/')",
    "a timer": "signal.setitimer(signal.ITIMER_REAL, 1)",
    "mount": "libc_call('mount', b'none', b'/', b'tmpfs', 0, 0)",
    "io_uring": "syscall(425)",
    "userfaultfd": "syscall({'x86_64': 323, 'aarch64': 282}[os.uname().machine])",
    "bpf": "syscall({'x86_64': 321, 'aarch64': 280}[os.uname().machine])",
    "performance events": "syscall({'x86_64': 298, 'aarch64': 241}[os.uname().machine])",
    "keyring": "syscall({'x86_64': 250, 'aarch64': 219}[os.uname().machine])",
}

CODE = """
    import ctypes, multiprocessing, os, resource, signal, socket, subprocess, threading

    def refused_if(condition):
        if condition:
            raise PermissionError

    def libc_call(name, *args):
        refused_if(getattr(ctypes.CDLL(None, use_errno=True), name)(*args) == -1 and ctypes.get_errno() == 1)

    def syscall(number):
        libc_call("syscall", number, 0, 0, 0, 0, 0, 0)

    def attempt(pid):
        {way}
"""


@pytest.fixture
def victim():
    """A process that nothing should happen to."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    yield process
    alive = process.poll() is None
    process.kill()
    process.wait()
    assert alive


@pytest.mark.parametrize("way", PROCESSES)
def test_no_process_and_no_thread_is_started(labs, way):
    reply = labs("seccomp").attempt(CODE.format(way=PROCESSES[way]), 0)
    assert reply.failure.type in ("PermissionError", "RuntimeError", "OSError")


@pytest.mark.parametrize("way", SOCKETS)
def test_no_socket_is_opened_and_no_descriptor_passed(labs, way, victim):
    reply = labs("seccomp").attempt(CODE.format(way=SOCKETS[way]), victim.pid)
    assert reply.failure.type == "PermissionError"


@pytest.mark.parametrize("way", OTHERS)
def test_no_other_process_is_touched(labs, way, victim):
    assert labs("seccomp").attempt(CODE.format(way=OTHERS[way]), victim.pid).failure.type == "PermissionError"


@pytest.mark.parametrize("way", THEMSELVES)
def test_no_lock_is_loosened_and_no_other_interface_reached(labs, way):
    reply = labs("seccomp").attempt(CODE.format(way=THEMSELVES[way]), 0)
    assert reply.failure.type in ("PermissionError", "ValueError", "itimer_error")


@pytest.mark.skipif(py_landlock.get_abi_version() < 6, reason="this kernel's Landlock leaves signals to seccomp")
def test_landlock_alone_stops_signals_to_others(labs, victim):
    reply = labs("landlock").attempt(CODE.format(way=OTHERS["kill"]), victim.pid)
    assert reply.failure.type == "PermissionError"


@pytest.mark.skipif(py_landlock.get_abi_version() < 4, reason="this kernel's Landlock leaves sockets to seccomp")
def test_landlock_alone_stops_connections(labs):
    with socket.create_server(("127.0.0.1", 0)) as server:
        way = f"socket.create_connection(('127.0.0.1', {server.getsockname()[1]}))"
        assert labs("landlock").attempt(CODE.format(way=way), 0).failure.type == "PermissionError"


@pytest.mark.skipif(os.getuid() == 0, reason="Linux doesn't count the processes of root")
def test_rlimits_alone_stop_processes(labs):
    assert labs("rlimits").attempt(CODE.format(way=PROCESSES["fork"]), 0).failure.type == "BlockingIOError"


def test_a_worker_has_no_descriptor_but_its_pipe(labs):
    code = """
        import os

        def attempt():
            kept = {}
            for number in range(64):
                try:
                    status = os.fstat(number)
                    kept[str(number)] = [status.st_dev, status.st_rdev]
                except OSError:
                    pass
            return kept
    """
    kept = labs().attempt(code).value
    status = Path(os.devnull).stat()
    nothing = [status.st_dev, status.st_rdev]
    assert sorted(kept) == ["0", "1", "2", "3"]
    assert kept["0"] == kept["1"] == kept["2"] == nothing


def test_a_worker_has_no_environment_and_no_session(labs, monkeypatch):
    monkeypatch.setenv("COURSE_KEY", "0123456789")
    code = """
        import os

        def attempt():
            # The zygote's start can still be read where the worker is root's and Landlock is off.
            start = open("/proc/self/environ").read() if os.access("/proc/self/environ", os.R_OK) else ""
            return dict(os.environ), start, os.getsid(0) == os.getpid()
    """
    environment, start, leads = labs("rlimits").attempt(code).value
    assert environment == {}
    assert "COURSE_KEY" not in start
    assert leads


def test_a_worker_has_no_capability_and_can_gain_none(labs):
    code = """
        def attempt():
            with open("/proc/self/status") as file:
                return [line.split()[1] for line in file if line.startswith(("CapEff", "CapPrm", "NoNewPrivs"))]
    """
    permitted, effective, no_new_privileges = labs("rlimits").attempt(code).value
    assert int(permitted, 16) == int(effective, 16) == 0
    assert no_new_privileges == "1"


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="only this processor has other doors")
@pytest.mark.parametrize(
    ("door", "instructions"),
    [
        ("32-bit getpid by int 0x80", b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"),
        ("x32 getpid", b"\xb8\x27\x00\x00\x40\x0f\x05\xc3"),
    ],
)
def test_other_doors_to_the_kernel_are_shut(labs, door, instructions):
    code = """
        import ctypes, mmap

        def attempt(instructions):
            memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
            memory.write(bytes(instructions))
            ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))()
    """
    stopped = labs("seccomp").stop(code, wire.encode(list(instructions)))
    assert stopped.verdict is Verdict.FORBIDDEN


def test_the_doors_above_are_open_without_seccomp(labs):
    """The tests above can fail: without the lock the same code does what it tries."""
    ways = [SOCKETS["TCP"], PROCESSES["thread"], "os.sched_setaffinity(0, os.sched_getaffinity(0))", "os.pipe()"]
    for way in ways:
        assert labs("landlock").attempt(CODE.format(way=way), 0).failure is None
