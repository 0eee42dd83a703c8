"""What Gradescope's ``run_autograder`` runs: grades one submission where Gradescope has put it.

::

    ROOT/source/settings.json        how to grade (:class:`Settings`)
    ROOT/submission/                 what the student handed in
    ROOT/submission_metadata.json    who they are, when they did, when it was due, what they had before
    ROOT/results/results.json        is written

Our own failure is written as a result without a score, which Gradescope takes for the autograder's
error and not for a zero; the exit code is then 3.
"""

from __future__ import annotations

import contextlib
import math
import sys
import traceback
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from ..errors import AutograderError, GraderFault
from ..grading import rubrics
from ..grading.one import Grader
from ..grading.store import make_folder, write_whole
from ..lateness import Deadline, moment
from ..reports.gradescope import Format, Visibility, gradescope_fault, gradescope_json
from ..reports.summary import marks
from ..results import HandedIn, Person
from ..sandbox.cores import to_spare
from ..sandbox.interface import Limits
from ..sandbox.locked import LockedSandbox
from ..submission import single

__all__ = ["SETTINGS", "Settings", "main"]

T = TypeVar("T")

SETTINGS = "settings.json"
MAX_BYTES = 32 * 2**20

FAULT = 3


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How to grade; what ``autograder release --gradescope`` was told.

    Attributes:
        key: the course's key.
        rubric: the marking scheme.
        without: locks to go on without, by name.
        hidden: when students see hidden checks.
        output_format: how texts are written.
        attempt: whether an earlier, better attempt's marks count.
    """

    key: str
    rubric: str = rubrics.DEFAULT
    without: tuple[str, ...] = ()
    hidden: Visibility = Visibility.AFTER_PUBLISHED
    output_format: Format = Format.TEXT
    attempt: Literal["last", "best"] = "last"


class _Dates(msgspec.Struct, frozen=True):
    due_date: str | None = None
    total_points: float | str | None = None


class _User(msgspec.Struct, frozen=True):
    id: int | str = ""
    email: str | None = None
    name: str | None = None
    assignment: _Dates | None = None


class _Previous(msgspec.Struct, frozen=True):
    score: float | str | None = None
    autograder_error: bool | None = None


class _Metadata(msgspec.Struct, frozen=True):
    """What of Gradescope's ``submission_metadata.json`` counts here."""

    id: int | str = ""
    created_at: str | None = None
    assignment: _Dates = _Dates()
    users: tuple[_User, ...] = ()
    previous_submissions: tuple[_Previous, ...] = ()


def main(arguments: list[str]) -> int:
    """Grade; 0 if that was done, whatever the marks."""
    root = Path(arguments[0] if arguments else "/autograder")
    try:
        report, code = _graded(root), 0
    except AutograderError as error:
        print(f"autograder: {error}", file=sys.stderr)
        report, code = gradescope_fault(str(error)), FAULT
    except Exception as error:
        traceback.print_exc()
        report, code = gradescope_fault(f"{type(error).__name__}: {error}"), FAULT
    write_whole(make_folder(root / "results") / "results.json", report.encode())
    return code


def _graded(root: Path) -> str:
    settings = _read(root / "source" / SETTINGS, Settings)
    metadata = _read(root / "submission_metadata.json", _Metadata)
    sandbox = LockedSandbox(Limits(), without=frozenset(settings.without), wait=False, spare=to_spare(1))
    try:
        return _report(root, settings, metadata, sandbox)
    finally:
        sandbox.close()


def _report(root: Path, settings: Settings, metadata: _Metadata, sandbox: LockedSandbox) -> str:
    """What Gradescope shows; the sandbox may be starting still."""
    loaded = rubrics.load(settings.rubric)
    handed_in = HandedIn(
        system="gradescope",
        people=tuple(Person(name=u.name or "", email=u.email or "", id=str(u.id)) for u in metadata.users),
        attempt=len(metadata.previous_submissions) + 1,
        time=metadata.created_at or "",
    )
    # The same people meet the same hidden cases however often they hand in.
    people = "+".join(sorted(str(user.id) for user in metadata.users)) or f"submission {metadata.id}"
    submitted = replace(single(root / "submission"), name=f"gradescope {people}")
    result = Grader(loaded, settings.key, sandbox).grade(submitted.read())
    if result.faulty:
        raise GraderFault("some checks could not be run; run the autograder again")
    deadline = Deadline(loaded.rubric.late, _due(metadata, loaded.rubric.due))
    result = msgspec.structs.replace(result, handed_in=handed_in, late=deadline.apply(result, handed_in))
    _tell_other_points(metadata.assignment.total_points, result.max_score)
    score, note = _kept(result.final, metadata) if settings.attempt == "best" else (result.final, "")
    return gradescope_json(result, hidden=settings.hidden, output_format=settings.output_format, score=score, note=note)


def _read(path: Path, kind: type[T]) -> T:
    """A JSON file of ours or of Gradescope's.

    Raises:
        GraderFault: if it isn't there, or is another kind of file.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise GraderFault(f"{path.name} is too large")
        return msgspec.json.decode(data, type=kind)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise GraderFault(f"{path.name} can't be read: {error}") from None


def _due(metadata: _Metadata, otherwise: str) -> datetime | None:
    """When it was due: for them, where Gradescope says so (of a group, the latest), else for everybody."""
    own = [user.assignment.due_date for user in metadata.users if user.assignment and user.assignment.due_date]
    if own:
        return max(map(moment, own))
    due = metadata.assignment.due_date or otherwise
    return moment(due) if due else None


def _tell_other_points(points: float | str | None, due: float) -> None:
    """Say so where the assignment is worth something else; what is printed is shown to instructors alone."""
    with contextlib.suppress(ValueError):
        if points is not None and float(points) != due:
            print(
                f"autograder: the assignment has {float(points):g} points, and the marking scheme gives up to {due:g}; "
                "set the assignment's points to that, since marks are not scaled"
            )


def _kept(score: float, metadata: _Metadata) -> tuple[float, str]:
    """The most marks that any attempt had, and a sentence where it was an earlier one."""
    best = score
    for earlier in metadata.previous_submissions:
        try:
            marked = float(earlier.score) if earlier.score is not None and not earlier.autograder_error else 0.0
        except ValueError:
            continue
        if math.isfinite(marked):
            best = max(best, marked)
    return best, f"An earlier attempt had {marks(best)} marks, and these count." if best > score else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
