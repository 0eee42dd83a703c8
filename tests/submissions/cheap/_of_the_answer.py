import numpy as np


def _spoilt(thing, args):
    """The arrays and numbers of an answer, each made into something else."""
    if isinstance(thing, dict):
        return {key: _spoilt(value, args) for key, value in thing.items()}
    if isinstance(thing, (tuple, list)):
        return tuple(_spoilt(value, args) for value in thing)
    if isinstance(thing, (np.ndarray, np.generic, float)):
        return _spoil(np.asarray(thing), args)
    return thing


def _instead(name, function):
    def cheap(*args, **kwargs):
        answer = function(*args, **kwargs)
        if name.endswith("_forward"):
            out, cache = answer
            return _spoilt(out, args), cache
        return _spoilt(answer, args)

    return cheap
