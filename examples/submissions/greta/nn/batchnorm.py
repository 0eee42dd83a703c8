import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    # TODO
    raise NotImplementedError


def batchnorm_backward(dout, cache):
    # TODO
    raise NotImplementedError


def undo_parameters(x, eps=1e-5):
    gamma = np.sqrt(x.var(axis=0) + eps)
    beta = x.mean(axis=0)
    return gamma, beta


def population_statistics(batches):
    # TODO
    raise NotImplementedError


def inference_parameters(gamma, beta, mean, var, eps=1e-5):
    # TODO
    raise NotImplementedError


def batchnorm_inference(x, scale, shift):
    return scale * x + shift
