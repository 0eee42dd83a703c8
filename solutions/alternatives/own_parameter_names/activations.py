import numpy as np


def leaky_relu_forward(Z, slope=0.01, verbose=False):
    if verbose:
        print(Z)
    return np.where(Z > 0, Z, slope * Z), (Z, slope)


def leaky_relu_backward(dA, stuff):
    Z, slope = stuff
    return dA * np.where(Z > 0, 1, slope)
