"""The reference solution: all seven modules of the exercise, to be read afterwards.

``FUNCTIONS`` holds every function that the exercise asks for, by name, in the exercise's order.
"""

from collections.abc import Callable
from typing import Any

from .activations import (
    leaky_relu_backward,
    leaky_relu_forward,
    maxout_backward,
    maxout_forward,
    prelu_backward,
    prelu_forward,
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
    tanh_backward,
    tanh_forward,
)
from .batchnorm import (
    batchnorm_backward,
    batchnorm_forward,
    batchnorm_inference,
    inference_parameters,
    population_statistics,
    undo_parameters,
)
from .initialization import (
    activation_statistics,
    active_bias,
    gaussian_init,
    he_init,
    xavier_init,
    zero_init,
)
from .linear import affine_backward, affine_forward, quadratic_features
from .losses import logistic_loss, softmax, softmax_loss
from .network import (
    freeze_batchnorm,
    inference_scores,
    init_network,
    network_loss,
    network_scores,
    sgd_step,
    train,
)
from .preprocessing import subtract_channel_mean, subtract_mean_image

FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        affine_forward,
        affine_backward,
        quadratic_features,
        softmax,
        softmax_loss,
        logistic_loss,
        sigmoid_forward,
        sigmoid_backward,
        tanh_forward,
        tanh_backward,
        relu_forward,
        relu_backward,
        leaky_relu_forward,
        leaky_relu_backward,
        prelu_forward,
        prelu_backward,
        maxout_forward,
        maxout_backward,
        subtract_mean_image,
        subtract_channel_mean,
        zero_init,
        gaussian_init,
        xavier_init,
        he_init,
        active_bias,
        activation_statistics,
        batchnorm_forward,
        batchnorm_backward,
        undo_parameters,
        population_statistics,
        inference_parameters,
        batchnorm_inference,
        init_network,
        network_scores,
        network_loss,
        sgd_step,
        train,
        freeze_batchnorm,
        inference_scores,
    )
}
