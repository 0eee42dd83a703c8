"""A visible check as a small script of plain numpy, and the arrays that it reads.

The script does one case of the check, straight down: it calls the student's functions and fails where
the check does.  What it allows is what the check allows (see :mod:`autograder.checks.compare`).
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..checks import Case, Check, Distribution, Gradient, LossGradient, Matches, Purity, Stability, Tolerance
from ..checks.calls import is_single
from ..sandbox.wire import Rng
from ..text import plain

__all__ = ["SAME", "Script", "script"]

SAME = """

def same(what, came, due, rtol, atol):
    shapes = [(1,) * more + due.shape for more in range(max(3 - due.ndim, 1))]
    assert np.shape(came) in shapes, f"{what} has the shape {np.shape(came)}; {due.shape} is due"
    assert due.ndim == 0 or isinstance(came, np.ndarray), f"{what} is no array"
    assert due.ndim == 0 or due.dtype.kind != "f" or came.dtype.kind == "f", f"{what} is of {came.dtype}"
    np.testing.assert_allclose(np.reshape(came, due.shape), due, rtol, atol, err_msg=f"{what} is wrong")

"""

TAKEN = frozenset(("np", "sys", "Path", "data", "same", "draw", "draws", "seed", "z", "result", "out", "cache", "dout"))


@dataclass
class Script:
    """A script's lines below its imports, and what it reads by name."""

    names: Mapping[str, tuple[str, ...]]
    lines: list[str] = field(default_factory=list)
    arrays: dict[str, Any] = field(default_factory=dict)

    def add(self, *lines: str) -> None:
        """Add lines."""
        self.lines += lines

    def arguments(self, function: str, case: Case) -> str:
        """Set a variable for each positional argument; return what stands between the call's parentheses."""
        known = self.names.get(function, ())
        variables = [_variable(known, position) for position in range(len(case.args))]
        for variable, value in zip(variables, case.args, strict=True):
            self.add(f"{variable} = {self.stored(variable, value)}")
        named = [f"{name}={self.stored(name, value)}" for name, value in case.kwargs.items()]
        return ", ".join([*variables, *named])

    def stored(self, name: str, value: Any) -> str:
        """The expression that gives a value in the script; arrays are read from the file."""
        if isinstance(value, (np.ndarray, np.generic)):
            self.arrays[name] = value
            return f"data[{name!r}]" + ("[()]" if isinstance(value, np.generic) else "")
        if isinstance(value, Rng):
            return f"np.random.default_rng({value.seed})"
        if isinstance(value, Mapping):
            parts = (f"{key!r}: {self.stored(f'{name}.{key}', part)}" for key, part in value.items())
            return f"{{{', '.join(parts)}}}"
        if isinstance(value, (tuple, list)):
            parts = (self.stored(f"{name}.{i}", part) for i, part in enumerate(value))
            inner = ", ".join(parts)
            return f"[{inner}]" if isinstance(value, list) else f"({inner},)"
        return repr(value)

    def compare(self, expression: str, what: str, due: Any, tolerance: Tolerance) -> None:
        """Add the lines that hold what an expression gives to what is due."""
        if isinstance(due, Mapping):
            self.add(f"assert {expression}.keys() == {set(due)!r}, {f'{what} has other keys'!r}")
            for key, part in due.items():
                self.compare(f"{expression}[{key!r}]", f"{what}[{key}]", part, tolerance)
        elif isinstance(due, (tuple, list)):
            self.add(f"assert len({expression}) == {len(due)}, {f'{what} has the wrong number of parts'!r}")
            for i, part in enumerate(due):
                self.compare(f"{expression}[{i}]", f"{what}[{i}]", part, tolerance)
        elif isinstance(due, (str, type(None))):
            self.add(f"assert {expression} == {due!r}")
        else:
            self.arrays[f"due.{what}"] = due
            atol = tolerance.atol_scale * float(np.abs(due).max(initial=0.0)) + tolerance.floor
            self.add(f"same({what!r}, {expression}, data[{f'due.{what}'!r}], {tolerance.rtol:g}, {atol:.3g})")

    def unchanged(self, expression: str, name: str, value: Any) -> None:
        """Add the lines that hold an argument to what it was."""
        if isinstance(value, np.ndarray):
            self.add(f"np.testing.assert_array_equal({expression}, data[{name!r}], {f'{name} was changed'!r})")
        elif isinstance(value, Mapping):
            for key, part in value.items():
                self.unchanged(f"{expression}[{key!r}]", f"{name}.{key}", part)
        elif isinstance(value, (tuple, list)):
            for i, part in enumerate(value):
                self.unchanged(f"{expression}[{i}]", f"{name}.{i}", part)


def script(
    check: Check, case: Case, expected: Mapping[str, Any], names: Mapping[str, tuple[str, ...]], *, moved: bool
) -> Script:
    """The script for one case of a visible check.

    Args:
        check: the check.
        case: the case.
        expected: what was prepared for it.
        names: the parameters' names of functions, as far as they are known.
        moved: for a gradient, whether to hold it to the function's own change, too.
    """
    written = Script(names)
    match check:
        case Matches():
            _matches(written, check, case, expected)
        case Gradient():
            _gradient(written, check, case, expected, moved=moved)
        case LossGradient():
            _loss_gradient(written, check, case, expected, moved=moved)
        case Stability():
            _stability(written, check, case, expected)
        case Purity():
            _purity(written, check, case, expected)
        case Distribution():
            _distribution(written, check, case, expected)
        case _:
            raise TypeError(f"no visible check is a {type(check).__name__}")
    return written


def _matches(to: Script, check: Matches, case: Case, expected: Mapping[str, Any]) -> None:
    arguments = to.arguments(check.function, case)
    to.add(f"result = {check.function}({arguments})")
    _picked(to, check.pick, expected["arity"])
    _results(to, expected["value"], check.returns or (), _tolerance(check.tolerance, case))


def _gradient(to: Script, check: Gradient, case: Case, expected: Mapping[str, Any], *, moved: bool) -> None:
    tolerance = _tolerance(check.tolerance, case)
    arguments = to.arguments(check.forward, case)
    to.add(f"out, cache = {check.forward}({arguments})")
    to.compare("out", "out", expected["out"], tolerance)
    _backward(to, check.backward, expected["weights"], [f"d{name}" for name in expected["returns"]])
    for name, due in expected["gradients"].items():
        to.compare(f"d{name}", f"d{name}", due, tolerance)
    if moved:
        _moved(to, check.forward, case, expected, lambda name: f"d{name}", "dout")


def _loss_gradient(to: Script, check: LossGradient, case: Case, expected: Mapping[str, Any], *, moved: bool) -> None:
    tolerance = _tolerance(check.tolerance, case)
    arguments = to.arguments(check.function, case)
    to.add(f"loss, gradient = {check.function}({arguments})")
    to.compare("loss", "loss", expected["out"], tolerance)
    whole = all(len(path) == 1 for path in expected["paths"].values())
    for name, due in expected["gradients"].items():
        to.compare("gradient" if whole else f"gradient[{name!r}]", f"d{name}", due, tolerance)
    if moved and whole:
        _moved(to, check.function, case, expected, lambda _: "gradient", "1")


def _moved(
    to: Script, function: str, case: Case, expected: Mapping[str, Any], gradient: Callable[[str], str], weights: str
) -> None:
    """Whether the function changes along a direction as its gradients say."""
    known = to.names.get(function, ())
    variables = [_variable(known, position) for position in range(len(case.args))]
    ahead, back, products = list(variables), list(variables), []
    for name, path in expected["paths"].items():
        direction = to.stored(f"direction.{name}", np.asarray(expected["directions"][name]))
        at = int(path[0])
        ahead[at], back[at] = f"{variables[at]} + h * {direction}", f"{variables[at]} - h * {direction}"
        products.append(f"np.sum({gradient(name)} * {direction})")
    named = [f"{name}={to.stored(name, value)}" for name, value in case.kwargs.items()]
    to.add(
        "h = 1e-5",
        f"ahead, back = {function}({', '.join([*ahead, *named])})[0], {function}({', '.join([*back, *named])})[0]",
        f"rate = np.sum((ahead - back) * {weights}) / (2 * h)",
        f"np.testing.assert_allclose({' + '.join(products)}, rate, 1e-5, 1e-7, err_msg='not the derivative')",
    )


def _stability(to: Script, check: Stability, case: Case, expected: Mapping[str, Any]) -> None:
    if check.silent:
        to.add(
            "np.seterr(over='raise', divide='raise', invalid='raise')  # a warning counts here; stop where it arises"
        )
    _called(to, check.functions, check.pick, case, expected, _tolerance(check.tolerance, case))


def _purity(to: Script, check: Purity, case: Case, expected: Mapping[str, Any]) -> None:
    tolerance = _tolerance(check.tolerance, case)
    _called(to, check.functions, check.pick, case, expected, tolerance)
    known = to.names.get(check.functions[0], ())
    for position, value in enumerate(case.args):
        to.unchanged(_variable(known, position), _variable(known, position), value)
    if len(check.functions) == 2:
        to.unchanged("dout", "dout", expected["dout"])
    to.add("# once more")
    _called(to, check.functions, check.pick, case, expected, tolerance)


def _called(
    to: Script,
    functions: tuple[str, ...],
    pick: int | None,
    case: Case,
    expected: Mapping[str, Any],
    tolerance: Tolerance,
) -> None:
    """A function alone, or a forward and its backward, held to their values."""
    arguments = to.arguments(functions[0], case)
    if len(functions) == 1:
        to.add(f"result = {functions[0]}({arguments})")
        _picked(to, pick, expected["arity"])
        _results(to, expected["values"][0], expected["returns"], tolerance)
        return
    out, gradients = expected["values"]
    to.add(f"out, cache = {functions[0]}({arguments})")
    to.compare("out", "out", out, tolerance)
    _backward(to, functions[1], expected["dout"], list(expected["returns"]))
    to.compare("out", "out", out, tolerance)
    for name, due in zip(expected["returns"], gradients, strict=True):
        to.compare(name, name, due, tolerance)


def _backward(to: Script, function: str, dout: Any, names: list[str]) -> None:
    to.add(f"dout = {to.stored('dout', dout)}")
    if len(names) > 1:
        to.add(f"{', '.join(names)} = {function}(dout, cache)")
    else:
        to.add(f"{names[0]} = {function}(dout, cache)")
        to.add(f"{names[0]} = {names[0]}[0] if isinstance({names[0]}, (tuple, list)) else {names[0]}")


def _picked(to: Script, pick: int | None, arity: int | None) -> None:
    if pick is not None:
        to.add(f"assert len(result) == {arity}")
        to.add(f"result = result[{pick}]")


def _results(to: Script, due: Any, returns: Iterable[str], tolerance: Tolerance) -> None:
    returns = tuple(returns)
    if isinstance(due, tuple) and len(returns) == len(due) > 1 and all(map(str.isidentifier, returns)):
        to.add(f"{', '.join(returns)} = result")
        for name, part in zip(returns, due, strict=True):
            to.compare(name, name, part, tolerance)
    else:
        to.compare("result", "the result", due, tolerance)


def _distribution(to: Script, check: Distribution, case: Case, expected: Mapping[str, Any]) -> None:
    arguments = ", ".join(
        "np.random.default_rng(seed)" if isinstance(arg, Rng) else to.stored(f"arg{i}", arg)
        for i, arg in enumerate(case.args)
    )
    (own,) = (arg.seed for arg in case.args if isinstance(arg, Rng))
    to.add(
        f"draw = lambda seed: {check.function}({arguments})",
        f"draws = np.array([draw(seed) for seed in {[own, *expected['seeds']]}], dtype=float)",
        f"assert draws.shape[1:] == {tuple(expected['shape'])}, draws.shape",
        f"assert np.array_equal(draw({own}), draws[0]), 'the same generator gives other numbers'",
        "assert not any(np.array_equal(other, draws[0]) for other in draws[1:]), 'every generator gives the same'",
        f"z = (draws - {expected['mean']!r}) / {expected['variance'] ** 0.5!r}",
        "print(f'mean {z.mean():.3f} (0 is due), variance {z.var():.3f} (1), fourth moment {(z**4).mean():.3f} (3)')",
        "assert abs(z.mean()) < 7.44 / z.size**0.5, 'the mean is wrong'",
        "assert 0.911 < (z**2).mean() < 1.094, 'the variance is wrong'",
        "assert abs((z**4).mean() - 3) < 0.5, 'this is not Gaussian'",
        "assert np.unique(z).size > 0.9 * z.size, 'numbers are repeated'",
    )


def _tolerance(tolerance: Tolerance, case: Case) -> Tolerance:
    return tolerance.for_single() if is_single(case) else tolerance


def _variable(known: tuple[str, ...], position: int) -> str:
    name = known[position] if position < len(known) else ""
    usable = name.isidentifier() and not keyword.iskeyword(name) and name not in TAKEN
    return plain(name) if usable else f"arg{position}"
