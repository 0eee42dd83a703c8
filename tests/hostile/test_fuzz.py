"""The whole way from bytes to functions, with nothing run: ``fuzz/`` does the same for a million inputs."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox import wire
from autograder.sandbox.inside import modules
from autograder.sandbox.inside.running import Runner

CODE = b'import numpy as np\nEPS = 1e-5\n\n\ndef f(x):\n    """Twice."""\n    return 2 * x + EPS\n'


def a_notebook() -> bytes:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": CODE.decode().splitlines(keepends=True)}
    return json.dumps({"cells": [cell, {"cell_type": "markdown", "source": "x"}], "nbformat": 4}).encode()


def a_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("me/decay/waves.py", CODE)
        archive.writestr("me/decay/geometry.py", CODE)
    return file.getvalue()


WHOLE = {"notebook": ("me.ipynb", a_notebook()), "zip": ("me.zip", a_zip()), "folder": ("decay/waves.py", CODE)}


@pytest.fixture(autouse=True)
def run_nothing(monkeypatch):
    monkeypatch.setattr(Runner, "_execute", lambda self, code, namespace: None)


@st.composite
def damaged(draw, data):
    """The bytes with some replaced, taken out or put in."""
    found = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(found)))
        found[at : at + draw(st.integers(0, 8))] = draw(st.binary(max_size=8))
    return bytes(found)


def load(kind: str, name: str, data: bytes) -> wire.Loaded:
    request = wire.Load(kind, {name: data}, "decay", {"f": "waves", "g": "geometry"})
    return modules.load(request, lambda _: None, shim_files=False)[1]


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_no_bytes_break_the_loader(kind, data):
    name, whole = WHOLE[kind]
    loaded = load(kind, name, data.draw(st.one_of(st.binary(max_size=300), damaged(whole))))
    wire.frame(loaded)
    assert all(len(problem.message) < 2000 for problem in loaded.problems)
