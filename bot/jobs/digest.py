"""The digest to the office's places: of each week, or of each month, as the office chose."""

from collections.abc import Callable
from datetime import datetime

from bot.core.periods import Per, Period, Schedule
from bot.core.policy import Policy
from bot.jobs.job import Act, PeriodJob
from bot.ports import UnitOfWork
from bot.runtime import Runtime
from bot.services.digest_posts import post
from bot.services.snapshot import take

LATE = 9
"""Digests that are made good after a long stop, two months of weeks: nobody reads those of last spring."""


def _schedule(per: Per) -> Callable[[Policy], Schedule]:
    return lambda policy: Schedule(per, policy.digest_at, catch_up=LATE)


def _act(per: Per) -> Act:
    async def act(runtime: Runtime, work: UnitOfWork, period: Period, now: datetime) -> None:
        """Post it where this length was chosen; the other's periods pass unsaid, so that a change skips none."""
        if runtime.policy.digest_every == per:
            if await work.snapshots.last_day(period.last) != period.last:
                await take(work, runtime.policy, runtime.zone, period.last)  # after a stop both jobs are due at once
            await post(work, runtime.policy, runtime.zone, period, now)

    return act


WEEKLY = PeriodJob("digest", _schedule(Per.WEEK), _act(Per.WEEK), posts=True)
MONTHLY = PeriodJob("digest_month", _schedule(Per.MONTH), _act(Per.MONTH), posts=True)
