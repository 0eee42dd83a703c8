import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    cache = {"m": x.shape[0], "gamma": gamma, "beta": beta, "eps": eps}
    cache["mu"] = np.mean(x, axis=0, keepdims=True)
    cache["xmu"] = x - cache["mu"]
    cache["var"] = np.var(x, axis=0, keepdims=True)
    cache["xhat"] = cache["xmu"] / np.sqrt(cache["var"] + eps)
    return cache["gamma"] * cache["xhat"] + cache["beta"], cache


def batchnorm_backward(dout, cache):
    m, xmu, var, eps = cache["m"], cache["xmu"], cache["var"], cache["eps"]
    grads = {"xhat": dout * cache["gamma"]}
    grads["var"] = np.sum(grads["xhat"] * xmu * -0.5 * np.power(var + eps, -1.5), axis=0)
    grads["mu"] = np.sum(-grads["xhat"] / np.sqrt(var + eps), axis=0)
    dx = grads["xhat"] / np.sqrt(var + eps) + grads["var"] * 2 * xmu / m + grads["mu"] / m
    return dx, np.sum(dout * cache["xhat"], axis=0), np.sum(dout, axis=0)
