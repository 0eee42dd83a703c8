"""Trainings written in the ways that students write them, replayed from their losses."""

import functools

import numpy as np
import pytest

from autograder.sandbox.wire import Rng
from solutions.cases import network
from solutions.reference import FUNCTIONS
from solutions.replay import complaint

step, loss_of = FUNCTIONS["sgd_step"], FUNCTIONS["network_loss"]


def draw_afresh(rng, N, n, steps):
    return [rng.choice(N, n, replace=False) for _ in range(steps)]


def walk(rng, N, n, steps, shuffle):
    """Walk through the samples in the order that ``shuffle`` gives for each epoch."""
    epochs = [np.array(shuffle(epoch)) for epoch in range(-(-steps * n // N))]
    return np.concatenate(epochs)[: steps * n].reshape(steps, n)


def shuffled_epochs(rng, N, n, steps):
    return walk(rng, N, n, steps, lambda _: rng.permutation(N))


def shuffled_once(rng, N, n, steps):
    order = rng.permutation(N)
    return walk(rng, N, n, steps, lambda _: order)


def with_replacement(rng, N, n, steps):
    return rng.integers(N, size=(steps, n))


def in_order(rng, N, n, steps):
    return walk(rng, N, n, steps, lambda _: np.arange(N))


def one_batch_for_all(rng, N, n, steps):
    return [rng.choice(N, n, replace=False)] * steps


def without_the_last(rng, N, n, steps):
    return draw_afresh(rng, N - 1, n, steps)


def one_too_few(rng, N, n, steps):
    return draw_afresh(rng, N, n - 1, steps)


def train(batches, params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    losses = []
    for batch in batches(rng, len(X), batch_size, steps):
        loss, grads = loss_of(params, X[batch], y[batch], activation)
        losses.append(loss)
        params = step(params, grads, learning_rate)
    return params, np.array(losses)


def loss_after_the_step(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    losses = []
    for batch in draw_afresh(rng, len(X), batch_size, steps):
        _, grads = loss_of(params, X[batch], y[batch], activation)
        params = step(params, grads, learning_rate)
        losses.append(loss_of(params, X[batch], y[batch], activation)[0])
    return params, np.array(losses)


def loss_of_the_whole_set(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    losses = []
    for batch in draw_afresh(rng, len(X), batch_size, steps):
        losses.append(loss_of(params, X, y, activation)[0])
        params = step(params, loss_of(params, X[batch], y[batch], activation)[1], learning_rate)
    return params, np.array(losses)


def upwards(*args, learning_rate, **options):
    return train(draw_afresh, *args, learning_rate=-learning_rate, **options)


def untrained(params, *args, **options):
    return params, train(draw_afresh, params, *args, **options)[1]


def complaints(training, seed, cases=network.mini_batches):
    found = []
    for case in cases(np.random.default_rng(seed)):
        params, X, y, activation = case.args
        options = {**case.kwargs, "rng": np.random.default_rng(case.kwargs["rng"].seed)}
        trained, losses = training(params, X, y, activation, **options)
        batch = {name: case.kwargs[name] for name in ("batch_size", "learning_rate")}
        found.append(complaint(params, X, y, activation, **batch, trained=trained, losses=losses))
    return found


@pytest.mark.parametrize("batches", [draw_afresh, shuffled_epochs, shuffled_once])
def test_every_right_way_of_drawing_is_accepted(batches):
    for seed in range(20):
        assert not any(complaints(functools.partial(train, batches), seed))


@pytest.mark.parametrize(
    ("training", "says"),
    [
        (functools.partial(train, with_replacement), "no mini-batch"),
        (functools.partial(train, one_too_few), "no mini-batch"),
        (functools.partial(train, in_order), "order of the data"),
        (functools.partial(train, one_batch_for_all), "the same mini-batch"),
        (functools.partial(train, without_the_last), "never used"),
        (loss_after_the_step, "no mini-batch"),
        (loss_of_the_whole_set, "no mini-batch"),
        (upwards, "no mini-batch"),
        (untrained, "parameters returned"),
    ],
)
def test_every_wrong_one_is_found(training, says):
    for seed in range(5):
        assert any(says in found for found in complaints(training, seed))


@pytest.mark.parametrize("batches", [draw_afresh, shuffled_epochs, shuffled_once])
def test_with_batchnorm_every_right_way_of_drawing_is_accepted_too(batches):
    for seed in range(20):
        assert complaints(functools.partial(train, batches), seed, network.normalized_mini_batches) == [""]


@pytest.mark.parametrize(
    ("training", "says"),
    [
        (functools.partial(train, with_replacement), "no mini-batch"),
        (loss_after_the_step, "no mini-batch"),
        (loss_of_the_whole_set, "no mini-batch"),
        (untrained, "parameters returned"),
    ],
)
def test_with_batchnorm_a_wrong_one_is_found(training, says):
    found = [complaints(training, seed, network.normalized_mini_batches)[0] for seed in range(10)]
    assert any(says in each for each in found)


def test_the_cases_draw_the_students_generator_afresh():
    first, second = (network.mini_batches(np.random.default_rng(seed))[0].kwargs["rng"] for seed in (1, 2))
    assert isinstance(first, Rng)
    assert first != second
