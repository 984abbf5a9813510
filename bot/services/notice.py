"""The figures of a quarter's notice are gathered."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.campaign import campaign
from bot.core.model import Category, Clause
from bot.core.notice import Notice
from bot.core.periods import Period
from bot.core.policy import Policy
from bot.ports import UnitOfWork
from bot.services.digest import beginnings, gather, weighed
from bot.services.snapshot import bounds, ledger_on

FIRST_DAYS = 7
"""Days of a quarter among which the first one that was counted is looked for."""


async def gather_notice(
    work: UnitOfWork,
    policy: Policy,
    zone: ZoneInfo,
    quarter: Period,
    clauses: Mapping[Category, Clause],
    now: datetime,
) -> Notice:
    """The figures of a quarter, beside those of the one before."""
    data = await gather(work, policy, zone, quarter, now)
    _, rows = await ledger_on(work, bounds(quarter.first, quarter.last, zone)[1])
    began = await beginnings(work, rows, zone)
    today = min(quarter.last, now.astimezone(zone).date())
    moved = await weighed(work, campaign(rows, began, quarter.first, quarter.last), today)
    found = await work.snapshots.over([quarter.first + timedelta(days=step) for step in range(FIRST_DAYS)])
    first = min(found, default=None)
    over = None if first is None else (found[first][1], found[first][0])
    return Notice(data, moved, clauses, over)
