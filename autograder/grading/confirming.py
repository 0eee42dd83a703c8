"""Marks for the cases that were given out are kept where other cases of the same kind are right too.

A visible check's cases are the same for everybody, and released with what is due in them: a table of them passes.
So what passes there is looked at again in the submission's own cases: by the task's hidden checks that ask for the
same, where there are some and all of them hold, and by the visible check itself with cases drawn afresh, where not.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..checks import Matches, Purity, Stability
from ..checks.base import Check, Finding, Prepared
from ..messages import say
from ..results import Verdict
from ..sandbox.interface import Session
from .examining import Asked, Examination, Examined

__all__ = ["Anew", "confirmed"]

Anew = Callable[[str, Check], Prepared]
"""From a task's name and one of its hidden checks to the check's cases, and what is due in them."""


def confirmed(examined: Sequence[Examined], anew: Anew, session: Session) -> dict[str, Finding]:
    """Look again at what is right in the cases that were given out.

    Args:
        examined: a submission's checks.
        anew: draws cases of the submission's own.
        session: in which the submission is open.

    Returns:
        By their names, ``"task/check"``, the visible checks that earn less in other cases than in those that were given
        out, each with what takes the place of its finding.

    Raises:
        PutOff: in a sandbox that is in a hurry.
    """
    own = [each for each in examined if not each.check.visible]
    withdrawn: dict[str, Finding] = {}
    for incidental in (False, True):  # what is found of numbers tells of what comes with them
        doubtful = [
            each
            for each in examined
            if each.check.visible
            and each.finding.share > 0
            and each.check.incidental is incidental
            and _is_open(each, own)
        ]
        looked_at = Examination(map(functools.partial(_hidden, anew), doubtful)).run(session)
        for given, other in zip(doubtful, looked_at, strict=True):
            if other.finding.share < given.finding.share:
                withdrawn[given.where] = _found(other.finding)
        own += looked_at
    return withdrawn


def _is_open(given: Examined, own: Sequence[Examined]) -> bool:
    """Whether what was found in the submission's own cases leaves it open that it is right there.

    A finding with a message is not without an if: a gradient has its marks beside a value with a known mistake.
    """
    alike = [
        other.finding.share == 1 and not other.finding.message
        for other in own
        if other.task == given.task and other.check.covers(given.check)
    ]
    return not (alike and all(alike))


def _hidden(anew: Anew, given: Examined) -> Asked:
    """The check with cases of the submission's own.

    No answer that was learned is near there.  So it is judged as float32 is: what rounds at the edge of the check's
    own tolerance, in these cases and not in those, loses nothing by chance.  Not so a gradient, which by its tolerance
    tells a value with a known mistake from the right one.
    """
    check = replace(given.check, visible=False)
    if isinstance(check, (Matches, Purity, Stability)):
        check = replace(check, tolerance=check.tolerance.for_single())
    return given.task, check, functools.partial(anew, given.task, check)


def _found(own: Finding) -> Finding:
    """What is said of a visible check that fails in cases which nobody was given: as of a hidden one, no number."""
    if own.verdict is Verdict.GRADER_FAULT:
        return own
    sentence = say("right-as-given-only")
    return replace(
        own,
        message=f"{sentence.message} {own.message}".strip(),
        hint=own.hint or sentence.hint,
        evidence="",
        elements=(),
    )
