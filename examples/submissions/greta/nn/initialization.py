import numpy as np


def zero_init(fan_in, fan_out):
    return np.zeros((fan_in, fan_out))


def gaussian_init(fan_in, fan_out, std, rng):
    return std * rng.standard_normal((fan_in, fan_out))


def xavier_init(fan_in, fan_out, rng):
    # TODO
    raise NotImplementedError


def he_init(fan_in, fan_out, rng):
    # TODO
    raise NotImplementedError


def active_bias(fan_out):
    return 0.1 * np.ones(fan_out)


def activation_statistics(x, weights, activation):
    # TODO
    raise NotImplementedError
