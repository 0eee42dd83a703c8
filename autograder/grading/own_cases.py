"""Visible checks are marked in cases of the submission's own.

The cases that are given out are the same for everybody, and released with what is due in them: a table of them passes.
So what is asked first is the same check with cases that are drawn as a hidden one's are.  Only where these go wrong
are the given ones asked as well: what is wrong there may be told with its numbers.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ..checks.base import Check, Finding, Prepared
from ..messages import say
from ..results import Verdict
from ..sandbox.interface import Session
from .examining import Asked, Examination, Examined

__all__ = ["Anew", "asked_anew", "settled"]

Anew = Callable[[str, Check], Prepared]
"""From a task's name and a hidden check to the check's cases, and what is due in them."""

DOUBTFUL = frozenset([Verdict.FAILED, Verdict.PARTIAL, Verdict.CRASHED, Verdict.SKIPPED])
"""Verdicts after which the cases that were given out are asked too; what didn't end isn't waited for again."""

WIDER = 100.0
"""How many times its tolerance a result may be off in the own cases, where it is right in those that were given out.

What is off at the edge of a tolerance (a logarithm of ``p + 1e-9``, say) loses nothing by chance.  The smallest mistake
known is off by 4e-6.
"""


def asked_anew(asked: Sequence[Asked], anew: Anew) -> Iterator[Asked]:
    """The same checks, the visible ones with cases of the submission's own."""
    for task, check, prepare in asked:
        yield _anew(task, check, anew) if check.visible else (task, check, prepare)


def settled(own: Sequence[Examined], asked: Sequence[Asked], anew: Anew, session: Session) -> list[Examined]:
    """What is found of each check, when the visible ones have been asked in cases of the submission's own.

    Args:
        own: what :func:`asked_anew` came to.
        asked: the checks themselves, each with the cases that are given out.
        anew: draws cases of the submission's own.
        session: in which the submission is open.

    Raises:
        PutOff: in a sandbox that is in a hurry.
    """
    found = [_unnumbered(its, check) for its, (_, check, _) in zip(own, asked, strict=True)]
    doubtful = [i for i, its in enumerate(found) if its.check.visible and its.finding.verdict in DOUBTFUL]
    if doubtful:
        session.close()  # what is told of the given cases may be worded by code that has seen no others
    for i, given in zip(doubtful, Examination(asked[i] for i in doubtful).run(session), strict=True):
        if given.finding.share <= found[i].finding.share:
            found[i] = given
            continue
        task, check, _ = asked[i]
        (wide,) = Examination([_anew(task, _wider(check), anew)]).run(session)
        found[i] = given if wide.finding.share >= given.finding.share else _withdrawn(given, wide.finding)
    return found


def _anew(task: str, check: Check, anew: Anew) -> Asked:
    hidden = replace(check, visible=False)
    return task, hidden, functools.partial(anew, task, hidden)


def _wider(check: Check) -> Check:
    tolerance = getattr(check, "tolerance", None)
    if tolerance is None or tolerance.strict:  # strict ones are there for the last digits
        return check
    return replace(check, tolerance=tolerance.wider(WIDER))  # type: ignore[call-arg]


def _unnumbered(own: Examined, check: Check) -> Examined:
    """As of a hidden check: what is shown of a visible one has numbers of the given cases alone."""
    if not check.visible:
        return own
    return replace(own, check=check, finding=replace(own.finding, evidence="", elements=()), prepared=None, replies=())


def _withdrawn(given: Examined, own: Finding) -> Examined:
    """What is said of what is right in the given cases alone.

    One sentence, whatever was found in the others, for it is shown where hidden results are not.
    """
    if own.verdict is Verdict.GRADER_FAULT:
        return replace(given, finding=own)
    said = say("right-as-given-only")
    details = {"anew": {"verdict": own.verdict.value, "message": own.message, **own.details}}
    verdict = Verdict.PARTIAL if own.share else Verdict.FAILED
    finding = Finding(verdict, own.share, said.message, hint=said.hint, details=details)
    return replace(given, finding=finding, prepared=None, replies=())
