import numpy as np


def gaussian_init(fan_in, fan_out, std, rng):
    W = np.empty((fan_out, fan_in))
    rng.standard_normal(out=W)
    W *= std
    return W.T  # not contiguous


def xavier_init(fan_in, fan_out, rng):
    own = np.random.default_rng(rng.integers(2**32))  # a generator of its own, seeded by the given one
    return own.normal(size=fan_in * fan_out).reshape(fan_in, fan_out) / np.sqrt(fan_in)


def he_init(fan_in, fan_out, rng):
    columns = [rng.standard_normal(fan_in) for _ in range(fan_out)]
    return np.stack(columns, axis=1) * np.sqrt(2 / fan_in)


def active_bias(fan_out):
    return np.broadcast_to(0.1, fan_out)  # read-only
