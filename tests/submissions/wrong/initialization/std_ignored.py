import numpy as np


def gaussian_init(fan_in, fan_out, std, rng):
    return 0.01 * rng.standard_normal((fan_in, fan_out))
