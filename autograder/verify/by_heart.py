"""The visible answers learned by heart: what do they earn?

A student has the visible cases with their answers, and can record whatever else a right implementation is asked in
them: steps aside for a derivative, a second call.  Here is a submission that knows all of that, and nothing more: the
reference, as long as it is asked what it was asked in the visible cases, be it with another generator.
"""

from __future__ import annotations

import functools
import io
import pickle
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..checks.base import Reference
from ..grading import rubrics
from ..grading.one import Grader
from ..results import Result, total
from ..sandbox.scripted import ScriptedSandbox
from ..submission.reading import digest
from ..submission.source import StudentSource
from .outcome import Outcome
from .parts import NAME, Subject, checks_of, nothing

__all__ = ["Learner", "UnknownError", "by_heart"]


KEEPS = "keeps {:g}: it is asked nothing but what is given out; draw its cases from the generator, out of many"


class UnknownError(Exception):
    """It was not asked this before."""


class Learner:
    """A reference that remembers what it is asked, and later knows nothing else.

    Args:
        reference: its functions by name.

    Attributes:
        functions: the same, learning.  What is new to them when they learn no more raises :class:`UnknownError`.
        learns: whether they do.
    """

    def __init__(self, reference: Reference) -> None:
        self._known: set[bytes] = set()
        self.learns = True
        self.functions: Mapping[str, Callable[..., Any]] = {
            name: self._learned(name, function) for name, function in reference.items()
        }

    def _learned(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def learned(*args: Any, **kwargs: Any) -> Any:
            asked = _printed(name, args, kwargs)
            if self.learns:
                self._known.add(asked)
            elif not asked or asked not in self._known:
                raise UnknownError
            return function(*args, **kwargs)

        return learned


class _Printer(pickle.Pickler):
    """Writes generators down as one and the same: an answer may be learned up to what is drawn."""

    def persistent_id(self, thing: Any) -> str | None:
        """What stands for a thing, if anything does."""
        return "generator" if isinstance(thing, np.random.Generator) else None


def _printed(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bytes:
    """What tells a call from others; nothing where a cache can't be written down, so that it can't be learned."""
    written = io.BytesIO()
    try:
        _Printer(written).dump((name, args, sorted(kwargs.items())))
    except (pickle.PicklingError, TypeError, AttributeError):
        return b""
    return written.getvalue()


def by_heart(subject: Subject) -> Outcome:
    """No visible check keeps its marks where other cases of the same kind are not answered."""
    allowed = f"no more than {subject.by_heart:g} points" if subject.by_heart else "nothing"
    part, proves = "by-heart", f"a table of the visible answers earns {allowed}"
    rubric = subject.exercise.rubric
    visible = total(check.points for task in rubric.tasks for check in task.checks if check.visible)
    if not visible:
        return nothing(part, proves, "the rubric has no visible check")
    kept = {where: check.score for where, check in checks_of(_learned(subject)) if check.score}
    earned = total(kept.values())
    findings = [] if earned <= subject.by_heart else [f"{where} {KEEPS.format(kept[where])}" for where in kept]
    return Outcome(
        part=part,
        proves=proves,
        ok=not findings,
        summary=f"{earned:g} of {visible:g} visible points",
        findings=tuple(findings),
        figures={"visible": visible, "kept": kept},
    )


def _learned(subject: Subject) -> Result:
    """What is earned by answering as the reference does what it is asked in the visible cases, and nothing else."""
    learner = Learner(subject.exercise.rubric.reference)
    sandbox = ScriptedSandbox(learner.functions)
    loaded = rubrics.load(subject.setting.rubric)
    source = StudentSource(NAME, NAME, "folder", {}, digest("folder", {}))
    Grader(loaded, subject.setting.key, sandbox, only_visible=True).grade(source)
    learner.learns = False
    return Grader(loaded, subject.setting.key, sandbox).grade(source)
