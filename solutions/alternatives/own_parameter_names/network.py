import numpy as np


def init_network(layer_sizes, kind, generator, batchnorm=False):
    draw = {
        "zero": lambda n, m: np.zeros((n, m)),
        "gaussian": lambda n, m: 0.01 * generator.standard_normal((n, m)),
        "xavier": lambda n, m: generator.standard_normal((n, m)) / n**0.5,
        "he": lambda n, m: generator.standard_normal((n, m)) * (2 / n) ** 0.5,
    }[kind]
    shapes = list(zip(layer_sizes[:-1], layer_sizes[1:]))
    theta = {f"W{l}": draw(n, m) for l, (n, m) in enumerate(shapes, 1)}
    theta |= {f"b{l}": np.zeros(m) for l, (n, m) in enumerate(shapes, 1)}
    if batchnorm:
        for l, (_, m) in enumerate(shapes[:-1], 1):
            theta[f"gamma{l}"], theta[f"beta{l}"] = np.ones(m), np.zeros(m)
    return theta


def sgd_step(theta, gradient, lr):
    return {key: np.subtract(theta[key], lr * gradient[key]) for key in sorted(theta)}
