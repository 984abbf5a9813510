"""What a page of the ledger costs with 10,000 units and 100,000 rows: `python -m tests.bench.ledger_pages [address]`.

Each page is made as a press makes it, in a transaction of its own, from the query to the text and its buttons.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.policy import Policy
from bot.core.snapshot import UnitDay
from bot.core.speech import Speech
from bot.core.units import ContactRole, Unit, UnitLevel
from bot.ports import Store, UnitOfWork
from bot.render.messages import text_of, words_of
from bot.services import ledger_nobody, ledger_pages
from storage.crypto import KeyVault
from storage.unit_of_work import open_store

UNITS, ROWS, TIMES = 10_000, 100_000, 60
NOW = datetime(2026, 3, 11, 2, tzinfo=UTC)
TODAY = date(2026, 3, 11)
VIEWER = ledger_pages.Viewer(Policy(), ZoneInfo("Asia/Shanghai"), NOW)
TYPES = (*[ObjectType.GROUP] * 8, ObjectType.ACCOUNT, ObjectType.APP)

Page = Callable[[UnitOfWork, int], Awaitable[Speech]]


async def fill(store: Store) -> None:
    """Units with aliases and contacts, ten rows each, and a week of counts."""
    async with store.begin() as work:
        contacts = {ContactRole.LIAISON: "党政办 0000"}
        town = Unit("青山镇", UnitLevel.TOWNSHIP, contacts=contacts)
        units = await work.units.add([replace(town, name=f"第{n}单位", aliases=(f"{n}办",)) for n in range(UNITS)])
        group = LedgerObject(None, ObjectType.GROUP, Platform.WECHAT, "群", kind=GroupKind.STANDING, members=45)
        for first in range(0, ROWS, 10_000):
            rows = [
                replace(group, unit_id=units[n % UNITS].id, name=f"工作群{n}", object_type=TYPES[n // UNITS])
                for n in range(first, first + 10_000)
            ]
            await work.objects.add(rows)
        await work.objects.add([replace(group, name=f"无主{n}") for n in range(200)])
        for back in range(7):
            day = UnitDay(0, TODAY - timedelta(days=back), seen=1, members=45, messages=90, tasks=9)
            await work.snapshots.put([replace(day, unit_id=unit.id) for unit in units])
        await work.commit()


PAGES: dict[str, Page] = {
    "first units": lambda work, _: ledger_pages.units(work, VIEWER, "zh-Hans"),
    "units anywhere": lambda work, n: ledger_pages.units(work, VIEWER, "zh-Hans", n * 7919 % UNITS),
    "one unit": lambda work, n: _unit(work, n * 7919 % UNITS + 1),
    "a search": lambda work, n: ledger_pages.find(work, f"{n}", "zh-Hans"),
    "without a unit": lambda work, _: ledger_nobody.page(work, "zh-Hans"),
}


async def _unit(work: UnitOfWork, number: int) -> Speech:
    unit = await work.units.get(number)
    assert unit is not None
    return await ledger_pages.unit(work, VIEWER, unit, "zh-Hans")


async def measure(address: str) -> dict[str, list[float]]:
    """Milliseconds of each page by the clock."""
    store = await open_store(address, KeyVault.new())
    await fill(store)
    figures: dict[str, list[float]] = {name: [] for name in PAGES}
    for number in range(TIMES):
        for name, page in PAGES.items():
            began = time.perf_counter()
            async with store.begin() as work:
                speech = await page(work, number)
            text_of(speech, words_of(speech, "zh-Hans"))
            figures[name].append((time.perf_counter() - began) * 1_000)
    await store.close()
    return figures


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        address = sys.argv[1] if len(sys.argv) > 1 else str(Path(folder) / "bench.db")
        figures = asyncio.run(measure(address))
    for name, spent in figures.items():
        middle, high = statistics.median(spent), statistics.quantiles(spent, n=10)[-1]
        sys.stdout.write(f"{name}: {middle:.1f} ms, 9 of 10 under {high:.1f} ms, {max(spent):.1f} ms at most\n")


if __name__ == "__main__":
    main()
