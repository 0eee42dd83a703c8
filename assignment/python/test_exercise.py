"""The visible checks as tests: run `pytest` in this folder."""

from autograder.student.testing import checks_as_tests

test_check = checks_as_tests(__file__)
