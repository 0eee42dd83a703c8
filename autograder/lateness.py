"""What handing in late costs: the policy as data, and its arithmetic."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from .errors import RubricError, UsageError
from .results import HandedIn, Late, Result

__all__ = ["Deadline", "LatePolicy", "moment"]

DAY = 86400.0


@dataclass(frozen=True)
class LatePolicy:
    """So much for each day that was begun after the due time.

    Attributes:
        per_day: what a day costs.
        unit: ``points``, or ``percent`` of the marks that are to be had (as Canvas's own policy counts).
        grace_minutes: this much later is not late; later than that, days count from the due time.
        at_most: the most that it costs, in the same unit.

    Raises:
        RubricError: on a negative number.
    """

    per_day: float
    unit: Literal["points", "percent"] = "points"
    grace_minutes: float = 0.0
    at_most: float | None = None

    def __post_init__(self) -> None:
        numbers = (self.per_day, self.grace_minutes, 0.0 if self.at_most is None else self.at_most)
        if not all(math.isfinite(number) and number >= 0 for number in numbers):
            raise RubricError("the late policy: a day's cost, the grace and the cap are numbers from 0 on")
        if self.unit not in ("points", "percent"):
            raise RubricError(f"the late policy: its unit is 'points' or 'percent', not {self.unit!r}")

    def days(self, seconds: float) -> int:
        """The days begun; 0 within the grace."""
        return 0 if seconds <= self.grace_minutes * 60 else math.ceil(seconds / DAY)

    def penalty(self, days: int, max_score: float) -> float:
        """What so many days cost, in marks."""
        cost = self.per_day * days
        if self.at_most is not None:
            cost = min(cost, self.at_most)
        return cost * max_score / 100 if self.unit == "percent" else cost


@dataclass(frozen=True)
class Deadline:
    """A late policy and the time that it counts from.

    Attributes:
        policy: what it costs; without one, lateness is told and costs nothing.
        due: when it was due, with its zone; without it, only a download's own late marks tell.
    """

    policy: LatePolicy | None = None
    due: datetime | None = None

    def apply(self, result: Result, handed_in: HandedIn | None) -> Late | None:
        """What handing in late costs this result; ``None`` where it was not late, or nobody can tell.

        Where a time and a due time are known, they decide.  Where there is only a download's late mark, it
        counts as one day, the least that it can be, and the note says so.
        """
        if handed_in is None:
            return None
        handed_in_at = moment(handed_in.time) if handed_in.time else None
        if self.due is not None and handed_in_at is not None:
            seconds = (handed_in_at - self.due).total_seconds()
            if seconds <= 0:
                return None
            days = self.policy.days(seconds) if self.policy else 0
            note = _told(seconds) if days or not self.policy else f"{_told(seconds)}, within the grace"
        elif handed_in.marked_late:
            seconds, days = None, 1
            note = "marked late by the download, which says no time: counted as one day"
        else:
            return None
        cost = self.policy.penalty(days, result.max_score) if self.policy else 0.0
        penalty = round(min(cost, result.score), 9)
        return Late(penalty=penalty, score=round(result.score - penalty, 9), seconds=seconds, note=note)


def moment(text: str) -> datetime:
    """A time as it is written in ISO 8601, with its zone.

    Raises:
        UsageError: if it is no such time, or says no zone.
    """
    try:
        time = datetime.fromisoformat(text.strip())
        if time.tzinfo is not None:
            return time.astimezone(UTC)
    except (ValueError, OverflowError):  # the latter near the years 1 and 9999
        pass
    raise UsageError(f"{text[:60]!r} is no time with a zone; write it as 2026-03-01T23:59+01:00")


def _told(seconds: float) -> str:
    """How late, as people say it."""
    minutes = math.ceil(seconds / 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) + " late"
