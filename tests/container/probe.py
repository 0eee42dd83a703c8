"""Runs in the image, as the grader: has a worker try to open everything that there is; prints what it could."""

import contextlib
import json
import os
from pathlib import Path

from autograder.sandbox.locked import LockedSandbox
from autograder.sandbox.wire import Call, encode
from autograder.submission import Layout, StudentSource

STUDENT = b"""
import os

READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY
WRITE = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY

def attempt(paths):
    opened = []
    for path in paths:
        for how, try_it in ATTEMPTS.items():
            try:
                try_it(path)
            except OSError:
                continue
            opened.append((how, path))
    return opened

def read(path):
    os.close(os.open(path, READ))

def read_at_the_top(path):
    top = os.open("/", os.O_PATH)
    try:
        os.close(os.open(path.lstrip("/"), READ, dir_fd=top))
    finally:
        os.close(top)

def write(path):
    os.close(os.open(path, WRITE))

def hold(path):
    # What is only named, not opened, can be held; nothing may be had from it.
    held = os.open(path, os.O_PATH)
    try:
        for way in (lambda: os.read(held, 1), lambda: os.listdir(held), lambda: os.open(f"/proc/self/fd/{held}", READ),
                    lambda: os.open(".", READ, dir_fd=held), lambda: os.open("..", READ, dir_fd=held)):
            try:
                had = way()
            except OSError:
                continue
            if isinstance(had, int):
                os.close(had)
            return
    finally:
        os.close(held)
    raise PermissionError(path)

def link(path):
    os.link(path, "/tmp/linked")

def attribute(path):
    os.getxattr(path, "user.name")

def execute(path):
    os.execv(path, [path])

ATTEMPTS = {"listed": os.listdir, "followed": os.readlink, "read": read, "read from the top": read_at_the_top,
            "written": write, "held": hold, "linked": link, "attribute": attribute, "executed": execute}
"""

AT_A_TIME = 300
WORKERS_OWN = ("cmdline", "cwd", "environ", "exe", "fd", "maps", "mem", "mountinfo", "root", "stat", "status", "task")


def everything():
    """Every path that the grader can see, the processes among them, and those of the worker itself."""
    for folder, folders, files in os.walk("/"):
        for name in (*folders, *files):
            yield os.path.join(folder, name)  # noqa: PTH118
    for process in ("self", "thread-self", "1", str(os.getpid())):
        for name in WORKERS_OWN:
            yield f"/proc/{process}/{name}"
        yield from (f"/proc/{process}/fd/{number}" for number in range(8))


def main():
    source = StudentSource("probe", "probe", "folder", {"probe/probe.py": STUDENT}, "")
    layout = Layout("probe", {"attempt": "probe"})
    opened = []
    with LockedSandbox() as sandbox, contextlib.closing(sandbox.open(source, layout)) as session:
        session.run(attempt([]))  # from now on there is a worker
        paths = sorted(set(everything()))
        for start in range(0, len(paths), AT_A_TIME):
            (reply,) = session.run(attempt(paths[start : start + AT_A_TIME])).replies
            assert reply.failure is None, reply.failure
            opened += reply.value
    where = [(how, os.path.realpath(path)) for how, path in opened]
    readable = [path for path in paths if os.access(path, os.R_OK) and Path(path).is_file()]
    print(json.dumps({"opened": where, "readable": readable, "tried": paths}))


def attempt(paths):
    return Call(function="attempt", args=(encode(paths),))


if __name__ == "__main__":
    main()
