"""What another machine, or a container, answers for a submission: taken only if it is what was asked for."""

from __future__ import annotations

import msgspec

from ..errors import GraderFault
from ..results import load
from ..submission import StudentSource
from .many import Job, due
from .rubrics import LoadedRubric
from .store import stamp

__all__ = ["believed"]


def believed(answer: bytes, whose: str, source: StudentSource, job: Job, loaded: LoadedRubric) -> bytes:
    """The answer, if it is a result of this submission by this job.

    Args:
        answer: what came back.
        whose: who answered, for a sentence: ``the container``.
        source: what was handed in.
        job: how it was to be graded, the course's key included.
        loaded: the job's marking scheme, as this side has it.

    Raises:
        GraderFault: it is no result, or one of something else.
    """
    try:
        result = load(answer)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise GraderFault(f"what {whose} answered is no result: {error}") from None
    asked = source.identifier, source.name, due(source, job, loaded)
    if (result.submission, result.name, stamp(result)) != asked:
        raise GraderFault(f"{whose} answered with the result of something else")
    return answer
