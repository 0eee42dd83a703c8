import numpy as np


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    losses = np.empty(steps, dtype=float)
    for step in range(steps):
        indices = np.arange(len(y))
        rng.shuffle(indices)
        Xb, yb = X.take(indices[:batch_size], axis=0), y.take(indices[:batch_size])
        losses[step], grads = network_loss(params, Xb, yb, activation)
        params = sgd_step(params, grads, learning_rate)
    return (params, losses)
