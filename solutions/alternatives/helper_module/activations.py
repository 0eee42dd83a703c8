from .helpers import stable_sigmoid


def sigmoid_forward(x):
    s = stable_sigmoid(x)
    return s, (s,)


def sigmoid_backward(dout, cache):
    return dout * cache[0] * (1 - cache[0])
