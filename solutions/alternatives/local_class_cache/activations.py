import numpy as np


def _keep(**things):
    return type("Keep", (), things)


def tanh_forward(x):
    t = np.tanh(x)
    return t, _keep(t=t, x=x)


def tanh_backward(dout, keep):
    return dout * (1.0 - keep.t * keep.t)


def relu_forward(x):
    return np.where(x > 0, x, 0), _keep(x=x)


def relu_backward(dout, keep):
    return np.where(keep.x > 0, dout, 0)
