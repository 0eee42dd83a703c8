import math

import numpy as np
import pytest
from scipy import special, stats

from autograder.checks.randomness import ALARM, ENTRIES, oddity

SHAPE = (2, 150, 50)
assert math.prod(SHAPE) == ENTRIES


def test_right_draws_raise_no_alarm():
    rng = np.random.default_rng(0)
    for _ in range(400):
        draws = rng.standard_normal(SHAPE) / 7 + 3
        assert oddity(draws, 3, 1 / 49) is None


def test_right_draws_in_single_precision_raise_no_alarm():
    rng = np.random.default_rng(1)
    for _ in range(50):
        assert oddity(rng.standard_normal(SHAPE).astype(np.float32), 0, 1) is None


def test_the_statistics_have_the_distributions_that_the_bounds_are_for():
    rng = np.random.default_rng(2)
    mean, variance, rows, shape = [], [], [], []
    for _ in range(2000):
        z = rng.standard_normal((60, 50))
        mean.append(z.sum() / math.sqrt(z.size))
        variance.append(np.square(z).sum())
        rows.append(np.square(z.sum(axis=1) / math.sqrt(50)).sum())
        levels = special.ndtr(np.sort(z, axis=None))
        shape.append(np.abs(levels - np.arange(1, 3001) / 3000).max())
    assert stats.kstest(mean, "norm").pvalue > 1e-4
    assert stats.kstest(variance, stats.chi2(3000).cdf).pvalue > 1e-4
    assert stats.kstest(rows, stats.chi2(60).cdf).pvalue > 1e-4
    # Massart's bound at a level that can be seen in 2,000 draws.
    exceeded = np.mean(np.array(shape) > math.sqrt(math.log(2 / 0.05) / 6000))
    assert exceeded < 0.08


def thresholds(n):
    t = math.log(1 / ALARM)
    return n - 2 * math.sqrt(n * t), n + 2 * math.sqrt(n * t) + 2 * t


@pytest.mark.parametrize("n", [1, 10, 50, 150, ENTRIES, 200_000])
def test_the_false_alarm_rate_of_each_test_is_what_it_says(n):
    low, high = thresholds(n)
    assert stats.chi2.sf(high, n) <= ALARM
    assert stats.chi2.cdf(low, n) <= ALARM
    assert 2 * stats.norm.sf(7.44) < 1.05 * ALARM
    if n <= ENTRIES:
        assert stats.kstwo.sf(math.sqrt(math.log(2 / ALARM) / (2 * n)), n) <= ALARM


def test_a_submission_s_rate():
    assert 10 * 2 * 6 * ALARM < 1e-9


@pytest.mark.parametrize("ratio", [0.8, 1.25, 0.5, 2.0, 1 / 1.5, 1.5])
def test_the_power_against_a_wrong_variance(ratio):
    low, high = thresholds(ENTRIES)
    missed = stats.chi2.cdf(high / ratio, ENTRIES) - stats.chi2.cdf(low / ratio, ENTRIES)
    assert missed < 1e-6


def test_the_power_against_a_uniform_distribution():
    # At each point of the grid the number of uniform draws below it is binomial.
    distance = math.sqrt(math.log(2 / ALARM) / (2 * ENTRIES))
    levels = (np.arange(128) + 0.5) / 128
    uniform = stats.uniform(-math.sqrt(3), 2 * math.sqrt(3)).cdf(stats.norm.ppf(levels))
    missed = stats.binom.cdf(ENTRIES * (levels + distance), ENTRIES, uniform)
    assert missed.min() < 1e-6


def wrong_draws(rng):
    normal = rng.standard_normal
    return {
        "mean": normal(SHAPE) + 0.1,
        "variance-high": normal(SHAPE) * math.sqrt(1.25),
        "variance-low": normal(SHAPE) * math.sqrt(0.8),
        "not-gaussian": rng.uniform(-math.sqrt(3), math.sqrt(3), SHAPE),
        "repeated": np.broadcast_to(normal((2, 1, 50)), SHAPE),
    }


def test_wrong_draws_are_told_apart():
    rng = np.random.default_rng(3)
    for _ in range(100):
        for name, draws in wrong_draws(rng).items():
            assert oddity(draws, 0, 1) == name


@pytest.mark.parametrize(
    "draws",
    [
        np.ones(SHAPE),
        np.zeros(SHAPE),
        np.tile(np.random.default_rng(4).standard_normal((2, 75, 50)), (1, 2, 1)),
        np.broadcast_to(np.random.default_rng(5).standard_normal((2, 150, 1)), SHAPE),
    ],
)
def test_constants_and_tiles_repeat(draws):
    assert oddity(draws, 0, 1) == "repeated"


def test_rows_that_follow_each_other_are_found():
    rng = np.random.default_rng(6)
    shared, own = rng.standard_normal((2, 1, 50)), rng.standard_normal(SHAPE)
    assert oddity(math.sqrt(0.1) * shared + math.sqrt(0.9) * own, 0, 1) == "correlated"


def test_another_shape_is_taken_as_rows():
    rng = np.random.default_rng(7)
    assert oddity(rng.standard_normal((3, ENTRIES)), 0, 1) is None
    assert oddity(rng.standard_normal((3, ENTRIES)) * 2, 0, 1) == "variance-high"
