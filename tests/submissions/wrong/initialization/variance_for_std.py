import numpy as np


def gaussian_init(fan_in, fan_out, std, rng):
    return rng.normal(0, np.sqrt(std), (fan_in, fan_out))
