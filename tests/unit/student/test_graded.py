"""A notebook's own check where nbgrader's kernel gives marks by it."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from end_to_end.tiny_rubric import midpoint

from autograder.sandbox.scripted import ScriptedSandbox
from autograder.student import graded, notebook

RUBRIC = Path(__file__).parents[2] / "end_to_end" / "tiny_rubric.py"


@pytest.fixture
def in_course(tmp_path, monkeypatch):
    """Inside the folder in which nbgrader runs a student's notebook."""
    (tmp_path / "nbgrader_config.py").write_text("")
    folder = tmp_path / "autograded" / "ada" / "ps1"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv(graded.RUBRIC, str(RUBRIC))
    monkeypatch.setenv(graded.KEY_FOLDER, "graded")
    monkeypatch.setenv("AUTOGRADER_SEED", "key")
    graded._rubric.cache_clear()
    yield tmp_path
    graded._rubric.cache_clear()


def test_a_course_is_where_nbgrader_gives_marks_and_was_told_how(in_course, monkeypatch):
    assert graded.course().student == "ada"
    assert (in_course / "graded").is_dir()
    with monkeypatch.context() as patch:
        patch.delenv(graded.RUBRIC)
        assert graded.course() is None
    with monkeypatch.context() as patch:
        patch.setenv("NBGRADER_EXECUTION", "validate")
        assert graded.course() is None
    monkeypatch.chdir(in_course)
    assert graded.course() is None


def test_marks_are_by_the_whole_scheme_and_what_is_printed_is_dropped(in_course, capfd):
    def loud(a, b):
        print("said")
        return midpoint(a, b)

    course = graded.course()
    result = course.grade(ScriptedSandbox({"midpoint": loud}), ["midpoint"])
    assert (result.submission, result.score, result.max_score) == ("ada", 1, 1)
    assert course.grade(ScriptedSandbox({"midpoint": lambda a, b: a}), ["midpoint"]).score == 0
    assert "said" not in "".join(capfd.readouterr())


def test_the_notebook_s_check_gives_those_marks_and_a_fault_gives_none(in_course, monkeypatch, capsys):
    class Public:
        tasks = ()

        def sheet(self, tasks):
            assert tasks == ("midpoint",)

    monkeypatch.setattr(notebook, "_public", Public)
    assert notebook.check("midpoint", namespace={"midpoint": midpoint, "np": np}) == 1
    assert "midpoint: 1 of 1 points" in capsys.readouterr().out
    ended = []
    monkeypatch.setattr(os, "_exit", ended.append)

    def broken(*_):
        raise ValueError("ours")

    monkeypatch.setattr(graded._rubric().rubric.tasks[1].checks[0].__class__, "prepare", broken)
    notebook.check("midpoint", namespace={"midpoint": midpoint})
    assert ended == [notebook.FAULT]


def test_marks_are_shown_as_text_and_as_html(in_course):
    marks = notebook.Marks(graded.course().grade(ScriptedSandbox({"midpoint": midpoint}), ["midpoint"]))
    assert repr(marks).startswith("midpoint: 1 of 1 points")
    assert "half way" in marks._repr_html_()
