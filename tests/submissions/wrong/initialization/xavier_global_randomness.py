import numpy as np


def xavier_init(fan_in, fan_out, rng):
    return np.random.normal(0, np.sqrt(1 / fan_in), (fan_in, fan_out))
