import numpy as np


def zero_init(fan_in, fan_out):
    return np.ones((fan_in, fan_out))
