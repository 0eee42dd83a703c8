"""From what came back to a :class:`Finding`: whose doing it was is decided here, by enumeration.

What a student's code chooses (an exception's message, the place where it says that it was raised, a class's name, a
dict's keys) stands in the evidence and the details, never in the message: it may spell the inputs of a hidden check.
"""

from __future__ import annotations

import builtins
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..errors import GraderFault
from ..messages import RAISED_HINTS, TYPE_ERROR_HINTS, Sentence, listed, quoted, say
from ..results import Verdict
from ..sandbox.interface import Reply
from ..sandbox.wire import Failure
from .base import Case, Finding
from .compare import NOT_IMPLEMENTED, Difference, Path, is_nothing, uses_single

__all__ = [
    "Label",
    "differing",
    "elements",
    "failed",
    "not_a_pair",
    "not_delivered",
    "of_failure",
    "passed",
    "skipped",
    "without_result",
]

Label = Callable[[Path], str]
"""How a part of a result is called in a sentence."""

NOT_WRITTEN = re.compile(r"not[ _-]*(yet[ _-]*)?implemented|exceptions must derive from BaseException", re.IGNORECASE)

MAX_ELEMENTS = 400
"""What a person looks at, in one finding."""

PUBLIC_ERRORS = {name for name, thing in vars(builtins).items() if isinstance(thing, type)}
PUBLIC_ERRORS |= {"AxisError", "LinAlgError"}


def passed(value: Any = None, *, single: bool = False, note: Sentence | None = None) -> Finding:
    """Full marks.  ``value`` is what the student returned: where it is float32 unasked, that is told."""
    if note is None and not single and uses_single(value):
        note = say("told-single")
    return Finding(Verdict.PASSED, 1.0) if note is None else Finding(Verdict.PASSED, 1.0, note.message, hint=note.hint)


def failed(sentence: Sentence, case: tuple[int, Case] | None = None, evidence: str = "", **details: Any) -> Finding:
    """No marks, and why.  ``case`` is the number and the case in which it shows."""
    message = sentence.message
    if case is not None:
        number, its = case
        details = {"case": number, **({"note": its.note} if its.note else {}), **details}
        if its.note:
            message = f"{message} It shows in this case: {its.note}."
    return Finding(Verdict.FAILED, 0.0, message, evidence, sentence.hint, details)


def skipped(sentence: Sentence) -> Finding:
    """Not judged, because something else has to come first."""
    return Finding(Verdict.SKIPPED, 0.0, sentence.message, hint=sentence.hint)


def not_delivered(reply: Reply, function: str, due: str = "") -> Finding | None:
    """The finding for a call that has no result, or only ``None``; ``None`` if it has one."""
    if reply.failure is not None:
        return of_failure(reply.failure, function, due)
    if is_nothing(reply.value):
        return _ended(Verdict.NOT_ATTEMPTED, say("returns-nothing", function=function))
    return None


def not_a_pair(reply: Reply, function: str, due: str) -> Finding | None:
    """As :func:`not_delivered`, where a tuple of two is due."""
    finding = not_delivered(reply, function, due)
    if finding is None and not (isinstance(reply.value, (tuple, list)) and len(reply.value) == 2):
        return of_failure(Failure("arity", type=type(reply.value).__name__), function, due)
    return finding


def without_result(replies: Iterable[tuple[Reply, str]], due: str = "") -> Finding | None:
    """The finding for the first of some calls, each with its function's name, that has no result."""
    return next((found for reply, function in replies if (found := not_delivered(reply, function, due))), None)


def of_failure(failure: Failure, function: str, due: str = "", *, raised: str = "raised") -> Finding:
    """What a failed call means.

    Args:
        failure: as the worker reported it.
        function: the function that was called.
        due: what it must return, in words ("(out, cache)").
        raised: the name of the sentence for an ordinary exception.

    Raises:
        GraderFault: for a kind of failure that is not known.
    """
    if failure.kind == "missing":
        return _ended(Verdict.NOT_ATTEMPTED, say("missing", function=function))
    if failure.kind == "arity" and failure.type in (type(None).__name__, NOT_IMPLEMENTED):
        return _ended(Verdict.NOT_ATTEMPTED, say("returns-nothing", function=function))
    if failure.kind == "arity":
        came = quoted(f"{failure.type} of {failure.message} entries" if failure.message else failure.type, 80)
        return failed(
            say("not-a-pair", function=function, due=due or "several things"), evidence=f"It returned {came}."
        )
    if failure.kind == "ragged":
        return failed(say("rough", function=function))
    if failure.kind == "unmet":
        return skipped(say("unmet", function=function))
    if failure.kind == "too_large":
        return failed(say("too-large", function=function))
    if failure.kind == "raised":
        return _of_exception(failure, function, raised)
    raise GraderFault(f"a failure of unknown kind {failure.kind!r}")


def _of_exception(failure: Failure, function: str, raised: str) -> Finding:
    if failure.type == "NotImplementedError" or NOT_WRITTEN.search(failure.message):
        return _ended(Verdict.NOT_ATTEMPTED, say("not-written", function=function))
    if failure.type == "MemoryError" or failure.type.endswith("ArrayMemoryError"):
        return _ended(Verdict.OUT_OF_MEMORY, say("out-of-memory", function=function))
    if failure.type == "PermissionError":
        return _ended(Verdict.FORBIDDEN, say("forbidden", function=function), _quote(failure))
    known = failure.type in PUBLIC_ERRORS
    error = f"{'an' if failure.type[:1] in 'AEIOU' else 'a'} {failure.type}" if known else "an exception"
    blanks = {"function": function, "error": error}
    if raised == "raised":
        blanks["remedy"] = _remedy(failure) if known else ""
    its = _quote(failure)
    return replace(_ended(Verdict.CRASHED, say(raised, **blanks), its), details={"raised": its})


def _remedy(failure: Failure) -> str:
    if failure.type == "TypeError":
        for words, hint in TYPE_ERROR_HINTS.items():
            if words in failure.message:
                return hint
    return RAISED_HINTS.get(failure.type, "")


def _quote(failure: Failure) -> str:
    where = f" ({quoted(failure.where, 80)})" if failure.where else ""
    return f"{quoted(failure.type, 60)}: {quoted(failure.message)}{where}"


def _ended(verdict: Verdict, sentence: Sentence, evidence: str = "") -> Finding:
    return Finding(verdict, 0.0, sentence.message, evidence, sentence.hint)


# --- a result that is not what was due ----------------------------------------------------------


def differing(
    function: str,
    found: Sequence[Difference],
    label: Label,
    case: tuple[int, Case],
    right: Sequence[str] = (),
    meaning: Label | None = None,
) -> Finding:
    """The finding for a result that differs: parts of the same kind are named together.

    ``right`` names the parts that are right, where it helps to say so; ``meaning`` is a longer label for
    where only one part differs.
    """
    worst = found[0]
    same = [difference for difference in found if difference.kind == worst.kind]
    sentence = say(worst.kind, **_blanks(worst, same, meaning if meaning and len(same) == 1 else label))
    message = f"{function}: {sentence.message}"
    if right and worst.kind in ("values", "zeros"):
        message = f"{message} {say('right-parts', **listed(right)).message}"
    finding = failed(Sentence(message, sentence.hint), case, evidence(worst, label), **details(worst, label))
    return replace(finding, elements=elements(found, label))


def evidence(found: Difference, label: Label) -> str:
    """The difference with its numbers."""
    part = label(found.path)
    part = f"T{part[1:]}" if part.startswith("the ") else part  # the beginning of a sentence
    if found.index is None:
        came, due = quoted(found.came, 80), quoted(found.due, 200)
        return f"{part}: {came or 'nothing'} came, {due} was due." if came or due else ""
    place = f"{part}{list(found.index) if found.index else ''}"
    if not math.isfinite(found.actual):
        return f"{place} is {found.actual} ({found.wrong} of {found.size} are)."
    came, due = _pair(found.actual, found.expected)
    relative = f", relative error {_short(found.relative_error)}" if math.isfinite(found.relative_error) else ""
    others = f" ({found.wrong} of {found.size} are wrong, this one the most)" if found.wrong > 1 else ""
    return f"{place} is {came}, due is {due}{relative}{others}."


def details(found: Difference, label: Label) -> dict[str, Any]:
    """The same as JSON-able data.  Numbers are rounded: the last digits depend on memory alignment."""
    data: dict[str, Any] = {"part": label(found.path), "difference": found.kind}
    if found.came or found.due:
        data |= {"came": quoted(found.came), "due": quoted(found.due)}
    if found.index is not None:
        data |= {"index": list(found.index), "actual": number(found.actual), "wrong": found.wrong, "size": found.size}
    if found.index is not None and math.isfinite(found.actual):
        data |= {"expected": number(found.expected), "relative_error": number(found.relative_error, 2)}
    return data


def elements(found: Iterable[Difference], label: Label) -> tuple[Mapping[str, Any], ...]:
    """The arrays whose numbers differ, for a picture: ``part``, ``actual``, ``expected``, ``wrong`` (flat indices).

    Numbers are rounded to what a reader takes in.  Large arrays, and those that would make it more than
    :data:`MAX_ELEMENTS` in all, are left out.
    """
    pictures: list[Mapping[str, Any]] = []
    left = MAX_ELEMENTS
    for difference in found:
        if difference.arrays is None or not 1 < difference.arrays[0].size <= left:
            continue
        came, due, wrong = difference.arrays
        left -= came.size
        pictures.append(
            {
                "part": label(difference.path),
                "actual": _rounded(came.tolist()),
                "expected": _rounded(due.tolist()),
                "wrong": wrong.reshape(-1).nonzero()[0].tolist(),
            }
        )
    return tuple(pictures)


def _rounded(numbers: Any) -> Any:
    return [_rounded(part) for part in numbers] if isinstance(numbers, list) else number(numbers, 5)


def number(value: float, digits: int = 9) -> float | str:
    """A float for JSON: rounded, and a string where it is not finite."""
    return float(f"{value:.{digits}g}") if math.isfinite(value) else str(value)


def _short(error: float) -> str:
    return f"{error:.0f}" if 10 <= error < 1e4 else f"{error:.2g}"


def _blanks(worst: Difference, same: Sequence[Difference], label: Label) -> Mapping[str, str]:
    blanks = listed(label(difference.path) for difference in same)
    if worst.kind in ("missing-keys", "extra-keys"):
        blanks["keys"] = worst.due
    return blanks


def _pair(actual: float, expected: float) -> tuple[str, str]:
    """Both numbers with as many digits as it takes to see that they differ."""
    for digits in (6, 9, 12):
        pair = f"{actual:.{digits}g}", f"{expected:.{digits}g}"
        if pair[0] != pair[1]:
            break
    return pair
