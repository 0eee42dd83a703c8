import importlib

import numpy as np
import pytest

from autograder.checks.base import Case, Check, Finding, Prepared
from autograder.errors import RubricError
from autograder.misconceptions import Misconception
from autograder.results import Verdict
from autograder.rubric import Rubric, Task


class Passes(Check):
    kind = "passes"
    functions = ("f",)

    def prepare(self, reference, rng):
        return Prepared(())

    def examine(self, session, prepared):
        return Finding(Verdict.PASSED, 1.0)


class CallsTwo(Passes):
    kind = "calls-two"
    functions = ("g", "f")


def check(cls=Passes, **kwargs):
    return cls(**{"points": 1.0, "cases": lambda rng: [Case((rng.random(),))], **kwargs})


def rubric(*tasks, reference=("f", "g"), **fields):
    return Rubric(name="r", package="p", reference=dict.fromkeys(reference, np.abs), tasks=tasks, **fields)


def mistake(name="a-mistake", sentence="It is wrong.", functions=("f",), fails=("t/passes",)):
    return Misconception(name, sentence, functions, "", fails)


def test_checks_are_named_after_their_kind_and_numbered():
    task = Task("t", module="m", checks=[check(), check(), check(name="own"), check()])
    assert [c.name for c in task.checks] == ["passes", "passes-2", "own", "passes-3"]


def test_points_add_up():
    r = rubric(
        Task("t", module="m", checks=[check(points=0.25), check(points=1.5)]), Task("u", module="n", checks=[check()])
    )
    assert [task.points for task in r.tasks] == [1.75, 1.0]
    assert r.points == 2.75


def test_a_due_time_that_is_none_is_refused_when_the_rubric_is_made():
    with pytest.raises(RubricError, match="rubric r: when it is due: 'in June' is no time with a zone; write it as"):
        rubric(Task("t", module="m", checks=[check()]), due="in June")
    assert rubric(Task("t", module="m", checks=[check()]), due="2026-03-01T23:59+01:00").due


def test_a_function_belongs_to_the_module_of_the_task_that_tests_it():
    r = rubric(
        Task("t", module="m", checks=[check(CallsTwo)]),
        Task("u", module="n", checks=[type("G", (Passes,), {"functions": ("g",)})(points=1, cases=lambda rng: [])]),
    )
    assert dict(r.layout.functions) == {"f": "m", "g": "n"}


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: rubric(Task("t", module="m", checks=[]), Task("t", module="m", checks=[])), "two tasks"),
        (lambda: rubric(Task("t", module="m", checks=[], needs=["u"])), "which is no task"),
        (lambda: rubric(Task("t", module="m", checks=[check(points=0)])), "no points"),
        (lambda: rubric(Task("t", module="m", checks=[check(points=float("nan"))])), "no points"),
        (lambda: rubric(Task("t", module="m", checks=[check()]), reference=()), "the reference lacks"),
        (lambda: Task("t", module="m", checks=[check(name="x"), check(name="x")]), "two checks"),
    ],
)
def test_a_scheme_that_contradicts_itself_is_refused(make, says):
    with pytest.raises(RubricError, match=says):
        make()


def test_a_module_that_the_reference_s_package_lacks_is_refused(tmp_path, monkeypatch):
    package = tmp_path / "waves_exercise" / "reference"
    package.mkdir(parents=True)
    (package / "waves.py").write_text("def f(x):\n    return x\n")
    monkeypatch.syspath_prepend(tmp_path)
    functions = {"f": importlib.import_module("waves_exercise.reference.waves").f}

    def of(module):
        return Rubric(name="r", package="p", reference=functions, tasks=(Task("t", module=module, checks=[check()]),))

    assert of("waves").points == 1
    for name in ("wave", "no.such", ""):
        with pytest.raises(RubricError, match=f"'t' is of module '{name}', which waves_exercise.reference lacks"):
            of(name)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": "A Mistake"}, "small letters"),
        ({"sentence": ""}, "a sentence of its own"),
        ({"functions": ()}, "of functions of one module"),
        ({"functions": ("f", "h")}, "of functions of one module"),
        ({"functions": ("h",)}, "which no check calls"),
        ({"fails": ("t/other",)}, "which is no check"),
        ({"fails": ()}, "fails no check"),
    ],
)
def test_a_misconception_must_fit_the_rubric(wrong, says):
    with pytest.raises(RubricError, match=says):
        rubric(Task("t", module="m", checks=[check()]), misconceptions=(mistake(**wrong),))


def test_misconceptions_have_names_and_sentences_of_their_own():
    task = Task("t", module="m", checks=[check()])
    with pytest.raises(RubricError, match="must be its own"):
        rubric(task, misconceptions=(mistake(), mistake(sentence="Otherwise.")))
    with pytest.raises(RubricError, match="a sentence of its own"):
        rubric(task, misconceptions=(mistake(), mistake(name="another")))
    rubric(task, misconceptions=(mistake(), mistake("another", "Otherwise.")))
