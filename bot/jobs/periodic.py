"""Does what is due for each period, once: claimed and done in one transaction, one period at a time."""

from datetime import datetime

from bot.core.group import Group
from bot.core.worktime import WorkTime
from bot.jobs.job import PeriodJob
from bot.ports import UnitOfWork
from bot.runtime import Runtime
from bot.services.places import exempting_of
from bot.services.scenes import Scenes


async def catch_up(runtime: Runtime, job: PeriodJob, now: datetime) -> int:
    """Do a job for all periods that are due; returns for how many. Safe to run at any time, twice, and in replicas.

    The first time a bot runs, the period that has just ended counts as done: it was not there.
    """
    schedule = job.schedule(runtime.policy)
    async with runtime.store.begin() as work:
        worktime = await office_time(runtime, work, now)
        # By the calendar, not by when it was done: else a clock that ran ahead once would silence all until then.
        last = await work.periods.latest(job.name, schedule.ended(worktime, now).key)
        due = schedule.due(worktime, now, last)
        if last is None:
            for period in due:
                await work.periods.claim(job.name, period.key, now)
            await work.commit()
            return 0
    done = 0
    for period in due:
        async with runtime.store.begin() as work:
            if await work.periods.claim(job.name, period.key, now):
                await job.act(runtime, work, period, now)
                await work.commit()
                done += 1
    return done


async def next_at(runtime: Runtime, job: PeriodJob, now: datetime) -> datetime | None:
    """When a job is due next; None when the calendar does not know."""
    async with runtime.store.begin() as work:
        worktime = await office_time(runtime, work, now)
    return job.schedule(runtime.policy).next_at(worktime, now)


async def office_time(runtime: Runtime, work: UnitOfWork, now: datetime) -> WorkTime:
    """The office's own working time, with its quiet days."""
    return runtime.office.worktime(Group(0, ""), await exempting_of(work, Scenes(), now))
