"""Once an hour: what has had its time goes."""

from datetime import datetime, timedelta

from loguru import logger

from bot.jobs.job import Every, Job
from bot.runtime import Runtime
from bot.services.retention import end_cases, purge


async def run(runtime: Runtime, now: datetime) -> None:
    """Empty and delete what is older than was promised."""
    async with runtime.store.begin() as work:
        gone = await purge(work, runtime.policy, now)
        await work.commit()
    async with runtime.store.begin() as work:
        ended = await end_cases(work, runtime.policy, runtime.office.today(now), now)
        await work.commit()
    logger.debug("Purged: {}, {}", gone, ended)


JOB = Job("retention", Every(timedelta(hours=1)), run)
