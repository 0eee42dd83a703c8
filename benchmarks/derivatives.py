"""How well gradients are had numerically: this project's way, scipy.differentiate's, and the usual h = 1e-5.

    python benchmarks/derivatives.py [--seed 0]

Every function of the exercise that can be differentiated, in the rubric's own cases, element by
element, against its formula in 50 digits (``tests/unit/solutions/extended.py``).  An error is relative to the
largest element of the argument's gradient; "calls" are evaluations of the function for each element.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy import differentiate

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from unit.solutions import extended  # noqa: E402 (found by the line above)

from autograder.checks import Case, numeric  # noqa: E402
from autograder.checks.calls import parameters  # noqa: E402
from autograder.checks.variants import at, moved  # noqa: E402
from solutions.cases import activations, batchnorm, linear, losses, network  # noqa: E402
from solutions.reference import FUNCTIONS  # noqa: E402

BOUND = 1e-9


def near_kinks(rng: np.random.Generator) -> Iterator[Case]:
    """A ReLU network with a pre-activation within 1e-5 to 1e-3 of 0."""
    while True:
        params = network.draw_params(rng, (5, 8, 6, 3))
        X = rng.normal(size=(6, 5))
        if 1e-5 < network.nearest_kink(params, X, "relu").min() < 1e-3:
            yield Case((params, X, rng.integers(3, size=6), "relu"), note="a kink nearby")
            return


CASES: Mapping[str, Sequence[Callable[[np.random.Generator], Iterable[Case]]]] = {
    "affine": (linear.affine_ordinary, linear.affine_corners),
    "quadratic_features": (linear.features_ordinary, linear.features_corners),
    "softmax": (losses.scores_ordinary, losses.scores_corners, losses.scores_huge),
    "softmax_loss": (
        losses.loss_ordinary,
        losses.loss_corners,
        losses.loss_huge,
        losses.label_underflows,
        losses.row_apart,
    ),
    "logistic_loss": (losses.logistic_ordinary, losses.logistic_corners, losses.logistic_far),
    "sigmoid": (activations.smooth_ordinary, activations.smooth_corners),
    "tanh": (activations.smooth_ordinary, activations.smooth_corners),
    "relu": (activations.kinked_ordinary, activations.kinked_corners),
    "leaky_relu": (activations.kinked_ordinary, activations.leaky_slopes),
    "prelu": (activations.prelu_ordinary, activations.prelu_corners),
    "maxout": (activations.maxout_ordinary, activations.maxout_corners),
    "batchnorm": (
        batchnorm.ordinary,
        batchnorm.eps_given,
        batchnorm.variance_near_eps,
        batchnorm.normalize_corners,
        batchnorm.large_mean,
    ),
    "batchnorm_inference": (batchnorm.inference_ordinary, batchnorm.inference_corners),
    "network_scores": (network.scores_ordinary, network.scores_normalized),
    "network_loss": (network.loss_ordinary, network.loss_normalized, network.loss_corners, near_kinks),
}


@dataclass
class Method:
    """A way to differentiate, and what it has cost and erred so far."""

    name: str
    derivatives: Callable[[Callable[[int, float], Any], int, Any], tuple[Any, float]]
    errors: list[float] = field(default_factory=list)
    calls: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def measure(self, value: Callable[[int, float], Any], count: int, dout: Any, due: Any, scale: Any) -> float:
        """The error of the derivatives of ``sum(dout * value(i, t))`` by t at 0, in units of ``scale``."""
        started = time.process_time()
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            found, calls = self.derivatives(value, count, dout)
        self.seconds += time.process_time() - started
        error = float(np.abs(found / scale - due).max() / (np.abs(due).max() or 1.0))
        self.errors.append(error)
        self.calls.append(calls)
        return error


def ours(value: Callable[[int, float], Any], count: int, dout: Any) -> tuple[Any, float]:
    rows = [[value(i, h) for h in numeric.STEPS] for i in range(count)]
    return numeric.slopes(value(0, 0.0), rows, dout).best, len(numeric.STEPS)


def scipys(value: Callable[[int, float], Any], count: int, dout: Any) -> tuple[Any, float]:
    def contracted(t: Any, i: Any) -> Any:
        pairs = np.broadcast(t, i)
        return np.array([np.sum(dout * value(int(index), step)) for step, index in pairs]).reshape(pairs.shape)

    found = differentiate.derivative(
        contracted, np.zeros(count), args=(np.arange(count),), tolerances={"atol": 0.0, "rtol": 1e-12}
    )
    return found.df, float(np.mean(found.nfev))


def usual(value: Callable[[int, float], Any], count: int, dout: Any, h: float = 1e-5) -> tuple[Any, float]:
    return np.array([np.sum(dout * (value(i, h) - value(i, -h))) / (2 * h) for i in range(count)]), 2


def arrays(name: str, exact: Sequence[Any]) -> Iterator[tuple[str, tuple[int | str, ...], Any]]:
    """The arrays that the function is differentiated by: each one's name, path and exact gradient."""
    names = parameters(FUNCTIONS.get(f"{name}_forward") or FUNCTIONS[name])
    for position, gradient in zip(extended.DIFFERENTIABLE[name], exact, strict=True):
        if isinstance(gradient, Mapping):
            yield from ((key, (position, key), part) for key, part in gradient.items())
        else:
            yield names[position], (position,), gradient


def output(name: str, case: Case, args: Sequence[Any]) -> Any:
    """The function's array or number alone."""
    result = (FUNCTIONS.get(f"{name}_forward") or FUNCTIONS[name])(*args, **case.kwargs)
    return result[0] if isinstance(result, tuple) else result


def compare(
    name: str, case: Case, methods: Sequence[Method], rng: np.random.Generator
) -> Iterator[tuple[str, list[float]]]:
    """Each array's name, and the methods' errors."""
    dout = rng.standard_normal(np.shape(output(name, case, case.args)))
    exact = extended.backward(name, dout, *case.args, **case.kwargs)
    for array, path, due in arrays(name, exact):
        units = numeric.unit_directions(at(case.args, path))
        scale = numeric.scales(at(case.args, path)).reshape(-1)

        def value(i: int, t: float, path: Any = path, units: Any = units) -> Any:
            return output(name, case, moved(case.args, path, t * units[i]))

        yield array, [method.measure(value, len(units), dout, due.reshape(-1), scale) for method in methods]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    rng = np.random.default_rng(parser.parse_args().seed)
    methods = (Method("ours", ours), Method("scipy", scipys), Method("h = 1e-5", usual))
    table = Table("function", "argument", "case", *(method.name for method in methods))
    for name, generators in CASES.items():
        for case in (case for generator in generators for case in generator(rng)):
            for array, errors in compare(name, case, methods, rng):
                table.add_row(name, array, case.note, *(f"{error:.0e}" for error in errors))
    table.add_section()
    table.add_row("worst", "", "", *(f"{max(method.errors):.0e}" for method in methods))
    table.add_row("median", "", "", *(f"{np.median(method.errors):.0e}" for method in methods))
    table.add_row("calls", "", "for each element", *(f"{np.mean(method.calls):.1f}" for method in methods))
    table.add_row("seconds", "", "of processor time", *(f"{method.seconds:.1f}" for method in methods))
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    within = max(methods[0].errors) <= BOUND
    verdict = "within" if within else "NOT within"
    print(f"ours is {verdict} {BOUND:.0e} of the exact gradient in all {len(methods[0].errors)} rows")
    return 0 if within and extended.DIFFERENTIABLE.keys() == CASES.keys() else 1


if __name__ == "__main__":
    sys.exit(main())
