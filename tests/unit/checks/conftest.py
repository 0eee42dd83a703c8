import numpy as np
import pytest

from autograder.sandbox.scripted import ScriptedSession


@pytest.fixture
def examine():
    """Prepare a check by a reference, and examine functions with it."""

    def run(check, reference, functions=None, seed=0):
        prepared = check.prepare(reference, np.random.default_rng(seed))
        return check.examine(ScriptedSession(reference | (functions or {})), prepared)

    return run
