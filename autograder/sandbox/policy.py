"""The system calls that a worker may make, as data, each group with its reason.

Whatever is not listed fails with "operation not permitted", and a call by another door (32-bit
``int 0x80``, x32) kills the worker.  Forbidden are, for example: starting a process or a thread
(``fork``, ``clone``, ``execve``), sockets and passing descriptors (``socket``, ``sendmsg``),
signals (``kill``, ``tgkill``), other processes' memory (``ptrace``, ``process_vm_readv``,
``pidfd_getfd``), writing to the file system in any way (``openat`` for writing, ``mkdir``,
``unlink``, ``rename``, ``chmod``, ``utimensat``, ``setxattr``, ``flock``, ``inotify_init``), shared
memory that would be left behind (``shmget``, ``memfd_create``), raising a limit or a privilege
(``setrlimit``, ``setuid``, ``prctl``), and the kernel's larger interfaces (``io_uring_setup``,
``bpf``, ``perf_event_open``, ``userfaultfd``, ``mount``, ``keyctl``).

What stays open: ``stat`` tells whether a path exists, its size and its times.  It is left because
every import asks it.

``python -m autograder.sandbox.compile_policy`` turns this into the programs in ``inside/``.  The
numbers below are the same on x86_64 and aarch64.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ARCHITECTURES", "POLICY", "Arg", "Group", "Rule"]

ARCHITECTURES = ("x86_64", "aarch64")

O_ACCMODE, O_CREAT, O_TRUNC, O_TMPFILE = 0o3, 0o100, 0o1000, 0o20000000
F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC = 0, 1, 2, 3, 1030
FUTEX_WAIT, FUTEX_WAKE, FUTEX_WAIT_BITSET, FUTEX_WAKE_BITSET = 0, 1, 9, 10
FUTEX_PRIVATE, FUTEX_CLOCK_REALTIME = 128, 256
TCGETS, TIOCGWINSZ, FIONCLEX, FIOCLEX = 0x5401, 0x5413, 0x5450, 0x5451


@dataclass(frozen=True)
class Arg:
    """A condition: argument number ``index``, of which only the bits of ``mask`` count, is ``value``."""

    index: int
    value: int
    mask: int = 2**64 - 1


@dataclass(frozen=True)
class Rule:
    """A call that is allowed where every condition holds."""

    syscall: str
    args: tuple[Arg, ...]


@dataclass(frozen=True)
class Group:
    """Calls that are allowed for one reason.  A bare name is allowed with any arguments."""

    reason: str
    calls: tuple[str | Rule, ...]


def _plain(reason: str, names: str) -> Group:
    return Group(reason, tuple(names.split()))


POLICY = (
    _plain(
        "Memory for arrays and objects, and loading the extension modules of numpy and the standard library. "
        "How much there may be is RLIMIT_AS's business.",
        "brk madvise mmap mprotect mremap munmap",
    ),
    _plain(
        "The worker's own pipe, and reading files that are open. Nothing can be opened for writing.",
        "close lseek pread64 read readv write writev",
    ),
    Group(
        "Opening a file to read it. Which files these may be is Landlock's business; that it isn't for writing is "
        "said here as well.",
        (Rule("openat", (Arg(2, 0, mask=O_ACCMODE | O_CREAT | O_TRUNC | O_TMPFILE),)),),
    ),
    _plain(
        "Looking for modules, as every import does.",
        "access faccessat faccessat2 fstat getcwd getdents64 lstat newfstatat stat statx",
    ),
    Group(
        "What Python asks of each file that it opens: is it a terminal, is it closed on exec. The other commands "
        "could send signals (F_SETOWN), lock files (F_SETLK) or reach devices.",
        (
            *(Rule("fcntl", (Arg(1, command),)) for command in (F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC)),
            *(Rule("ioctl", (Arg(1, command),)) for command in (TCGETS, TIOCGWINSZ, FIONCLEX, FIOCLEX)),
            "dup",
        ),
    ),
    _plain(
        "The time, and waiting; the trusted side holds the clock.",
        "clock_getres clock_gettime clock_nanosleep gettimeofday nanosleep time times",
    ),
    _plain(
        "The process's own signals: faulthandler, signal.signal, and the return from a handler.",
        "rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack",
    ),
    Group(
        "Python's locks within its one thread, and the restart of a call that a signal interrupted. Only private "
        "futexes: by the others two workers could signal to each other through a page that both have mapped.",
        (
            *(
                Rule("futex", (Arg(1, operation | FUTEX_PRIVATE, mask=2**32 - 1 - FUTEX_CLOCK_REALTIME),))
                for operation in (FUTEX_WAIT, FUTEX_WAKE, FUTEX_WAIT_BITSET, FUTEX_WAKE_BITSET)
            ),
            "restart_syscall",
            "sched_yield",
        ),
    ),
    _plain("Random numbers for generators that are not seeded.", "getrandom"),
    _plain(
        "Who and where am I: the platform module, os.getpid, os.cpu_count. Nothing here changes anything.",
        "getegid geteuid getgid getpid getppid getrusage gettid getuid sched_getaffinity sysinfo uname",
    ),
    Group(
        "Reading one's own limits, not setting them.",
        ("getrlimit", Rule("prlimit64", (Arg(0, 0), Arg(2, 0)))),
    ),
    _plain("Ending.", "exit exit_group"),
)
