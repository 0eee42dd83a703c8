"""The marking scheme's own judgements: what they let pass, and what they complain of."""

import numpy as np
import pytest

from autograder.checks import Case
from solutions.cases import network
from solutions.properties import draws_mini_batches, initializes_network
from solutions.reference import FUNCTIONS


def initialized(case, seed=0):
    return FUNCTIONS["init_network"](*case.args[:2], np.random.default_rng(seed), **case.kwargs)


def init_cases(init=None):
    return [case for case in network.init_weights(np.random.default_rng(3)) if init in (None, case.args[1])]


def test_the_reference_initializes_networks_rightly():
    for seed in range(50):
        assert all(initializes_network(case, initialized(case, seed)) is None for case in init_cases())


@pytest.mark.parametrize("change", ["b1", "b2", "beta1", "gamma1"])
def test_a_bias_a_beta_or_a_gamma_that_is_not_what_it_should_be_is_found(change):
    case = next(case for case in init_cases() if case.kwargs)
    params = initialized(case)
    params[change] = params[change] + 0.01
    assert initializes_network(case, params).message.startswith("A bias")


@pytest.mark.parametrize(
    ("init", "spoil"),
    [
        ("gaussian", lambda W: W * 10),
        ("gaussian", lambda W: W * np.sqrt(0.01 / 0.01**2)),
        ("xavier", lambda W: W * np.sqrt(2)),
        ("xavier", lambda W: W * np.sqrt(W.shape[0] / W.shape[1])),
        ("he", lambda W: W / np.sqrt(2)),
        ("he", lambda W: W * np.sqrt(W.shape[0] / W.shape[1])),
        ("he", lambda W: W - W.mean() + W.std()),
        ("he", lambda W: np.zeros_like(W)),
        ("he", lambda W: np.tile(W[:, :1], W.shape[1])),
        ("he", lambda W: W.astype(np.float32) * 0 + W.std()),
    ],
)
def test_weights_of_another_distribution_are_found(init, spoil):
    for case in init_cases(init):
        for name in ("W1", "W2"):
            params = initialized(case)
            params[name] = spoil(params[name])
            assert "distribution" in initializes_network(case, params).message


@pytest.mark.parametrize(
    "take",
    [
        lambda numbers, rows, columns: numbers[: rows * columns].reshape(rows, columns),
        lambda numbers, rows, columns: numbers[: rows * columns].reshape(columns, rows).T,
        lambda numbers, rows, columns: numbers.reshape(150, 150)[:rows, :columns],
        lambda numbers, rows, columns: -numbers[: rows * columns].reshape(rows, columns),
    ],
)
def test_layers_that_share_a_draw_are_found(take):
    for case in init_cases("xavier"):
        numbers = np.random.default_rng(5).standard_normal(150 * 150)
        params = initialized(case)
        for name in ("W1", "W2"):
            rows, columns = params[name].shape
            params[name] = take(numbers, rows, columns) / np.sqrt(rows)
        assert initializes_network(case, params).message == "The layers' weights are the same numbers."


def trained(case, **changed):
    options = {**case.kwargs, "rng": np.random.default_rng(case.kwargs["rng"].seed), **changed}
    return FUNCTIONS["train"](*case.args, **options)


def test_the_reference_draws_its_mini_batches():
    for seed in range(20):
        for case in network.mini_batches(np.random.default_rng(seed)):
            assert draws_mini_batches(case, trained(case)) is None


def test_vectors_may_be_rows():
    case = network.mini_batches(np.random.default_rng(0))[0]
    params, losses = trained(case)
    rows = {name: value[None] if value.ndim == 1 else value for name, value in params.items()}
    assert draws_mini_batches(case, (rows, losses[None])) is None


def test_losses_may_be_kept_in_single_precision():
    for case in network.mini_batches(np.random.default_rng(0)):
        params, losses = trained(case)
        assert draws_mini_batches(case, (params, losses.astype(np.float32))) is None


@pytest.mark.parametrize("changed", [{"batch_size": 2}, {"learning_rate": 0.2}])
def test_a_training_with_other_settings_is_found(changed):
    case = network.mini_batches(np.random.default_rng(0))[0]
    assert draws_mini_batches(case, trained(case, **changed)).message


def test_a_case_is_left_as_it_was():
    case = network.mini_batches(np.random.default_rng(0))[0]
    before = {name: value.copy() for name, value in case.args[0].items()}
    draws_mini_batches(Case(case.args, case.kwargs), trained(case))
    assert all(np.array_equal(before[name], case.args[0][name]) for name in before)
