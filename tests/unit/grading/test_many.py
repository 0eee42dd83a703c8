from pathlib import Path

import pytest

from autograder.errors import PutOff
from autograder.grading import many
from autograder.grading.executors import InProcess
from autograder.grading.many import Job, grade_class
from autograder.grading.store import Store
from autograder.submission import StudentSource, Submitted


class Named(Submitted):
    def read(self):
        return StudentSource(self.identifier, self.name, "folder", {}, "")


def class_of(names):
    return [Named(name, name, Path(), "folder") for name in names]


@pytest.fixture
def order(monkeypatch):
    """What is graded, in order; whoever is called slow is put off, and the grading itself is left out."""
    asked = []

    def promptly(_, source):
        asked.append(("promptly", source.name))
        if source.name.startswith("slow"):
            raise PutOff
        return source.name.encode()

    def patiently(_, source):
        asked.append(("patiently", source.name))
        return source.name.encode()

    monkeypatch.setattr(many, "grade_promptly", promptly)
    monkeypatch.setattr(many, "grade_source", patiently)
    monkeypatch.setattr(many.rubrics, "load", lambda _: None)
    monkeypatch.setattr(many, "_finish", lambda context, answer, *_: (context[0].name, answer))
    return asked


@pytest.mark.parametrize("width", [1, 3])
def test_what_takes_long_comes_last_and_comes_once(order, tmp_path, width):
    names = ["slow-1", "a", "slow-2", "b", "c"]
    graded = list(
        grade_class(class_of(names), Job("", ""), Store(tmp_path), InProcess, width=width, fresh=True, put_off=True)
    )
    assert sorted(name for name, _ in graded[:3]) == ["a", "b", "c"]
    assert sorted(name for name, _ in graded[3:]) == ["slow-1", "slow-2"]
    assert sorted(name for how, name in order if how == "patiently") == ["slow-1", "slow-2"]


def test_unasked_nothing_is_put_off(order, tmp_path):
    graded = list(grade_class(class_of(["slow", "a"]), Job("", ""), Store(tmp_path), InProcess, width=1, fresh=True))
    assert sorted(name for name, _ in graded) == ["a", "slow"]
    assert {how for how, _ in order} == {"patiently"}
