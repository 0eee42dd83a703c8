"""Where to begin: what is wrong in a task that builds on others which are wrong themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..checks import Purity, Speed
from ..checks.base import Finding
from ..messages import listed, say
from ..results import Verdict
from .examining import Examined

__all__ = ["pointed"]

UNEXPLAINED = frozenset([Verdict.FAILED, Verdict.PARTIAL, Verdict.CRASHED])
RIGHT_OR_OPEN = frozenset([Verdict.PASSED, Verdict.SKIPPED, Verdict.GRADER_FAULT])


def pointed(
    examined: Sequence[Examined], findings: Sequence[Finding], needs: Mapping[str, Sequence[str]]
) -> list[Finding]:
    """The findings, with a hint to the tasks that are to be put right first.

    Args:
        examined: a submission's checks.
        findings: what is said of each.
        needs: for each task's name those that it builds on.
    """
    looked_at = list(zip(examined, findings, strict=True))
    wrong = [each for each, finding in looked_at if _is_wrong(each, finding)]
    at_all, in_sight = {each.task for each in wrong}, {each.task for each in wrong if each.check.visible}

    def first(each: Examined) -> list[str]:
        # What is said of a visible check tells nothing of the hidden ones, which may be withheld.
        return [name for name in needs.get(each.task, ()) if name in (in_sight if each.check.visible else at_all)]

    return [
        _with_hint(finding, first(each)) if _is_wrong(each, finding) and finding.verdict in UNEXPLAINED else finding
        for each, finding in looked_at
    ]


def _is_wrong(each: Examined, finding: Finding) -> bool:
    """Whether it is said that a number is wrong, or that there is none."""
    return finding.verdict not in RIGHT_OR_OPEN and not isinstance(each.check, (Purity, Speed))


def _with_hint(finding: Finding, first: Sequence[str]) -> Finding:
    told = f"{finding.message} {finding.hint}"
    names = [name for name in first if not re.search(rf"\b{name}(_forward|_backward)?\b", told)]
    if not names or finding.misconception is not None:
        return finding
    return replace(finding, hint=f"{finding.hint} {say('builds-on', **listed(names)).message}".strip())
