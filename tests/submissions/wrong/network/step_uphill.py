import numpy as np


def sgd_step(params, grads, learning_rate):
    return {name: params[name] + learning_rate * grads[name] for name in params}
