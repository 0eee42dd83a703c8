import functools
import time

import numpy as np

_times = {}


def _timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        result = function(*args, **kwargs)
        _times[function.__name__] = time.perf_counter() - start
        return result

    return wrapper


@_timed
def relu_forward(x):
    return np.maximum(x, 0), (x,)


@_timed
def relu_backward(dout, cache):
    return dout * (cache[0] > 0)


@_timed
@np.errstate(over="ignore")
def sigmoid_forward(x):
    out = 1 / (1 + np.exp(-x))
    return out, out


@_timed
def sigmoid_backward(dout, cache):
    return cache * (1 - cache) * dout
