import numpy as np


def _instead(name, function):
    def stub(first, *args, **kwargs):
        nothing = np.zeros_like(first, dtype=float) if isinstance(first, np.ndarray) else np.zeros(1)
        if name.endswith("_forward"):
            return nothing, None
        if name.endswith("_loss"):
            return 0.0, nothing
        return nothing

    return stub
