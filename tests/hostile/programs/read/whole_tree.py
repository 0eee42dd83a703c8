"""Walk the whole file system and read any file that isn't Python's or numpy's."""

import os
import sysconfig

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"

MINE = (sysconfig.get_path("stdlib"), os.path.dirname(os.path.dirname(__import__("numpy").__file__)))


def attack():
    todo, seen = (
        ["/", "/proc", "/proc/self", "/etc", "/home", "/root", "/tmp", "/var", "/work", "/dev", "/run", "/sys"],
        0,
    )
    while todo and seen < 10_000:
        folder = todo.pop()
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        for name in names:
            path = os.path.join(folder, name)
            seen += 1
            if path.startswith(MINE):
                continue
            try:
                os.close(os.open(path, os.O_RDONLY))
                return
            except OSError:
                todo.append(path)
    for path in ("/etc/passwd", "/proc/self/maps", "/proc/self/environ", "/proc/1/cmdline"):
        try:
            os.close(os.open(path, os.O_RDONLY))
            return
        except OSError:
            pass
    raise PermissionError("nothing could be opened")


def midpoint(a, b):
    attack()
    return (a + b) / 2
