"""Once a day in working time: how many members the watched groups have, for the ledger."""

from datetime import datetime

from bot.core import manners
from bot.jobs.job import Daily, Job
from bot.jobs.periodic import office_time
from bot.runtime import Runtime
from bot.services.ledger import ask_counts


async def run(runtime: Runtime, now: datetime) -> None:
    """Ask the platform, on a day on which the office works."""
    async with runtime.store.begin() as work:
        if manners.may_post(await office_time(runtime, work, now), now):
            await ask_counts(work, await work.groups.all(), runtime.office.today(now), now)
            await work.commit()


JOB = Job("members", Daily(10, 20), run)
