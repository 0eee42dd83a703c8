import numpy as np


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    losses = np.zeros(steps)
    for t in range(steps):
        batch = np.random.choice(len(X), size=batch_size, replace=False)
        losses[t], grads = network_loss(params, X[batch], y[batch], activation)
        params = sgd_step(params, grads, learning_rate)
    return params, losses
