"""Hostile text reaches neither the terminal, nor the table of marks, nor the results unescaped or unbounded."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import unicodedata

import pytest
from hostile import suite

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the locks are Linux's")

EVIL = "\x1b]0;owned\x07\x1b[2J\r=cmd|'/C calc'!A1<script>alert(1)</script>\u202e[red]"
LARGE = 300_000

RAISES = f"""
EVIL = {EVIL!r}


def midpoint(a, b):
    raise type(EVIL[:70], (Exception,), {{}})(EVIL + "x" * 10**7)
"""

AT_IMPORT = f"""
import warnings

EVIL = {EVIL!r}
warnings.warn(EVIL)
print(EVIL * 1000)
raise ValueError(EVIL + "x" * 10**7)
"""

MANY = "\n".join(f"raise ValueError({EVIL!r} + 'x' * 10**4)" for _ in range(2000))

RETURNS = f"""
def midpoint(a, b):
    # \x1b[35m purple \u202e
    return {{({EVIL!r} + str(n)): {EVIL!r} * 100 for n in range(1000)}}
"""

BREAKS = f"def midpoint(a, b):\n    return {EVIL!r}'\x1b[31m unterminated\n\x00"

SOURCES = {"raises": RAISES, "at_import": AT_IMPORT, "many": MANY, "returns": RETURNS, "breaks": BREAKS}
NAMES = [
    "\x1b[31mred",
    "=1+1",
    "@SUM(A1)",
    "+1",
    "-1",
    "a\nb",
    "\u202egnp",
    "[bold]x",
    "x" * 200,
    "<img src=x>",
    'a;b,c"d',
]


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """What the command said, and left, for a class with such names and such code."""
    folder = tmp_path_factory.mktemp("text")
    for number, name in enumerate(NAMES):
        package = folder / "class" / name / "decay"
        package.mkdir(parents=True)
        (package / "geometry.py").write_text(list(SOURCES.values())[number % len(SOURCES)])
        (package / f"{name[:50]}.py").write_text("x = 1")
        (package / "a\x1b[2J.py").symlink_to("/etc/passwd")
    for name in ("\x1b[2Jlink", "=link"):
        (folder / "class" / name).symlink_to("/")
    line = [sys.executable, "-m", "autograder", "grade", folder / "class", "--rubric", suite.RUBRIC]
    done = subprocess.run(
        [*map(str, line), "--out", str(folder / "out"), "--jobs", "1"],
        capture_output=True,
        timeout=120,
        check=False,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return done, folder / "out"


def test_the_terminal_is_told_nothing_to_obey(graded):
    done, _ = graded
    for stream in (done.stdout, done.stderr):
        text = stream.decode()
        assert {char for char in text if unicodedata.category(char)[0] == "C"} <= {"\n"}
        assert len(text) < 100 * 400
        assert max(map(len, text.splitlines())) < 2000


def test_the_table_of_marks_holds_no_formula(graded):
    _, out = graded
    with (out / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert len(rows) == len(NAMES) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row):
        assert cell.isprintable()
        assert len(cell) <= 201
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_the_results_are_bounded_and_can_be_shown(graded):
    _, out = graded
    paths = list((out / "results").iterdir())
    assert len(paths) == len(NAMES)
    for path in paths:
        assert path.name.isascii()
        assert path.stat().st_size < LARGE
        result = json.loads(path.read_bytes())
        code = "".join(source.pop("text") for source in result["code"].values())
        assert code.replace("\n", "").isprintable()
        assert len(code) < 20_000
        for text in texts(result):
            assert text.isprintable()
            assert len(text) < 2000


def test_a_function_is_shown_as_it_was_written_but_for_what_a_terminal_obeys(graded):
    _, out = graded
    results = [json.loads(path.read_bytes()) for path in (out / "results").iterdir()]
    shown = [result["code"]["midpoint"]["text"] for result in results if "midpoint" in result["code"]]
    assert any("return {" in text and "[35m purple" in text for text in shown)


def texts(thing):
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for key, part in thing.items():
            yield key
            yield from texts(part)
    elif isinstance(thing, list):
        for part in thing:
            yield from texts(part)


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
def test_a_notebook_with_such_text_is_no_different(tmp_path, source):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
    (tmp_path / "\x1b[2J=x.ipynb").write_text(json.dumps({"cells": [cell], "nbformat": 4}))
    line = [sys.executable, "-m", "autograder", "grade", tmp_path, "--rubric", suite.RUBRIC, "--out", tmp_path / "out"]
    done = subprocess.run([*map(str, line), "--jobs", "1"], capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert b"\x1b" not in done.stdout + done.stderr + (tmp_path / "out" / "grades.csv").read_bytes()
