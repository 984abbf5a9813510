"""Once a day: a fresh key for what must not outlive its day, and the one before the last is destroyed.

It is looked at every hour, and at each start, so that a bot that stood still over midnight rotates soon after.
"""

import asyncio
from datetime import datetime, timedelta

from bot.jobs.job import Every, Job
from bot.runtime import Runtime


async def run(runtime: Runtime, now: datetime) -> None:
    """Rotate, where the day has changed; in a thread, for it waits for the disk."""
    await asyncio.to_thread(runtime.vault.rotate_days, runtime.office.today(now))


JOB = Job("day_keys", Every(timedelta(hours=1)), run)
