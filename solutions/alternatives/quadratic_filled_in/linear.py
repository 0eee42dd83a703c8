import numpy as np


def quadratic_features(x):
    N, D = x.shape
    phi = np.empty((N, D + D * (D + 1) // 2))
    phi[:, :D] = x
    column = D
    for i in range(D):
        phi[:, column : column + D - i] = x[:, [i]] * x[:, i:]
        column += D - i
    return phi
