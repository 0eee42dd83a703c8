import numpy as np


def batchnorm_inference(x, scale, shift):
    return scale * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5) + shift
