"""Gradescope's ``submission_metadata.yml``: a stranger's YAML, of which a little is kept.

It is read as a stream of events, so that nothing is made of what isn't wanted (results and their
output, most of the file), nesting costs no recursion, and an alias is refused, not followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...errors import SubmissionError

__all__ = ["MAX_BYTES", "METADATA", "Parsed", "parsed"]

METADATA = "submission_metadata.yml"

MAX_BYTES = 64 * 2**20
MAX_EVENTS = 20_000_000
MAX_ENTRIES = 100_000
MAX_TEXT = 300
MAX_KEPT = 1000
"""Entries of a list that is kept."""

WANTED = {":submitters", ":created_at", ":history"}
OF_A_LIST = {":name", ":sid", ":email", ":id", ":created_at"}


@dataclass(frozen=True)
class Parsed:
    """What the metadata say.

    Attributes:
        entries: by folder: ``:submitters`` and ``:history`` (lists of mappings), ``:created_at``.
        problems: why they are not to be had, in plain words.
    """

    entries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


class _OddError(Exception):
    """What such a file never has."""


def parsed(data: bytes) -> Parsed:
    """Read the metadata; what can't be read becomes a problem.

    Raises:
        SubmissionError: PyYAML is missing.
    """
    try:
        import yaml
    except ModuleNotFoundError:
        raise SubmissionError(
            f"{METADATA} can't be read without PyYAML; pip install 'numerical-autograder[report]'"
        ) from None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return Parsed(_document(_counted(yaml.parse(data, Loader=loader))))
    except (yaml.YAMLError, UnicodeError, _OddError, StopIteration, RecursionError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        return Parsed(problems=(f"{METADATA}: can't be read ({reason[:200]}); who handed in is not known",))


def _counted(events: Iterator[Any]) -> Iterator[tuple[str, str]]:
    """Each event's kind and text."""
    for number, event in enumerate(events):
        kind = type(event).__name__.removesuffix("Event")
        if kind == "Alias":
            raise _OddError("it has an alias")
        if number > MAX_EVENTS:
            raise _OddError("it is too long")
        yield kind, getattr(event, "value", "") or ""


def _document(events: Iterator[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = {}
    for kind, _ in events:
        if kind == "MappingStart":
            break
        if kind not in ("StreamStart", "DocumentStart"):
            raise _OddError("it is no list of submissions")
    for folder in _keys(events):
        kind, _ = next(events)
        if kind != "MappingStart":
            _skip(events, kind)
            continue
        if len(entries) >= MAX_ENTRIES:
            raise _OddError("there are too many submissions in it")
        entry: dict[str, Any] = {}
        entries[folder] = entry
        for key in _keys(events):
            kind, text = next(events)
            if key not in WANTED:
                _skip(events, kind)
            elif kind == "SequenceStart":
                entry[key] = [*_mappings(events)]
            elif kind == "Scalar":
                entry[key] = text[:MAX_TEXT]
            else:
                _skip(events, kind)
    return entries


def _keys(events: Iterator[tuple[str, str]]) -> Iterator[str]:
    """The keys of a mapping; whoever asks takes each value from the stream."""
    for kind, text in events:
        if kind == "MappingEnd":
            return
        if kind == "Scalar":
            yield text[:MAX_TEXT]
        else:
            raise _OddError("it has a key that is no text")


def _mappings(events: Iterator[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """The mappings in a list, with the texts that are wanted."""
    kept = 0
    for kind, _ in events:
        if kind == "SequenceEnd":
            return
        if kind != "MappingStart":
            _skip(events, kind)
            continue
        one: dict[str, str] = {}
        for key in _keys(events):
            inner, text = next(events)
            if inner == "Scalar" and key in OF_A_LIST:
                one[key] = text[:MAX_TEXT]
            else:
                _skip(events, inner)
        kept += 1
        if kept <= MAX_KEPT:
            yield one


def _skip(events: Iterator[tuple[str, str]], kind: str) -> None:
    """Pass over a value, whose first event was of this kind."""
    depth = int(kind.endswith("Start"))
    while depth:
        kind, _ = next(events)
        depth += kind.endswith("Start") - kind.endswith("End")
