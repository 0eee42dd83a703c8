import json

import pytest

from autograder.errors import SubmissionError
from autograder.nbgrader.reading import HERE_UP_TO, MAX_CELLS, read, read_bytes

CELLS = [
    {"cell_type": "code", "source": ["x = 1\n", "y = 2"], "metadata": {"nbgrader": {"grade_id": "a", "points": 1e9}}},
    {"cell_type": "markdown", "source": "text", "metadata": {}, "attachments": {"p.png": {"image/png": "AAAA"}}},
]


def notebook(cells=CELLS, **more):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **more}).encode()


def test_a_cell_keeps_its_source_its_name_and_its_pictures():
    code, text = read_bytes(notebook()).cells
    assert code == {"cell_type": "code", "source": "x = 1\ny = 2", "nbgrader": {"grade_id": "a"}}
    assert text["attachments"] == {"p.png": {"image/png": "AAAA"}}


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"null", b"\xff\xfe\x00", b'{"cells": 3}', b"[" * 100_000, b'{"a": ' + b"9" * 10_000 + b"}"]
)
def test_what_is_no_notebook_has_no_cells_and_says_so(data):
    raw = read_bytes(data)
    assert raw.cells == []
    assert raw.findings


@pytest.mark.parametrize(
    "cell", [3, None, {}, {"cell_type": ["code"]}, {"cell_type": "code", "source": 7, "metadata": {"nbgrader": "yes"}}]
)
def test_odd_cells_do_no_harm(cell):
    assert [each["source"] for each in read_bytes(notebook([cell, *CELLS])).cells][-2:] == ["x = 1\ny = 2", "text"]


def test_a_file_that_is_cut_short_gives_its_whole_cells():
    raw = read_bytes(notebook()[:-60])
    assert [cell["source"] for cell in raw.cells] == ["x = 1\ny = 2"]
    assert "cut short" in raw.findings[0]


def test_version_3_is_read():
    old = json.dumps({"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": "x"}]}]}).encode()
    assert [cell["source"] for cell in read_bytes(old).cells] == ["x"]


def test_of_very_many_cells_the_first_are_read():
    raw = read_bytes(notebook(CELLS * MAX_CELLS))
    assert len(raw.cells) == MAX_CELLS
    assert raw.findings


def test_a_large_file_is_read_apart_and_without_its_outputs(tmp_path):
    path = tmp_path / "big.ipynb"
    path.write_bytes(notebook([{**CELLS[0], "outputs": [{"text": "x" * HERE_UP_TO}]}]))
    raw = read(path)
    assert [cell["source"] for cell in raw.cells] == ["x = 1\ny = 2"]
    assert "outputs" in raw.findings[0]


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "real.ipynb").write_bytes(notebook())
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "real.ipynb")
    with pytest.raises(SubmissionError):
        read(tmp_path / "link.ipynb")
