import numpy as np

from .activations import ReLU, Sigmoid, Tanh
from .batchnorm import BatchNorm, Population, batchnorm_inference, inference_parameters
from .initialization import gaussian_init, he_init, xavier_init, zero_init
from .linear import Affine
from .losses import softmax_loss

ACTIVATIONS = {"relu": ReLU, "tanh": Tanh, "sigmoid": Sigmoid}
INITS = {
    "zero": lambda fan_in, fan_out, rng: zero_init(fan_in, fan_out),
    "gaussian": lambda fan_in, fan_out, rng: gaussian_init(fan_in, fan_out, 0.01, rng),
    "xavier": xavier_init,
    "he": he_init,
}


class Network:
    """A list of (name, layer), made from the dict of parameters."""

    def __init__(self, params, activation):
        self.layers = []
        depth = sum(name.startswith("W") for name in params)
        for i in range(1, depth + 1):
            self.layers.append((i, Affine(params[f"W{i}"], params[f"b{i}"])))
            if f"gamma{i}" in params:
                self.layers.append((i, BatchNorm(params[f"gamma{i}"], params[f"beta{i}"])))
            if i < depth:
                self.layers.append((i, ACTIVATIONS[activation]()))

    def forward(self, h):
        for _, layer in self.layers:
            h = layer(h)
        return h

    def backward(self, dh):
        grads = {}
        for i, layer in reversed(self.layers):
            dh = layer.backward(dh)
            if isinstance(layer, Affine):
                grads[f"W{i}"], grads[f"b{i}"] = layer.dW, layer.db
            elif isinstance(layer, BatchNorm):
                grads[f"gamma{i}"], grads[f"beta{i}"] = layer.dgamma, layer.dbeta
        return grads


def init_network(sizes, init, rng, batchnorm=False):
    params = {}
    last = len(sizes) - 1
    for i, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        params[f"W{i}"] = INITS[init](fan_in, fan_out, rng)
        params[f"b{i}"] = np.zeros(fan_out)
        if batchnorm and i != last:
            params[f"gamma{i}"] = np.ones(fan_out)
            params[f"beta{i}"] = np.zeros(fan_out)
    return params


def network_scores(params, X, activation):
    return Network(params, activation).forward(X)


def network_loss(params, X, y, activation):
    network = Network(params, activation)
    loss, dscores = softmax_loss(network.forward(X), y)
    return loss, network.backward(dscores)


def sgd_step(params, grads, learning_rate):
    new = {}
    for name, value in params.items():
        new[name] = value - learning_rate * grads[name]
    return new


class MiniBatches:
    """Walks through the data in a new random order each epoch; only whole batches."""

    def __init__(self, n, size, rng):
        self.n = n
        self.size = size
        self.rng = rng

    def __iter__(self):
        while True:
            order = self.rng.permutation(self.n)
            for start in range(0, self.n - self.size + 1, self.size):
                yield order[start : start + self.size]


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    losses = []
    for _, batch in zip(range(steps), MiniBatches(len(X), batch_size, rng)):
        loss, grads = network_loss(params, X[batch], y[batch], activation)
        losses.append(loss)
        params = sgd_step(params, grads, learning_rate)
    return params, np.array(losses)


def freeze_batchnorm(params, batches, activation):
    # run the training network on every batch; its BatchNorm layers see their own inputs
    populations = {}
    for batch in batches:
        h = batch
        for i, layer in Network(params, activation).layers:
            if isinstance(layer, BatchNorm):
                populations.setdefault(i, Population()).see(h)
            h = layer(h)

    frozen = {name: value.copy() for name, value in params.items() if name[0] in "Wb" and "beta" not in name}
    for i, population in populations.items():
        frozen[f"scale{i}"], frozen[f"shift{i}"] = inference_parameters(
            params[f"gamma{i}"], params[f"beta{i}"], population.mean, population.var
        )
    return frozen


def inference_scores(frozen, X, activation):
    depth = sum(name.startswith("W") for name in frozen)
    h = X
    for i in range(1, depth):
        h = Affine(frozen[f"W{i}"], frozen[f"b{i}"])(h)
        if f"scale{i}" in frozen:
            h = batchnorm_inference(h, frozen[f"scale{i}"], frozen[f"shift{i}"])
        h = ACTIVATIONS[activation]()(h)
    return Affine(frozen[f"W{depth}"], frozen[f"b{depth}"])(h)
