"""The reference is the one source of stubs and notebook: names, signatures and solution marks hold."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

import solutions.reference
from solutions.reference import FUNCTIONS

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
MODULES = sorted(Path(solutions.reference.__file__).parent.glob("[a-z]*.py"))

SIGNATURES = """
linear: affine_forward(x, W, b) affine_backward(dout, cache) quadratic_features(x)
losses: softmax(scores) softmax_loss(scores, y) logistic_loss(theta, X, y)
activations: sigmoid_forward(x) sigmoid_backward(dout, cache) tanh_forward(x) tanh_backward(dout, cache)
    relu_forward(x) relu_backward(dout, cache) leaky_relu_forward(x, slope=0.01) leaky_relu_backward(dout, cache)
    prelu_forward(x, alpha) prelu_backward(dout, cache) maxout_forward(x, W, b) maxout_backward(dout, cache)
preprocessing: subtract_mean_image(train, test) subtract_channel_mean(train, test)
initialization: zero_init(fan_in, fan_out) gaussian_init(fan_in, fan_out, std, rng)
    xavier_init(fan_in, fan_out, rng) he_init(fan_in, fan_out, rng) active_bias(fan_out)
    activation_statistics(x, weights, activation)
batchnorm: batchnorm_forward(x, gamma, beta, eps=1e-05) batchnorm_backward(dout, cache)
    undo_parameters(x, eps=1e-05) population_statistics(batches)
    inference_parameters(gamma, beta, mean, var, eps=1e-05) batchnorm_inference(x, scale, shift)
network: init_network(sizes, init, rng, batchnorm=False) network_scores(params, X, activation)
    network_loss(params, X, y, activation) sgd_step(params, grads, learning_rate)
    train(params, X, y, activation, *, steps, batch_size, learning_rate, rng)
    freeze_batchnorm(params, batches, activation) inference_scores(frozen, X, activation)
"""


def stub(source: str) -> str:
    """What is left when the solutions are taken out."""
    pattern = re.compile(rf"^( *){BEGIN}\n.*?^ *{END}\n", re.MULTILINE | re.DOTALL)
    return pattern.sub(lambda match: f"{match[1]}raise NotImplementedError\n" if match[1] else "", source)


def test_functions_modules_and_signatures_are_the_texts() -> None:
    expected, module = {}, ""
    for word in re.findall(r"\w+:|\w+\(.*?\)", SIGNATURES):
        if word.endswith(":"):
            module = word[:-1]
        else:
            expected[word.partition("(")[0]] = (module, word)
    actual = {
        name: (function.__module__.rpartition(".")[2], f"{name}{inspect.signature(function)}")
        for name, function in FUNCTIONS.items()
    }
    assert actual == expected
    assert list(actual) == list(expected)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_body_is_a_docstring_and_one_marked_solution(name: str) -> None:
    lines = inspect.getsource(FUNCTIONS[name]).rstrip().splitlines()
    assert lines.count(f"    {BEGIN}") == lines.count(f"    {END}") == 1
    assert lines[-1] == f"    {END}"
    assert lines[lines.index(f"    {BEGIN}") - 1].endswith('"""')
    docstring = inspect.getdoc(FUNCTIONS[name])
    assert docstring is not None
    assert "Returns:" in docstring


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_without_the_solutions_it_is_a_module_in_which_nothing_is_implemented(path: Path) -> None:
    source = stub(path.read_text(encoding="utf-8"))
    assert "SOLUTION" not in source
    module = ModuleType(path.stem)
    module.__package__ = "solutions.reference"
    exec(compile(source, path.name, "exec"), vars(module))
    names = [name for name, function in FUNCTIONS.items() if function.__module__.endswith(f".{path.stem}")]
    assert names
    for name in names:
        function = getattr(module, name)
        required = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
        args = [None for p in required if p.kind is not p.KEYWORD_ONLY]
        kwargs = {p.name: None for p in required if p.kind is p.KEYWORD_ONLY}
        with pytest.raises(NotImplementedError):
            function(*args, **kwargs)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_only_numpy_and_sister_modules_are_imported(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert [alias.name for alias in node.names] == ["numpy"]
        if isinstance(node, ast.ImportFrom):
            assert node.level == 1


def test_a_name_means_one_thing_in_the_whole_exercise() -> None:
    defined = [
        node.name
        for path in MODULES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    ]
    assert len(defined) == len(set(defined))
    assert set(FUNCTIONS) <= set(defined)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_loops_run_over_layers_batches_or_steps_alone(name: str) -> None:
    tree = ast.parse(inspect.getsource(FUNCTIONS[name]))
    over = {ast.unparse(node.target) for node in ast.walk(tree) if isinstance(node, (ast.For, ast.comprehension))}
    assert over <= {"layer", "W", "h", "step", "name"}
    assert not any(isinstance(node, ast.While) for node in ast.walk(tree))
