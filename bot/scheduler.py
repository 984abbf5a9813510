"""Runs the jobs at their times, one replica a job: the adapter of APScheduler."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]
from loguru import logger

from bot.jobs import JOBS, Every, Job, PeriodJob
from bot.jobs.periodic import catch_up, next_at
from bot.runtime import Runtime
from bot.services import running

GRACE_SECONDS = 3600
"""A run that is late by less still takes place, once."""
SOON = timedelta(seconds=30)
LEASE_SECONDS = 300
"""For so long after a run began, no other replica begins the same job."""


def schedule(runtime: Runtime, jobs: Sequence[Job | PeriodJob] = JOBS) -> AsyncIOScheduler:
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


async def run_once(runtime: Runtime, job: Job | PeriodJob) -> bool:
    """Run a job unless another replica does; a failure is logged, and the job runs again at its next time."""
    now = runtime.clock.now()
    try:
        async with runtime.store.begin() as work:
            if not await work.leases.take(f"job:{job.name}", runtime.instance, now, LEASE_SECONDS):
                return False
            await work.commit()
        if isinstance(job, PeriodJob):
            await catch_up(runtime, job, now)
        else:
            await job.run(runtime, now)
    except Exception as error:  # noqa: BLE001 - one job must not end the others
        logger.error("The job {} failed: {}", job.name, type(error).__name__)
        await _note(runtime, job, now, failed=True)
        return False
    await _note(runtime, job, now, failed=False)
    return True


async def _note(runtime: Runtime, job: Job | PeriodJob, now: datetime, *, failed: bool) -> None:
    """Note how a run ended, for /status and the doctor; a database that refuses this refuses all else too."""
    try:
        following = await next_at(runtime, job, now) if isinstance(job, PeriodJob) else None
        async with runtime.store.begin() as work:
            await running.note(work, job.name, now, following, failed=failed)
            await work.commit()
    except Exception as error:  # noqa: BLE001 - to note it must not end the scheduler
        logger.error("How the job {} ended could not be noted: {}", job.name, type(error).__name__)


def _trigger(job: Job | PeriodJob, runtime: Runtime) -> BaseTrigger:
    if isinstance(job.trigger, Every):
        start = runtime.clock.now() + SOON
        return IntervalTrigger(
            seconds=int(job.trigger.interval.total_seconds()), start_date=start, timezone=runtime.zone
        )
    return CronTrigger(hour=job.trigger.hour, minute=job.trigger.minute, timezone=runtime.zone)
