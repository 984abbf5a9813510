"""Once a working day, in working time: findings that came together are put before the office as cases."""

from datetime import datetime

from bot.core import manners
from bot.jobs.job import Daily, Job
from bot.jobs.periodic import office_time
from bot.runtime import Runtime
from bot.services.case_findings import open_cases


async def run(runtime: Runtime, now: datetime) -> None:
    """Open what is to be opened, in one transaction with what the desk is told of it."""
    async with runtime.store.begin() as work:
        if manners.may_post(await office_time(runtime, work, now), now):
            await open_cases(work, runtime.policy, runtime.office, now)
            await work.commit()


JOB = Job("suspicions", Daily(10, 5), run)
