"""The command line.

Exit codes: 0 done, whatever the marks; 1 `doctor` found something; 2 wrong use; 3 the grader's own
fault; 130 interrupted.
"""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import click
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from . import __version__
from .errors import AutograderError, UsageError
from .grading import rubrics, seeds
from .grading.executors import InProcess, processes
from .grading.many import Graded, Job, grade_class
from .grading.store import Store, write_whole
from .reports.console import class_table
from .reports.grades_csv import grades_csv
from .reports.summary import Summary, failed, marks, summarize
from .reports.text import plain
from .sandbox.interface import Limits
from .submission import discover

__all__ = ["app", "main"]

OK, FOUND, WRONG_USE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Grade numerical programming exercises, with students' code locked away.",
)
errors = Console(stderr=True)


def main() -> None:
    """Run the command line; an error that a person can mend is one line, without a traceback."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        code = app(standalone_mode=False) or OK
    except click.ClickException as error:
        error.show()
        code = WRONG_USE
    except UsageError as error:
        _complain(str(error))
        code = WRONG_USE
    except AutograderError as error:
        _complain(f"the grader itself failed: {error}")
        code = FAULT
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted; what was graded is kept, run the same command again to go on")
        code = INTERRUPTED
    sys.exit(code)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False) -> None:
    if version:
        typer.echo(f"autograder {__version__}")
        raise typer.Exit


@app.command()
def grade(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Submissions, or folders of submissions.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where results/ and grades.csv go.")] = Path("graded"),
    jobs: Annotated[
        int | None, typer.Option(min=1, help="How many to grade at the same time.", show_default="the cores")
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option(
            envvar="AUTOGRADER_SEED",
            help="The course's key, from which hidden cases are drawn. By default one is made, and kept in DIR/seed.",
        ),
    ] = None,
    rubric: Annotated[
        str, typer.Option(metavar="MODULE", help="The marking scheme: a module's name, or a .py file.")
    ] = rubrics.DEFAULT,
    fresh: Annotated[bool, typer.Option("--fresh", help="Grade again what has not changed, too.")] = False,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="LOCK", help="Go on without this lock, where the machine lacks it (see doctor)."),
    ] = None,
    cpu_seconds: Annotated[float, typer.Option(min=0.1, help="Processor time for one check.")] = Limits.cpu_seconds,
    memory: Annotated[int, typer.Option(min=16, metavar="MIB", help="Memory for a submission's code.")] = (
        Limits.memory_bytes // 2**20
    ),
) -> int:
    """Grade a class: a result for each submission, a table, and grades.csv.

    Run again, it grades only what is missing or has changed.
    """
    jobs = jobs or len(os.sched_getaffinity(0))
    layout = rubrics.load(rubric).rubric.layout
    submissions = discover(paths, layout.package, set(layout.functions.values()))
    store = Store(out)
    job = Job(
        rubric=rubric,
        key=seeds.course_key(seed, out),
        limits=Limits(cpu_seconds=cpu_seconds, memory_bytes=memory * 2**20),
        without=frozenset(without or ()),
    )
    width = min(jobs, len(submissions))
    make_executor = InProcess if width == 1 else functools.partial(processes, width, preload=__name__)
    graded = grade_class(submissions, job, store, make_executor, width=width, fresh=fresh)
    console = Console()
    summaries: list[Summary] = []
    reused = 0
    for one in _with_progress(graded, len(submissions), console):
        reused += one.reused
        summaries.append(_summary(one))
    summaries.sort(key=lambda summary: summary.submission)
    write_whole(out / "grades.csv", grades_csv(summaries).encode())
    console.print(class_table(summaries))
    unchanged = f" ({reused} unchanged since the last run)" if reused else ""
    console.print(Text(f"{len(summaries)} submissions{unchanged}: {out / 'grades.csv'}, {out / 'results'}"))
    return FAULT if any(summary.score is None for summary in summaries) else OK


@app.command()
def doctor() -> int:
    """Say which locks this machine can apply, and the remedy where one is missing."""
    from .sandbox.doctor import examine

    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("", "lock", "found", "remedy"):
        table.add_column(heading)
    findings = examine()
    for finding in findings:
        sign = Text("ok", "green") if finding.ok else Text("MISSING", "bold red")
        table.add_row(sign, finding.name, Text(finding.detail), Text("" if finding.ok else finding.remedy))
    Console().print(table)
    return OK if all(finding.ok for finding in findings) else FOUND


def _with_progress(graded: Iterable[Graded], count: int, console: Console) -> Iterable[Graded]:
    """Pass the submissions on, with a bar on a terminal and a plain line each elsewhere."""
    if not console.is_terminal:
        for number, one in enumerate(graded, 1):
            _warn(one)
            console.print(Text(f"{number}/{count} {_line(one)}"), soft_wrap=True)
            yield one
        return
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.fields[last]}", markup=False), console=console) as progress:
        bar = progress.add_task("", total=count, last="")
        for one in graded:
            _warn(one)
            progress.update(bar, advance=1, last=_line(one))
            yield one


def _summary(one: Graded) -> Summary:
    if one.result is None:
        return failed(one.submitted.identifier, one.submitted.name, one.note)
    return summarize(one.result)


def _line(one: Graded) -> str:
    name = plain(one.submitted.identifier)
    if one.result is None or one.result.faulty:
        return f"{name} not graded: the grader failed"
    return f"{name} {marks(one.result.score)}/{marks(one.result.max_score)}"


def _warn(one: Graded) -> None:
    if one.note:
        _complain(one.note)


def _complain(message: str) -> None:
    errors.print(Text(f"autograder: {plain(message, 1000)}"), soft_wrap=True)


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt
