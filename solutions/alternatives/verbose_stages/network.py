"""A network with any number of layers."""

from __future__ import annotations

import numpy as np

from . import activations, batchnorm as bn, initialization, linear, losses


def _number_of_layers(params):
    number = 0
    for name in params:
        if name.startswith("W"):
            number = max(number, int(name[1:]))
    return number


def _activation_functions(activation):
    if activation == "relu":
        return activations.relu_forward, activations.relu_backward
    if activation == "tanh":
        return activations.tanh_forward, activations.tanh_backward
    if activation == "sigmoid":
        return activations.sigmoid_forward, activations.sigmoid_backward
    raise ValueError("no such activation: " + activation)


def init_network(sizes, init, rng, batchnorm=False):
    params = {}
    number_of_layers = len(sizes) - 1
    for index in range(number_of_layers):
        layer = str(index + 1)
        fan_in = sizes[index]
        fan_out = sizes[index + 1]
        if init == "zero":
            params["W" + layer] = initialization.zero_init(fan_in, fan_out)
        elif init == "gaussian":
            params["W" + layer] = initialization.gaussian_init(fan_in, fan_out, 0.01, rng)
        elif init == "xavier":
            params["W" + layer] = initialization.xavier_init(fan_in, fan_out, rng)
        elif init == "he":
            params["W" + layer] = initialization.he_init(fan_in, fan_out, rng)
        else:
            raise ValueError("no such init: " + init)
        params["b" + layer] = np.zeros(fan_out)
        is_last_layer = index == number_of_layers - 1
        if batchnorm and not is_last_layer:
            params["gamma" + layer] = np.ones(fan_out)
            params["beta" + layer] = np.zeros(fan_out)
    return params


def _forward_with_caches(params, X, activation):
    activation_forward, _ = _activation_functions(activation)
    number_of_layers = _number_of_layers(params)
    caches = {}
    current = X
    for number in range(1, number_of_layers + 1):
        layer = str(number)
        current, caches["affine" + layer] = linear.affine_forward(current, params["W" + layer], params["b" + layer])
        if number == number_of_layers:
            continue
        if "gamma" + layer in params:
            gamma, beta = params["gamma" + layer], params["beta" + layer]
            current, caches["batchnorm" + layer] = bn.batchnorm_forward(current, gamma, beta)
        current, caches["activation" + layer] = activation_forward(current)
    return current, caches


def network_scores(params, X, activation):
    scores, _ = _forward_with_caches(params, X, activation)
    return scores


def network_loss(params, X, y, activation):
    scores, caches = _forward_with_caches(params, X, activation)
    loss, gradient = losses.softmax_loss(scores, y)
    _, activation_backward = _activation_functions(activation)
    number_of_layers = _number_of_layers(params)
    grads = {}
    for number in range(number_of_layers, 0, -1):
        layer = str(number)
        if number < number_of_layers:
            gradient = activation_backward(gradient, caches["activation" + layer])
            if "batchnorm" + layer in caches:
                gradient, dgamma, dbeta = bn.batchnorm_backward(gradient, caches["batchnorm" + layer])
                grads["gamma" + layer] = dgamma
                grads["beta" + layer] = dbeta
        gradient, dW, db = linear.affine_backward(gradient, caches["affine" + layer])
        grads["W" + layer] = dW
        grads["b" + layer] = db
    return loss, grads


def sgd_step(params, grads, learning_rate):
    new_params = {}
    for name in params:
        step = -learning_rate * grads[name]
        new_params[name] = params[name] + step
    return new_params


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    number_of_samples = X.shape[0]
    current_params = {name: value.copy() for name, value in params.items()}
    losses_of_steps = np.zeros(steps)
    for step in range(steps):
        shuffled = rng.permutation(number_of_samples)
        mini_batch = shuffled[0:batch_size]
        loss, grads = network_loss(current_params, X[mini_batch], y[mini_batch], activation)
        losses_of_steps[step] = loss
        current_params = sgd_step(current_params, grads, learning_rate)
    return current_params, losses_of_steps


def freeze_batchnorm(params, batches, activation):
    activation_forward, _ = _activation_functions(activation)
    number_of_layers = _number_of_layers(params)
    frozen = {}
    current_batches = [batch for batch in batches]
    for number in range(1, number_of_layers + 1):
        layer = str(number)
        W, b = params["W" + layer], params["b" + layer]
        frozen["W" + layer] = W.copy()
        frozen["b" + layer] = b.copy()
        if number == number_of_layers:
            break
        next_batches = []
        inputs_of_batchnorm = []
        for batch in current_batches:
            affine_output, _ = linear.affine_forward(batch, W, b)
            inputs_of_batchnorm.append(affine_output)
            if "gamma" + layer in params:
                affine_output, _ = bn.batchnorm_forward(affine_output, params["gamma" + layer], params["beta" + layer])
            activated, _ = activation_forward(affine_output)
            next_batches.append(activated)
        if "gamma" + layer in params:
            mean, var = bn.population_statistics(np.array(inputs_of_batchnorm))
            scale, shift = bn.inference_parameters(params["gamma" + layer], params["beta" + layer], mean, var)
            frozen["scale" + layer] = scale
            frozen["shift" + layer] = shift
        current_batches = next_batches
    return frozen


def inference_scores(frozen, X, activation):
    activation_forward, _ = _activation_functions(activation)
    number_of_layers = _number_of_layers(frozen)
    current = X
    for number in range(1, number_of_layers + 1):
        layer = str(number)
        current, _ = linear.affine_forward(current, frozen["W" + layer], frozen["b" + layer])
        if number < number_of_layers:
            if "scale" + layer in frozen:
                current = bn.batchnorm_inference(current, frozen["scale" + layer], frozen["shift" + layer])
            current, _ = activation_forward(current)
    return current
