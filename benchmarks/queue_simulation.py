"""A deadline's hour, simulated: how many graders it takes so that students soon have their marks.

    python benchmarks/queue_simulation.py [--submissions 100000] [--seconds 0.3] [--graders 8 10 12 16]

Submissions come in the more often the nearer the deadline is: the rate grows as exp(t / τ) over the hour,
with τ = ``--rush`` minutes.  They wait in one queue.  A grader takes one at a time, for the measured time
with a spread (log-normal, σ = 0.3); a share ``--hanging`` takes ``--limit`` seconds instead; the scheduler
hands out one submission after another, each for ``--handing`` seconds.  ``--lost`` graders an hour end with
what they have in hand, which is then graded anew, and come back after a minute.

A discrete-event simulation by simpy.  docs/scale.md says where the numbers come from.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import simpy
from rich.console import Console
from rich.table import Table

HOUR = 3600.0
RETURNS = 60.0
SPREAD = 0.3


@dataclass
class Course:
    """What comes in, and what grading it takes, in seconds."""

    submissions: int
    rush: float
    seconds: float
    handing: float
    hanging: float
    limit: float
    lost: float


@dataclass
class Outcome:
    """How one hour went."""

    waits: np.ndarray
    """From handing in to the result, a submission."""
    last: float
    """When the last one was done."""
    longest: int
    """Of the queue."""
    busy: float
    """The graders' share of the time until the deadline in which they graded."""
    carried: float
    """The scheduler's."""
    anew: int
    """Graded again, because their grader was lost."""


def arrivals(course: Course, rng: np.random.Generator) -> np.ndarray:
    """Times in the hour, the rate growing as exp(t / rush): by the inverse of its distribution function."""
    uniform = np.sort(rng.random(course.submissions))
    return course.rush * np.log1p(uniform * math.expm1(HOUR / course.rush))


def services(course: Course, rng: np.random.Generator) -> np.ndarray:
    """Seconds that each takes, the mean of those that don't hang being ``course.seconds``."""
    usual = course.seconds * rng.lognormal(-(SPREAD**2) / 2, SPREAD, course.submissions)
    return np.where(rng.random(course.submissions) < course.hanging, course.limit, usual)


def simulate(course: Course, graders: int, seed: int) -> Outcome:
    """One deadline."""
    rng = np.random.default_rng(seed)
    came, takes = arrivals(course, rng), services(course, rng)
    env = simpy.Environment()
    queue: simpy.Store = simpy.Store(env)
    scheduler = simpy.Resource(env)
    done = np.full(course.submissions, np.nan)
    longest = anew = 0
    worked = 0.0

    def students() -> Generator[simpy.Event, None, None]:
        nonlocal longest
        for number, moment in enumerate(came):
            yield env.timeout(moment - env.now)
            queue.put(number)
            longest = max(longest, len(queue.items))

    def grader(faults: np.random.Generator) -> Generator[simpy.Event, None, None]:
        nonlocal anew, worked
        ends = faults.exponential(HOUR * graders / course.lost) if course.lost else math.inf
        while True:
            number = yield queue.get()
            with scheduler.request() as turn:
                yield turn
                yield env.timeout(course.handing)
            if env.now + takes[number] > ends:
                # Lost in the middle: somebody else begins it anew.
                yield env.timeout(max(0.0, ends - env.now))
                queue.put(number)
                anew += 1
                yield env.timeout(RETURNS)
                ends = env.now + faults.exponential(HOUR * graders / course.lost)
                continue
            yield env.timeout(takes[number])
            worked += takes[number] if env.now <= HOUR else 0.0
            done[number] = env.now

    env.process(students())
    for _ in range(graders):
        env.process(grader(np.random.default_rng(rng.integers(2**63))))
    while np.isnan(done).any():
        env.run(until=env.now + 60)
    assert len(done) == course.submissions, "each is graded, and once"
    return Outcome(
        waits=done - came,
        last=float(done.max()),
        longest=longest,
        busy=worked / (graders * HOUR),
        carried=float((done <= HOUR).sum() * course.handing / HOUR),
        anew=anew,
    )


def known_queue(seed: int) -> tuple[float, float]:
    """The mean wait of a queue for which it is known, simulated and by the formula.

    Arrivals at random times and one grader of constant time: Pollaczek and Khinchine, ρ s / (2 (1 − ρ)).
    """
    course = Course(20_000, 1e9, 0.126, 0.0, 1.0, 0.126, 0.0)  # "all hang" for the same time: a constant
    load = course.submissions * course.limit / HOUR
    outcome = simulate(course, 1, seed)
    return float((outcome.waits - course.limit).mean()), load * course.limit / (2 * (1 - load))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=0.3, help="a submission on one core, measured")
    parser.add_argument("--handing", type=float, default=0.005, help="the scheduler's for one, measured")
    parser.add_argument("--rush", type=float, default=20.0, help="minutes in which the rate grows e-fold")
    parser.add_argument("--hanging", type=float, default=0.005, help="the share of submissions that hang")
    parser.add_argument("--limit", type=float, default=30.0, help="seconds that one that hangs takes in all")
    parser.add_argument("--lost", type=float, default=4.0, help="graders lost in the hour")
    parser.add_argument("--graders", type=int, nargs="+", help="by default around what the mean rate takes")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    course = Course(
        options.submissions,
        options.rush * 60,
        options.seconds,
        options.handing,
        options.hanging,
        options.limit,
        options.lost,
    )
    mean = (1 - course.hanging) * course.seconds + course.hanging * course.limit + course.handing
    least = math.ceil(course.submissions * mean / HOUR)
    peak = (HOUR / course.rush) / -math.expm1(-HOUR / course.rush)
    headings = ("graders", "median wait", "95 %", "longest", "queue", "done after", "busy", "scheduler", "anew")
    table = Table(*headings, box=None)
    for graders in options.graders or [math.ceil(least * factor) for factor in (1, 1.25, 1.5, 2, peak, peak * 1.2)]:
        outcome = simulate(course, graders, options.seed)
        table.add_row(
            str(graders),
            *(f"{value:.1f} s" for value in np.quantile(outcome.waits, (0.5, 0.95, 1))),
            str(outcome.longest),
            f"{max(0.0, outcome.last - HOUR) / 60:.1f} min",
            f"{outcome.busy:.0%}",
            f"{outcome.carried:.0%}",
            str(outcome.anew),
        )
    console = Console(width=120)
    console.print(table)
    console.print(
        f"{course.submissions} submissions, {mean * 1e3:.0f} ms each on the average; at the deadline they come "
        f"{peak:.1f} times as often as on the average. {least} graders would do if all came evenly."
    )
    simulated, formula = known_queue(options.seed)
    console.print(
        f"A queue that is known: {simulated * 1e3:.0f} ms of waiting simulated, {formula * 1e3:.0f} ms by the formula."
    )


if __name__ == "__main__":
    main()
