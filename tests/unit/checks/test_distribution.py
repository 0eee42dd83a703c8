import numpy as np
import pytest
from unit.checks.examples import REFERENCE, draw, sizes

from autograder.checks import Distribution
from autograder.checks.base import Case
from autograder.errors import RubricError
from autograder.results import Verdict
from autograder.sandbox.wire import Rng

CHECK = Distribution("draw", points=2, cases=sizes, variance=lambda rows, columns: 1 / rows)


def test_the_reference_passes_with_any_seed(examine):
    for seed in range(50):
        finding = examine(CHECK, REFERENCE, seed=seed)
        assert (finding.verdict, finding.message) == (Verdict.PASSED, "")


@pytest.mark.parametrize(
    "right",
    [
        lambda rows, columns, rng: rng.normal(0, rows**-0.5, size=(rows, columns)),
        lambda rows, columns, rng: rng.normal(0, rows**-0.5, size=(columns, rows)).T,
        lambda rows, columns, rng: np.array([rng.normal(0, rows**-0.5, size=columns) for _ in range(rows)]),
        lambda rows, columns, rng: rng.standard_normal((rows, columns), dtype=np.float32) / np.float32(rows) ** 0.5,
    ],
)
def test_written_otherwise_it_passes(examine, right):
    for seed in range(10):
        assert examine(CHECK, REFERENCE, {"draw": right}, seed).share == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda rows, columns, rng: rng.normal(0, (2 / rows) ** 0.5, (rows, columns)), "spreads too widely"),
        (lambda rows, columns, rng: rng.normal(0, (0.5 / rows) ** 0.5, (rows, columns)), "not spread widely enough"),
        (lambda rows, columns, rng: rng.normal(0, 1 / rows, (rows, columns)), "not spread widely enough"),
        (lambda rows, columns, rng: rng.normal(0, columns**-0.5, (rows, columns)), "sp"),
        (lambda rows, columns, rng: rng.normal(0.1, rows**-0.5, (rows, columns)), "mean"),
        (lambda rows, columns, rng: rng.uniform(-((3 / rows) ** 0.5), (3 / rows) ** 0.5, (rows, columns)), "Gaussian"),
        (lambda rows, columns, rng: np.tile(rng.normal(0, rows**-0.5, columns), (rows, 1)), "repeats"),
        (lambda rows, columns, rng: np.full((rows, columns), rng.normal(0, rows**-0.5)), "repeats"),
        (lambda rows, columns, rng: np.random.normal(0, rows**-0.5, (rows, columns)), "same generator state"),
        (lambda rows, columns, rng: draw(rows, columns, np.random.default_rng(0)), "whatever generator"),
        (lambda rows, columns, rng: np.zeros((rows, columns)), "zero everywhere"),
        (lambda rows, columns, rng: np.ones((rows, columns)), "whatever generator"),
        (lambda rows, columns, rng: draw(columns, rows, rng), "wrong shape"),
        (lambda rows, columns, rng: rng.integers(0, 2, (rows, columns)), "whole numbers"),
        (lambda rows, columns, rng: 0.1, "single number"),
        (lambda rows, columns, rng: draw(rows, columns, rng) * np.nan, "nan"),
    ],
)
def test_wrong_draws_are_named(examine, wrong, words):
    finding = examine(CHECK, REFERENCE, {"draw": wrong})
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
    assert words in finding.message
    assert not any(char.isdigit() for char in finding.message)


def test_what_was_measured_stands_in_the_evidence(examine):
    finding = examine(CHECK, REFERENCE, {"draw": lambda rows, columns, rng: 2 * draw(rows, columns, rng)})
    assert "due 0.006667" in finding.evidence
    assert finding.details["expected_variance"] == 0.006667
    assert finding.details["variance"] == pytest.approx(4 * 0.006667, rel=0.1)


def test_stubs_are_not_attempted(examine):
    assert examine(CHECK, REFERENCE, {"draw": lambda *args: None}).verdict is Verdict.NOT_ATTEMPTED


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (Distribution("draw", points=1, cases=lambda rng: [Case((3, 4, Rng(0)))], variance=lambda *_: 1), "too small"),
        (Distribution("draw", points=1, cases=sizes, variance=lambda *_: 0), "variance of 0"),
        (Distribution("ones", points=1, cases=lambda rng: [Case((3, 4))], variance=lambda *_: 1), "one generator"),
    ],
)
def test_a_case_that_can_t_be_tested_is_the_rubric_s_mistake(check, words):
    with pytest.raises(RubricError, match=words):
        check.prepare(REFERENCE | {"ones": lambda rows, columns: np.ones((rows, columns))}, np.random.default_rng(0))
