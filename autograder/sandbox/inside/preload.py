"""What students import, imported beforehand.

A module that the zygote holds costs a worker no time, and the shared libraries that it needs are
mapped already, so that no lock has to leave them readable.  The rest of the standard library can be
imported as usual, but for what needs other libraries (``ssl``, ``sqlite3``).  More isn't better: the
fork takes longer with every mapping.
"""

from __future__ import annotations

import contextlib
import importlib

import numpy as np

__all__ = ["preload"]

MODULES = """
    numpy.fft numpy.linalg numpy.ma numpy.polynomial numpy.random
    abc array base64 bisect bz2 cmath collections contextlib copy csv ctypes dataclasses datetime decimal enum
    fractions functools gc glob gzip hashlib heapq inspect io itertools json lzma math numbers operator os pathlib
    pickle pprint random re statistics string struct textwrap time timeit traceback types typing warnings zipfile zlib
""".split()  # noqa: SIM905


def preload() -> None:
    """Import all of these, and have the linear algebra library and the generators allocate what they keep."""
    for module in MODULES:
        with contextlib.suppress(ImportError):  # one that this Python was built without
            importlib.import_module(module)
    square = np.eye(64)
    np.linalg.solve(square, square @ square)
    np.random.default_rng(0).standard_normal(1)
