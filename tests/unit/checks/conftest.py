import msgspec
import numpy as np
import pytest

from autograder.sandbox import wire
from autograder.sandbox.inside import steps
from autograder.sandbox.interface import Answer, Reply


class Bench:
    """A session in this very process: a dict of functions under the worker's own rules."""

    def __init__(self, functions, cpu_seconds=float("nan")):
        self.functions = functions
        self.programs = 0
        self.cpu_seconds = cpu_seconds

    @property
    def loaded(self):
        return wire.Loaded(tuple(self.functions))

    def run(self, *program):
        self.programs += 1
        asked = wire.read_request(msgspec.msgpack.encode(wire.Program(self.programs, program)))
        with np.errstate(all="ignore"):
            ran = wire.read_reply(msgspec.msgpack.encode(steps.run(asked, self.functions)))
        return Answer(tuple(map(decoded, ran.outcomes)), self.cpu_seconds)

    def close(self):
        pass


def decoded(outcome):
    echo = tuple(map(wire.decode, outcome.echo))
    return Reply(wire.decode(outcome.value), outcome.failure, outcome.warnings, echo)


@pytest.fixture
def examine():
    """Prepare a check by a reference and examine functions with it."""

    def run(check, reference, functions, seed=0):
        prepared = check.prepare(reference, np.random.default_rng(seed))
        return check.examine(Bench(functions), prepared)

    return run
