import numpy as np


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    # all batches are drawn beforehand: the smallest of N random numbers, for each step
    batches = np.argpartition(rng.random((steps, len(X))), batch_size - 1, axis=1)[:, :batch_size]
    history = [dict(params)]
    losses = []
    for batch in batches:
        loss, grads = network_loss(history[-1], X[batch], y[batch], activation)
        losses.append(float(loss))
        history.append({key: value - learning_rate * grads[key] for key, value in history[-1].items()})
    return history[-1], np.asarray(losses)
