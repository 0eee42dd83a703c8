import numpy as np


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    def batches():
        while True:
            both = rng.choice(len(X), size=len(X), replace=False)
            for start in range(len(X) // batch_size):
                yield np.sort(both[start * batch_size : (start + 1) * batch_size])

    source = batches()
    losses = np.full(steps, np.nan)
    for t in range(steps):
        rows = next(source)
        losses[t], grads = network_loss(params, X[rows, :], y[rows], activation)
        params = sgd_step(params, grads, learning_rate)
    return params, losses
