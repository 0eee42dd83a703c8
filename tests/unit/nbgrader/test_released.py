"""A gradebook's cells as they were released."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from autograder.nbgrader.released import Released, defined, released_cells, tasks_of


def named(*names, **fields):
    return [SimpleNamespace(name=name, **fields) for name in names]


def a_gradebook(*order):
    source = {"source": "x", "cell_type": "code", "locked": True, "checksum": "c"}
    return SimpleNamespace(
        grade_cells=named("check-double", max_score=2.0),
        task_cells=named("project", max_score=3),
        solution_cells=named("double", "project"),
        source_cells=named(*order, **source),
    )


def test_each_cell_is_what_the_gradebook_says_of_it():
    cells = {cell.name: cell for cell in released_cells(a_gradebook("double", "check-double", "project", "given"))}
    assert [cells[name].points for name in ("double", "check-double", "project", "given")] == [0, 2, 3, 0]
    assert [name for name, cell in cells.items() if cell.is_test] == ["check-double"]
    assert cells["check-double"].metadata == {
        "schema_version": 3,
        "grade": True,
        "solution": False,
        "locked": True,
        "task": False,
        "grade_id": "check-double",
        "cell_type": "code",
        "checksum": "c",
        "points": 2.0,
    }
    assert cells["project"].metadata["grade"] is False
    assert cells["project"].metadata["points"] == 3.0
    assert "points" not in cells["given"].metadata
    assert "checksum" not in Released("a", "code", "", True, False, False, False, 0.0, None).metadata


def test_the_order_is_that_of_the_released_notebook_as_far_as_it_is_known(tmp_path):
    path = tmp_path / "released.ipynb"
    cells = [{"metadata": {"nbgrader": {"grade_id": name}}} for name in ("double", "check-double")]
    path.write_text(json.dumps({"cells": [{"metadata": {}}, *cells]}))
    found = [cell.name for cell in released_cells(a_gradebook("check-double", "given", "double"), path)]
    assert found == ["double", "check-double", "given"]


@pytest.mark.parametrize("data", [None, b"", b"{}", b"[]", b'{"cells": [{}]}', b'{"cells": [{"metadata": 3}]}'])
def test_without_a_released_notebook_the_gradebook_s_own_order_stays(tmp_path, data):
    path = tmp_path / "released.ipynb"
    if data is not None:
        path.write_bytes(data)
    assert [cell.name for cell in released_cells(a_gradebook("b", "a"), path)] == ["b", "a"]


def test_the_tasks_that_a_test_cell_names_and_the_functions_that_a_cell_defines():
    assert tasks_of('check("one", "two", three)\nother("four")\nx.check("five")') == ("one", "two")
    assert tasks_of("check(") == ()
    assert tasks_of("\0") == ()
    assert defined("def f():\n    def g(): pass\nclass C: pass\nx = 1") == {"f", "C"}
    assert defined("def f(") == frozenset()
