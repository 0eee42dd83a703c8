import dataclasses

import numpy as np
import pytest
from unit.checks.examples import REFERENCE, extremes, layers, parameters, points, samples, sizes

from autograder import checks
from autograder.checks import Distribution, Gradient, LossGradient, Matches, Property, Purity, Speed, Stability
from autograder.checks.diagnosis import explanations, related
from autograder.checks.matches import part_label
from autograder.checks.parts import condensed, parts, print_of, program
from autograder.rubric import Rubric, Task
from autograder.sandbox.scripted import ScriptedSession

KINDS = [
    (Gradient("layer", points=1, cases=layers), ("layer_forward", "layer_backward")),
    (LossGradient("distance", wrt="t", points=1, cases=points), ("distance",)),
    (LossGradient("energy", wrt="params", points=1, cases=parameters), ("energy",)),
    (Matches("moments", points=1, cases=samples), ("moments",)),
    (Distribution("draw", points=1, cases=sizes, variance=lambda rows, columns: 1 / rows), ("draw",)),
    (Purity(("layer_forward", "layer_backward"), points=1, cases=layers), ("layer_forward", "layer_backward")),
    (Stability("log1pexp", points=1, cases=extremes), ("log1pexp",)),
    (Stability(layer="layer", points=1, cases=layers), ("layer_forward", "layer_backward")),
    (Speed("log1pexp", points=1, cases=extremes), ("log1pexp",)),
    (Property("moments", holds=lambda case, value: None, points=1, cases=samples), ("moments",)),
]


@pytest.mark.parametrize(("check", "functions"), KINDS)
def test_a_check_names_its_functions_the_one_under_test_last(check, functions):
    assert check.functions == functions


@pytest.mark.parametrize("check", [check for check, _ in KINDS])
def test_a_rubric_can_name_any_check(check):
    rubric = Rubric("tiny", "package", REFERENCE, (Task("task", module="module", checks=(check, check)),))
    names = [named.name for named in rubric.tasks[0].checks]
    assert names == [check.kind, f"{check.kind}-2"]
    assert dataclasses.replace(rubric.tasks[0].checks[0], name="") == check


@pytest.mark.parametrize("check", [check for check, _ in KINDS])
def test_one_program_will_do_where_all_is_right(check):
    class Counting(ScriptedSession):
        programs = 0

        def run(self, *steps):
            self.programs += 1
            return super().run(*steps)

    session = Counting(REFERENCE)
    prepared = check.prepare(REFERENCE, np.random.default_rng(0))
    assert check.examine(session, prepared).share == 1
    if not isinstance(check, Speed):  # that one asks again while the machine is busy
        assert session.programs <= 1


def foul_values():
    yield from (None, True, 0, -1.5, "text", [], (), {}, [[]], {"a": {}}, object(), NotImplemented, np.ma.masked)
    yield from (np.empty(0), np.empty((0, 3)), np.array(1.0), np.array("text"), np.array([None]), np.ones((1,) * 8))
    yield from (np.float16(1), np.full((5, 3), np.nan), np.ones((5, 3), dtype=complex), 2**70, float("inf"))
    yield from ((np.ones((5, 3)), None, "x"), [np.ones((5, 3))] * 3, {"W": 1, "b": None}, (1.0, {"W": [], "b": ()}))


@pytest.mark.parametrize("check", [check for check, _ in KINDS])
def test_whatever_comes_back_is_judged(check):
    prepared = check.prepare(REFERENCE, np.random.default_rng(0))
    for value in foul_values():
        for wrapped in (value, (value, value)):
            functions = dict.fromkeys(check.functions, lambda *args, wrapped=wrapped, **kwargs: wrapped)
            for broken in (functions, REFERENCE | {check.functions[-1]: functions[check.functions[-1]]}):
                finding = check.examine(ScriptedSession(broken), prepared)
                assert finding.share == 0
                assert finding.message
                assert_diagnosable(finding, check, prepared, broken)


def assert_diagnosable(finding, check, prepared, functions):
    """Whatever came, it has prints, and is held against those of others without a word of complaint."""
    steps = program(check, prepared)
    came = parts(check, prepared, ScriptedSession(functions).run(*steps).replies) if steps else []
    variants = {
        "twice": [print_of(2 * part.due) if isinstance(part.due, np.ndarray) else None for part in came],
        "all": [print_of(part.due) for part in came],
        "failing": ["failure:raised:ValueError" for _ in came],
    }
    condensed([print_of(part.came) for part in came])
    explained, _ = explanations(came, variants, dict)
    assert explained == ()
    assert related(finding, came, prepared).message.startswith(finding.message)


def test_parts_are_called_by_name_key_or_position():
    label = part_label(("mean",))
    assert [label(path) for path in ((), (0,), (1,), ("W1",), (0, "W", 2))] == [
        "the result",
        "mean",
        "part 2 of what is returned",
        "W1",
        "mean['W'][2]",
    ]


def test_all_that_a_rubric_needs_is_exported():
    assert all(hasattr(checks, name) for name in checks.__all__)
    assert checks.__all__ == sorted(checks.__all__)
