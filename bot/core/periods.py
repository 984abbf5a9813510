"""Periods of the calendar for which something is done once, and from when on it is due.

What was missed is due as soon as somebody looks again, the oldest first, so that neither a stop nor a clock that was
moved skips or repeats anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile

from bot.core import manners
from bot.core.worktime import WorkTime

LONGEST_WAIT = 40
"""Days after the end of a period in which its first working day is looked for."""


class Per(StrEnum):
    """How long a period lasts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days, both included; `key` names it for good."""

    first: date
    last: date
    per: Per

    @property
    def key(self) -> str:
        """`2026-03-11`, `2026-W11`, `2026-03` or `2026-Q1`."""
        match self.per:
            case Per.DAY:
                return self.first.isoformat()
            case Per.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"{year}-W{week:02}"
            case Per.MONTH:
                return f"{self.first:%Y-%m}"
            case Per.QUARTER:
                return f"{self.first.year}-Q{(self.first.month + 2) // 3}"


def period_of(per: Per, on: date) -> Period:
    """The period in which a day lies."""
    if per is Per.DAY:
        return Period(on, on, per)
    if per is Per.WEEK:
        monday = on - timedelta(days=on.weekday())
        return Period(monday, monday + timedelta(days=6), per)
    months = 1 if per is Per.MONTH else 3
    month = (on.month - 1) // months * months + 1
    first = date(on.year, month, 1)
    after = date(on.year + (month + months > 12), (month + months - 1) % 12 + 1, 1)
    return Period(first, after - timedelta(days=1), per)


def before(period: Period) -> Period:
    """The period before one."""
    return period_of(period.per, period.first - timedelta(days=1))


def after(period: Period) -> Period:
    """The period after one."""
    return period_of(period.per, period.last + timedelta(days=1))


def read_period(key: str) -> Period | None:
    """The period of a key; None for what is no key."""
    try:
        if "-W" in key:
            year, week = key.split("-W")
            return period_of(Per.WEEK, date.fromisocalendar(int(year), int(week), 1))
        if "-Q" in key:
            year, quarter = key.split("-Q")
            return period_of(Per.QUARTER, date(int(year), int(quarter) * 3 - 2, 1))
        if key.count("-") == 1:
            year, month = key.split("-")
            return period_of(Per.MONTH, date(int(year), int(month), 1))
        return period_of(Per.DAY, date.fromisoformat(key))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a period's job is done: after its end, at a time of the office's zone.

    With `working_day` on the first day from then on that is surely a working day and not kept quiet (an unknown year
    has none); else on the day after the end. At most `catch_up` missed periods are made good.
    """

    per: Per
    at: time
    working_day: bool = True
    catch_up: int = 60

    def due_at(self, period: Period, worktime: WorkTime) -> datetime | None:
        """The moment from which on a period is due; None when no such moment is known yet."""
        on = period.last + timedelta(days=1)
        if not self.working_day:
            return datetime.combine(on, self.at, worktime.zone)
        for step in range(LONGEST_WAIT):
            moment = datetime.combine(on + timedelta(days=step), self.at, worktime.zone)
            speaks = manners.next_moment(worktime, moment)
            if speaks is None:
                return None
            if speaks.date() == moment.date():
                return speaks
        return None

    def ended(self, worktime: WorkTime, now: datetime) -> Period:
        """The last period that has ended."""
        return before(period_of(self.per, worktime.local(now).date()))

    def due(self, worktime: WorkTime, now: datetime, done: str | None) -> list[Period]:
        """The periods that are due and not done, the oldest first; `done` is the key of the last one that was.

        When nothing was ever done only the last period that has ended is looked at: what came before is no business
        of a bot that was not there.
        """
        latest = self.ended(worktime, now)
        last = read_period(done) if done else before(latest)
        since = last.last if last is not None else date.min
        open_ = [*takewhile(lambda each: each.first > since, _back(latest, self.catch_up))]
        due = ((each, self.due_at(each, worktime)) for each in reversed(open_))
        return [each for each, moment in due if moment is not None and moment <= now]

    def next_at(self, worktime: WorkTime, now: datetime) -> datetime | None:
        """The next moment after now at which a period becomes due."""
        period = before(period_of(self.per, worktime.local(now).date()))
        for _ in range(3):
            moment = self.due_at(period, worktime)
            if moment is None or moment > now:
                return moment
            period = after(period)
        return None


def _back(period: Period, most: int) -> Iterator[Period]:
    for _ in range(most):
        yield period
        period = before(period)
