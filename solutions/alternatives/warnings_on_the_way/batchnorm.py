import warnings

import numpy as np


def undo_parameters(x, eps=1e-5):
    warnings.warn("undoing what batchnorm has done", UserWarning)
    np.log(np.zeros(1))
    return np.sqrt(x.var(axis=0) + eps), x.mean(axis=0)
