"""`autograder grade`."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from ..container import engine
from ..errors import AutograderError, UsageError
from ..grading import attempts, rubrics, seeds
from ..grading.executors import InProcess, processes, start_server
from ..grading.many import Graded, Job, grade_class, grader
from ..grading.store import Store, write_whole
from ..lateness import Deadline, moment
from ..reports.console import class_table
from ..reports.grades_csv import grades_csv
from ..reports.summary import Summary, failed, marks, summarize
from ..sandbox.cores import to_spare
from ..sandbox.interface import Limits
from ..sandbox.locked import hold_to_locks
from ..submission import discover
from ..text import plain
from .earlier import hold_to, of_earlier_runs, tell_changes, tell_of_earlier_runs, without_our_own
from .options import Attempt, Scheme
from .report import pages
from .say import FAULT, OK, complain, counted, screen, tell

if TYPE_CHECKING:
    from ..reports.pages.writing import Pages
    from ..rubric import Rubric

__all__ = ["grade"]

GROWING = 8
"""How many a cluster has in hand at least, so that workers that join find work."""

MOST_SECONDS = 24 * 60 * 60
MOST_MIB = 2**20


def grade(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Submissions, or folders of submissions.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where results, grades and pages go.")] = Path("graded"),
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
    rubric: Scheme = rubrics.DEFAULT,
    attempt: Annotated[
        Attempt, typer.Option(help="Which one counts, where a download holds several of a student's.")
    ] = Attempt.LAST,
    due: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="When it was due, as 2026-03-01T23:59+01:00, for the rubric's late policy.",
            show_default="the rubric's",
        ),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Grade again what has not changed, too.")] = False,
    assignment: Annotated[
        str | None, typer.Option(metavar="NAME", help="In an nbgrader course with several: which assignment.")
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="LOCK", help="Go on without this lock, where the machine lacks it (see doctor)."),
    ] = None,
    report: Annotated[bool, typer.Option(help="Write the pages of report/, too (see docs/reports.md).")] = True,
    docker: Annotated[bool, typer.Option("--docker", help="Grade in a container; see docs/container.md.")] = False,
    image: Annotated[
        str | None,
        typer.Option(
            envvar="AUTOGRADER_IMAGE",
            help="With --docker: the image to use.",
            show_default=f"{engine.TAG}; in a checkout it is built",
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Grade on the workers of this Dask scheduler (tcp://host:8786); see docs/cluster.md.",
            show_default="this machine",
        ),
    ] = None,
    cpu_seconds: Annotated[float, typer.Option(min=0.1, help="Processor time for one check.")] = Limits.cpu_seconds,
    memory: Annotated[int, typer.Option(min=16, metavar="MIB", help="Memory for a submission's code.")] = (
        Limits.memory_bytes // 2**20
    ),
) -> None:
    """Grade a class: a result for each submission, a table, grades.csv, and pages to read in a browser.

    Run again, it grades only what is missing or has changed.
    """
    if docker and cluster:
        raise UsageError(
            "--docker and --cluster exclude each other: the cluster's workers run in containers of their own"
        )
    hold_to_locks(without or ())
    limits = _limits(cpu_seconds, memory)
    found = engine.find(image, complain) if docker else None
    jobs = jobs or _width(found, cluster)
    scheme = rubrics.load(rubric).rubric
    deadline = _deadline(scheme, due)
    layout = scheme.layout
    modules = set(layout.functions.values())
    handed_in = discover(paths, layout.package, modules, attempt.value, assignment=assignment)
    for what in (*handed_in.notes, *(f"passed over: {other}" for other in handed_in.passed_over)):
        complain(what)
    submissions = without_our_own(handed_in, out)
    store = Store(out)
    width = min(jobs, len(submissions))
    with store.alone():
        hold_to(scheme, store)
        job = Job(
            rubric=rubric,
            key=seeds.course_key(seed, out),
            limits=limits,
            without=frozenset(without or ()),
            spare=cluster is None and to_spare(width, found.cores if found else 0),
        )
        owners = [submitted.attempt_of or submitted.identifier for submitted in submissions]
        before = {owner: store.task_marks(owner) for owner in owners}
        executor = _executor(found, cluster, job, width)
        here = found is None and cluster is None
        begun = here and (fresh or not all(before.values()))  # else perhaps nothing has changed, and nothing need start
        if begun:
            _begin(job, width)
        made = _pages(out) if report else None
        if begun and made is not None:
            made.get_ready()
        each = grade_class(submissions, job, store, executor, width=width, fresh=fresh, deadline=deadline, put_off=here)
        graded = attempts.best(each, submissions, store)
        console = screen()
        summaries, reused = _gathered(_with_progress(graded, attempts.people(submissions), console), made)
        earlier = of_earlier_runs(store, set(owners), made)
        write_whole(out / "grades.csv", grades_csv([*summaries, *earlier]).encode())
        if made is not None:
            made.finish(store.results)
    console.print(class_table(summaries, console.width))
    tell_changes(before, store, console)
    unchanged = f" ({reused} unchanged since the last run)" if reused else ""
    where = [out / "grades.csv", out / "results", *([made.folder / "index.html"] if made else [])]
    tell(f"{counted(len(summaries), 'submission')}{unchanged}: {', '.join(map(str, where))}")
    tell_of_earlier_runs(earlier, store)
    raise typer.Exit(FAULT if any(summary.score is None for summary in summaries) else OK)


def _limits(cpu_seconds: float, memory: int) -> Limits:
    """What a submission's code may use; what no machine can give is a slip of the finger."""
    if not cpu_seconds <= MOST_SECONDS:  # nor is it a number, perhaps
        raise UsageError(f"--cpu-seconds {cpu_seconds:g}: give seconds, at most {MOST_SECONDS}")
    if memory > MOST_MIB:
        raise UsageError(f"--memory {memory}: give MiB, at most {MOST_MIB}")
    return Limits(cpu_seconds=cpu_seconds, memory_bytes=memory * 2**20)


def _deadline(scheme: Rubric, due: str | None) -> Deadline:
    due = scheme.due if due is None else due
    return Deadline(scheme.late, moment(due) if due else None)


def _gathered(graded: Iterable[Graded], made: Pages | None) -> tuple[list[Summary], int]:
    """What a table shows of each submission, by identifier, and how many are as they were; writes their pages."""
    summaries = []
    reused = 0
    for one in graded:
        reused += one.reused
        summary = _summary(one)
        summaries.append(summary)
        if made is not None and one.result is not None:
            made.add(one.result)
        elif made is not None:
            made.add_failed(summary.submission, summary.name, one.note)
    return sorted(summaries, key=lambda summary: summary.submission), reused


def _width(found: engine.Engine | None, cluster: str | None) -> int:
    """How many to grade at the same time, where nobody says."""
    if cluster is not None:
        from ..cluster import connection  # only here: it brings asyncio along, and everybody waits for the command

        # Some more than there are now: workers may join.
        return max(connection.threads(cluster, complain), GROWING)
    return found.cores if found else len(os.sched_getaffinity(0))


def _begin(job: Job, width: int) -> None:
    """Start what takes longest to start, while this process gets ready what it needs for itself."""
    if width > 1:
        start_server(grade_class.__module__)
        return
    with contextlib.suppress(AutograderError):  # it is met again where it matters, and told there
        grader(job)


def _executor(found: engine.Engine | None, cluster: str | None, job: Job, width: int) -> Callable[[], Executor]:
    """How to make what grades: a cluster, a container, this process, or several."""
    # Only here: few have a cluster or a container, and everybody waits for the command to start.
    if cluster is not None:
        from ..cluster.executor import OnCluster

        return functools.partial(OnCluster, cluster, job, complain)
    if found is not None:
        from ..container.executor import InContainer

        return functools.partial(InContainer, found, job, width)
    return InProcess if width == 1 else functools.partial(processes, width, preload=grade_class.__module__)


def _pages(out: Path) -> Pages | None:
    """What writes the pages; without it, one line says why, and grading goes on."""
    try:
        return pages(out / "report")
    except UsageError as error:
        complain(f"no report/: {error}")
        return None


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
    late = one.result.late
    told = "" if late is None else f", {marks(late.score)} after late penalty" if late.penalty else ", late"
    return f"{name} {marks(one.result.score)}/{marks(one.result.max_score)}{told}"


def _warn(one: Graded) -> None:
    if one.note:
        complain(one.note)
