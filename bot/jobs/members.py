"""Once a day in working time: how many members the watched groups have, for the ledger."""

from datetime import datetime

from bot.core import manners
from bot.core.group import Group
from bot.jobs.job import Daily, Job
from bot.runtime import Runtime
from bot.services.ledger import ask_counts
from bot.services.places import OfficeTime, exempting_of


async def run(runtime: Runtime, now: datetime) -> None:
    """Ask the platform, on a day on which the office works."""
    office = OfficeTime(runtime.calendar, runtime.hours, runtime.zone)
    async with runtime.store.begin() as work:
        worktime = office.worktime(Group(0, ""), await exempting_of(work, runtime.scenes, now))
        if manners.may_post(worktime, now):
            await ask_counts(work, await work.groups.all(), now.astimezone(runtime.zone).date(), now)
            await work.commit()


JOB = Job("members", Daily(10, 20), run)
