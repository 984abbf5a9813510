"""Each night: every unit is counted for the day that has ended."""

from datetime import datetime, time, timedelta

from bot.core.periods import Per, Period, Schedule
from bot.core.policy import Policy
from bot.jobs.job import PeriodJob
from bot.ports import UnitOfWork
from bot.runtime import Runtime
from bot.services.snapshot import take

AT = time(0, 20)
KEPT = timedelta(days=800)
"""Two years and a little: as far as the trend of quarters goes back."""
DAYS = 14
"""Missed days that are made good; further back the trend has a gap, which the digest leaves out."""


def schedule(_: Policy) -> Schedule:
    """On the day after, working day or not: nothing is posted."""
    return Schedule(Per.DAY, AT, working_day=False, catch_up=DAYS)


async def act(runtime: Runtime, work: UnitOfWork, period: Period, _: datetime) -> None:
    """Count the units, and let go of days that no trend reaches any more."""
    await take(work, runtime.policy, runtime.zone, period.first)
    await work.snapshots.forget(period.first - KEPT)


JOB = PeriodJob("snapshot", schedule, act)
