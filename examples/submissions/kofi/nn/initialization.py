import numpy as np

from .activations import relu_forward, sigmoid_forward, tanh_forward


def zero_init(fan_in, fan_out):
    return np.zeros((fan_in, fan_out))


def gaussian_init(fan_in, fan_out, std, rng):
    return std * rng.standard_normal((fan_in, fan_out))


def xavier_init(fan_in, fan_out, rng):
    # Var(w) = 1 / fan_in, so the std is the square root
    return rng.standard_normal((fan_in, fan_out)) / np.sqrt(fan_in)


def he_init(fan_in, fan_out, rng):
    # relu kills half of the variance -> factor 2
    return rng.standard_normal((fan_in, fan_out)) * np.sqrt(2.0 / fan_in)


def active_bias(fan_out):
    return 0.1 * np.ones(fan_out)


def activation_statistics(x, weights, activation):
    functions = {"relu": relu_forward, "tanh": tanh_forward, "sigmoid": sigmoid_forward}
    f = functions[activation]
    means = []
    stds = []
    h = x
    for W in weights:
        h, _ = f(h.dot(W))
        means.append(h.mean())
        stds.append(h.std())
    return np.array(means), np.array(stds)
