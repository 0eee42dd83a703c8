import numpy as np


def sgd_step(params, grads, learning_rate):
    return {name: p - learning_rate * grads[name] if name[0] == "W" else p.copy() for name, p in params.items()}
