import numpy as np


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    losses = []
    for _ in range(steps):
        batch = rng.choice(len(X), size=batch_size, replace=False)
        loss, grads = network_loss(params, X[batch], y[batch], activation)
        losses.append(loss.item())
        params = sgd_step(params, grads, learning_rate)
    return params, np.array(losses)
