from pathlib import Path

import pytest

from autograder.grading.attempts import best, people
from autograder.grading.many import Graded
from autograder.grading.store import Store
from autograder.results import CheckResult, Late, Result, TaskResult, Verdict, load
from autograder.submission import Submitted


def attempt(number, score, *, penalty=0.0, fault=0.0, owner="ada"):
    submitted = Submitted(f"{owner}-attempt-{number}", owner, Path(owner), "folder", attempt_of=owner)
    if score is None:
        return Graded(submitted, None, note="killed")
    checks = [(Verdict.PARTIAL, score, 10.0), *([(Verdict.GRADER_FAULT, 0.0, fault)] if fault else [])]
    task = TaskResult.of(
        "t",
        "m",
        tuple(
            CheckResult(name=str(i), title="", verdict=verdict, score=got, max_score=most, visibility="hidden")
            for i, (verdict, got, most) in enumerate(checks)
        ),
    )
    texts = dict.fromkeys(("name", "source_sha256", "rubric", "rubric_sha256", "seed"), "")
    late = Late(penalty=penalty, score=score - penalty) if penalty else None
    result = Result(
        **texts, submission=submitted.identifier, score=task.score, max_score=task.max_score, tasks=(task,), late=late
    )
    return Graded(submitted, result)


def chosen(tmp_path, *attempts):
    (one,) = best(attempts[::-1], [each.submitted for each in attempts], Store(tmp_path))
    return one


@pytest.mark.parametrize(
    ("attempts", "score"),
    [
        ([attempt(1, 3), attempt(2, 7), attempt(3, 5)], 7),
        ([attempt(1, 7), attempt(2, 8, penalty=2)], 7),
        ([attempt(1, 7), attempt(2, 3, fault=2)], 7),
    ],
)
def test_the_most_marks_after_the_late_policy(tmp_path, attempts, score):
    one = chosen(tmp_path, *attempts)
    assert one.result.score == score
    assert (one.submitted.identifier, one.result.submission) == ("ada", "ada")
    assert load((tmp_path / "results" / "ada.json").read_bytes()) == one.result


def test_of_equal_ones_the_last(tmp_path):
    first, second = attempt(1, 4), attempt(2, 6, penalty=2)
    assert chosen(tmp_path, first, second).result.late is not None


def test_a_fault_that_may_hide_more_marks_is_not_passed_over(tmp_path):
    assert chosen(tmp_path, attempt(1, 7), attempt(2, 3, fault=5)).result.faulty
    lost = chosen(tmp_path, attempt(1, 7), attempt(2, None))
    assert (lost.result, lost.note) == (None, "killed")


def test_others_pass_and_people_count_once(tmp_path):
    alone = Graded(Submitted("bela", "bela", Path("bela"), "zip"), None)
    attempts = [attempt(1, 3), alone, attempt(2, 4)]
    submissions = [each.submitted for each in attempts]
    assert people(submissions) == 2
    first, second = best(attempts, submissions, Store(tmp_path))
    assert first is alone
    assert second.result.score == 4
