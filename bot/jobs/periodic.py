"""Does what is due for each period, once: claimed and done in one transaction, one period at a time."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.group import Group
from bot.core.periods import Period, Schedule
from bot.core.worktime import WorkTime
from bot.jobs.job import PeriodJob
from bot.ports import UnitOfWork
from bot.runtime import Runtime
from bot.services.backup import RESTORED
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
        passed = due if last is None else await _perhaps_done(work, job, schedule, worktime, due)
        for period in passed:
            await work.periods.claim(job.name, period.key, now)
        await work.commit()
    done = 0
    for period in due[len(passed) :]:
        async with runtime.store.begin() as work:
            if await work.periods.claim(job.name, period.key, now):
                await job.act(runtime, work, period, now)
                await work.commit()
                done += 1
    return done


async def _perhaps_done(
    work: UnitOfWork, job: PeriodJob, schedule: Schedule, worktime: WorkTime, due: Sequence[Period]
) -> Sequence[Period]:
    """What was due before a backup was put back, and may have been posted since it was made: that is not done again."""
    restored = await work.state.get(RESTORED) if job.posts else None
    if restored is None:
        return ()
    at = datetime.fromisoformat(restored)
    return [each for each in due if (moment := schedule.due_at(each, worktime)) is not None and moment <= at]


async def next_at(runtime: Runtime, job: PeriodJob, now: datetime) -> datetime | None:
    """When a job is due next; None when the calendar does not know."""
    async with runtime.store.begin() as work:
        worktime = await office_time(runtime, work, now)
    return job.schedule(runtime.policy).next_at(worktime, now)


async def office_time(runtime: Runtime, work: UnitOfWork, now: datetime) -> WorkTime:
    """The office's own working time, with its quiet days."""
    return runtime.office.worktime(Group(0, ""), await exempting_of(work, Scenes(), now))
