import numpy as np


def _gauss(shape, rng):
    """Gaussian numbers from uniform ones (Box and Muller)."""
    u = 1 - rng.random(shape)  # in (0, 1]
    v = rng.random(shape)
    return np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v)


def gaussian_init(fan_in, fan_out, std, rng):
    return _gauss((fan_in, fan_out), rng) * std


def xavier_init(fan_in, fan_out, rng):
    return _gauss((fan_in, fan_out), rng) * fan_in**-0.5


def he_init(fan_in, fan_out, rng):
    return _gauss((fan_in, fan_out), rng) * (fan_in / 2) ** -0.5


def active_bias(fan_out):
    return np.ones((fan_out,)) / 10
