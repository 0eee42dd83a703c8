"""Hostile submissions: no mark that isn't earned, no neighbour touched, nothing left behind, a plain word said."""

from __future__ import annotations

import sys

import pytest
from hostile import suite

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the locks are Linux's")

PROGRAMS = {program.name: program for program in suite.programs()}


@pytest.fixture(scope="module")
def bench():
    made = suite.Bench()
    yield made
    made.close()


def test_there_are_many_and_each_says_its_aim():
    assert len(PROGRAMS) >= 60
    for program in PROGRAMS.values():
        assert program.path.read_text().startswith('"""'), program.name


def test_the_honest_neighbour_earns_everything(bench):
    assert b'"score": 4.0' in bench.honest()


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_hostile_submission(bench, tmp_path, name):
    assert suite.complaints(PROGRAMS[name], bench, tmp_path) == []
