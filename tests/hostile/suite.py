"""Hostile submissions, each graded beside an honest neighbour in one sandbox, and what comes of it.

``python tests/hostile/suite.py`` prints a line for each, without pytest, so that it runs in the image as well::

    docker run --rm --network none --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
        --memory 4g --memory-swap 4g --cpus 2 --pids-limit 128 --volume "$PWD/tests:/tests:ro" --entrypoint python \
        autograder /tests/hostile/suite.py

``tests/container/test_hostile.py`` does this.

Every file under ``programs/`` is one, and says its aim in its docstring.  It is a module of the exercise in
``tests/end_to_end/tiny_rubric.py``, or has a function that makes one: ``source()`` its text, ``submission(folder)``
a file or folder.  Constants say what is due:

- ``EARNS``: its marks, of 4: what is honest beside it (3 for the other module) and nothing more.
- ``VERDICT``, ``SAYS``: of the check that it attacks (one of several, where a faster machine gets further), and
  words of the message or of a warning (`` | `` between words of which one is enough).
- ``MODULE``: the module that it stands for, ``geometry`` unless it says otherwise.
- ``PATIENCE``: the processor time in seconds that it gets, if more than usual.
"""

from __future__ import annotations

import ast
import concurrent.futures
import dataclasses
import functools
import importlib.util
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from autograder.grading import rubrics
from autograder.grading.one import Grader
from autograder.results import CheckResult, Result, dump
from autograder.sandbox.interface import Limits
from autograder.sandbox.locked import LockedSandbox
from autograder.submission.discovery import single
from autograder.submission.source import StudentSource

__all__ = ["PROGRAMS", "Bench", "Program", "complaints", "programs"]

PROGRAMS = Path(__file__).with_name("programs")
RUBRIC = Path(__file__).parents[1] / "end_to_end" / "tiny_rubric.py"
LIMITS = Limits(cpu_seconds=0.5, memory_bytes=192 * 2**20)

HONEST = {
    "waves": """
import numpy as np


def damp_forward(t, rate):
    out = 1 / np.exp(rate * t)
    return out, (t, rate, out)


def damp_backward(dout, cache):
    t, rate, out = cache
    return -rate * out * dout, -(t * out * dout).sum(axis=0)
""",
    "geometry": "def midpoint(a, b):\n    return a + (b - a) * 0.5\n",
}


@dataclasses.dataclass(frozen=True)
class Program:
    """One hostile submission, and what it is to come to."""

    path: Path
    earns: float
    verdicts: tuple[str, ...]
    says: str
    module: str
    patience: float

    @property
    def name(self) -> str:
        """The family and the file."""
        return f"{self.path.parent.name}/{self.path.stem}"

    def source(self, folder: Path) -> StudentSource:
        """The submission; containers are made in the folder."""
        text = self.path.read_text()
        if "\ndef submission(" in text:
            return dataclasses.replace(single(_module(self.path).submission(folder)).read(), name="hostile")
        if "\ndef source(" in text:
            text = _module(self.path).source()
        modules = {**HONEST, self.module: text.replace("TABLE", repr(_visible_case()))}
        files = {f"decay/{name}.py": code.encode() for name, code in modules.items()}
        return StudentSource("hostile", "hostile", "folder", files, "0" * 64)


def programs() -> Iterator[Program]:
    """All of them, by family."""
    for path in sorted(PROGRAMS.glob("*/*.py")):
        said = _constants(path)
        earns, verdict, says = said["EARNS, VERDICT, SAYS"]
        module, patience = said.get("MODULE", "geometry"), said.get("PATIENCE", LIMITS.cpu_seconds)
        yield Program(path, earns, tuple(verdict.split(", ")), says, module, patience)


class Bench:
    """Sandboxes, one for each limit, and an honest submission that is graded in them again and again."""

    def __init__(self) -> None:
        self._loaded = rubrics.load(str(RUBRIC))
        self._sandboxes: dict[Limits, LockedSandbox] = {}
        self._honest = StudentSource(
            "honest", "honest", "folder", {f"decay/{name}.py": code.encode() for name, code in HONEST.items()}, "1" * 64
        )

    def sandbox(self, patience: float = LIMITS.cpu_seconds) -> LockedSandbox:
        """The sandbox with that processor time."""
        limits = dataclasses.replace(LIMITS, cpu_seconds=patience)
        if limits not in self._sandboxes:
            self._sandboxes[limits] = LockedSandbox(limits)
        return self._sandboxes[limits]

    def grader(self, patience: float = LIMITS.cpu_seconds) -> Grader:
        """A grader in that sandbox."""
        return Grader(self._loaded, "key", self.sandbox(patience))

    def honest(self, patience: float = LIMITS.cpu_seconds) -> bytes:
        """The honest neighbour's result, its timing apart."""
        return untimed(self.grader(patience).grade(self._honest))

    def beside(self, program: Program, folder: Path) -> tuple[Result, bytes, bytes]:
        """A hostile submission's result, and the neighbour's that was graded at the same time, and after."""
        source = program.source(folder)
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            graded = pool.submit(self.grader(program.patience).grade, source)
            meanwhile = self.honest(program.patience)
            result = graded.result()
        return result, meanwhile, self.honest(program.patience)

    def traces(self) -> dict[str, Any]:
        """What a worker could leave behind: processes, descriptors, shared memory, semaphores, queues, files."""
        return {
            "descriptors": len(list(Path("/proc/self/fd").iterdir())) - 2 * len(self._sandboxes),
            "workers": [pid for sandbox in self._sandboxes.values() for pid in _children(sandbox)],
            "kernel": [Path(f"/proc/sysvipc/{kind}").read_text().count("\n") for kind in ("shm", "sem", "msg")],
            "files": sorted(
                str(path)
                for folder in ("/dev/shm", "/dev/mqueue", "/tmp", "/var/tmp")
                for path in Path(folder).glob("*hostile-*")
            ),
        }

    def close(self) -> None:
        """End the sandboxes."""
        for sandbox in self._sandboxes.values():
            sandbox.close()


def untimed(result: Result) -> bytes:
    """A result as it is kept, without the timing, and so without anything that may differ between two runs."""
    return dump(Result(**{**{name: getattr(result, name) for name in result.__struct_fields__}, "timing": {}}))


def attacked(program: Program, result: Result) -> CheckResult:
    """The check that a program is about."""
    task = next(task for task in result.tasks if task.module == program.module)
    lost = [check for check in task.checks if check.score < check.max_score]
    return (lost or list(task.checks))[0]


def complaints(program: Program, bench: Bench, folder: Path) -> list[str]:
    """What is wrong with how a program ended; nothing, if all is well."""
    alone = bench.honest(program.patience)
    before = bench.traces()
    result, meanwhile, after = bench.beside(program, folder)
    check = attacked(program, result)
    words = "; ".join([check.message, *result.warnings])
    every = [each for task in result.tasks for each in task.checks]
    wrong = {
        f"it earned {result.score:g}, not {program.earns:g}": result.score != program.earns,
        f"the verdict is {check.verdict}, not {' or '.join(program.verdicts)}": check.verdict not in program.verdicts,
        f"nobody says {program.says!r}: {words}": not any(says in words for says in program.says.split(" | ")),
        "it is a grader fault": result.faulty,
        "the neighbour beside it has another result": meanwhile != alone,
        "the neighbour after it has another result": after != alone,
        "a check that lost marks says nothing": any(each.score < each.max_score and not each.message for each in every),
        "its result is large": len(dump(result)) > 200_000,
        "its result can't be shown": not all(
            line.isprintable() for each in every for line in (each.message, each.hint)
        ),
        f"it left something behind: {before} {bench.traces()}": bench.traces() != before,
    }
    return [complaint for complaint, holds in wrong.items() if holds]


def _constants(path: Path) -> dict[str, Any]:
    """What a program says of itself, read without running it."""
    found = {}
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign):
            name = ast.unparse(node.targets[0]).strip("()")
            if name in ("EARNS, VERDICT, SAYS", "MODULE", "PATIENCE"):
                found[name] = ast.literal_eval(node.value)
    return found


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _visible_case() -> tuple[list[Any], list[Any]]:
    """What a student could learn by heart: the visible case's input and what is due."""
    loaded = rubrics.load(str(RUBRIC))
    from autograder.grading.one import visible

    (task, *_) = loaded.rubric.tasks
    prepared = visible(loaded.rubric, task.name, task.checks[0])
    t, _ = prepared.cases[0].args
    return np.asarray(t).tolist(), np.asarray(prepared.expected[0]["value"]).tolist()


def _children(sandbox: LockedSandbox) -> list[int]:
    """The workers that there are, without the one that has no submission yet."""
    assert sandbox._zygote
    zygote, waiting = sandbox._zygote._process.pid, sandbox._zygote.waiting
    children = Path(f"/proc/{zygote}/task/{zygote}/children").read_text().split()
    return [int(pid) for pid in children if int(pid) != waiting]


def main() -> int:
    """Run all, and say how many did not come to what was due."""
    say = functools.partial(print, flush=True)
    failed = 0
    bench = Bench()
    found = [
        program for program in programs() if not sys.argv[1:] or any(word in program.name for word in sys.argv[1:])
    ]
    for program in found:
        with tempfile.TemporaryDirectory() as folder:
            wrong = complaints(program, bench, Path(folder))
        failed += bool(wrong)
        say(f"{'FAILED' if wrong else 'held  '} {program.name} {'; '.join(wrong)}".rstrip())
    bench.close()
    say(f"{len(found)} hostile programs, {failed} not as is due")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
