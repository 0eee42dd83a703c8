"""Known wrong variants of a function: to be run, or recorded for a machine that doesn't have them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from ..misconceptions import Misconception, Overlays
from . import calls, numeric
from .base import Case
from .compare import Path, differences
from .tolerance import NUMERICAL

__all__ = ["Known", "Recorded", "Running", "Variant", "at", "formula_of", "gradients_of", "recorded", "value_of"]


class Variant(Protocol):
    """A known wrong variant of a function: the function itself, and what to tell who wrote it."""

    @property
    def name(self) -> str:
        """Its short name."""
        ...

    @property
    def sentence(self) -> str:
        """The sentence to who wrote it."""
        ...

    def function(self, *args: Any, **kwargs: Any) -> Any:
        """The variant; it has the reference's signature."""
        ...


@dataclass(frozen=True)
class Known:
    """What is told of a known wrong variant: it can travel without the variant itself.

    Attributes:
        name: its short name.
        sentence: to who wrote it.
        function: the function that the mistake is in.
        fails: the checks that it fails, ``"task/check"``; without the hidden ones where those aren't known.
    """

    name: str
    sentence: str
    function: str
    fails: tuple[str, ...]


@dataclass(frozen=True)
class Running:
    """A misconception's version of one function, made when it is first called.

    Attributes:
        misconception: the mistake.
        replaces: the reference function's name.
        overlays: what makes it, and keeps it.
        backward: the name of the reference's function that works with what this one returns beside its value, if any.
    """

    misconception: Misconception
    replaces: str
    overlays: Overlays = field(repr=False, compare=False)
    backward: str = ""

    @property
    def name(self) -> str:
        """The misconception's."""
        return self.misconception.name

    @property
    def sentence(self) -> str:
        """The misconception's."""
        return self.misconception.sentence

    def function(self, *args: Any, **kwargs: Any) -> Any:
        """The variant."""
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return self.overlays.functions(self.misconception)[self.replaces](*args, **kwargs)

    def formula(self, weights: Any, case: Case) -> Any:
        """What the reference's backward function, in which nothing is changed, makes of the variant's cache."""
        _, cache = calls.ask({"": self.function}, "", case)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return self.overlays.reference[self.backward](np.array(weights), cache)


@dataclass(frozen=True)
class Recorded:
    """What a variant returns in the cases of one check, and its gradients there; one of each a case.

    ``formulas`` is what :func:`formula_of` gives in each case; nothing where it gives none in some of them, or nothing
    but the gradients.
    """

    name: str
    sentence: str
    values: tuple[Any, ...]
    gradients: tuple[Mapping[str, Any], ...]
    formulas: tuple[Mapping[str, Any], ...] = ()


def recorded(
    variants: Sequence[Variant | Recorded],
    cases: Sequence[Case],
    paths: Sequence[Mapping[str, Path]],
    weights: Sequence[Any],
    returns: Sequence[Sequence[str]],
) -> tuple[Recorded, ...]:
    """The variants as data; one that has no value in some case can't be recognised, and is left out.

    Args:
        variants: what to record.
        cases: a check's.
        paths: for each case, as :func:`gradients_of` takes them.
        weights: for each case, likewise.
        returns: for each case, as :func:`formula_of` takes them.
    """
    records = []
    for variant in variants:
        values = tuple(value_of(variant, *case) for case in enumerate(cases))
        if any(value is None for value in values):
            continue
        gradients = tuple(gradients_of(variant, i, case, paths[i], weights[i]) for i, case in enumerate(cases))
        found = [formula_of(variant, i, case, weights[i], returns[i], gradients[i]) for i, case in enumerate(cases)]
        formulas = tuple(each for each in found if each is not None)
        if len(formulas) < len(cases) or all(map(_same, formulas, gradients)):
            formulas = ()
        records.append(Recorded(variant.name, variant.sentence, values, gradients, formulas))
    return tuple(records)


def _same(formula: Mapping[str, Any], gradients: Mapping[str, Any]) -> bool:
    """Whether the formula is the variant's derivative as well, as far as that is known numerically."""
    return not any(differences(formula[name], due, NUMERICAL) for name, due in gradients.items())


def value_of(variant: Variant | Recorded, number: int, case: Case) -> Any:
    """What the variant returns in case ``number`` of a check; ``None`` where it has no finite value."""
    if isinstance(variant, Recorded):
        return variant.values[number]
    try:
        value = _run(variant, case.args, case)
    except Exception:  # a wrong variant may be so wrong that it raises here
        return None
    return value if np.isfinite(value).all() else None


def gradients_of(
    variant: Variant | Recorded, number: int, case: Case, paths: Mapping[str, Path], weights: Any
) -> Mapping[str, Any]:
    """The variant's gradients, differentiated on this side.

    Args:
        variant: the variant.
        number: as for :func:`value_of`.
        case: likewise.
        paths: for each gradient the way to its argument.
        weights: the upstream gradient.
    """
    if isinstance(variant, Recorded):
        return variant.gradients[number]
    gradients = {}
    for name, path in paths.items():
        argument = at(case.args, path)
        units = numeric.unit_directions(argument)
        rows = [[_run(variant, moved(case.args, path, h * unit), case) for h in numeric.STEPS] for unit in units]
        slopes = numeric.slopes(_run(variant, case.args, case), rows, weights)
        gradients[name] = slopes.best.reshape(argument.shape) / numeric.scales(argument)
    return gradients


def formula_of(
    variant: Variant | Recorded,
    number: int,
    case: Case,
    weights: Any,
    returns: Sequence[str],
    gradients: Mapping[str, Any],
) -> Mapping[str, Any] | None:
    """What is right to the letter beside the variant: the reference's backward function, on the variant's cache.

    It is no derivative of the variant.  Who wrote it has made one mistake, in the forward function.

    Args:
        variant: the variant.
        number: as for :func:`value_of`.
        case: likewise.
        weights: the upstream gradient.
        returns: what the backward function returns, in order; nothing if there is none.
        gradients: those that are judged, with the shapes that are due.

    Returns:
        ``None`` if there is no such thing: no backward function, or one that has no finite answer here.
    """
    if isinstance(variant, Recorded):
        return variant.formulas[number] if variant.formulas else None
    if not isinstance(variant, Running) or not variant.backward:
        return None
    try:
        value = variant.formula(weights, case)
    except Exception:  # the variant's cache is too far from the reference's
        return None
    named = dict(zip(returns, value if isinstance(value, tuple) else (value,), strict=False))
    found: dict[str, Any] = {name: named.get(name) for name in gradients}
    whole = all(np.shape(found[name]) == np.shape(due) for name, due in gradients.items())
    return found if whole and all(np.isfinite(each).all() for each in found.values()) else None


def at(args: Sequence[Any], path: Path) -> Any:
    """The argument, or the part of one, at a path."""
    thing: Any = args[int(path[0])]
    for key in path[1:]:
        thing = thing[key]
    return thing


def moved(args: Sequence[Any], path: Path, move: Any) -> list[Any]:
    """Arguments with ``move`` added at a path."""
    changed: list[Any] = list(args)
    position = int(path[0])
    changed[position] = _moved(args[position], path[1:], move)
    return changed


def _run(variant: Variant, args: Sequence[Any], case: Case) -> Any:
    return calls.ask({"": variant.function}, "", Case(tuple(args), case.kwargs))[0]


def _moved(thing: Any, keys: Sequence[int | str], move: Any) -> Any:
    if not keys:
        return np.asarray(thing, dtype=np.float64) + move
    return {**thing, keys[0]: _moved(thing[keys[0]], keys[1:], move)}
