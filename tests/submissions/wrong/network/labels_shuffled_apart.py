import numpy as np


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    losses = np.zeros(steps)
    for t in range(steps):
        Xb = rng.permutation(X)[:batch_size]
        yb = rng.permutation(y)[:batch_size]
        losses[t], grads = network_loss(params, Xb, yb, activation)
        params = sgd_step(params, grads, learning_rate)
    return params, losses
