import numpy as np


def affine_forward(x, W, b):
    # TODO


def affine_backward(dout, cache):
    # TODO


def quadratic_features(x):
    # TODO


def softmax(scores):
    # TODO


def softmax_loss(scores, y):
    # TODO


def logistic_loss(theta, X, y):
    # TODO


def sigmoid_forward(x):
    # TODO


def sigmoid_backward(dout, cache):
    # TODO


def tanh_forward(x):
    # TODO


def tanh_backward(dout, cache):
    # TODO


def relu_forward(x):
    # TODO


def relu_backward(dout, cache):
    # TODO


def leaky_relu_forward(x, slope=0.01):
    # TODO


def leaky_relu_backward(dout, cache):
    # TODO


def prelu_forward(x, alpha):
    # TODO


def prelu_backward(dout, cache):
    # TODO


def maxout_forward(x, W, b):
    # TODO


def maxout_backward(dout, cache):
    # TODO


def subtract_mean_image(train, test):
    # TODO


def subtract_channel_mean(train, test):
    # TODO


def zero_init(fan_in, fan_out):
    # TODO


def gaussian_init(fan_in, fan_out, std, rng):
    # TODO


def xavier_init(fan_in, fan_out, rng):
    # TODO


def he_init(fan_in, fan_out, rng):
    # TODO


def active_bias(fan_out):
    # TODO


def activation_statistics(x, weights, activation):
    # TODO


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    # TODO


def batchnorm_backward(dout, cache):
    # TODO


def undo_parameters(x, eps=1e-5):
    # TODO


def population_statistics(batches):
    # TODO


def inference_parameters(gamma, beta, mean, var, eps=1e-5):
    # TODO


def batchnorm_inference(x, scale, shift):
    # TODO


def init_network(sizes, init, rng, batchnorm=False):
    # TODO


def network_scores(params, X, activation):
    # TODO


def network_loss(params, X, y, activation):
    # TODO


def sgd_step(params, grads, learning_rate):
    # TODO


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    # TODO


def freeze_batchnorm(params, batches, activation):
    # TODO


def inference_scores(frozen, X, activation):
    # TODO
