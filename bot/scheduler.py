"""Runs the jobs at their times, one replica a job: the adapter of APScheduler."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Timetable:
    """The jobs at their times, and those that are running now."""

    scheduler: AsyncIOScheduler
    _running: set["asyncio.Task[None]"] = field(default_factory=set)

    def start(self) -> None:
        """Begin, in a running loop."""
        self.scheduler.start()

    async def stop(self) -> None:
        """Begin no more jobs, and wait until those that run are undone, so that none outlives its database."""
        self.scheduler.shutdown(wait=False)
        await asyncio.gather(*self._running, return_exceptions=True)

    async def run(self, runtime: Runtime, job: Job | PeriodJob) -> None:
        """Run a job at its time."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101
        self._running.add(task)
        try:
            await run_once(runtime, job)
        finally:
            self._running.discard(task)


def schedule(runtime: Runtime, jobs: Sequence[Job | PeriodJob] = JOBS) -> Timetable:
    """The jobs at their times, to be started in a running loop."""
    scheduler = AsyncIOScheduler(timezone=runtime.zone)
    timetable = Timetable(scheduler)
    for job in jobs:
        scheduler.add_job(
            timetable.run,
            _trigger(job, runtime),
            args=(runtime, job),
            id=job.name,
            misfire_grace_time=GRACE_SECONDS,
            coalesce=True,
            max_instances=1,
        )
    return timetable


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
