"""The marking scheme as data: tasks, their checks, their points."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .checks.base import Check, Reference
from .checks.diagnosis import TermFunction
from .checks.gradient import Gradient, LossGradient
from .checks.variants import Running
from .errors import RubricError, UsageError
from .lateness import LatePolicy, moment
from .misconceptions import Misconception, Overlays
from .results import total
from .submission.source import Layout

__all__ = ["Rubric", "Task"]

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Task:
    """One thing to be marked, named after its function or layer.

    Attributes:
        name: unique in the rubric.
        module: the students' module that its functions belong to.
        checks: in the order in which results show them.
        needs: tasks that this one builds on; named in messages.
    """

    name: str
    module: str
    checks: tuple[Check, ...]
    needs: tuple[str, ...] = ()

    def __init__(self, name: str, *, module: str, checks: Sequence[Check], needs: Sequence[str] = ()) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "module", module)
        object.__setattr__(self, "checks", _named(checks))
        object.__setattr__(self, "needs", tuple(needs))

    @property
    def points(self) -> float:
        """What the task is worth: the sum of its checks."""
        return total(check.points for check in self.checks)


@dataclass(frozen=True)
class Rubric:
    """A whole exercise.

    Attributes:
        name: the exercise's name; with the submission's it makes the seed.
        package: the name of the package that students write.
        reference: the reference's functions by name.
        tasks: in the order in which results show them.
        given: modules that students get whole and may import (for pictures, say); no task needs them.
        late: what handing in late costs, where a download or the command line says when things came in.
        due: when it is due, as ``2026-03-01T23:59+01:00``; ``grade --due`` goes before it.
        misconceptions: known wrong variants, by which mistakes are named.
        terms: for some functions the additive terms of what they return, so that a missing one can be named:
            called with a case's arguments and ``dout=``, they return for some parts (``"out"``, ``"dx"``, …)
            what each term is called, and its value.

    Raises:
        RubricError: on a name that occurs twice, an unknown ``needs``, a check without points, a
            function or a module that the reference lacks, a due time that is none, or a misconception of no function or
            check of the rubric's.
    """

    name: str
    package: str
    reference: Reference
    tasks: tuple[Task, ...]
    given: tuple[str, ...] = ()
    late: LatePolicy | None = None
    due: str = ""
    misconceptions: tuple[Misconception, ...] = ()
    terms: Mapping[str, TermFunction] = field(default_factory=dict)
    overlays: Overlays = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = [task.name for task in self.tasks]
        for name in names:
            if names.count(name) > 1:
                raise RubricError(f"rubric {self.name}: two tasks are named {name!r}; give each its own name")
        for task in self.tasks:
            for need in task.needs:
                if need not in names:
                    raise RubricError(f"rubric {self.name}: task {task.name!r} needs {need!r}, which is no task")
            for check in task.checks:
                if not check.points > 0:
                    raise RubricError(f"rubric {self.name}: {task.name}/{check.name} has no points; give it some")
                for function in check.functions:
                    if function not in self.reference:
                        where = f"rubric {self.name}: {task.name}/{check.name}"
                        raise RubricError(f"{where} calls {function!r}, which the reference lacks")
        self._hold_modules()
        self._hold_due()
        self._hold_misconceptions()
        object.__setattr__(self, "overlays", Overlays(self.reference))
        object.__setattr__(self, "tasks", tuple(map(self._with_variants, self.tasks)))

    def _with_variants(self, task: Task) -> Task:
        """The task, its gradient checks with the misconceptions for which a gradient keeps its marks."""
        checks = []
        for check in task.checks:
            if isinstance(check, (Gradient, LossGradient)) and not check.variants:
                function = check.functions[0]
                its = [each for each in self.misconceptions if each.carries and function in each.functions]
                backward = check.backward if isinstance(check, Gradient) else ""
                variants = tuple(Running(each, function, self.overlays, backward) for each in its)
                check = replace(check, variants=variants)
            checks.append(check)
        return Task(task.name, module=task.module, checks=checks, needs=task.needs)

    def _hold_modules(self) -> None:
        """Where the reference is a package ``reference``, its modules are those that students write."""
        owners = {getattr(function, "__module__", None) or "" for function in self.reference.values()}
        packages = sorted({owner.rpartition(".")[0] for owner in owners if owner.split(".")[-2:-1] == ["reference"]})
        packages = [package for package in packages if package in sys.modules]
        for task in self.tasks:
            names = [f"{package}.{task.module}" for package in packages if task.module.isidentifier()]
            if packages and not any(map(importlib.util.find_spec, names)):
                raise RubricError(
                    f"rubric {self.name}: task {task.name!r} is of module {task.module!r}, which {packages[0]} lacks"
                )

    def _hold_due(self) -> None:
        try:
            if self.due:
                moment(self.due)
        except UsageError as error:
            raise RubricError(f"rubric {self.name}: when it is due: {error}") from None

    def _hold_misconceptions(self) -> None:
        for function in self.terms:
            if function not in self.reference:
                raise RubricError(f"rubric {self.name}: terms are given of {function!r}, which the reference lacks")
        checks = {f"{task.name}/{check.name}" for task in self.tasks for check in task.checks}
        functions = self.layout.functions
        names: set[str] = set()
        sentences: dict[str, str] = {}
        for its in self.misconceptions:
            where = f"rubric {self.name}: misconception {its.name!r}"
            if its.name in names or not NAME.fullmatch(its.name):
                raise RubricError(f"{where}: its name must be its own, and of small letters, digits and hyphens")
            names.add(its.name)
            if sentences.setdefault(its.sentence, its.name) != its.name or not its.sentence:
                raise RubricError(f"{where} needs a sentence of its own")
            if not its.functions or len({functions.get(function) for function in its.functions}) != 1:
                raise RubricError(f"{where} must be of functions of one module, and is of {its.functions}")
            for function in its.functions:
                if function not in functions:
                    raise RubricError(f"{where} is of {function!r}, which no check calls")
            for check in (*its.fails, *its.perhaps):
                if check not in checks:
                    raise RubricError(f"{where} fails {check!r}, which is no check")
            if not its.fails:
                raise RubricError(f"{where} fails no check; the rubric lacks one, or it is no mistake")

    @property
    def points(self) -> float:
        """What the exercise is worth."""
        return total(task.points for task in self.tasks)

    @property
    def layout(self) -> Layout:
        """Which function is expected in which module: the first task that tests it says."""
        functions: dict[str, str] = {}
        for task in self.tasks:
            for check in task.checks:
                functions.setdefault(check.functions[-1], task.module)
        for task in self.tasks:
            for check in task.checks:
                for function in check.functions:
                    functions.setdefault(function, task.module)
        return Layout(self.package, functions, self.given)


def _named(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Give every check a name: its kind, and a number where the kind occurs again."""
    named: list[Check] = []
    seen: dict[str, int] = {}
    for check in checks:
        name = check.name or check.kind
        seen[name] = seen.get(name, 0) + 1
        if check.name and seen[name] > 1:
            raise RubricError(f"two checks of one task are named {name!r}; give each its own name")
        named.append(replace(check, name=name if seen[name] == 1 else f"{name}-{seen[name]}"))
    return tuple(named)
