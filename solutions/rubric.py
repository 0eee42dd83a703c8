"""The marking scheme of "Introduction to Neural Networks": 100 points, task by task.

Each check says what it is worth, whether students have it (``visible``) or its cases are drawn
afresh for each submission (hidden), and in its title what it is for.  The cases are in ``cases``, a
module for each of the students'.

Visible checks find most mistakes; hidden ones look again at other numbers, shapes and corners.
Purity is a small mark of its own where arguments are easily changed in place, speed one where a
loop over samples is tempting, stability one where the text promises it.
"""

from __future__ import annotations

from functools import partial

from autograder.checks import (
    Distribution,
    Gradient,
    LossGradient,
    Matches,
    Property,
    Purity,
    Speed,
    Stability,
    Tolerance,
)
from autograder.rubric import Rubric, Task

from .cases import activations, batchnorm, initialization, linear, losses, network, preprocessing
from .misconceptions import MISCONCEPTIONS
from .properties import draws_mini_batches, initializes_network, trained_form
from .reference import FUNCTIONS
from .terms import TERMS

__all__ = ["rubric"]

ABSOLUTE = Tolerance(rtol=0, atol_scale=0, floor=1e-12, strict=True)
"""What is promised for σ and tanh wherever they are taken."""

# fmt: off
# (A marking scheme is read line by line.)

LINEAR = (
    Task("affine", module="linear", checks=(
        Matches("affine_forward", name="forward", points=1, visible=True, cases=linear.affine_ordinary,
                pick=0, title="The scores are xW + b."),
        Gradient("affine", name="gradient", points=1.5, visible=True, cases=linear.affine_ordinary,
                 wrt=("x", "W", "b"), title="dx, dW and db are the derivatives of the scores."),
        Gradient("affine", name="corners", points=1, cases=linear.affine_corners,
                 wrt=("x", "W", "b"), title="The derivatives are right for one sample, one feature and any layout."),
        Purity(name="purity", points=0.25, visible=True, cases=linear.affine_ordinary,
               functions=("affine_forward", "affine_backward"), title="No argument is changed."),
        Speed(layer="affine", name="speed", points=0.25, cases=linear.affine_tall,
              title="There is no loop over samples."),
    )),
    Task("quadratic_features", module="linear", checks=(
        Matches("quadratic_features", name="values", points=1, visible=True, cases=linear.features_ordinary,
                title="The features come first, then every product once, in row order."),
        Matches("quadratic_features", name="corners", points=0.5, cases=linear.features_corners,
                title="One sample, and one, two or many features have the right features too."),
        Purity(name="purity", points=0.25, visible=True, cases=linear.features_once,
               functions=("quadratic_features",), title="x is not changed."),
        Speed("quadratic_features", name="speed", points=0.25, cases=linear.features_tall,
              title="There is no loop over samples."),
    )),
)

softmax_gradient = partial(LossGradient, "softmax_loss", wrt="scores")

LOSSES = (
    Task("softmax", module="losses", checks=(
        Matches("softmax", name="values", points=1.5, visible=True, cases=losses.scores_ordinary,
                title="Each row of scores becomes probabilities that sum to 1."),
        Matches("softmax", name="corners", points=1, cases=losses.scores_corners,
                title="The probabilities are right for one sample, two classes and many classes."),
        Stability("softmax", name="huge-scores", points=1, visible=True, cases=losses.scores_huge,
                  silent=False, title="The probabilities are right for scores of ±10⁴."),
        Purity(name="purity", points=0.25, visible=True, cases=losses.scores_ordinary,
               functions=("softmax",), title="The scores are not changed."),
        Speed("softmax", name="speed", points=0.25, cases=losses.scores_tall, title="There is no loop over samples."),
    )),
    Task("softmax_loss", module="losses", checks=(
        Matches("softmax_loss", name="loss", points=1.5, visible=True, cases=losses.loss_ordinary,
                pick=0, title="The loss is the mean over the samples of −log of the label's probability."),
        softmax_gradient(name="gradient", points=2, visible=True, cases=losses.loss_ordinary,
                         title="dscores is the derivative of the loss."),
        softmax_gradient(name="corners", points=1.5, cases=losses.loss_corners,
                         title="dscores is right for one sample, more classes than samples and repeated labels."),
        Matches("softmax_loss", name="corners-loss", points=1, cases=losses.loss_corners,
                pick=0, title="The loss is right for one sample, more classes than samples and repeated labels."),
        Stability("softmax_loss", name="huge-scores", points=0.5, visible=True, cases=losses.loss_huge,
                  returns=("loss", "dscores"), silent=False, title="Loss and gradient are right for scores near ±10⁴."),
        Stability("softmax_loss", name="label-underflows", points=0.5, cases=losses.label_underflows,
                  returns=("loss", "dscores"), silent=False,
                  title="Loss and gradient are right where the label's probability underflows."),
        Stability("softmax_loss", name="row-apart", points=0.5, cases=losses.row_apart,
                  returns=("loss", "dscores"), silent=False,
                  title="Loss and gradient are right where one row's scores are far from the others'."),
        Purity(name="purity", points=0.25, visible=True, cases=losses.loss_ordinary,
               functions=("softmax_loss",), title="Neither the scores nor the labels are changed."),
        Speed("softmax_loss", name="speed", points=0.25, cases=losses.loss_tall,
              title="There is no loop over samples."),
    ), needs=("softmax",)),
    Task("logistic_loss", module="losses", checks=(
        Matches("logistic_loss", name="cost", points=1, visible=True, cases=losses.logistic_ordinary,
                pick=0, title="The cost is the sum of the samples' cross-entropies."),
        LossGradient("logistic_loss", name="gradient", points=1, visible=True, cases=losses.logistic_ordinary,
                     wrt="theta", title="dtheta is the derivative of the cost."),
        LossGradient("logistic_loss", name="corners", points=0.75, cases=losses.logistic_corners,
                     wrt="theta", title="dtheta is right for one sample, one feature and where all labels are alike."),
        Stability("logistic_loss", name="far", points=0.75, cases=losses.logistic_far,
                  returns=("cost", "dtheta"), silent=False,
                  title="Cost and gradient are right where |x_i θ| is 40 to 10³."),
        Purity(name="purity", points=0.25, visible=True, cases=losses.logistic_ordinary,
               functions=("logistic_loss",), title="No argument is changed."),
        Speed("logistic_loss", name="speed", points=0.25, cases=losses.logistic_tall,
              title="There is no loop over samples."),
    )),
)

ACTIVATIONS = (
    Task("sigmoid", module="activations", checks=(
        Matches("sigmoid_forward", name="forward", points=0.75, visible=True, cases=activations.smooth_ordinary,
                pick=0, title="The output is 1/(1 + e^−x)."),
        Gradient("sigmoid", name="gradient", points=1, visible=True, cases=activations.smooth_ordinary,
                 wrt=("x",), title="dx is the derivative, times dout."),
        Gradient("sigmoid", name="corners", points=0.5, cases=activations.smooth_corners,
                 wrt=("x",), title="dx is right for one sample, one feature and any memory layout."),
        Stability("sigmoid_forward", name="saturated", points=0.5, visible=True, cases=activations.saturated,
                  pick=0, tolerance=ABSOLUTE, title="The output is right, and no warning is given, at x = ±10³."),
        Purity(name="purity", points=0.25, visible=True, cases=activations.smooth_ordinary,
               functions=("sigmoid_forward", "sigmoid_backward"), title="Neither x nor dout is changed."),
    )),
    Task("tanh", module="activations", checks=(
        Matches("tanh_forward", name="forward", points=0.5, visible=True, cases=activations.smooth_ordinary,
                pick=0, title="The output is tanh x."),
        Gradient("tanh", name="gradient", points=0.5, visible=True, cases=activations.smooth_ordinary,
                 wrt=("x",), title="dx is the derivative, times dout."),
        Gradient("tanh", name="corners", points=0.25, cases=activations.smooth_corners,
                 wrt=("x",), title="dx is right for one sample, one feature and any memory layout."),
        Stability("tanh_forward", name="saturated", points=0.5, visible=True, cases=activations.saturated,
                  pick=0, tolerance=ABSOLUTE, title="The output is right, and no warning is given, at x = ±10³."),
        Purity(name="purity", points=0.25, visible=True, cases=activations.smooth_ordinary,
               functions=("tanh_forward", "tanh_backward"), title="Neither x nor dout is changed."),
    )),
    Task("relu", module="activations", checks=(
        Matches("relu_forward", name="forward", points=0.5, visible=True, cases=activations.kinked_ordinary,
                pick=0, title="The output is max(0, x)."),
        Gradient("relu", name="gradient", points=0.75, visible=True, cases=activations.kinked_ordinary,
                 wrt=("x",), title="dx lets dout through where x > 0."),
        Gradient("relu", name="corners", points=0.25, cases=activations.kinked_corners,
                 wrt=("x",), title="dx is right for one sample, one feature and any memory layout."),
        Purity(name="purity", points=0.5, visible=True, cases=activations.kinked_ordinary,
               functions=("relu_forward", "relu_backward"), title="Neither x nor dout is changed."),
    )),
    Task("leaky_relu", module="activations", checks=(
        Matches("leaky_relu_forward", name="forward", points=0.75, visible=True, cases=activations.kinked_ordinary,
                pick=0, title="The output is max(0.01 x, x)."),
        Gradient("leaky_relu", name="gradient", points=0.75, visible=True, cases=activations.kinked_ordinary,
                 wrt=("x",), title="dx is dout where x > 0, and 0.01 dout elsewhere."),
        Matches("leaky_relu_forward", name="slope", points=0.5, visible=True, cases=activations.leaky_slopes,
                pick=0, title="A slope that is given takes the place of 0.01."),
        Gradient("leaky_relu", name="slope-gradient", points=0.5, cases=activations.leaky_slopes,
                 wrt=("x",), title="A slope that is given takes the place of 0.01 in dx too."),
        Gradient("leaky_relu", name="corners", points=0.25, cases=activations.kinked_corners,
                 wrt=("x",), title="dx is right for one sample, one feature and any memory layout."),
        Purity(name="purity", points=0.25, visible=True, cases=activations.kinked_ordinary,
               functions=("leaky_relu_forward", "leaky_relu_backward"), title="Neither x nor dout is changed."),
    )),
    Task("prelu", module="activations", checks=(
        Matches("prelu_forward", name="forward", points=1, visible=True, cases=activations.prelu_ordinary,
                pick=0, title="The output is max(αx, x), with an α for each feature."),
        Gradient("prelu", name="gradient", points=1.5, visible=True, cases=activations.prelu_ordinary,
                 wrt=("x", "alpha"), title="dx and dalpha are the derivatives, dalpha summed over the samples."),
        Gradient("prelu", name="corners", points=1, cases=activations.prelu_corners,
                 wrt=("x", "alpha"), title="The derivatives are right for one sample, one feature and any layout."),
        Purity(name="purity", points=0.25, visible=True, cases=activations.prelu_ordinary,
               functions=("prelu_forward", "prelu_backward"), title="No argument is changed."),
        Speed(layer="prelu", name="speed", points=0.25, cases=activations.prelu_tall,
              title="There is no loop over samples or features."),
    )),
    Task("maxout", module="activations", checks=(
        Matches("maxout_forward", name="forward", points=1, visible=True, cases=activations.maxout_ordinary,
                pick=0, title="The output is the largest of the k pieces x W_j + b_j."),
        Gradient("maxout", name="gradient", points=1.5, visible=True, cases=activations.maxout_ordinary,
                 wrt=("x", "W", "b"), title="dx, dW and db go to the piece that was largest."),
        Gradient("maxout", name="corners", points=1, cases=activations.maxout_corners,
                 wrt=("x", "W", "b"), title="The derivatives are right for one sample, one feature and five pieces."),
        Purity(name="purity", points=0.25, visible=True, cases=activations.maxout_ordinary,
               functions=("maxout_forward", "maxout_backward"), title="No argument is changed."),
        Speed(layer="maxout", name="speed", points=0.25, cases=activations.maxout_tall,
              title="There is no loop over samples."),
    )),
)

PREPROCESSING = tuple(
    Task(function, module="preprocessing", checks=(
        Matches(function, name="values", points=0.75, visible=True, cases=preprocessing.ordinary,
                returns=("train", "test"), title=f"{what} of the training set is taken from both sets."),
        Matches(function, name="bytes", points=0.5, visible=True, cases=preprocessing.as_bytes,
                returns=("train", "test"), title="uint8 images give floats, and the same differences."),
        Matches(function, name="corners", points=0.5, cases=preprocessing.corners,
                returns=("train", "test"), title="The differences are right for one image, one channel, any layout."),
        Purity(name="purity", points=0.25, visible=True, cases=preprocessing.ordinary,
               functions=(function,), title="The images passed in are not changed."),
    ))
    for function, what in (
        ("subtract_mean_image", "The mean image"),
        ("subtract_channel_mean", "Each channel's mean"),
    )
)

INITIALIZATION = (
    Task("zero_init", module="initialization", checks=(
        Matches("zero_init", name="zeros", points=1, visible=True, cases=initialization.zero_shapes,
                title="All weights are 0, in an array (fan_in, fan_out)."),
    )),
    Task("gaussian_init", module="initialization", checks=(
        Distribution("gaussian_init", name="distribution", points=1, visible=True, cases=initialization.fans_and_std,
                     variance=lambda _fan_in, _fan_out, std: std**2,
                     title="The weights are Gaussian with mean 0 and the standard deviation that is given."),
        Distribution("gaussian_init", name="other-sizes", points=1, cases=initialization.other_fans_and_std,
                     variance=lambda _fan_in, _fan_out, std: std**2,
                     title="The weights are right for other sizes and standard deviations."),
    )),
    Task("xavier_init", module="initialization", checks=(
        Distribution("xavier_init", name="distribution", points=1.5, visible=True, cases=initialization.fans,
                     variance=lambda fan_in, _fan_out: 1 / fan_in,
                     title="The weights are Gaussian with mean 0 and variance 1/fan_in."),
        Distribution("xavier_init", name="other-sizes", points=1.5, cases=initialization.other_fans,
                     variance=lambda fan_in, _fan_out: 1 / fan_in,
                     title="The weights are right for other sizes."),
    )),
    Task("he_init", module="initialization", checks=(
        Distribution("he_init", name="distribution", points=1.5, visible=True, cases=initialization.fans,
                     variance=lambda fan_in, _fan_out: 2 / fan_in,
                     title="The weights are Gaussian with mean 0 and variance 2/fan_in."),
        Distribution("he_init", name="other-sizes", points=1.5, cases=initialization.other_fans,
                     variance=lambda fan_in, _fan_out: 2 / fan_in,
                     title="The weights are right for other sizes."),
    )),
    Task("active_bias", module="initialization", checks=(
        Matches("active_bias", name="few-units", points=0.5, visible=True, cases=initialization.bias_sizes,
                title="Every bias is 0.1."),
        Matches("active_bias", name="many-units", points=0.5, cases=initialization.other_bias_sizes,
                title="Every bias is 0.1, however many units there are."),
    )),
    Task("activation_statistics", module="initialization", checks=(
        Matches("activation_statistics", name="relu", points=1, visible=True, cases=initialization.relu_statistics,
                returns=("means", "stds"), title="The mean and standard deviation of each layer with ReLU are right."),
        Matches("activation_statistics", name="smooth", points=1, visible=True, cases=initialization.smooth_statistics,
                returns=("means", "stds"), title="Means and standard deviations are right with tanh and sigmoid too."),
        Matches("activation_statistics", name="corners", points=1, cases=initialization.other_statistics,
                returns=("means", "stds"), title="The statistics are right for one layer, one sample or one unit."),
        Matches("activation_statistics", name="deep", points=0.5, cases=initialization.deep_statistics,
                returns=("means", "stds"), title="The statistics are right for ten layers, vanishing or not."),
        Purity(name="purity", points=0.25, visible=True, cases=initialization.relu_statistics,
               functions=("activation_statistics",), title="Neither x nor the weights are changed."),
        Speed("activation_statistics", name="speed", points=0.25, cases=initialization.statistics_tall,
              title="There is no loop over samples."),
    ), needs=("relu", "tanh", "sigmoid")),
)

batchnorm_gradient = partial(Gradient, "batchnorm")

BATCHNORM = (
    Task("batchnorm_forward", module="batchnorm", checks=(
        Matches("batchnorm_forward", name="forward", points=1.5, visible=True, cases=batchnorm.ordinary,
                pick=0, title="Algorithm 1: each feature is normalized over the mini-batch, scaled and shifted."),
        Matches("batchnorm_forward", name="eps", points=1, visible=True, cases=batchnorm.eps_given,
                pick=0, title="An ε that is given is added to the variance, inside the root."),
        Matches("batchnorm_forward", name="near-eps", points=1, cases=batchnorm.variance_near_eps,
                pick=0, title="The output is right where the variance is near ε."),
        Matches("batchnorm_forward", name="corners", points=0.75, cases=batchnorm.forward_corners,
                pick=0, title="The output is right for one sample, one feature and any memory layout."),
        Stability("batchnorm_forward", name="large-mean", points=1, cases=batchnorm.large_mean,
                  pick=0, silent=False, title="The output is right to 10⁻⁹ where the mean is 10⁴ standard deviations."),
        Purity(name="purity", points=0.5, visible=True, cases=batchnorm.ordinary,
               functions=("batchnorm_forward",), pick=0, title="No argument is changed."),
        Speed("batchnorm_forward", name="speed", points=0.25, cases=batchnorm.tall,
              pick=0, title="There is no loop over samples or features."),
    )),
    Task("batchnorm_backward", module="batchnorm", checks=(
        batchnorm_gradient(name="gamma-beta", points=1.5, visible=True, cases=batchnorm.ordinary,
                           wrt=("gamma", "beta"), title="dgamma and dbeta are the derivatives."),
        batchnorm_gradient(name="x", points=2.5, visible=True, cases=batchnorm.ordinary,
                           wrt=("x",), title="dx is the derivative, also through the mean and the variance."),
        batchnorm_gradient(name="eps", points=1, visible=True, cases=batchnorm.eps_given,
                           title="dx, dgamma and dbeta are right for an ε that is given."),
        batchnorm_gradient(name="near-eps", points=1, cases=batchnorm.variance_near_eps,
                           title="dx, dgamma and dbeta are right where the variance is near ε."),
        batchnorm_gradient(name="corners", points=2, cases=batchnorm.normalize_corners,
                           title="dx, dgamma and dbeta are right for one or many features, any layout."),
        Purity(name="purity", points=0.5, visible=True, cases=batchnorm.ordinary,
               functions=("batchnorm_forward", "batchnorm_backward"), forward_elsewhere=True,
               title="dout is not changed."),
        Speed(layer="batchnorm", name="speed", points=0.5, cases=batchnorm.tall, forward_elsewhere=True,
              title="There is no loop over samples or features."),
    ), needs=("batchnorm_forward",)),
    Task("undo_parameters", module="batchnorm", checks=(
        Matches("undo_parameters", name="values", points=0.75, visible=True, cases=batchnorm.undo_ordinary,
                returns=("gamma", "beta"), title="With these γ and β Algorithm 1 gives x back."),
        Matches("undo_parameters", name="eps", points=0.5, visible=True, cases=batchnorm.undo_eps,
                returns=("gamma", "beta"), title="Algorithm 1 gives x back, exactly, for an ε that is given."),
        Matches("undo_parameters", name="corners", points=0.5, cases=batchnorm.undo_corners,
                returns=("gamma", "beta"), title="Algorithm 1 gives x back where the variance is near ε."),
        Purity(name="purity", points=0.25, visible=True, cases=batchnorm.undo_once,
               functions=("undo_parameters",), title="x is not changed."),
    ), needs=("batchnorm_forward",)),
    Task("population_statistics", module="batchnorm", checks=(
        Matches("population_statistics", name="values", points=1.5, visible=True, cases=batchnorm.batches_ordinary,
                returns=("mean", "var"), title="The means are averaged; so are the variances, times m/(m−1)."),
        Matches("population_statistics", name="small-batches", points=1, cases=batchnorm.batches_tiny,
                returns=("mean", "var"), title="mean and var are right for mini-batches of two or three samples."),
        Matches("population_statistics", name="corners", points=1, cases=batchnorm.batches_corners,
                returns=("mean", "var"), title="mean and var are right for one batch, one feature, any layout."),
        Purity(name="purity", points=0.25, visible=True, cases=batchnorm.batches_ordinary,
               functions=("population_statistics",), title="The batches are not changed."),
        Speed("population_statistics", name="speed", points=0.25, cases=batchnorm.batches_tall,
              title="There is no loop over samples or features."),
    )),
    Task("inference_parameters", module="batchnorm", checks=(
        Matches("inference_parameters", name="values", points=1.5, visible=True, cases=batchnorm.fold_ordinary,
                returns=("scale", "shift"), title="scale is γ/√(Var + ε), shift is β − scale·E."),
        Matches("inference_parameters", name="eps", points=1, visible=True, cases=batchnorm.fold_eps,
                returns=("scale", "shift"), title="scale and shift are right for an ε that is given."),
        Matches("inference_parameters", name="corners", points=1.25, cases=batchnorm.fold_corners,
                returns=("scale", "shift"), title="scale and shift are right for a variance near ε, one feature."),
        Purity(name="purity", points=0.25, visible=True, cases=batchnorm.fold_ordinary,
               functions=("inference_parameters",), title="No argument is changed."),
    )),
    Task("batchnorm_inference", module="batchnorm", checks=(
        Matches("batchnorm_inference", name="values", points=0.5, visible=True, cases=batchnorm.inference_ordinary,
                title="The output is scale·x + shift."),
        Matches("batchnorm_inference", name="corners", points=0.25, cases=batchnorm.inference_corners,
                title="The output is right for one sample, one feature and any memory layout."),
        Purity(name="purity", points=0.25, visible=True, cases=batchnorm.inference_ordinary,
               functions=("batchnorm_inference",), title="No argument is changed."),
    )),
)

LAYERS = ("affine", "relu", "tanh", "sigmoid", "batchnorm_forward")

NETWORK = (
    Task("init_network", module="network", checks=(
        Matches("init_network", name="known", points=0.75, visible=True, cases=network.init_known,
                title="Names and shapes are right; biases and β are 0, γ is 1."),
        Property("init_network", name="weights", points=1, cases=network.init_weights, holds=initializes_network,
                 once=(1, 2, 5), reseeded=(3,),
                 title="Each W has the variance that its initialization asks for."),
        Purity(name="purity", points=0.25, visible=True, cases=network.init_once,
               functions=("init_network",), title="The sizes are not changed."),
    ), needs=("zero_init", "gaussian_init", "xavier_init", "he_init")),
    Task("network_scores", module="network", checks=(
        Matches("network_scores", name="scores", points=0.5, visible=True, cases=network.scores_ordinary,
                title="Two layers give the right scores with each activation."),
        Matches("network_scores", name="batchnorm", points=0.5, visible=True, cases=network.scores_normalized,
                title="Batchnorm stands between affine layer and activation."),
        Matches("network_scores", name="corners", points=0.75, cases=network.scores_corners,
                title="The scores of one layer, of eleven, of one sample and of any memory layout are right."),
        Purity(name="purity", points=0.25, visible=True, cases=network.scores_ordinary,
               functions=("network_scores",), title="Neither the parameters nor X are changed."),
    ), needs=LAYERS),
    Task("network_loss", module="network", checks=(
        Matches("network_loss", name="loss", points=0.5, visible=True, cases=network.loss_ordinary,
                pick=0, title="The loss is the softmax loss of the scores."),
        LossGradient("network_loss", name="gradient", points=1, visible=True, cases=network.loss_ordinary,
                     wrt="params", title="grads holds the derivative for each parameter."),
        LossGradient("network_loss", name="batchnorm", points=1, visible=True, cases=network.loss_normalized,
                     wrt="params", title="With batchnorm, grads holds the derivative for γ and β too."),
        LossGradient("network_loss", name="corners", points=1.25, cases=network.loss_corners,
                     wrt="params", title="grads is right for one layer, five layers, one sample, any memory layout."),
        Purity(name="purity", points=0.25, visible=True, cases=network.loss_ordinary,
               functions=("network_loss",), title="No argument is changed."),
    ), needs=(*LAYERS, "batchnorm_backward", "softmax_loss")),
    Task("sgd_step", module="network", checks=(
        Matches("sgd_step", name="values", points=0.5, visible=True, cases=network.step_ordinary,
                title="Each parameter moves against its gradient."),
        Matches("sgd_step", name="again", points=0.25, cases=network.step_ordinary,
                title="Each parameter moves against its gradient, for other numbers too."),
        Purity(name="purity", points=0.25, visible=True, cases=network.step_ordinary,
               functions=("sgd_step",), title="New parameters are returned; the old ones are not changed."),
    )),
    Task("train", module="network", checks=(
        Matches("train", name="full-batch", points=0.5, visible=True, cases=network.full_batch,
                returns=("params", "losses"), title="Parameters and losses are right with whole-set mini-batches."),
        Property("train", name="mini-batches", points=1, cases=network.mini_batches, holds=draws_mini_batches,
                 form=trained_form, once=(0,), reseeded=(1,),
                 title="Mini-batches are drawn without replacement; each loss comes before its update."),
        Property("train", name="normalized", points=0.25, cases=network.normalized_mini_batches,
                 holds=draws_mini_batches, form=trained_form, once=(0,),
                 title="With batchnorm, mini-batches smaller than the set are right too."),
        Purity(name="purity", points=0.25, visible=True, cases=network.two_steps,
               functions=("train",), title="The parameters passed in are not changed."),
    ), needs=("network_loss", "sgd_step")),
    Task("freeze_batchnorm", module="network", checks=(
        Matches("freeze_batchnorm", name="values", points=1.75, visible=True, cases=network.freeze_ordinary,
                title="scale and shift take the place of γ and β, from each layer's population statistics."),
        Matches("freeze_batchnorm", name="corners", points=2, cases=network.freeze_corners,
                title="scale and shift are right for one layer, for five, small mini-batches and just one."),
        Purity(name="purity", points=0.25, visible=True, cases=network.freeze_ordinary,
               functions=("freeze_batchnorm",), title="Neither the parameters nor the batches are changed."),
    ), needs=(*LAYERS, "population_statistics", "inference_parameters")),
    Task("inference_scores", module="network", checks=(
        Matches("inference_scores", name="scores", points=0.5, visible=True, cases=network.frozen_ordinary,
                title="The scores come from scale and shift, not from the batch."),
        Matches("inference_scores", name="alone", points=0.25, cases=network.frozen_alone,
                title="One sample alone has the right scores, and so do one layer and five."),
        Purity(name="purity", points=0.25, visible=True, cases=network.frozen_once,
               functions=("inference_scores",), title="Neither the parameters nor X are changed."),
    ), needs=("affine", "batchnorm_inference", "relu", "tanh", "sigmoid")),
)

# fmt: on

rubric = Rubric(
    name="neural-networks",
    package="nn",
    given=("images", "pictures"),
    reference=FUNCTIONS,
    tasks=(*LINEAR, *LOSSES, *ACTIVATIONS, *PREPROCESSING, *INITIALIZATION, *BATCHNORM, *NETWORK),
    misconceptions=MISCONCEPTIONS,
    terms=TERMS,
)
