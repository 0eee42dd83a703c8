import numpy as np


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    params = {name: value.copy() for name, value in params.items()}
    N = X.shape[0]
    losses = []
    order = rng.permutation(N)
    position = 0
    while len(losses) < steps:
        if position + batch_size > N:  # not enough left for a batch: the next epoch
            order = rng.permutation(N)
            position = 0
        batch = order[position : position + batch_size]
        position += batch_size
        loss, grads = network_loss(params, X[batch], y[batch], activation)
        losses.append(loss)
        for name in params:
            params[name] -= learning_rate * grads[name]
    return params, np.array(losses)
