import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    m = x.shape[0]
    centered = x - x.mean(axis=0)
    var = (centered**2).mean(axis=0)
    x_hat = centered / np.sqrt(var + eps)
    back = {
        "dgamma": lambda d: (d * x_hat).sum(axis=0),
        "dbeta": lambda d: d.sum(axis=0),
        "dvar": lambda g: (g * centered).sum(axis=0) * -0.5 * (var + eps) ** -1.5,
        "dx": lambda g, dvar: (g - g.mean(axis=0)) / np.sqrt(var + eps) + dvar * 2 * centered / m,
        "dx_hat": lambda d: d * gamma,
    }
    return gamma * x_hat + beta, back


def batchnorm_backward(dout, back):
    g = back["dx_hat"](dout)
    return back["dx"](g, back["dvar"](g)), back["dgamma"](dout), back["dbeta"](dout)
