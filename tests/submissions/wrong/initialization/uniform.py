import numpy as np


def gaussian_init(fan_in, fan_out, std, rng):
    return rng.uniform(-np.sqrt(3) * std, np.sqrt(3) * std, (fan_in, fan_out))
