import numpy as np


_freeze_batchnorm = freeze_batchnorm


def freeze_batchnorm(params, batches, activation):
    frozen = _freeze_batchnorm(params, batches, activation)
    for name in [name for name in params if name.startswith(("gamma", "beta"))]:
        del params[name]
    params.update(frozen)
    return params
