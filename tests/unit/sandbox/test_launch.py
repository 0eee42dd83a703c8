"""How the untrusted side's processes are started."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import numpy as np

from autograder.sandbox import launch


def test_the_environment_is_whole_and_holds_nothing_of_ours(monkeypatch):
    monkeypatch.setenv("COURSE_KEY", "secret")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    assert launch.environment().keys() == {*launch.SINGLE_THREADED, "PYTHONHASHSEED", "GLIBC_TUNABLES"}
    inherited = launch.environment(inherited=True)
    assert inherited["COURSE_KEY"] == "secret"
    assert "PYTHONPATH" not in inherited
    assert inherited["OMP_NUM_THREADS"] == "1"


def roots() -> list[str]:
    line = launch.command("solo", "100")
    assert line[-1] == "100"
    return line[-2].split("\n")


def test_it_imports_from_where_we_do_each_folder_once():
    assert str(Path(launch.__file__).parents[2]) in roots()
    assert str(Path(np.__file__).parents[1]) in roots()
    assert len(set(roots())) == len(roots())


def test_a_package_that_is_not_installed_has_no_folder(monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "py_landlock" else found(name))
    assert all(os.path.isdir(root) for root in roots())  # noqa: PTH112
