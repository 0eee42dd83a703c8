"""What a worker loads before anybody waits for it."""

from __future__ import annotations

import linecache
import os
import sys

import pytest
from unit.sandbox.inside import forked

from autograder.sandbox import wire
from autograder.sandbox.inside import imports, modules, rehearsal

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="these processes are forked")


def traces():
    """What there is of any submission in this process."""
    names = [name for name in (*sys.modules, *linecache.cache) if rehearsal.NAME in name]
    return names, [finder for finder in sys.meta_path if isinstance(finder, imports.Library)]


def test_it_is_loaded_whole_and_nothing_of_it_is_left():
    def work():
        seen = []
        load = modules.load
        modules.load = lambda *asked: seen.append(load(*asked)) or seen[0]
        rehearsal.rehearse()
        ((functions, loaded),) = seen
        return traces(), list(functions), loaded.functions, loaded.problems, loaded.sources["area"].line

    left, functions, told, problems, line = forked.run(work).result
    assert left == ([], [])
    assert functions == list(told) == ["area"]
    assert problems == ()
    assert line == 7


def test_one_that_fails_is_no_matter():
    def work():
        def fail(*_):
            raise MemoryError

        modules.load, load = fail, modules.load
        rehearsal.rehearse()
        modules.load = load
        request = wire.Load(
            "folder", {"rehearsal/rehearsed.py": b"def area(): return 3"}, "rehearsal", {"area": "rehearsed"}
        )
        return modules.load(request, lambda _: None)[0]["area"]()

    assert forked.run(work).result == 3
