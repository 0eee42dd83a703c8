"""Writing a class's pages in one pass over its results."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from ...results import Result
from ...text import cell
from . import plots, render
from .class_page import class_page
from .class_page import stamp as class_stamp
from .figures import Class, Mistake
from .student import stamp, student_page

__all__ = ["Pages"]

Write = Callable[[Path, bytes], None]
"""Writes a file so that there is the old one or the new one, and no half."""

OURS = re.compile(rb'<meta name="autograder-page" content="([0-9a-f]{32})">')
HEAD = 400
"""Bytes at a page's beginning, which hold the stamp."""


class Pages:
    """The pages in one folder.

    ``folder/index.html`` and ``misconceptions.csv`` are of the class, ``folder/students/*.html`` of its
    students.  Meant for the public, they leave out what a student may not see of others and of hidden
    checks; see docs/reports.md.

    Args:
        folder: where they go.
        write: writes a file whole.
        public: for handing out.
        of_class: whether to write the page of the class.
    """

    def __init__(self, folder: Path, write: Write, *, public: bool = False, of_class: bool = True) -> None:
        self.folder = folder
        self.students = folder / "students"
        self.written = self.unchanged = 0
        self._write = write
        self._public = public
        self._class = Class() if of_class else None
        self.students.mkdir(parents=True, exist_ok=True)

    def get_ready(self) -> None:
        """Load what the first page would otherwise take its time over; for the time in which a sandbox starts."""
        render.get_ready()
        if self._class is not None:
            plots.get_ready()

    def add(self, result: Result) -> None:
        """Write a submission's page, unless the one that is there says the same.

        One that could not be graded has none, and is named on the page of the class.
        """
        if result.ungraded:
            self.add_failed(result.submission, result.name, next(iter(result.warnings), ""))
            return
        if self._class is not None:
            self._class.add(result)
        path = self.students / f"{result.submission}.html"
        if _stamp_of(path) == stamp(result, public=self._public):
            self.unchanged += 1
            return
        self._write(path, student_page(result, public=self._public))
        self.written += 1

    def add_failed(self, submission: str, title: str, note: str) -> None:
        """A submission that could not be graded; it is named on the page of the class."""
        if self._class is not None:
            self._class.add_failed(submission, title, note)
        page = self.students / f"{submission}.html"
        if _stamp_of(page):  # of an earlier result, whose marks no longer count
            page.unlink(missing_ok=True)

    def finish(self, results: Path) -> None:
        """Write the page of the class, and take away pages whose result is gone from ``results``."""
        for path in self.students.glob("*.html"):
            if not (results / f"{path.name.removesuffix('.html')}.json").exists() and _stamp_of(path):
                path.unlink(missing_ok=True)
        if self._class is None:
            return
        index = self.folder / "index.html"
        if _stamp_of(index) != class_stamp(self._class, public=self._public):
            self._write(index, class_page(self._class, public=self._public))
        if not self._public:
            self._write(self.folder / "misconceptions.csv", _table(self._class.mistakes_by_frequency).encode())


def _stamp_of(path: Path) -> str:
    """A page's stamp; nothing where there is no page, or none of ours."""
    try:
        with path.open("rb") as file:
            found = OURS.search(file.read(HEAD))
    except OSError:
        return ""
    return found[1].decode() if found else ""


def _table(mistakes: Sequence[Mistake]) -> str:
    """Each misconception with each submission that it concerns."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["misconception", "submission"])
    for mistake in mistakes:
        writer.writerows([cell(mistake.name), cell(name)] for name in sorted(mistake.whom))
    return file.getvalue()
