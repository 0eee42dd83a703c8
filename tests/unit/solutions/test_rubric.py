"""The marking scheme is the exercise's table, and its cases are what they say they are."""

import itertools

import numpy as np
import pytest

from autograder.sandbox import wire
from solutions.cases import activations as activation_cases
from solutions.cases import network as network_cases
from solutions.reference import FUNCTIONS
from solutions.rubric import rubric

POINTS = {
    "linear": {"affine": 4, "quadratic_features": 2},
    "losses": {"softmax": 4, "softmax_loss": 8, "logistic_loss": 4},
    "activations": {"sigmoid": 3, "tanh": 2, "relu": 2, "leaky_relu": 3, "prelu": 4, "maxout": 4},
    "preprocessing": {"subtract_mean_image": 2, "subtract_channel_mean": 2},
    "initialization": {
        "zero_init": 1,
        "gaussian_init": 2,
        "xavier_init": 3,
        "he_init": 3,
        "active_bias": 1,
        "activation_statistics": 4,
    },
    "batchnorm": {
        "batchnorm_forward": 6,
        "batchnorm_backward": 9,
        "undo_parameters": 2,
        "population_statistics": 4,
        "inference_parameters": 4,
        "batchnorm_inference": 1,
    },
    "network": {
        "init_network": 2,
        "network_scores": 2,
        "network_loss": 4,
        "sgd_step": 1,
        "train": 2,
        "freeze_batchnorm": 4,
        "inference_scores": 1,
    },
}

# The axes of the positional arguments.  Different letters are different sizes in every case.
AXES = {
    "affine_forward": ("ND", "DH", "H"),
    "quadratic_features": ("ND",),
    "softmax": ("NC",),
    "softmax_loss": ("NC", "N"),
    "logistic_loss": ("D", "ND", "N"),
    "sigmoid_forward": ("ND",),
    "tanh_forward": ("ND",),
    "relu_forward": ("ND",),
    "leaky_relu_forward": ("ND",),
    "prelu_forward": ("ND", "D"),
    "maxout_forward": ("ND", "kDH", "kH"),
    "subtract_mean_image": ("NHWC", "MHWC"),
    "subtract_channel_mean": ("NHWC", "MHWC"),
    "batchnorm_forward": ("ND", "D", "D"),
    "undo_parameters": ("ND",),
    "population_statistics": ("BmD",),
    "inference_parameters": ("D", "D", "D", "D"),
    "batchnorm_inference": ("ND", "D", "D"),
}

CHECKS = [(task, check) for task in rubric.tasks for check in task.checks]


def called(check):
    """The function that a check's cases are arguments of: a layer's forward."""
    return check.functions[0]


def cases_of(check, seed):
    return check.cases(np.random.default_rng([seed, *check.title.encode()]))


def cases(*names, kinds=(), seeds=(0,)):
    """The cases of all checks that call one of the functions first."""
    return [
        case
        for _, check in CHECKS
        if called(check) in names and (not kinds or check.kind in kinds)
        for seed in seeds
        for case in cases_of(check, seed)
    ]


def arrays(thing):
    if isinstance(thing, np.ndarray):
        return [thing]
    if isinstance(thing, dict):
        return arrays(list(thing.values()))
    if isinstance(thing, (list, tuple)):
        return [array for part in thing for array in arrays(part)]
    return []


def written_down(case):
    return wire.encode(case.args), wire.encode_kwargs(case.kwargs), case.note


def call(name, case):
    def python(thing):
        return np.random.default_rng(thing.seed) if isinstance(thing, wire.Rng) else thing

    return FUNCTIONS[name](*map(python, case.args), **{key: python(thing) for key, thing in case.kwargs.items()})


# --- the table ------------------------------------------------------------------------------------


def test_modules_tasks_and_points_are_the_exercises():
    table = {module: {} for module in POINTS}
    for task in rubric.tasks:
        table[task.module][task.name] = task.points
    assert table == POINTS
    assert [task.name for task in rubric.tasks] == [name for tasks in POINTS.values() for name in tasks]
    assert rubric.points == 100


def test_points_are_quarters():
    assert all(check.points % 0.25 == 0 for _, check in CHECKS)


@pytest.mark.parametrize("task", rubric.tasks, ids=lambda task: task.name)
def test_students_can_find_most_mistakes_and_hard_coding_does_not_pay(task):
    visible = [check for check in task.checks if check.visible]
    hidden = [check for check in task.checks if not check.visible]
    assert visible
    assert hidden or task.points <= 1


@pytest.mark.parametrize("task", rubric.tasks, ids=lambda task: task.name)
def test_each_title_is_a_sentence_of_its_own(task):
    titles = [check.title for check in task.checks]
    assert all(title[-1] == "." and "\n" not in title and len(title) < 90 for title in titles)
    assert len(set(titles)) == len(titles)


def test_each_function_is_looked_for_in_the_module_of_its_task():
    layout = rubric.layout
    assert layout.package == "nn"
    assert set(layout.functions) == set(FUNCTIONS)
    for name, module in layout.functions.items():
        assert FUNCTIONS[name].__module__ == f"solutions.reference.{module}"


def test_what_a_task_needs_comes_before_it():
    names = [task.name for task in rubric.tasks]
    for task in rubric.tasks:
        assert all(names.index(need) < names.index(task.name) for need in task.needs)


# --- the cases ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("task", "check"), CHECKS, ids=lambda thing: thing.name)
def test_a_seed_says_which_cases_are_drawn(task, check):
    first, again = ([written_down(case) for case in cases_of(check, 1)] for _ in range(2))
    assert first == again
    assert len(first) > 0


def drawn(check):
    """Whether there is anything to draw: a fan-in and a fan-out are not secrets."""
    return check.kind != "speed" and any(arrays(case.args) for case in cases_of(check, 0))


@pytest.mark.parametrize("check", [check for _, check in CHECKS if drawn(check)], ids=lambda check: check.title)
def test_another_seed_draws_other_numbers(check):
    for one, other in zip(cases_of(check, 1), cases_of(check, 2), strict=True):
        assert written_down(one) != written_down(other)


def test_the_reference_is_finite_on_all_cases():
    for (_, check), seed in itertools.product(CHECKS, range(10)):
        rng = np.random.default_rng(seed)
        for case in cases_of(check, seed):
            for name in check.functions:
                if name.endswith("_backward"):
                    out, cache = call(name.replace("_backward", "_forward"), case)
                    result = FUNCTIONS[name](rng.normal(size=out.shape), cache)
                else:
                    result = call(name, case)
                assert arrays(result)
                assert all(np.isfinite(array).all() for array in arrays(result) if array.dtype.kind == "f"), name


def test_the_sizes_within_a_case_all_differ():
    for name, axes in AXES.items():
        found = cases(name)
        assert found
        for case in found:
            sizes = {}
            for array, letters in zip(case.args, axes, strict=True):
                assert len(letters) == array.ndim
                for letter, size in zip(letters, array.shape, strict=True):
                    assert sizes.setdefault(letter, size) == size
            assert len(set(sizes.values())) == len(sizes), (name, case.note, sizes)


def test_the_widths_of_a_network_all_differ_from_each_other_and_from_the_batch():
    for case in cases("network_scores", "network_loss", "train", "inference_scores", "freeze_batchnorm"):
        params, X = case.args[:2]
        sizes = [*X.shape, *(params[f"W{layer}"].shape[1] for layer in range(1, network_cases.depth(params) + 1))]
        assert len(set(sizes)) == len(sizes), (case.note, sizes)


def test_arrays_are_small_so_that_a_check_is_quick():
    for _, check in CHECKS:
        for case in cases_of(check, 0):
            assert sum(array.size for array in arrays(case.args)) <= (20_000 if check.kind == "speed" else 2_000)


def test_arguments_are_what_students_are_promised():
    for _, check in CHECKS:
        for case in cases_of(check, 0):
            assert {array.dtype.name for array in arrays(case.args)} <= {"float64", "int64", "uint8"}
    for case in cases("softmax_loss"):
        assert case.args[1].dtype == np.int64
    for case in cases("network_loss", "train"):
        assert case.args[2].dtype == np.int64
    logistic = cases("logistic_loss")
    assert {case.args[2].dtype.name for case in logistic} == {"int64", "float64"}
    assert all(np.isin(case.args[2], (0, 1)).all() for case in logistic)
    optional = {key for _, check in CHECKS for case in cases_of(check, 0) for key in case.kwargs}
    assert optional == {"slope", "eps", "batchnorm", "steps", "batch_size", "learning_rate", "rng"}


# --- nothing stands on a kink ---------------------------------------------------------------------


SEEDS = range(200)


def test_no_x_is_near_a_kink():
    for case in cases(
        "relu_forward", "leaky_relu_forward", "prelu_forward", kinds=("gradient", "matches"), seeds=SEEDS
    ):
        assert np.abs(case.args[0]).min() >= 0.1


def test_no_two_pieces_of_a_maxout_tie():
    for case in cases("maxout_forward", kinds=("gradient", "matches"), seeds=SEEDS):
        x, W, b = case.args
        pieces = np.sort([x @ W[j] + b[j] for j in range(len(W))], axis=0)
        assert (pieces[-1] - pieces[-2]).min() >= 0.1


def test_no_relu_of_a_network_is_near_its_kink_where_a_gradient_is_asked_for():
    reached = 0
    for case in cases("network_loss", seeds=SEEDS):
        params, X, _, activation = case.args
        if activation == "relu":
            reached += 1
            closest = min(np.abs(z).min() for z in network_cases.pre_activations(params, X, activation))
            assert closest >= network_cases.MARGIN >= 1e-2
    assert reached


def test_slopes_and_alphas_are_between_0_and_1():
    for case in cases("leaky_relu_forward", seeds=SEEDS):
        assert 0 < case.kwargs.get("slope", 0.01) < 1
    for case in cases("prelu_forward", seeds=SEEDS):
        assert ((case.args[1] > 0) & (case.args[1] < 1)).all()


def test_gamma_is_never_near_0():
    for case in cases("batchnorm_forward", seeds=range(50)):
        assert np.abs(case.args[1]).min() >= 0.5
    for case in cases("inference_parameters", seeds=range(50)):
        assert np.abs(case.args[0]).min() >= 0.5
    for case in cases("network_scores", "network_loss", "freeze_batchnorm", seeds=range(50)):
        gammas = [value for key, value in case.args[0].items() if key.startswith("gamma")]
        assert all(np.abs(gamma).min() >= 0.5 for gamma in gammas)


def test_what_only_a_wrong_reading_asks_for_is_left_out():
    assert all(len(case.args[0]) >= 2 for case in cases("undo_parameters"))
    assert all(case.args[0].shape[1] >= 2 for case in cases("population_statistics"))
    assert all(len(case.args[0]) >= 2 for case in cases("batchnorm_forward", kinds=("gradient",)))
    for case in cases("network_scores", "network_loss"):
        assert "gamma1" not in case.args[0] or len(case.args[1]) >= 3
    assert all(len(case.args[1]) % case.kwargs["batch_size"] == 0 for case in cases("train"))


# --- what catches people out ----------------------------------------------------------------------

FIRST_IS_X = [name for name, axes in AXES.items() if axes[0] == "ND"]


@pytest.mark.parametrize("name", [name for name in FIRST_IS_X if name != "undo_parameters"])
def test_one_sample(name):
    assert any(case.args[0].shape[0] == 1 for case in cases(name))


@pytest.mark.parametrize("name", FIRST_IS_X)
def test_one_feature(name):
    assert any(case.args[0].shape[1] == 1 for case in cases(name))


@pytest.mark.parametrize("name", ["softmax", "softmax_loss"])
def test_more_classes_than_samples_and_fewer(name):
    shapes = [case.args[0].shape for case in cases(name)]
    assert any(C > N > 1 for N, C in shapes)
    assert any(C < N for N, C in shapes)
    assert any(C > 10 for _, C in shapes)


@pytest.mark.parametrize("name", [name for name in AXES if name != "relu_forward"])
def test_arrays_that_are_not_contiguous(name):
    layouts = {wire.encode(array).layout for case in cases(name) for array in arrays(case.args)}
    assert layouts - {"C"}


def test_both_kinds_of_memory_layout_come_up_in_networks_too():
    for name in ("network_scores", "network_loss", "freeze_batchnorm", "inference_scores"):
        layouts = {wire.encode(array).layout for case in cases(name) for array in arrays(case.args)}
        assert layouts == {"C", "F", "strided"}


@pytest.mark.parametrize("name", ["batchnorm_forward", "undo_parameters", "inference_parameters"])
def test_large_eps_and_the_default(name):
    given = {case.kwargs.get("eps") for case in cases(name)}
    assert None in given
    assert any(eps and 0.01 <= eps < 0.1 for eps in given)
    assert any(eps and eps >= 0.5 for eps in given)


def near(variance, eps):
    return (variance / eps < 10).all() and (variance / eps > 0.1).all()


@pytest.mark.parametrize("name", ["batchnorm_forward", "undo_parameters", "inference_parameters"])
def test_variance_near_eps(name):
    def variance(case):
        return case.args[3] if name == "inference_parameters" else case.args[0].var(axis=0)

    assert any("eps" not in case.kwargs and near(variance(case), 1e-5) for case in cases(name))


def test_variance_near_a_large_eps():
    assert any("eps" in case.kwargs and near(case.args[0].var(axis=0), case.kwargs["eps"])
               for case in cases("batchnorm_forward", kinds=("gradient",)))  # fmt: skip


def test_a_mean_of_10_000_standard_deviations():
    def ratio(x):
        return np.abs(x.mean(axis=0)) / x.std(axis=0)

    found = [case.args[0] for case in cases("batchnorm_forward", kinds=("stability",))]
    assert found
    assert all(np.allclose(ratio(x), 1e4, rtol=0.01) for x in found)


@pytest.mark.parametrize("name", ["softmax", "softmax_loss"])
def test_scores_of_10_000_of_either_sign(name):
    extremes = [case.args[0] for case in cases(name, kinds=("stability",))]
    assert any(scores.min() > 9_900 for scores in extremes)
    assert any(scores.max() < -9_900 for scores in extremes)


def test_a_label_whose_probability_underflows():
    underflows = []
    for case in cases("softmax_loss", kinds=("stability",)):
        scores, y = case.args
        underflows.append((call("softmax", type(case)((scores,)))[np.arange(len(y)), y] == 0).any())
        assert call("softmax_loss", case)[0] < np.inf
    assert any(underflows)


@pytest.mark.parametrize("name", ["softmax", "softmax_loss"])
def test_one_row_far_from_the_others(name):
    def apart(scores):
        return np.ptp(scores.mean(axis=1)) > 9_000 and np.ptp(scores, axis=1).max() < 100

    assert any(apart(case.args[0]) for case in cases(name, kinds=("stability",)))


def test_logistic_loss_is_asked_for_from_40_to_1_000_with_right_and_wrong_labels():
    found = cases("logistic_loss", kinds=("stability",))
    far = [np.abs(case.args[1] @ case.args[0]) for case in found]
    assert any((z > 750).all() for z in far)
    assert any(((z > 39) & (z < 601)).all() and (z < 121).any() for z in far)
    for case in found:
        theta, X, y = case.args
        z = X @ theta
        assert {(bool(side), int(label)) for side, label in zip(z > 0, y, strict=True)} == set(
            itertools.product((False, True), (0, 1))
        )
    assert found


@pytest.mark.parametrize("name", ["sigmoid_forward", "tanh_forward"])
def test_saturation_at_1_000(name):
    values = np.concatenate([case.args[0].ravel() for case in cases(name, kinds=("stability",))])
    assert {-1e3, 1e3} <= set(values)


def test_batches_of_unequal_mean_and_spread_and_of_two_samples():
    spreads = [case.args[0].std(axis=1) for case in cases("population_statistics", kinds=("matches",))]
    assert any(len(stds) > 1 and (stds.max(axis=0) > 3 * stds.min(axis=0)).all() for stds in spreads)
    assert any(case.args[0].shape[1] == 2 for case in cases("population_statistics"))


@pytest.mark.parametrize("name", ["network_scores", "network_loss", "freeze_batchnorm", "inference_scores"])
def test_two_and_five_layers(name):
    assert {2, 5} <= {network_cases.depth(case.args[0]) for case in cases(name)}


@pytest.mark.parametrize("name", ["network_scores", "network_loss", "freeze_batchnorm", "inference_scores"])
def test_every_activation(name):
    assert {case.args[-1] for case in cases(name)} == {"relu", "tanh", "sigmoid"}


def test_every_way_to_initialize_a_network():
    asked = {(case.args[1], case.kwargs.get("batchnorm", False)) for case in cases("init_network")}
    assert asked == set(itertools.product(("zero", "gaussian", "xavier", "he"), (False, True)))


@pytest.mark.parametrize("name", ["xavier_init", "he_init", "gaussian_init"])
def test_fan_in_is_far_from_fan_out(name):
    fans = [case.args[:2] for case in cases(name)]
    assert all(max(pair) >= 1.5 * min(pair) for pair in fans)
    assert any(fan_in > fan_out for fan_in, fan_out in fans)
    assert any(fan_in < fan_out for fan_in, fan_out in fans)


@pytest.mark.parametrize("name", ["subtract_mean_image", "subtract_channel_mean"])
def test_images_as_bytes_and_one_test_image(name):
    found = cases(name)
    assert any(case.args[0].dtype == case.args[1].dtype == np.uint8 for case in found)
    assert any(len(case.args[1]) == 1 for case in found)


def test_a_slope_that_is_given():
    slopes = {case.kwargs.get("slope") for case in cases("leaky_relu_forward")}
    assert None in slopes
    assert len(slopes) > 2


def test_margins_are_those_that_the_kinks_are_held_to():
    assert activation_cases.MARGIN == 0.1
