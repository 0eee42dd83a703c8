from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np


class Moments(NamedTuple):
    mean: np.ndarray
    var: np.ndarray


@dataclass
class BatchnormCache:
    x: np.ndarray
    gamma: np.ndarray
    moments: Moments
    eps: float
    std: np.ndarray = field(init=False)

    def __post_init__(self):
        self.std = np.sqrt(self.moments.var + self.eps)

    @property
    def x_hat(self):
        return (self.x - self.moments.mean) / self.std


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    cache = BatchnormCache(x, gamma, Moments(x.mean(axis=0), x.var(axis=0)), eps)
    return gamma * cache.x_hat + beta, cache


class BatchnormGradients(NamedTuple):
    dx: np.ndarray
    dgamma: np.ndarray
    dbeta: np.ndarray


def batchnorm_backward(dout, cache):
    dgamma = np.sum(dout * cache.x_hat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dx = cache.gamma / cache.std * (dout - dbeta / len(dout) - cache.x_hat * dgamma / len(dout))
    return BatchnormGradients(dx, dgamma, dbeta)
