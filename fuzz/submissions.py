"""Fuzzes the taking apart of submissions, all but the running of them; see README.md."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from typing import Literal, cast

import atheris

with atheris.instrument_imports(include=["autograder", "json", "zipfile", "tokenize"]):
    from autograder.sandbox import wire
    from autograder.sandbox.inside import modules, running

Kind = Literal["notebook", "zip", "folder"]

CODE = b'import numpy as np\nEPS = 1e-5\n\n\ndef f(x):\n    """Twice."""\n    return 2 * x + EPS\n'
FUNCTIONS = {"f": "waves", "g": "geometry"}
MAX_PROBLEM = 2000


def notebook() -> bytes:
    """A small one, of version 4."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Waves"]},
        {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": ["%matplotlib inline\n"]},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": CODE.decode().splitlines(keepends=True)},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def archive(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A small one, with a module, a notebook and a zip in it."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", method) as file:
        file.writestr("decay/geometry.py", CODE)
    with zipfile.ZipFile(outer, "w", method) as file:
        file.writestr("me/decay/waves.py", CODE)
        file.writestr("me/inner.zip", inner.getvalue())
    return outer.getvalue()


SEEDS: dict[Kind, list[bytes]] = {
    "notebook": [notebook(), notebook()[:-40], CODE],
    "zip": [archive(), archive(zipfile.ZIP_STORED), archive(zipfile.ZIP_BZIP2), archive(zipfile.ZIP_LZMA)],
    "folder": [CODE, b"# coding: latin-1\n" + CODE, b"\xef\xbb\xbf" + CODE, b"from .geometry import *\n" + CODE],
}


def request(kind: Kind, data: bytes) -> wire.Load:
    """The load request that a submission of these bytes would be; a folder has two files, cut at a null byte."""
    if kind == "folder":
        first, _, second = data.partition(b"\0")
        files = {"decay/waves.py": first, "decay/geometry.py": second}
    else:
        files = {"me.ipynb" if kind == "notebook" else "me.zip": data}
    return wire.Load(kind, files, "decay", FUNCTIONS)


class Target:
    """One kind of submission."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind

    def load(self, data: bytes) -> None:
        """One input."""
        found, loaded = modules.load(request(self._kind, data), lambda _loading: None, shim_files=False)
        assert not found
        wire.frame(loaded)
        assert all(len(problem.message) < MAX_PROBLEM for problem in loaded.problems), loaded.problems

    def mutated(self, data: bytes, size: int, seed: int) -> bytes:
        """Now and then a whole submission is what the next inputs begin from."""
        seeds = SEEDS[self._kind]
        if seed % 5 == 0:
            data = seeds[seed // 5 % len(seeds)]
        return atheris.Mutate(data[:size], size)


def run_nothing(code: object, namespace: object) -> None:
    """In the place of what runs code: what mutated code does is the locks' business, not the loader's."""


if __name__ == "__main__":
    target = Target(cast(Kind, sys.argv.pop(1)))
    running._executed = run_nothing
    atheris.Setup(sys.argv, target.load, custom_mutator=target.mutated)
    atheris.Fuzz()
