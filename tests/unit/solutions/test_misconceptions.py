"""Every known mistake is named back from its behaviour alone; in-process, with the checks that it is said to fail."""

import json
from pathlib import Path

import numpy as np
import pytest
from unit.solutions.in_process import MISCONCEPTIONS, edited, lost

from autograder.grading.one import grade
from autograder.grading.public import load_public
from autograder.misconceptions import submission
from autograder.sandbox.scripted import ScriptedSandbox
from solutions.reference import FUNCTIONS
from solutions.rubric import rubric

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", MISCONCEPTIONS)
def test_a_mistake_is_named_back_in_each_check_that_it_fails(name):
    # What builds on it is left to `autograder verify`: a network takes its time.
    first = MISCONCEPTIONS[name].fails[0].split("/")[0]
    fails = {check for check in MISCONCEPTIONS[name].fails if check.split("/")[0] == first}
    whole = {f"{task.name}/{check.name}" for task in rubric.tasks for check in task.checks if task.name == first}
    found = lost(edited(name), whole - {*MISCONCEPTIONS[name].perhaps})
    assert found.keys() == {check for check in fails if check.split("/")[1] != "speed"}
    told = {where: check.misconception for where, check in found.items() if check.verdict != "skipped"}
    assert set(told.values()) == {name}, told
    own = [
        check for where, check in found.items() if check.misconception and not check.message.startswith("This follows")
    ]
    assert all(check.message.startswith(MISCONCEPTIONS[name].sentence) for check in own)


def test_there_are_enough_of_all_tasks():
    assert len(MISCONCEPTIONS) >= 80
    failed = {check.split("/")[0] for each in MISCONCEPTIONS.values() for check in each.fails}
    assert failed == {task.name for task in rubric.tasks}
    own = {
        task.name
        for task in rubric.tasks
        for each in MISCONCEPTIONS.values()
        for check in task.checks
        if each.function in check.functions
    }
    assert own == {task.name for task in rubric.tasks}


def test_two_mistakes_in_different_tasks_are_both_named():
    names = ("unbiased-variance", "dscores-not-divided-by-n")
    fails = [check for name in names for check in MISCONCEPTIONS[name].fails if check.split("/")[0] != "network_loss"]
    found = lost(edited(*names), fails)
    assert found["batchnorm_forward/forward"].misconception == "unbiased-variance"
    assert found["softmax_loss/gradient"].misconception == "dscores-not-divided-by-n"


def test_what_builds_on_a_mistake_says_so():
    found = lost(edited("unbiased-variance"), MISCONCEPTIONS["unbiased-variance"].fails)
    check = found["network_scores/batchnorm"]
    assert check.misconception == "unbiased-variance"
    assert check.message.startswith("This follows from a mistake in batchnorm_forward. Your variance divides by m − 1")


def test_a_hidden_check_tells_no_number_of_its_own():
    for where, check in lost(edited("unbiased-variance"), MISCONCEPTIONS["unbiased-variance"].fails).items():
        if check.visibility == "hidden" and check.misconception:
            assert MISCONCEPTIONS["unbiased-variance"].sentence in check.message, where
            assert not any(char.isdigit() for char in check.message.replace("m − 1", "").replace("Algorithm 1", ""))


@pytest.mark.parametrize(
    ("function", "wrong", "check", "says"),
    [
        ("relu_forward", lambda x: (-np.maximum(0, x), x), "relu/forward", "the wrong sign everywhere"),
        ("relu_forward", lambda x: (2 * np.maximum(0, x), x), "relu/forward", "twice as large"),
        ("relu_forward", lambda x: (len(x) * np.maximum(0, x), x), "relu/forward", "factor of the number of samples"),
        ("relu_forward", lambda x: (1.7 * np.maximum(0, x), x), "relu/forward", "one and the same factor"),
        ("relu_forward", lambda x: (np.maximum(0, x)[::-1], x), "relu/forward", "the last row comes first"),
        ("softmax", lambda s: FUNCTIONS["softmax"](s).T, "softmax/values", "transposed"),
        (
            "undo_parameters",
            lambda x, eps=1e-5: (x.mean(axis=0) + 1, x.mean(axis=0)),
            "undo_parameters/values",
            "wrong",
        ),
    ],
)
def test_what_no_known_mistake_explains_is_told_by_its_relation(function, wrong, check, says):
    found = lost({**FUNCTIONS, function: wrong}, [check])[check]
    assert found.misconception is None
    assert says in found.message


def test_a_term_that_is_missing_is_named():
    def forward(x, gamma, beta, eps=1e-5):
        out, cache = FUNCTIONS["batchnorm_forward"](x, gamma, beta, eps)
        return out - beta, cache

    found = lost({**FUNCTIONS, "batchnorm_forward": forward}, ["batchnorm_forward/forward"])
    assert "one term that is missing: β" in found["batchnorm_forward/forward"].message


@pytest.mark.parametrize(
    "name", ["unbiased-variance", "dscores-not-divided-by-n", "he-is-xavier", "relu-writes-into-x"]
)
def test_a_students_machine_says_the_same_without_the_mistakes(name):
    public = load_public(ROOT / "assignment" / "python" / "public_checks.json")
    here = grade(submission(FUNCTIONS, rubric.layout), public.sheet(), ScriptedSandbox(edited(name)))
    fails = [f"{task.name}/{check.name}" for task in rubric.tasks for check in task.checks if check.visible]
    there = lost(edited(name), fails)
    said = {
        f"{task.name}/{check.name}": (check.message, check.hint, check.misconception)
        for task in here.tasks
        for check in task.checks
        if check.score < check.max_score
    }
    assert said == {where: (check.message, check.hint, check.misconception) for where, check in there.items()}
    assert name in {misconception for _, _, misconception in said.values()}


def test_the_catalogue_lists_them_all():
    page = (ROOT / "docs" / "misconceptions.md").read_text("utf-8")
    for each in MISCONCEPTIONS.values():
        assert f"| `{each.name}` | `{each.function}` | {each.sentence.replace('|', '∣')} |" in page


def test_the_release_holds_no_code_of_theirs():
    text = json.dumps(
        json.loads((ROOT / "assignment" / "python" / "public_checks.json").read_text("utf-8"))["mistakes"]
    )
    assert "np." not in text.replace("np.random", "")
    assert "def " not in text


def unseeded_with_batchnorm(sizes, init, rng, batchnorm=False):
    return FUNCTIONS["init_network"](sizes, init, np.random.default_rng() if batchnorm else rng, batchnorm)


def reshuffled_unseeded(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    order, losses = rng.permutation(len(X)), []
    for step in range(steps):
        start = step * batch_size % len(X)
        if step and not start:
            order = np.random.default_rng().permutation(order)
        batch = order[start : start + batch_size]
        loss, grads = FUNCTIONS["network_loss"](params, X[batch], y[batch], activation)
        losses.append(loss)
        params = FUNCTIONS["sgd_step"](params, grads, learning_rate)
    return params, np.array(losses)


@pytest.mark.parametrize(
    ("function", "wrong", "check"),
    [
        ("init_network", unseeded_with_batchnorm, "init_network/weights"),
        ("train", reshuffled_unseeded, "train/mini-batches"),
    ],
)
def test_what_is_drawn_from_nowhere_some_of_the_time_is_found(function, wrong, check):
    found = lost({**FUNCTIONS, function: wrong}, [check])[check]
    assert "when it is called again with the same generator state" in found.message
