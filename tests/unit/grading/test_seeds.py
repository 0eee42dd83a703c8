import numpy as np
import pytest

from autograder.errors import UsageError
from autograder.grading import seeds


def test_a_submissions_seed_depends_on_key_exercise_and_name():
    base = seeds.submission_seed("key", "exercise", "ada")
    assert base == seeds.submission_seed("key", "exercise", "ada")
    others = {
        seeds.submission_seed("other", "exercise", "ada"),
        seeds.submission_seed("key", "other", "ada"),
        seeds.submission_seed("key", "exercise", "other"),
    }
    assert len(others | {base}) == 4


def test_names_cannot_be_shifted_into_one_another():
    assert seeds.submission_seed("k", "a", "b") != seeds.submission_seed("k", "ab", "")


def test_a_name_that_is_no_unicode_has_a_seed_too():
    assert seeds.submission_seed("k", "e", "caf\udce9")


def test_each_check_draws_its_own_numbers():
    one = seeds.generator("s", "task", "gradient").standard_normal(3)
    assert np.array_equal(one, seeds.generator("s", "task", "gradient").standard_normal(3))
    assert not np.array_equal(one, seeds.generator("s", "task", "gradient-2").standard_normal(3))
    assert not np.array_equal(one, seeds.generator("t", "task", "gradient").standard_normal(3))


def test_a_key_that_is_not_given_is_made_once_and_kept_secret(tmp_path):
    key = seeds.course_key(None, tmp_path)
    assert len(key) >= 32
    assert seeds.course_key(None, tmp_path) == key
    assert (tmp_path / "seed").stat().st_mode & 0o077 == 0


def test_no_empty_key_is_graded_with(tmp_path):
    (tmp_path / "seed").touch()
    with pytest.raises(UsageError, match="there is no key in it"):
        seeds.course_key(None, tmp_path)


def test_a_key_that_can_t_be_kept_is_one_line(tmp_path):
    with pytest.raises(UsageError, match="can't be read or written"):
        seeds.course_key(None, tmp_path / "nowhere")


def test_a_given_key_is_not_written_down(tmp_path):
    assert seeds.course_key("2026", tmp_path) == "2026"
    assert not list(tmp_path.iterdir())


def test_an_empty_key_is_refused_wherever_it_comes_from(tmp_path):
    with pytest.raises(UsageError, match="--seed"):
        seeds.course_key("", tmp_path)
