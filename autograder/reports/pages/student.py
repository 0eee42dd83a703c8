"""A student's page: marks by task, what each check found, the arrays that are wrong, and the code beside them."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
from markupsafe import Markup, escape

from ... import __version__
from ...results import CheckResult, Result, Source, TaskResult, Verdict
from ...text import plain
from .. import elements
from ..checked import WORDS, kind, tally
from ..told import late_text
from .figures import title_of
from .render import LONGEST, VERSION, fragment, page

__all__ = ["stamp", "student_page"]

SIGNS = {
    Verdict.PASSED: "✓",
    Verdict.PARTIAL: "◐",
    Verdict.FAILED: "✗",
    Verdict.NOT_ATTEMPTED: "○",
    Verdict.SKIPPED: "…",
}
"""Beside the word and the colour; all other verdicts have an exclamation mark."""

PLACE = re.compile(r"\((?P<file>[\w./ -]{1,80}?)(?:, line |:)(?P<line>\d{1,6})(?: in [^()]{1,80})?\)")
"""Where in the student's own code something was raised, as messages say it."""

SMALL = 60
"""Pictures of more elements are folded up."""

MESSAGE = 1500
WARNING = 600


ROW = '<span class="row{}"><span class="no" aria-hidden="true">{}</span>{}\n</span>'
RAISED = '<span class="unseen"> (raised here)</span>'


@dataclass(frozen=True)
class _Code:
    function: str
    file: str
    first: int
    listing: Markup


class _Picture(NamedTuple):
    markup: Markup
    name: str
    open: bool


class _Check(NamedTuple):
    """All that is shown of a check; ``name`` only of a hidden one."""

    kind: str
    sign: str
    word: str
    title: str
    score: float
    max_score: float
    name: str
    message: str
    hint: str
    pictures: tuple[_Picture, ...]
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Task:
    of: TaskResult
    kind: str
    tally: str
    checks: tuple[Markup, ...]
    code: tuple[_Code, ...]


def student_page(result: Result, *, public: bool) -> bytes:
    """The page.

    Args:
        result: the submission's.
        public: leave out what the student may not see: the numbers behind hidden checks, the seed of their
            cases, and what is said to the instructor alone.
    """
    tasks = [_task(task, result.code, public) for task in result.tasks]
    return page(
        "student.html.j2",
        stamp=stamp(result, public=public),
        public=public,
        result=result,
        title=title_of(result),
        tasks=tasks,
        late=late_text(result),
        warnings=[plain(one, WARNING) for one in result.warnings[:60]],
        faults=sum(check.verdict is Verdict.GRADER_FAULT for task in result.tasks for check in task.checks),
        graded_by=__version__,
    )


def stamp(result: Result, *, public: bool) -> str:
    """What a page is made from; the same stamp, the same page.  Timings are on none."""
    digest = hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(result, timing={})))
    digest.update(f"{public} {__version__} {VERSION}".encode())
    return digest.hexdigest()[:32]


def _task(task: TaskResult, code: Mapping[str, Source], public: bool) -> _Task:
    said = [check.message if public else f"{check.message} {check.details.get('raised', '')}" for check in task.checks]
    hits = {(hit["file"], int(hit["line"])) for text in said for hit in PLACE.finditer(text[:MESSAGE])}
    shown = tuple(_code(name, code[name], hits) for name in task.functions if name in code)
    kinds = set(map(kind, task.checks))
    whole = next((one for one in ("right", "open") if kinds <= {one}), "found")
    return _Task(task, whole, tally(task.checks), tuple(_shown(_check(check, public)) for check in task.checks), shown)


def _check(check: CheckResult, public: bool) -> _Check:
    hidden = check.visibility == "hidden"
    return _Check(
        kind="part" if check.verdict is Verdict.PARTIAL else kind(check),
        sign=SIGNS.get(check.verdict, "!"),
        word=WORDS[check.verdict],
        title=check.title or check.name,
        score=check.score,
        max_score=check.max_score,
        name=check.name if hidden else "",
        message=plain(check.message, MESSAGE),
        hint=plain(check.hint, MESSAGE),
        pictures=() if hidden else tuple(_pictures(check)),
        numbers=() if public else tuple(_numbers(check)),
    )


@functools.lru_cache(maxsize=512)
def _shown(check: _Check) -> Markup:
    """Its part of the page: most are the same on the pages of most of a class."""
    return fragment("check.html.j2", check=check)


def _pictures(check: CheckResult) -> Iterator[_Picture]:
    """The arrays that are wrong; a result edited by hand may hold something else there."""
    pictures = check.details.get("elements", ())
    for picture in pictures if isinstance(pictures, list) else ():
        try:
            markup = Markup(elements.pictured(picture))
            yield _Picture(markup, plain(str(picture["part"]), 60), elements.size(picture) <= SMALL)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            continue


def _numbers(check: CheckResult) -> Iterator[tuple[str, str]]:
    """The numbers behind a message, for the instructor."""
    if check.misconception:
        yield "misconception", plain(check.misconception, 80)
    for name, value in check.details.items():
        if name != "elements":
            yield plain(name, 60), plain(value if isinstance(value, str) else str(value), 300)


def _code(function: str, source: Source, hits: set[tuple[str, int]]) -> _Code:
    return _Code(function, source.file, source.line, _listing(source, hits))


def _listing(source: Source, hits: set[tuple[str, int]]) -> Markup:
    """The lines, numbered.  Not in the template: they are most of a page, and take it thrice as long one by one."""
    escaped = str(escape("\n".join(plain(line, LONGEST) for line in source.text.split("\n")))).split("\n")
    rows = [
        ROW.format(" hit", number, line + RAISED) if (source.file, number) in hits else ROW.format("", number, line)
        for number, line in enumerate(escaped, start=source.line)
    ]
    return Markup("".join(rows))
