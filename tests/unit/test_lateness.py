from datetime import timedelta

import pytest

from autograder.errors import RubricError, UsageError
from autograder.lateness import Deadline, LatePolicy, moment
from autograder.results import HandedIn, Result

DUE = moment("2026-03-01T23:59+01:00")


def a_result(score=8.0, max_score=10.0):
    texts = dict.fromkeys(("submission", "name", "source_sha256", "rubric", "rubric_sha256", "seed"), "")
    return Result(**texts, score=score, max_score=max_score, tasks=())


def applied(policy, *, late=None, marked=False, score=8.0, due=DUE):
    time = "" if late is None else (DUE + late).isoformat()
    return Deadline(policy, due).apply(a_result(score), HandedIn(time=time, marked_late=marked))


@pytest.mark.parametrize(
    ("late", "penalty"),
    [
        (timedelta(seconds=1), 0),
        (timedelta(minutes=10), 0),
        (timedelta(minutes=10, seconds=1), 2),
        (timedelta(days=1), 2),
        (timedelta(days=1, seconds=1), 4),
        (timedelta(days=2, seconds=1), 5),
        (timedelta(days=3000), 5),
    ],
)
def test_so_much_a_day_after_the_grace_up_to_the_cap(late, penalty):
    found = applied(LatePolicy(per_day=2, grace_minutes=10, at_most=5), late=late)
    assert (found.penalty, found.score) == (penalty, 8 - penalty)
    assert found.seconds == late.total_seconds()


def test_percent_are_of_the_marks_to_be_had():
    assert applied(LatePolicy(per_day=15, unit="percent"), late=timedelta(days=2)).penalty == 3.0
    assert applied(LatePolicy(per_day=15, unit="percent", at_most=20), late=timedelta(days=2)).penalty == 2.0


def test_no_more_is_taken_than_was_earned():
    assert applied(LatePolicy(per_day=5), late=timedelta(days=1), score=3.0).penalty == 3.0
    assert applied(LatePolicy(per_day=5), late=timedelta(days=1), score=3.0).score == 0.0


def test_in_time_is_not_late_whatever_the_mark_says():
    assert applied(LatePolicy(per_day=5), late=timedelta(0), marked=True) is None
    assert applied(LatePolicy(per_day=5)) is None
    assert Deadline(LatePolicy(per_day=5), DUE).apply(a_result(), None) is None


def test_a_mark_without_a_time_is_one_day_and_says_so():
    found = applied(LatePolicy(per_day=2), marked=True)
    assert (found.penalty, found.seconds) == (2, None)
    assert "one day" in found.note


def test_without_a_policy_lateness_is_told_and_costs_nothing():
    found = applied(None, late=timedelta(days=1, hours=2, minutes=3))
    assert (found.penalty, found.score, found.note) == (0, 8, "1 d 2 h 3 min late")


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-03-01", "2026-03-01T10:00", "0001-01-01T00:00+23:00", "9" * 99]
)
def test_a_time_needs_its_zone(text):
    with pytest.raises(UsageError, match="zone"):
        moment(text)


@pytest.mark.parametrize("wrong", [{"per_day": -1}, {"per_day": float("nan")}, {"per_day": 1, "unit": "days"}])
def test_a_policy_without_sense_is_refused(wrong):
    with pytest.raises(RubricError):
        LatePolicy(**wrong)
