"""A student's own check on a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..results import CheckResult, TaskResult, Verdict
from ..text import plain
from .checked import Checked, is_right, kind, tally
from .elements import sketched

__all__ = ["check_report", "check_text", "why"]

MESSAGE = 1000
"""Characters of a message or a hint."""


def check_report(checked: Checked) -> Group:
    """A row a task; then, for each check that found something, what it is and what to do next."""
    parts: list[RenderableType] = [_table(checked)]
    for task, check in checked.told:
        parts += [Text(), *_failure(checked, task, check)]
    for sentence in checked.broken:
        parts += [Text(), Text(f"Could not be loaded: {plain(sentence, MESSAGE)}", "red")]
    if checked.notes:
        parts += [Text(), *(Text(plain(note, MESSAGE), "dim") for note in checked.notes)]
    return Group(*parts, Text(), _last_line(checked))


def check_text(checked: Checked, width: int = 100) -> str:
    """The same without colour."""
    file = io.StringIO()
    Console(file=file, width=width, color_system=None, force_jupyter=False).print(check_report(checked))
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def why(check: CheckResult) -> Iterator[str]:
    """What a check found, in lines: the message, a sketch of the array that is wrong, the hint."""
    yield plain(check.message, MESSAGE)
    for picture in check.details.get("elements", ()):
        yield from sketched(picture).splitlines()
    if check.hint:
        yield f"Hint: {plain(check.hint, MESSAGE)}"


def _table(checked: Checked) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("task", no_wrap=True)
    table.add_column("right", justify="right", no_wrap=True)
    table.add_column("")
    for task in checked.result.tasks:
        right = sum(map(is_right, task.checks))
        table.add_row(Text(plain(task.name, 60)), f"{right}/{len(task.checks)}", Text(tally(task.checks), _style(task)))
    return table


def _style(task: TaskResult) -> str:
    if all(map(is_right, task.checks)):
        return "green"
    return "dim" if all(kind(check) != "found" for check in task.checks) else "red"


def _failure(checked: Checked, task: TaskResult, check: CheckResult) -> Iterator[RenderableType]:
    yield Text.assemble((f"{plain(task.name, 60)}/{plain(check.name, 60)}", "bold red"), f"  {plain(check.title)}")
    lines = list(why(check))
    if (task.name, check.name) in checked.debug:
        lines.append(f"To step through it: python {plain(checked.debug[task.name, check.name], 500)}")
    for line in lines:
        yield Padding(Text(line, "yellow" if line.startswith("Hint: ") else ""), (0, 0, 0, 2), expand=False)


def _last_line(checked: Checked) -> Text:
    checks = [check for task in checked.result.tasks for check in task.checks]
    right = sum(map(is_right, checks))
    if checks and right == len(checks):
        return Text("All visible checks are right." if len(checks) > 1 else "The visible check is right.", "bold green")
    faults = any(check.verdict is Verdict.GRADER_FAULT for check in checks)
    advice = " Run the check again; if it fails again, tell your course." if faults else ""
    return Text(f"{right} of {len(checks)} visible checks are right ({tally(checks)}).{advice}")
