import numpy as np


_network_loss = network_loss


def network_loss(params, X, y, activation):
    loss, grads = _network_loss(params, X, y, activation)
    last = str(_number_of_layers(params))
    return loss, {name: grad if name[1:] == last else np.zeros_like(grad) for name, grad in grads.items()}
