"""How the processes of the untrusted side are started: command line and environment.

They import the same numpy, msgspec and autograder as the process that starts them, wherever those
are installed.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

__all__ = ["command", "environment"]

MAIN = """
import sys
standard = sys.path[:]
sys.path += sys.argv.pop(1).split("\\n")
import autograder.sandbox.inside.{module} as module
sys.path[:] = standard
module.main(sys.argv[1:])
"""

SINGLE_THREADED = dict.fromkeys(
    ("BLIS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)

ALLOCATOR = "glibc.malloc.hugetlb=1:glibc.malloc.trim_threshold=33554432:glibc.malloc.mmap_threshold=4194304"
"""Keep what is freed for what is asked for next, in large pages where the system has them.

A worker lives so shortly that much of its time went into getting pages, giving them back and getting them again
(``benchmarks/cost.py``).  Other allocators than glibc's pass over it.
"""


def command(module: str, *arguments: str) -> list[str]:
    """The command that runs ``main`` of a module in ``inside``.

    Neither ``site`` nor the working directory has a say in what is imported, and once everything is
    imported only the standard library can be.
    """
    flags = ["-B", "-P", "-S", "-s", "-X", "utf8"]
    return [sys.executable, *flags, "-c", MAIN.format(module=module), "\n".join(_roots()), *arguments]


def environment(*, inherited: bool = False) -> dict[str, str]:
    """The whole environment: one thread, an allocator that keeps what it has, sets walked through in the same order.

    Args:
        inherited: keep this process's own as well, but for what is Python's: on a student's machine
            it may be what numpy's libraries are found by.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} if inherited else {}
    return {**kept, **SINGLE_THREADED, "PYTHONHASHSEED": "0", "GLIBC_TUNABLES": ALLOCATOR}


def _roots() -> list[str]:
    """The folders that our package and what it needs are imported from, each once."""
    roots = [Path(__file__).resolve().parents[2]]
    for package in ("numpy", "msgspec", "py_landlock"):
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin:
            roots.append(Path(spec.origin).resolve().parents[1])
    return list(dict.fromkeys(map(str, roots)))
