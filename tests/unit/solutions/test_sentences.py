"""Two known mistakes have one sentence only if they behave the same, and behave the same only if they have one."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from unit.solutions.in_process import MISCONCEPTIONS, prepared

from autograder.checks.diagnosis import prints
from autograder.checks.parts import parts, program, same
from autograder.sandbox.interface import Reply
from autograder.sandbox.scripted import ScriptedSession
from solutions.rubric import rubric


def behaviour():
    """For each check what each mistake in the functions that it calls returns there, and how near is the same."""
    found = {}
    for task in rubric.tasks:
        for check in task.checks:
            its = prepared(task.name, check.name)
            steps = program(check, its)
            own = {name: each for name, each in MISCONCEPTIONS.items() if each.function in check.functions}
            if steps and own:
                agrees = [part.agrees for part in parts(check, its, [Reply() for _ in steps])]
                found[f"{task.name}/{check.name}"] = (prints(check, its, running(steps), own), agrees)
    return found


def running(steps):
    def run(misconception):
        np.random.seed(0)  # some mistakes draw from it
        return ScriptedSession(rubric.overlays.functions(misconception)).run(*steps).replies

    return run


def behave_the_same(one, other, found):
    """Whether no check tells them apart."""
    return all(
        (one in returned) == (other in returned)
        and all(map(same_print, returned.get(one, ()), returned.get(other, ()), agrees))
        for returned, agrees in found.values()
    )


def same_print(one, other, agrees):
    return one is other if one is None or other is None else same(one, other, agrees)


def words(sentence):
    """A sentence as a reader takes it: spaces, stops and capitals make no other one of it."""
    return "".join(char for char in sentence.casefold() if char.isalnum() or char in "−+=/")


def misleading(mistakes, found):
    """The pairs that give one sentence, and don't behave the same."""
    return [
        (one.name, other.name)
        for one, other in itertools.combinations(mistakes, 2)
        if words(one.sentence) == words(other.sentence) and not behave_the_same(one.name, other.name, found)
    ]


@pytest.fixture(scope="module")
def found():
    return behaviour()


def test_one_sentence_is_one_behaviour(found):
    assert misleading(MISCONCEPTIONS.values(), found) == []


def test_a_sentence_of_two_that_behave_otherwise_would_be_seen(found):
    one, other = MISCONCEPTIONS["dx-mean-sign"], MISCONCEPTIONS["dx-variance-sign"]
    told = replace(other, sentence=one.sentence.upper().rstrip("."))
    assert misleading([one, told], found) == [(one.name, other.name)]
    assert misleading([one, one], found) == []


def test_one_behaviour_is_one_sentence(found):
    # Or a student would be told one of two things, by chance.
    alike = [
        (one.name, other.name)
        for one, other in itertools.combinations(MISCONCEPTIONS.values(), 2)
        if one.function == other.function and behave_the_same(one.name, other.name, found)
    ]
    assert alike == []


def test_each_of_them_was_run(found):
    assert {name for returned, _ in found.values() for name in returned} == MISCONCEPTIONS.keys()
