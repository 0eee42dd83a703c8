import numpy as np


_network_loss = network_loss


def network_loss(params, X, y, activation):
    loss, grads = _network_loss(params, X, y, activation)
    return loss, {name: grad / len(X) for name, grad in grads.items()}
