"""Reading and writing files, with the lock under test as the only one that is on."""

from __future__ import annotations

import os
from pathlib import Path

import py_landlock
import pytest

import autograder
from autograder.sandbox import wire

READ = """
    import os

    def attempt(path):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            return os.read(descriptor, 100).decode("latin-1")
        finally:
            os.close(descriptor)
"""

PROJECT = Path(autograder.__file__).parents[1]


def outside() -> list[str]:
    """Files that a student may want to read, all of which this process can read."""
    paths = [
        autograder.__file__,
        pytest.__file__,
        "/etc/passwd",
        "/proc/self/environ",
        "/proc/self/maps",
        "/proc/self/mem",
        "/proc/cpuinfo",
        "/dev/zero",
        *map(str, sorted(PROJECT.glob("solutions/**/*.py"))[:3]),
    ]
    return [path for path in paths if os.access(path, os.R_OK)]


@pytest.mark.parametrize("path", outside())
def test_landlock_stops_reading(labs, path):
    assert labs("landlock").attempt(READ, path).failure.type == "PermissionError"


@pytest.mark.parametrize("name", ["environ", "cmdline"])
def test_landlock_stops_reading_about_the_grader(labs, name):
    assert labs("landlock").attempt(READ, f"/proc/{os.getpid()}/{name}").failure.type == "PermissionError"


def test_landlock_stops_reading_a_planted_file_and_nothing_else_does(labs, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the answer")
    assert labs("landlock").attempt(READ, str(secret)).failure.type == "PermissionError"
    assert labs("rlimits").attempt(READ, str(secret)).value == "the answer"


def test_landlock_stops_listing_folders_and_reading_through_links(labs, tmp_path):
    link = tmp_path / "link"
    link.symlink_to("/etc/passwd")
    assert labs("landlock").attempt(READ, str(link)).failure.type == "PermissionError"
    listing = "import os\ndef attempt(path): return os.listdir(path)"
    for folder in ("/", "/etc", "/proc", str(tmp_path), str(PROJECT)):
        assert labs("landlock").attempt(listing, folder).failure.type == "PermissionError"


def test_landlock_stops_reading_what_is_installed(labs):
    code = """
        import os, sys

        def attempt(folder):
            read = []
            for folder, _, names in os.walk(folder):
                for name in names:
                    try:
                        with open(os.path.join(folder, name), "rb") as file:
                            read.append(file.read(1).hex() + name)
                    except OSError:
                        pass
            return read
    """
    for package in ("pytest", "msgspec", "autograder", "solutions", "scipy"):
        folder = Path(pytest.__file__).parents[1] / package
        assert labs("landlock").attempt(code, str(folder)).value == []


WAYS_TO_WRITE = {
    "create": "os.open(path + '.new', os.O_CREAT | os.O_WRONLY)",
    "create for reading": "os.open(path + '.new', os.O_CREAT | os.O_RDONLY)",
    "overwrite": "os.open(path, os.O_WRONLY)",
    "read and write": "os.open(path, os.O_RDWR)",
    "truncate": "os.truncate(path, 0)",
    "truncate by opening": "os.open(path, os.O_RDONLY | os.O_TRUNC)",
    "nameless file": "os.open(os.path.dirname(path), os.O_TMPFILE | os.O_RDWR)",
    "remove": "ORIGINAL.unlink(path)",
    "rename": "ORIGINAL.rename(path, path + '.new')",
    "link": "os.link(path, path + '.new')",
    "symbolic link": "os.symlink(path, path + '.new')",
    "folder": "ORIGINAL.mkdir(path + '.new')",
    "pipe": "os.mkfifo(path + '.new')",
    "device": "os.mknod(path + '.new')",
    "standard error": "os.open('/proc/self/fd/2', os.O_WRONLY)",
}

WRITE = """
    import os
    import posix as ORIGINAL  # the loader gives some of os a kinder form; this is the system's own

    def attempt(path):
        {way}
"""


@pytest.fixture
def file(tmp_path):
    """A file of the user's that workers run as, so that no permission is what stops them."""
    path = tmp_path / "results.json"
    path.write_text("as it was")
    return path


@pytest.mark.parametrize("lock", ["landlock", "seccomp"])
@pytest.mark.parametrize("way", WAYS_TO_WRITE)
def test_no_file_is_written(labs, file, lock, way):
    if lock == "landlock" and way.startswith("truncate") and py_landlock.get_abi_version() < 3:
        pytest.skip("this kernel's Landlock leaves truncating to seccomp")
    reply = labs(lock).attempt(WRITE.format(way=WAYS_TO_WRITE[way]), str(file))
    assert reply.failure.type in ("PermissionError", "OSError")
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.read_text() == "as it was"


CHANGES_WITHOUT_OPENING = {
    "mode": "os.chmod(path, 0)",
    "owner": "os.chown(path, 1, 1)",
    "times": "os.utime(path, (0, 0))",
    "attribute": "os.setxattr(path, 'user.mark', b'100')",
    "lock": "fcntl.flock(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_EX)",
    "record lock": "fcntl.lockf(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_SH)",
    "watch": "watch(path)",
    "file in memory": "os.memfd_create('kept')",
}


@pytest.mark.parametrize("way", CHANGES_WITHOUT_OPENING)
def test_seccomp_stops_what_landlock_does_not_cover(labs, file, way):
    code = f"""
        import ctypes, fcntl, os

        def watch(path):
            if ctypes.CDLL(None, use_errno=True).inotify_init() < 0:
                raise PermissionError(ctypes.get_errno(), "inotify")

        def attempt(path):
            {CHANGES_WITHOUT_OPENING[way]}
    """
    before = file.stat()
    assert labs("seccomp").attempt(code, str(file)).failure.type == "PermissionError"
    assert file.stat() == before


def test_rlimits_stop_a_file_from_growing(labs, file):
    code = """
        import os

        def attempt(path):
            os.write(os.open(path, os.O_WRONLY), b"100 points")
    """
    assert labs("rlimits").attempt(code, str(file)).failure.type == "OSError"
    assert file.read_text() == "as it was"


def test_writing_as_students_do_costs_nothing_and_leaves_nothing(lab, tmp_path):
    code = """
        import sys
        import numpy as np

        np.save("weights.npy", np.arange(3.0))
        with open("log.txt", "w") as log:
            log.write("loss 0.1")
        print("training" * 10000)
        print("failed", file=sys.stderr)

        def attempt(x):
            print(x)
            return np.load("weights.npy")
    """
    before = sorted(Path.cwd().iterdir())
    assert lab.attempt(code, wire.encode(1.0)).value.tolist() == [0.0, 1.0, 2.0]
    assert sorted(Path.cwd().iterdir()) == before
