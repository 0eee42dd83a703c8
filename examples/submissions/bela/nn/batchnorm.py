import numpy as np

from .layer import Layer


class BatchNorm(Layer):
    """Algorithm 1 of the paper, in its own steps, forwards and backwards."""

    def __init__(self, gamma, beta, eps=1e-5):
        self.gamma = gamma
        self.beta = beta
        self.eps = eps

    def forward(self, x):
        self.m = x.shape[0]
        mu = x.sum(axis=0) / self.m
        self.centered = x - mu
        self.var = (self.centered**2).sum(axis=0) / self.m
        self.x_hat = self.centered / np.sqrt(self.var + self.eps)
        return self.gamma * self.x_hat + self.beta

    def backward(self, dout):
        # the formulas of section 3 of the paper
        self.dbeta = dout.sum(axis=0)
        self.dgamma = (dout * self.x_hat).sum(axis=0)
        dx_hat = dout * self.gamma
        inv_std = (self.var + self.eps) ** -0.5
        dvar = (dx_hat * self.centered).sum(axis=0) * -0.5 * inv_std**3
        dmu = -(dx_hat * inv_std).sum(axis=0) - dvar * 2 * self.centered.sum(axis=0) / self.m
        return dx_hat * inv_std + dvar * 2 * self.centered / self.m + dmu / self.m


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    layer = BatchNorm(gamma, beta, eps)
    return layer(x), layer


def batchnorm_backward(dout, layer):
    dx = layer.backward(dout)
    return dx, layer.dgamma, layer.dbeta


def undo_parameters(x, eps=1e-5):
    return (x.var(axis=0) + eps) ** 0.5, x.mean(axis=0)


class Population:
    """Sees one batch after the other."""

    def __init__(self):
        self.means = []
        self.variances = []

    def see(self, batch):
        self.means.append(batch.mean(axis=0))
        # ddof=1 is the factor m / (m - 1) of line 10
        self.variances.append(batch.var(axis=0, ddof=1))

    @property
    def mean(self):
        return np.mean(self.means, axis=0)

    @property
    def var(self):
        return np.mean(self.variances, axis=0)


def population_statistics(batches):
    population = Population()
    for batch in batches:
        population.see(batch)
    return population.mean, population.var


def inference_parameters(gamma, beta, mean, var, eps=1e-5):
    scale = gamma / (var + eps) ** 0.5
    return scale, beta - scale * mean


def batchnorm_inference(x, scale, shift):
    return x * scale + shift
