"""Whatever values a worker answers with, a check is not passed by them, and is no fault of the grader's."""

from __future__ import annotations

import sys

import msgspec
import numpy as np
import pytest
from hostile import suite
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.errors import WorkerStopped
from autograder.grading import rubrics
from autograder.grading.one import visible
from autograder.results import Verdict
from autograder.sandbox import replies, wire
from autograder.sandbox.interface import Answer, Reply

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")

RUBRIC = rubrics.load(str(suite.RUBRIC)).rubric
CHECKS = [(task.name, check) for task in RUBRIC.tasks for check in task.checks]

shapes = st.sampled_from([(), (1,), (3,), (4,), (5, 3), (1, 5, 3), (1, 14, 5, 3), (0,), (2, 0), (1, 1, 1)])
dtypes = st.sampled_from(sorted(wire.DTYPES))
numbers = st.one_of(st.floats(), st.integers(-(2**63), 2**64 - 1), st.booleans(), st.none(), st.text(max_size=8))


@st.composite
def arrays(draw):
    shape, dtype = draw(shapes), np.dtype(draw(dtypes))
    fill = draw(st.sampled_from([0, 1, 255]))
    data = bytes([min(fill, 1) if dtype.kind == "b" else fill]) * (int(np.prod(shape)) * dtype.itemsize)
    return wire.Array(dtype.name, shape, data, scalar=shape == () and draw(st.booleans()))


values = st.recursive(
    st.one_of(numbers, arrays(), st.builds(wire.Opaque, st.text(max_size=8))),
    lambda inner: st.one_of(
        st.builds(wire.Items, st.sampled_from(["tuple", "list"]), st.lists(inner, max_size=4).map(tuple)),
        st.builds(wire.Map, st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    ),
    max_leaves=6,
)
failures = st.builds(
    wire.Failure,
    st.sampled_from(["missing", "raised", "arity", "ragged", "unmet", "too_large"]),
    st.sampled_from(["", "NotImplementedError", "MemoryError", "PermissionError", "tuple", "ValueError"]),
    st.text(max_size=8),
    st.text(max_size=8),
)
outcomes = st.builds(wire.Outcome, values, st.one_of(st.none(), failures), echo=st.lists(values, max_size=2).map(tuple))


class Forger:
    """A session that answers with what it is given, as a worker's bytes would come through."""

    loaded = wire.Loaded(())

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def run(self, *steps: wire.Call | wire.Sweep) -> Answer:
        return Answer(tuple(self._reply() for _ in steps), 0.1)

    def _reply(self) -> Reply:
        body = msgspec.msgpack.encode(wire.Ran(1, (self._data.draw(outcomes),)))
        try:
            (outcome,) = replies.read(body).outcomes
            return replies.reply(outcome)
        except wire.WireError:
            raise WorkerStopped(Verdict.FORBIDDEN, "no such value") from None

    def close(self) -> None:
        pass


@pytest.mark.parametrize(("task", "check"), CHECKS, ids=[f"{task}-{check.name}" for task, check in CHECKS])
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_forged_value_passes_or_makes_a_fault(task, check, data):
    prepared = visible(RUBRIC, task, check)
    try:
        finding = check.examine(Forger(data), prepared)
    except WorkerStopped:
        return
    assert finding.verdict not in (Verdict.PASSED, Verdict.GRADER_FAULT)
    assert finding.share == 0
    assert finding.message
