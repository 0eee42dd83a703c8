"""Random draws: independent, Gaussian, of the variance that is due, and from the generator passed in."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any, ClassVar

import numpy as np

from ..errors import RubricError
from ..messages import listed, say
from ..sandbox.interface import Reply, Session
from ..sandbox.wire import Call, Rng
from . import calls
from .base import Case, Check, Finding, Prepared, Reference
from .compare import difference, is_close, misfits
from .findings import differing, failed, number, passed, without_result
from .matches import part_label
from .randomness import ENTRIES, oddity
from .tolerance import SAME

__all__ = ["Distribution"]

MAX_DRAWS = 16


@dataclass(frozen=True)
class Distribution(Check):
    """Judge a function that draws an array of Gaussian numbers from a generator among its arguments.

    Each case is called with its own seed twice, which has to give the same numbers, not all 0, and with other
    seeds, which have to give others, until there are enough numbers for the tests of
    :mod:`autograder.checks.randomness`; its docstring states their false-alarm rate and power.

    Attributes:
        function: the function's name.
        variance: the variance that is due, from the case's arguments without the generator.
        mean: the mean that is due.
    """

    kind: ClassVar[str] = "distribution"

    function: str
    _: KW_ONLY
    variance: Callable[..., float]
    mean: float = 0.0

    @property
    def functions(self) -> tuple[str, ...]:
        """The one function."""
        return (self.function,)

    def prepare(self, reference: Reference, rng: np.random.Generator) -> Prepared:
        """Draw cases and seeds; take the shape from the reference."""
        cases = tuple(self.cases(rng))
        return Prepared(cases, tuple(self._due(reference, case, rng) for case in cases))

    def _due(self, reference: Reference, case: Case, rng: np.random.Generator) -> dict[str, Any]:
        if sum(isinstance(arg, Rng) for arg in case.args) != 1:
            raise RubricError(f"{self.function}: a case of a distribution needs one generator among its arguments")
        shape = np.shape(calls.ask(reference, self.function, case))
        variance = float(self.variance(*(arg for arg in case.args if not isinstance(arg, Rng))))
        if not variance > 0:
            raise RubricError(f"{self.function}: a variance of {variance} can't be tested")
        draws = max(2, math.ceil(ENTRIES / max(math.prod(shape), 1)))
        if draws > MAX_DRAWS:
            raise RubricError(f"{self.function}: {shape} is too small to test; {ENTRIES // MAX_DRAWS} entries will do")
        return {
            "shape": shape,
            "mean": self.mean,
            "variance": variance,
            "seeds": tuple(int(seed) for seed in rng.integers(2**32, size=draws - 1)),
        }

    def steps(self, prepared: Prepared) -> tuple[Call, ...]:
        """The program: for each case two calls with its own seed, and one with each other seed."""
        return tuple(
            calls.Wired(each).call(self.function)
            for case, expected in zip(prepared.cases, prepared.expected, strict=True)
            for each in (case, case, *(_reseeded(case, seed) for seed in expected["seeds"]))
        )

    def examine(self, session: Session, prepared: Prepared) -> Finding:
        """Draw, and test: form first, then the generator's use, then the numbers."""
        replies = session.run(*prepared.program(self.steps)).replies
        missing = without_result((reply, self.function) for reply in replies)
        if missing is not None:
            return missing
        rest = list(replies)
        for i, (case, expected) in enumerate(zip(prepared.cases, prepared.expected, strict=True)):
            count = 2 + len(expected["seeds"])
            finding = self._judge((i, case), expected, rest[:count])
            if finding is not None:
                return finding
            del rest[:count]
        return passed([reply.value for reply in replies])

    def _judge(self, case: tuple[int, Case], expected: dict[str, Any], replies: list[Reply]) -> Finding | None:
        template = np.empty(expected["shape"])
        for reply in replies:
            found = misfits(reply.value, template)
            if found:
                return differing(self.function, found, part_label(None), case)
        arrays = [np.asarray(reply.value, dtype=np.float64).reshape(template.shape) for reply in replies]
        if not np.any(arrays):
            zeros = say("zeros", **listed([part_label(None)(())]))
            return failed(replace(zeros, message=f"{self.function}: {zeros.message}"), case)
        first, again, *others = arrays
        if difference(again, first, SAME) is not None:
            return failed(say("not-seeded", function=self.function), case)
        if any(is_close(other, first, SAME) for other in others):
            return failed(say("always-same", function=self.function), case)
        numbers = np.array([first, *others])
        odd = oddity(numbers, expected["mean"], expected["variance"])
        if odd is None:
            return None
        words, data = _measured(numbers, expected)
        return failed(say(odd, function=self.function), case, words, **data)


def _reseeded(case: Case, seed: int) -> Case:
    return replace(case, args=tuple(Rng(seed) if isinstance(arg, Rng) else arg for arg in case.args))


def _measured(numbers: Any, expected: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What was drawn, as a sentence and as data."""
    data = {
        "entries": numbers.size,
        "mean": number(numbers.mean(), 4),
        "variance": number(numbers.var(), 4),
        "expected_mean": number(expected["mean"], 4),
        "expected_variance": number(expected["variance"], 4),
    }
    words = "Mean {mean} (due {expected_mean}), variance {variance} (due {expected_variance}) of {entries} entries."
    return words.format(**data), data
