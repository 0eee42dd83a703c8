"""What a worker loads before anybody waits for it."""

from __future__ import annotations

import linecache
import os
import sys

import pytest
from unit.sandbox.inside import forked

from autograder.sandbox import wire
from autograder.sandbox.inside import modules, rehearsal

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="these processes are forked")


def state():
    return set(sys.modules), list(sys.meta_path), set(linecache.cache)


def test_it_is_loaded_whole_and_nothing_of_it_is_left():
    def work():
        seen = []
        load = modules.load
        modules.load = lambda *asked: seen.append(load(*asked)) or seen[0]
        before = state()
        rehearsal.rehearse()
        ((functions, loaded),) = seen
        return before == state(), list(functions), loaded.functions, loaded.problems, loaded.sources["area"].line

    same, functions, told, problems, line = forked.run(work).result
    assert same
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
