"""Each night: every unit is counted for the day that has ended."""

from datetime import datetime, time

from bot.core.periods import Per, Period, Schedule
from bot.core.policy import Policy
from bot.jobs.job import PeriodJob
from bot.ports import UnitOfWork
from bot.runtime import Runtime
from bot.services.snapshot import take

AT = time(0, 20)
DAYS = 14
"""Missed days that are made good; further back the trend has a gap, which the digest leaves out."""


def schedule(_: Policy) -> Schedule:
    """On the day after, working day or not: nothing is posted."""
    return Schedule(Per.DAY, AT, working_day=False, catch_up=DAYS)


async def act(runtime: Runtime, work: UnitOfWork, period: Period, _: datetime) -> None:
    """Count the units."""
    await take(work, runtime.policy, runtime.zone, period.first)


JOB = PeriodJob("snapshot", schedule, act)
