"""What purity, stability and speed look at: a function alone, or a forward function and its backward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import RubricError
from ..sandbox import wire
from ..sandbox.interface import Reply
from . import calls
from .base import Case, Reference
from .compare import Difference, differences, uses_single
from .findings import Label
from .matches import due, part_label
from .tolerance import Tolerance

__all__ = ["Subject", "subject_of"]


@dataclass(frozen=True)
class Subject:
    """The functions of one call and what it yields.

    Attributes:
        functions: a function's name, or a forward's, ``forward(*args) -> (out, cache)``, and its
            backward's, ``backward(dout, cache) -> gradients``.
        pick: for a function alone, which element of the returned tuple counts; ``None`` for all of it.
        returns: for a function alone, what the parts of a returned tuple are called.
    """

    functions: tuple[str, ...]
    pick: int | None = None
    returns: tuple[str, ...] = ()

    @property
    def last(self) -> str:
        """The function under test."""
        return self.functions[-1]

    def due(self, reference: Reference, case: Case, rng: np.random.Generator) -> dict[str, Any]:
        """What is due in a case: ``values`` of each function, and how to call the backward."""
        if len(self.functions) == 1:
            expected = due(reference, self.last, case, self.pick)
            return {"values": (expected["value"],), "arity": expected["arity"], "dout": None, "returns": self.returns}
        forward, backward = self.functions
        out, dout, gradients = calls.ask_pair(reference, forward, backward, case, rng)
        names = calls.parameters(reference[forward])[: len(gradients)]
        values = calls.finite(out, forward), calls.finite(gradients, backward)
        return {"values": values, "arity": 2, "dout": dout, "returns": tuple(f"d{name}" for name in names)}

    def steps(self, wired: calls.Wired, expected: dict[str, Any], start: int, **options: Any) -> tuple[wire.Call, ...]:
        """The calls, to stand at position ``start`` of a program; ``options`` are :class:`wire.Call`'s."""
        if len(self.functions) == 1:
            return (wired.call(self.last, pick=self.pick, arity=expected["arity"], **options),)
        forward, backward = self.functions
        cache = wire.Ref(start, (1,))
        return (
            wired.call(forward, pick=0, arity=2, **options),
            wire.Call(function=backward, args=(wire.encode(expected["dout"]), cache), **options),
        )

    def named(self, replies: Sequence[Reply]) -> list[tuple[Reply, str]]:
        """Each reply with the name of its function."""
        return list(zip(replies, self.functions, strict=True))

    def wrong(
        self, case: Case, expected: dict[str, Any], replies: Sequence[Reply], tolerance: Tolerance
    ) -> tuple[str, list[Difference], Label] | None:
        """The first function whose value is not what is due, in what it differs, and its parts' names.

        What is float32 in one part is taken to have been so on the way to the others: a gradient that was
        cast back, beside its loss.
        """
        single = calls.is_single(case) or (not tolerance.strict and any(uses_single(reply.value) for reply in replies))
        for function, value, reply in zip(self.functions, expected["values"], replies, strict=True):
            found = differences(reply.value, value, tolerance, single=single)
            if found:
                return function, found, part_label(expected["returns"])
        return None


def subject_of(
    function: str, layer: str, backward: str = "", pick: int | None = None, returns: tuple[str, ...] = ()
) -> Subject:
    """The subject of a check that names a function, or a layer, or a forward function and its backward.

    Raises:
        RubricError: if it names both or neither.
    """
    if bool(function) == bool(layer):
        raise RubricError("a check of this kind names either a function or a layer")
    if layer:
        return Subject((f"{layer}_forward", f"{layer}_backward"))
    return Subject((function, backward)) if backward else Subject((function,), pick, returns)
