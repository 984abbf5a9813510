"""Runs the jobs at their times, one replica a job: the adapter of APScheduler."""

from collections.abc import Sequence
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]
from loguru import logger

from bot.jobs import JOBS, Every, Job
from bot.runtime import Runtime

GRACE_SECONDS = 3600
"""A run that is late by less still takes place, once."""
SOON = timedelta(seconds=30)
LEASE_SECONDS = 300
"""For so long after a run began, no other replica begins the same job."""


def schedule(runtime: Runtime, jobs: Sequence[Job] = JOBS) -> AsyncIOScheduler:
    """A scheduler with the jobs, to be started in a running loop."""
    scheduler = AsyncIOScheduler(timezone=runtime.zone)
    for job in jobs:
        scheduler.add_job(
            run_once,
            _trigger(job, runtime),
            args=(runtime, job),
            id=job.name,
            misfire_grace_time=GRACE_SECONDS,
            coalesce=True,
            max_instances=1,
        )
    return scheduler


async def run_once(runtime: Runtime, job: Job) -> bool:
    """Run a job unless another replica does; a failure is logged, and the job runs again at its next time."""
    now = runtime.clock.now()
    try:
        async with runtime.store.begin() as work:
            if not await work.leases.take(f"job:{job.name}", runtime.instance, now, LEASE_SECONDS):
                return False
            await work.commit()
        await job.run(runtime, now)
    except Exception as error:  # noqa: BLE001 - one job must not end the others
        logger.error("The job {} failed: {}", job.name, type(error).__name__)
        return False
    return True


def _trigger(job: Job, runtime: Runtime) -> BaseTrigger:
    if isinstance(job.trigger, Every):
        start = runtime.clock.now() + SOON
        return IntervalTrigger(
            seconds=int(job.trigger.interval.total_seconds()), start_date=start, timezone=runtime.zone
        )
    return CronTrigger(hour=job.trigger.hour, minute=job.trigger.minute, timezone=runtime.zone)
