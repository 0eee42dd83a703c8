"""Whatever the bytes are, loading ends with functions and problems, and raises nothing."""

from __future__ import annotations

import ast
import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.sandbox.inside import cells, parsing, unpack
from autograder.sandbox.inside.notes import Notes
from autograder.sandbox.inside.running import DEFINITIONS
from autograder.sandbox.inside.selection import select

CODE = "import math\n%matplotlib inline\nX = 3\n\n\n@math.f\ndef f(a):\n    '''Doc.'''\n    return (a + X)\n\n\nf(1)\n"
CELL: dict[str, Any] = {"cell_type": "code", "source": CODE, "outputs": []}
NOTEBOOK = json.dumps({"cells": [CELL, {**CELL, "source": CODE.splitlines(True)}, {"cell_type": "markdown"}]}).encode()

fuzzed = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def a_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.py", CODE * 9)
        archive.writestr("a/c.ipynb", NOTEBOOK)
    return buffer.getvalue()


def mutated(original: bytes) -> st.SearchStrategy[bytes]:
    """The original with some stretches replaced, cut out or doubled."""
    edit = st.tuples(st.integers(0, len(original)), st.integers(0, 12), st.binary(max_size=8))

    def apply(edits: list[tuple[int, int, bytes]]) -> bytes:
        data = original
        for at, length, new in edits:
            data = data[:at] + new + data[at + length :]
        return data

    return st.lists(edit, max_size=6).map(apply)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9) | st.just("code"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "cell_type", "source", "input", "worksheets", "x"]), inner, max_size=4
        )
    ),
    max_leaves=30,
)


@fuzzed
@given(st.binary(max_size=300) | mutated(NOTEBOOK) | json_values.map(lambda value: json.dumps(value).encode()))
def test_notebooks(data):
    notebook = cells.read(data)
    for cell in notebook.cells:
        for node in cell.parsed.statements:
            assert 1 <= node.lineno <= cell.text.count("\n") + 1
    select([(cell.text, cell.parsed.statements) for cell in notebook.cells], ["f", "X"])


PIECES = [
    "\n", " ", "\t", "\f", "\\\n", ";", "(", ")", ",", "#", "'''", "x = 1", "f()", "if x:", "pass", "return 1", "@d",
    "def f(", "def f(): pass", "def f():\n    return 1", "async def g(): pass", "class A: pass", "import a",
    "import a as b", "from a import b", "from a import (", "from __future__ import annotations", "\ufeff", "\u00a0",
]  # fmt: skip


@fuzzed
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_what_is_run_as_a_whole_is_definitions_and_imports_alone(text):
    (cell,) = cells.read(json.dumps({"cells": [{**CELL, "source": text}]}).encode()).cells
    for node in cell.statements if cell.code else ():
        assert isinstance(node, DEFINITIONS)
        assert not (isinstance(node, ast.ImportFrom) and node.module == "__future__")


@fuzzed
@given(st.binary(max_size=300) | mutated(a_zip()))
def test_zips(data):
    notes = Notes(lambda loading: None)
    files = unpack.unzipped("a.zip", data, notes)
    assert all(path.lower().endswith((".py", ".ipynb", ".zip")) and ".." not in path.split("/") for path in files)
    assert all(problem.message for problem in notes.problems())


@fuzzed
@given(st.binary(max_size=300) | mutated(CODE.encode()))
def test_modules(data):
    text, _ = parsing.decode(data)
    parsed = parsing.parse(text)
    lines = text.count("\n") + 1
    assert all(1 <= node.lineno <= lines for node in parsed.statements)
    assert all(0 <= fault.line <= lines + 1 and fault.message for fault in parsed.faults)


whole_pieces = st.lists(
    st.sampled_from(
        [
            "import math",
            'X = """\ndef no(:\n"""',
            "Y = [\n1,\n]",
            "@math\n\n# why\ndef f(a):\n    return a\n# so\n    # and",
            "if X:\n    pass\nelif Y:\n    pass\nelse:\n    X = 1",
            "try:\n    f()\nexcept E:\n    pass\nfinally:\n    f()",
            "Z = 1 + \\\n2",
            "f(); g()",
            "class A:\n\n    def m(self):\n        'Doc.'",
        ]
    ),
    max_size=5,
)


@fuzzed
@given(whole_pieces, st.sampled_from(["def (:\n    pass", "print 1", "  x = 1\n y = 2", "f(x))"]), whole_pieces)
def test_all_pieces_but_the_broken_one_are_salvaged(before, broken, after):
    whole = parsing.parse("\n".join(before + after))
    salvaged = parsing.parse("\n".join([*before, "0", broken, "0", *after]))
    zero = ast.dump(ast.parse("0").body[0])
    assert [ast.dump(node) for node in salvaged.statements if ast.dump(node) != zero] == [
        ast.dump(node) for node in whole.statements
    ]
    assert not whole.faults
    assert len(salvaged.faults) == 1


@pytest.mark.parametrize("data", [a_zip()[:n] for n in range(0, len(a_zip()), 37)], ids=len)
def test_a_zip_cut_short_is_told(data):
    notes = Notes(lambda loading: None)
    assert unpack.unzipped("a.zip", data, notes) == {}
    assert notes.problems()
