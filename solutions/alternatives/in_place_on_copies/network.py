from copy import deepcopy


def sgd_step(params, grads, learning_rate):
    params = deepcopy(params)
    for name, grad in grads.items():
        params[name] -= learning_rate * grad
    return params


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    params = deepcopy(params)
    losses = []
    for _ in range(steps):
        chosen = rng.choice(X.shape[0], batch_size, replace=False, shuffle=False)
        loss, grads = network_loss(params, X[chosen], y[chosen], activation)
        losses += [loss]
        for name in grads:
            params[name] -= learning_rate * grads[name]
    return params, np.array(losses)
