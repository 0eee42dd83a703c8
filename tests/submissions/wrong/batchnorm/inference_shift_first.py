import numpy as np


def batchnorm_inference(x, scale, shift):
    return scale * (x + shift)
