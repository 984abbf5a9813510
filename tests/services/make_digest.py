"""A week of one town, gathered."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.ledger_log import HOST
from bot.core.periods import Per, period_of
from bot.core.policy import Policy
from bot.core.units import Unit, UnitLevel
from bot.services import units
from bot.services.digest import gather
from tests.fakes import InMemoryStore
from tests.handlers.stage import SHANGHAI
from tests.services.test_snapshot import group

WEEK = period_of(Per.WEEK, date(2026, 3, 11))
MONDAY = datetime(2026, 3, 16, 9, 30, tzinfo=SHANGHAI)
WEDNESDAY = datetime(2026, 3, 11, 12, tzinfo=SHANGHAI)


async def village(work, **fields):
    (town,) = await units.add(work, [Unit("前柏镇", UnitLevel.TOWNSHIP)], HOST, WEDNESDAY - timedelta(days=30))
    seen = await work.groups.add(group(**fields))
    return town, seen


def gathered(prepare, policy: Policy | None = None, now: datetime = MONDAY, period=WEEK):
    async def go():
        store = InMemoryStore()
        async with store.begin() as work:
            town, seen = await village(work)
            await prepare(work, town, seen)
            return await gather(work, policy or Policy(), SHANGHAI, period, now)

    return asyncio.run(go())


async def busy(work: Any, _: Unit, seen: Any) -> None:
    await work.counts.add(seen.id, WEDNESDAY.date(), {"messages": 7, "finding.receipt": 3})
