"""Each known mistake of an initialiser that draws is missed with probability below 1e-6: derived, and simulated.

A mistake that is Gaussian with another variance is missed where a chi-square is between the bounds of
:mod:`autograder.checks.randomness`, divided by the ratio of the variances; a uniform one where no point of the grid
of the distribution function sees it, which is a binomial at each point; the others never.  A check has two cases
with seeds of their own, and misses a mistake only where both do: so the better one bounds it.
"""

import functools
import math

import numpy as np
import pytest
from scipy import stats
from unit.solutions.in_process import MISCONCEPTIONS

from autograder.checks import Distribution
from autograder.checks.randomness import ALARM
from autograder.results import Verdict
from autograder.sandbox.scripted import ScriptedSession
from autograder.sandbox.wire import Rng
from solutions.reference import FUNCTIONS
from solutions.rubric import rubric

MISSED = 1e-6
SEEDS = 6

VARIANCES = {
    "gaussian-std-hard-coded": lambda fan_in, fan_out, std: 0.01**2,
    "gaussian-std-taken-as-variance": lambda fan_in, fan_out, std: std,
    "gaussian-variance-taken-as-std": lambda fan_in, fan_out, std: std**4,
    "xavier-fan-out": lambda fan_in, fan_out: 1 / fan_out,
    "xavier-both-fans": lambda fan_in, fan_out: 2 / (fan_in + fan_out),
    "xavier-variance-taken-as-std": lambda fan_in, fan_out: 1 / fan_in**2,
    "xavier-is-he": lambda fan_in, fan_out: 2 / fan_in,
    "he-is-xavier": lambda fan_in, fan_out: 1 / fan_in,
    "he-halved": lambda fan_in, fan_out: 1 / (2 * fan_in),
    "he-fan-out": lambda fan_in, fan_out: 2 / fan_out,
    "he-variance-taken-as-std": lambda fan_in, fan_out: 4 / fan_in**2,
}
"""The variance of those that are Gaussian with another one, by a case's arguments."""

UNIFORM = {"gaussian-uniform", "xavier-uniform", "he-uniform"}

NEVER_MISSED = {
    "gaussian-one-column-repeated": "repeats",
    "gaussian-global-randomness": "same generator state",
    "gaussian-generator-of-its-own": "whatever generator",
    "xavier-transposed": "wrong shape",
    "xavier-global-randomness": "same generator state",
}
"""What is told of those that show without any chance."""

CHECKS = {
    check.function: [each for each in task.checks if isinstance(each, Distribution)]
    for task in rubric.tasks
    for check in task.checks
    if isinstance(check, Distribution)
}
DRAWN = {name for name, each in MISCONCEPTIONS.items() if each.function in CHECKS}


@functools.cache
def prepared(function, number, seed):
    return CHECKS[function][number].prepare(FUNCTIONS, np.random.default_rng([seed, number]))


def cases(function):
    """Of each check and seed the cases: each as its arguments, the variance that is due, how many are drawn."""
    for number in range(len(CHECKS[function])):
        for seed in range(SEEDS):
            its = prepared(function, number, seed)
            yield [
                (
                    [arg for arg in case.args if not isinstance(arg, Rng)],
                    expected["variance"],
                    math.prod(expected["shape"]) * (1 + len(expected["seeds"])),
                )
                for case, expected in zip(its.cases, its.expected, strict=True)
            ]


def missed_by_variance(ratio, n):
    """A chi-square with n degrees of freedom, times the ratio, is between the bounds."""
    t = math.log(1 / ALARM)
    low, high = n - 2 * math.sqrt(n * t), n + 2 * math.sqrt(n * t) + 2 * t
    return stats.chi2.cdf(high / ratio, n) - stats.chi2.cdf(low / ratio, n)


def missed_by_shape(n):
    """At each point of the grid the number of uniform draws below it is binomial: the best point bounds it."""
    levels = (np.arange(128) + 0.5) / 128
    far = math.sqrt(math.log(2 / ALARM) / (2 * n))
    uniform = stats.uniform(-math.sqrt(3), 2 * math.sqrt(3)).cdf(stats.norm.ppf(levels))
    above = stats.binom.cdf(np.floor(n * (levels + far)), n, uniform)
    below = stats.binom.sf(np.ceil(n * (levels - far)) - 1, n, uniform)
    return min(above.min(), below.min())


def test_the_table_has_every_mistake_of_a_function_that_draws():
    assert {*VARIANCES, *UNIFORM, *NEVER_MISSED} == DRAWN
    assert set(CHECKS) == {"gaussian_init", "xavier_init", "he_init"}


@pytest.mark.parametrize("name", VARIANCES)
def test_another_variance_is_seen(name):
    for its in cases(MISCONCEPTIONS[name].function):
        assert min(missed_by_variance(VARIANCES[name](*args) / due, n) for args, due, n in its) < MISSED


def test_a_variance_that_is_hardly_another_would_be_missed():
    assert missed_by_variance(1.05, 15_000) > 0.5


@pytest.mark.parametrize("name", sorted(UNIFORM))
def test_a_uniform_distribution_is_seen(name):
    for its in cases(MISCONCEPTIONS[name].function):
        assert min(missed_by_shape(n) for _, _, n in its) < MISSED


@pytest.mark.parametrize("name", VARIANCES)
def test_the_mistake_draws_as_the_table_says(name):
    function = rubric.overlays.functions(MISCONCEPTIONS[name])[MISCONCEPTIONS[name].function]
    arguments = next(args for its in cases(MISCONCEPTIONS[name].function) for args, _, _ in its)
    rng = np.random.default_rng(11)
    draws = np.array([function(*arguments, rng) for _ in range(40)]).reshape(40, -1)
    z = draws / math.sqrt(VARIANCES[name](*arguments))
    assert stats.kstest(np.square(z).sum(axis=1), stats.chi2(z.shape[1]).cdf).pvalue > 1e-5
    assert stats.kstest(z[0], "norm").pvalue > 1e-5


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_the_check_rejects_the_mistake_each_time(name):
    function = MISCONCEPTIONS[name].function
    session = ScriptedSession(rubric.overlays.functions(MISCONCEPTIONS[name]))
    for number, check in enumerate(CHECKS[function]):
        for seed in range(SEEDS):
            finding = check.examine(session, prepared(function, number, seed))
            assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
            assert NEVER_MISSED.get(name, "") in finding.message
