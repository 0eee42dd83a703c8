import dataclasses
import json

import pytest

from autograder.errors import RubricError, UsageError
from autograder.grading.one import Grader, grade
from autograder.grading.public import load_public
from autograder.release.public import public_checks
from autograder.results import Verdict
from autograder.sandbox.scripted import ScriptedSandbox
from autograder.submission.source import StudentSource

SOURCE = StudentSource("ada", "ada", "folder", {}, "0" * 64)


@pytest.fixture
def public(course, tmp_path):
    path = tmp_path / "public_checks.json"
    path.write_text(public_checks(course.rubric), encoding="utf-8")
    return load_public(path)


def test_it_has_the_visible_checks_and_no_other(course, public):
    expected = [(task.name, [check.name for check in task.checks if check.visible]) for task in course.rubric.tasks]
    assert [(task.name, [check.name for check, _ in task.checks]) for task in public.tasks] == expected
    assert [name for _, names in expected for name in names]


def test_tasks_keep_what_they_are_worth_and_need(course, public):
    assert [(task.name, task.module, task.points, task.needs) for task in public.tasks] == [
        (task.name, task.module, task.points, task.needs) for task in course.rubric.tasks
    ]
    assert public.layout == course.rubric.layout
    assert public.exercise == "sounds"


def scaled(function, factor):
    def wrong(*args):
        result = function(*args)
        return (factor * result[0], *result[1:]) if isinstance(result, tuple) else factor * result

    return wrong


def unwritten(*args):
    raise NotImplementedError


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"tone_forward": 2},
        {"tone_forward": 2, "tone_backward": 2},
        {"tone_backward": 1.001},
        {"loudness": -1, "noise": 1.5},
        {"tone_forward": None, "noise": None},
    ],
    ids=str,
)
def test_it_judges_as_the_rubric_does(course, public, change):
    functions = dict(course.rubric.reference)
    for name, factor in change.items():
        functions[name] = unwritten if factor is None else scaled(functions[name], factor)
    sandbox = ScriptedSandbox(functions)
    by_rubric = Grader(course.loaded, "key", sandbox, only_visible=True).grade(SOURCE)
    by_file = grade(SOURCE, public.sheet(), sandbox)
    assert by_file.tasks == by_rubric.tasks
    assert by_file.score == by_rubric.score
    assert (by_file.score == by_file.max_score) is not bool(change)
    assert Verdict.GRADER_FAULT not in {check.verdict for task in by_file.tasks for check in task.checks}


def test_a_sheet_can_be_of_some_tasks(public):
    assert [task.name for task in public.sheet({"noise", "tone"}).tasks] == ["tone", "noise"]
    with pytest.raises(UsageError, match="sheep: there is no such task; there are tone, loudness, noise"):
        public.sheet({"sheep"})


def test_it_is_the_same_every_time_and_lines_are_short(course):
    text = public_checks(course.rubric)
    assert text == public_checks(course.rubric)
    assert max(map(len, text.splitlines())) <= 120
    json.loads(text)


def test_a_visible_check_that_is_no_data_is_refused_by_name(course):
    task = course.rubric.tasks[0]
    odd = dataclasses.replace(task.checks[0], returns=(object(),))
    rubric = dataclasses.replace(course.rubric, tasks=(type(task)("odd", module="waves", checks=[odd]),))
    with pytest.raises(RubricError, match="rubric sounds: task odd: the check 'matches' can't"):
        public_checks(rubric)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-100],
        lambda text: text.replace('"schema": 1', '"schema": 2'),
        lambda text: text.replace('"Matches"', '"Speed"'),
        lambda text: text.replace('"float64"', '"object"'),
        lambda text: text.replace('"tasks"', '"tasked"'),
        lambda text: "[" * 100_000,
        lambda text: "",
        lambda text: "\udcff",
    ],
)
def test_a_file_that_is_none_is_refused_in_one_line(course, tmp_path, change):
    path = tmp_path / "public_checks.json"
    path.write_bytes(change(public_checks(course.rubric)).encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match=r"public_checks\.json: not the checks of an exercise") as caught:
        load_public(path)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"none\.json: can't be read"):
        load_public(tmp_path / "none.json")
