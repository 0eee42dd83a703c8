"""What students import, imported beforehand.

A module that the zygote holds costs a worker nothing, and the shared libraries that it needs are
mapped already, so that no lock has to leave them readable.
"""

from __future__ import annotations

import contextlib
import importlib

import numpy as np

__all__ = ["preload"]

MODULES = """
    numpy.fft numpy.lib.stride_tricks numpy.linalg numpy.ma numpy.polynomial numpy.random numpy.testing numpy.typing
    __future__ abc argparse array ast base64 binascii bisect builtins bz2 calendar cmath codecs collections
    collections.abc contextlib copy csv ctypes dataclasses datetime decimal difflib dis doctest enum errno
    fractions functools gc getpass glob gzip hashlib heapq hmac importlib.util inspect io itertools json keyword
    linecache locale logging lzma math mmap numbers operator os pathlib pdb pickle platform pprint queue random re
    reprlib resource secrets shutil signal socket statistics string struct subprocess sys tempfile textwrap
    threading time timeit token tokenize traceback types typing typing_extensions unicodedata unittest urllib.parse
    urllib.request uuid warnings weakref zipfile zlib
""".split()


def preload() -> None:
    """Import the modules, and have the linear algebra library allocate what it keeps."""
    for module in MODULES:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    square = np.eye(64)
    np.linalg.solve(square, square @ square)
    np.random.default_rng(0).standard_normal(1)
