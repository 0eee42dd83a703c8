import math

import numpy as np


def zero_init(fan_in, fan_out):
    return np.zeros(shape=(fan_in, fan_out), dtype=np.float64)


def gaussian_init(fan_in, fan_out, std, rng):
    return rng.normal(0, std, (fan_in, fan_out))


def xavier_init(fan_in, fan_out, rng):
    return rng.normal(loc=0.0, scale=math.sqrt(1 / fan_in), size=(fan_in, fan_out))


def he_init(fan_in, fan_out, rng):
    return gaussian_init(fan_in, fan_out, math.sqrt(2 / fan_in), rng)


def active_bias(fan_out):
    return np.zeros(fan_out) + 0.1
