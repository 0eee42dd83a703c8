from itertools import combinations_with_replacement

import numpy as np


def quadratic_features(x):
    pairs = np.array(list(combinations_with_replacement(range(x.shape[1]), 2)))
    return np.column_stack((x, x[:, pairs[:, 0]] * x[:, pairs[:, 1]]))
