import numpy as np


def gaussian_init(fan_in, fan_out, std, rng):
    return std * np.random.randn(fan_in, fan_out)
