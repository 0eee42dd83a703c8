import dataclasses
import math

import numpy as np
import pytest
from unit.checks.examples import REFERENCE, layer_forward, log1pexp

from autograder.checks import Speed
from autograder.checks.base import Case
from autograder.errors import RubricError
from autograder.results import Verdict
from autograder.sandbox.scripted import ScriptedSession


def wide(rng):
    return [Case((rng.normal(size=(400, 3)),), note="many rows")]


def wide_layers(rng):
    return [Case((rng.normal(size=(400, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)))]


CHECK = Speed("log1pexp", points=1, cases=wide)
PAIR = Speed(layer="layer", points=1, cases=wide_layers)


class Clocked(ScriptedSession):
    """Reports the processor time that the test says, program by program."""

    def __init__(self, functions, seconds):
        super().__init__(functions)
        self.seconds = iter(seconds)
        self.programs = 0

    def run(self, *steps):
        self.programs += 1
        return dataclasses.replace(super().run(*steps), cpu_seconds=next(self.seconds))


class Timed:
    """Trials, but that the reference took as long as the test says."""

    def __init__(self, trials, seconds):
        self.trials = trials
        self.seconds = iter(seconds)
        self.last = 0.0

    def opening(self):
        return None

    def draw(self):
        self.last = next(self.seconds, self.last)
        return dataclasses.replace(self.trials.draw(), seconds=self.last)


def examined(check, seconds, reference_seconds=(1e-3,), functions=None):
    prepared = check.prepare(REFERENCE, np.random.default_rng(0))
    trials = tuple(Timed(trials, reference_seconds) for trials in prepared.expected)
    session = Clocked(REFERENCE | (functions or {}), seconds)
    return check.examine(session, dataclasses.replace(prepared, expected=trials)), session.programs


def test_as_fast_as_the_reference_is_fast_enough_at_once():
    finding, programs = examined(CHECK, [0.003])
    assert (finding.verdict, programs) == (Verdict.PASSED, 1)
    assert finding.timing == pytest.approx({"seconds-0": 0.001, "reference-0": 0.001})


def test_a_hundred_times_as_long_is_too_slow():
    finding, programs = examined(CHECK, [0.3] * 9)
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
    assert finding.message == "log1pexp takes far too long on a large input. It shows in this case: many rows."
    assert programs == 2
    assert finding.timing["seconds-0"] == pytest.approx(0.1)
    assert "seconds" not in finding.details


def test_a_busy_machine_fails_nobody():
    finding, programs = examined(CHECK, [0.12, 0.09, 0.1, 0.08, 0.003])
    assert (finding.verdict, programs) == (Verdict.PASSED, 5)
    finding, programs = examined(CHECK, [9.0, 0.003])
    assert (finding.verdict, programs) == (Verdict.PASSED, 2)


def test_a_busy_machine_lets_no_loop_through():
    # The reference was held up in the first measurement, so that the loop's time looks small beside it.
    finding, programs = examined(CHECK, [0.1] * 9, [3e-3, 1e-3])
    assert (finding.verdict, programs) == (Verdict.FAILED, 5)
    assert finding.timing["reference-0"] == 1e-3


def opened(seconds, reference_seconds=1e-3, functions=None, rng=0):
    """A second submission's measurement, where the reference has been timed for the first one's."""
    check = Speed("log1pexp", points=1, cases=wide)
    check.examine(Clocked(REFERENCE, [0.0]), check.prepare(REFERENCE, np.random.default_rng(rng)))
    for key in check._least:
        check._least[key] = reference_seconds
    session = Clocked(REFERENCE | (functions or {}), seconds)
    return check.examine(session, check.prepare(REFERENCE, np.random.default_rng(rng + 1))), session


def test_where_the_reference_s_time_is_known_one_call_can_be_enough():
    finding, session = opened([1e-4])
    assert (finding.verdict, session.programs) == (Verdict.PASSED, 1)
    assert opened([1e-4], functions={"log1pexp": lambda x: x * 0})[0].verdict is Verdict.SKIPPED


def test_one_call_that_is_not_clearly_fast_opens_the_whole_measurement():
    finding, session = opened([1e9, 0.0])
    assert (finding.verdict, session.programs) == (Verdict.PASSED, 2)
    finding, session = opened([1e9] * 9)
    assert finding.verdict is Verdict.FAILED


def test_a_reference_that_was_held_up_in_the_one_call_lets_no_loop_through():
    # It takes some 1e-5 seconds on this side; what was ever seen is far less.
    finding, session = opened([Speed.at_most * 2e-9 + 3e-4, 0.0], reference_seconds=1e-9)
    assert (finding.verdict, session.programs) == (Verdict.PASSED, 2)


def test_borderline_slowness_is_measured_again_and_again():
    finding, programs = examined(CHECK, [0.07] * 9)
    assert (finding.verdict, programs) == (Verdict.FAILED, 5)
    finding, programs = examined(CHECK, [0.05] * 9)
    assert (finding.verdict, programs) == (Verdict.PASSED, 5)


def test_measured_numbers_stand_in_the_timing_alone():
    one, _ = examined(CHECK, [0.3] * 9)
    other, _ = examined(CHECK, [0.4] * 9, [2e-3])
    assert dataclasses.replace(one, timing={}) == dataclasses.replace(other, timing={})


def test_where_processor_time_can_t_be_had_elapsed_time_serves():
    finding, _ = examined(CHECK, [math.nan], reference_seconds=[60.0])
    assert finding.verdict is Verdict.PASSED
    finding, _ = examined(CHECK, [math.nan] * 9, reference_seconds=[-1.0])
    assert finding.verdict is Verdict.FAILED


def test_a_loop_is_too_slow_by_the_clock_itself():
    prepared = CHECK.prepare(REFERENCE, np.random.default_rng(0))
    assert CHECK.examine(ScriptedSession({"log1pexp": slowly}), prepared).verdict is Verdict.FAILED


def test_a_layer_is_timed_there_and_back():
    assert PAIR.functions == ("layer_forward", "layer_backward")
    finding, _ = examined(PAIR, [0.003])
    assert finding.verdict is Verdict.PASSED
    finding, _ = examined(PAIR, [0.3, 0.3, 0.001])
    assert finding.message.startswith("layer_backward takes far too long")


def test_of_a_layer_the_slow_one_is_named():
    finding, programs = examined(PAIR, [0.3, 0.3, 0.09])
    assert (finding.verdict, programs) == (Verdict.FAILED, 3)
    assert finding.message.startswith("layer_forward takes far too long")
    finding, _ = examined(PAIR, [math.nan] * 9, reference_seconds=[-1.0])
    assert finding.verdict is Verdict.FAILED


@pytest.mark.parametrize(
    ("pair", "forward", "verdict"),
    [
        (0.1, 0.09, Verdict.PASSED),
        (0.1, 0.11, Verdict.PASSED),
        (0.1, 0.05, Verdict.FAILED),  # both
        (0.1, 0.0, Verdict.FAILED),
        (0.021, 0.015, Verdict.FAILED),  # the forward alone would not be too slow
        (1.0, 0.95, Verdict.PASSED),  # an accident
        (1.0, 0.85, Verdict.FAILED),
    ],
)
def test_a_forward_that_is_timed_elsewhere_does_not_cost_the_backward_its_mark(pair, forward, verdict):
    check = dataclasses.replace(PAIR, forward_elsewhere=True)
    measured = [3 * pair] * (2 if pair > 0.06 else 5)
    finding, _ = examined(check, [*measured, forward])
    assert finding.verdict is verdict
    assert "layer_forward" not in finding.message


def test_a_forward_that_takes_its_time_once_the_backward_was_called_excuses_nothing():
    class Fresh(Clocked):
        """Whose forward is slow as long as the worker is that in which a backward was called."""

        def run(self, *steps):
            answer = super().run(*steps)
            self.called = len(steps) > 1 or getattr(self, "called", False)
            return dataclasses.replace(answer, cpu_seconds=0.29 if self.called else 1e-3)

        def close(self):
            self.called = False

    check = dataclasses.replace(PAIR, forward_elsewhere=True)
    prepared = check.prepare(REFERENCE, np.random.default_rng(0))
    trials = tuple(Timed(trials, [1e-3]) for trials in prepared.expected)
    finding = check.examine(Fresh(REFERENCE, [0.3] * 9), dataclasses.replace(prepared, expected=trials))
    assert finding.message.startswith("layer_backward takes far too long")


def test_what_is_not_right_is_not_timed():
    finding, _ = examined(CHECK, [0.0], functions={"log1pexp": lambda x: x * 0})
    assert (finding.verdict, finding.share) == (Verdict.SKIPPED, 0)
    assert finding.message == "This is marked once log1pexp is right."


@pytest.mark.parametrize("right", [(0,), (2,), (0, 1), (1, 2)])
def test_it_has_to_be_right_in_every_call(right):
    calls = []

    def lazy(x):
        calls.append(1)
        return log1pexp(x) if len(calls) - 1 in right else x

    assert examined(CHECK, [0.0], functions={"log1pexp": lazy})[0].verdict is Verdict.SKIPPED


def test_it_must_not_fail_in_any_call():
    calls = []

    def failing(x):
        calls.append(1)
        return log1pexp(x[99999] if len(calls) == 2 else x)

    assert examined(CHECK, [0.0], functions={"log1pexp": failing})[0].verdict is Verdict.CRASHED


def slowly(x):
    out = np.empty_like(x)
    for i in range(len(x)):
        for j in range(x.shape[1]):
            out[i, j] = np.logaddexp(0, np.float64(x[i, j])) + sum(np.zeros(200))
    return out


@pytest.mark.parametrize("key", [lambda x: x.tobytes(), lambda x: x.shape, id])
def test_what_a_function_remembers_is_of_no_use_to_it(key):
    remembered = {}

    def remembering(x):
        if key(x) not in remembered:
            remembered[key(x)] = slowly(x)
        return remembered[key(x)]

    prepared = CHECK.prepare(REFERENCE, np.random.default_rng(0))
    finding = CHECK.examine(ScriptedSession({"log1pexp": remembering}), prepared)
    assert (finding.verdict, finding.share) in [(Verdict.FAILED, 0), (Verdict.SKIPPED, 0)]


def test_no_two_calls_have_the_same_inputs_and_the_same_seed_gives_the_same():
    def drawn(seed):
        (trials,) = CHECK.prepare(REFERENCE, np.random.default_rng(seed)).expected
        return [case.args[0].tobytes() for _ in range(5) for case, _ in trials.draw().cases]

    assert len(set(drawn(0))) == 15
    assert drawn(0) == drawn(0)
    assert not set(drawn(0)) & set(drawn(1))


def test_stubs_are_not_attempted():
    assert examined(CHECK, [0.0], functions={"log1pexp": lambda x: None})[0].verdict is Verdict.NOT_ATTEMPTED
    forward_only = {"layer_backward": lambda dout, cache: None, "layer_forward": layer_forward}
    assert examined(PAIR, [0.0], functions=forward_only)[0].verdict is Verdict.NOT_ATTEMPTED


def test_it_can_t_be_visible():
    with pytest.raises(RubricError, match="visible"):
        Speed("log1pexp", points=1, cases=wide, visible=True)
