import numpy as np


def zero_init(fan_in, fan_out):
    return 0.0 * np.ones((fan_in, fan_out))


def xavier_init(fan_in, fan_out, rng):
    covariance = np.diag(np.full(fan_out, 1 / fan_in))
    return rng.multivariate_normal(np.zeros(fan_out), covariance, size=fan_in, method="cholesky")


def he_init(fan_in, fan_out, rng):
    return np.sqrt(2) * xavier_init(fan_in, fan_out, rng)
