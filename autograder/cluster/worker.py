"""The side on the cluster: what a process of Dask's runs.  Bytes come in, bytes go out, and nothing is raised.

An exception would travel as a pickle, and Dask would write the order's bytes into its log.
"""

from __future__ import annotations

import functools
import threading
from typing import TypeVar

import msgspec

from .. import __version__
from ..errors import AutograderError, SandboxUnavailable, UsageError
from ..grading import many, rubrics
from .orders import Answer, Failed, Grade, Graded, Ready, Refused, Wanted, decode, encode

__all__ = ["grade", "prepare"]

T = TypeVar("T")

_starting = threading.Lock()
_grading = threading.Lock()
"""One submission at a time, however many threads Dask has: times are measured beside nothing else of ours."""


def prepare(wanted: bytes) -> bytes:
    """Say whether this process can grade; where it can, its marking scheme is loaded and its zygote runs."""
    return encode(_prepared(_read(wanted, Wanted)))


def grade(order: bytes) -> bytes:
    """Grade one submission."""
    return encode(_graded(_read(order, Grade)))


def _read(data: bytes, kind: type[T]) -> T | Refused:
    try:
        return decode(data, kind)
    except (msgspec.MsgspecError, TypeError, ValueError):
        return _refused(f"it has autograder {__version__}, which doesn't understand this version's orders")


def _prepared(wanted: Wanted | Refused) -> Answer:
    if isinstance(wanted, Refused):
        return wanted
    if wanted.version != __version__:
        return _refused(f"it has autograder {__version__}, and this machine {wanted.version}")
    try:
        held = _loaded(wanted.job.rubric)
        if held.sha256 != wanted.rubric_sha256:
            return _refused(
                f"its {wanted.job.rubric} is another version (digest {held.sha256[:12]}, "
                f"and on this machine {wanted.rubric_sha256[:12]})"
            )
        with _starting:
            many.grader(wanted.job)
    except AutograderError as error:
        return _refused(str(error))
    except Exception as error:
        return _refused(f"{type(error).__name__}: {error}")
    return Ready()


def _graded(order: Grade | Refused) -> Answer:
    if isinstance(order, Refused):
        return order
    with _grading:
        prepared = _prepared(order.wanted)
        if isinstance(prepared, Refused):
            return prepared
        try:
            return Graded(many.grade_source(order.wanted.job, order.source, order.seed))
        except SandboxUnavailable as error:
            return _refused(str(error))
        except UsageError as error:
            return Failed("user", str(error))
        except AutograderError as error:
            return Failed("grader", str(error))
        except Exception as error:
            return Failed("grader", f"{type(error).__name__}: {error}")


@functools.cache
def _loaded(rubric: str) -> rubrics.LoadedRubric:
    """The marking scheme as this process imported it, whatever has happened to its files since."""
    return rubrics.load(rubric)


def _refused(why: str) -> Refused:
    from distributed import get_worker

    try:
        worker = str(get_worker().address)
    except ValueError:  # asked for by ``Client.run``, which knows the address
        worker = ""
    return Refused(worker, why)
