from typing import TypedDict

import numpy as np


class BatchnormCache(TypedDict):
    z: np.ndarray
    gamma: np.ndarray
    sigma: np.ndarray


def batchnorm_forward(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5
) -> tuple[np.ndarray, BatchnormCache]:
    sigma = np.sqrt(x.var(axis=0) + eps)
    z = (x - x.mean(axis=0)) / sigma
    return gamma * z + beta, BatchnormCache(z=z, gamma=gamma, sigma=sigma)


def batchnorm_backward(dout: np.ndarray, cache: BatchnormCache) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    z, gamma, sigma = cache["z"], cache["gamma"], cache["sigma"]
    dgamma = (dout * z).sum(axis=0)
    dbeta = dout.sum(axis=0)
    return gamma / sigma * (dout - (dbeta + z * dgamma) / dout.shape[0]), dgamma, dbeta
