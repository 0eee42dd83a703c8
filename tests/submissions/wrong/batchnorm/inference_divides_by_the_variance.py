import numpy as np


def inference_parameters(gamma, beta, mean, var, eps=1e-5):
    scale = gamma / (var + eps)
    return scale, beta - scale * mean
