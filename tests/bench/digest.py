"""What a digest of 10,000 units, 100,000 rows and 2,000 watched groups costs: `python -m tests.bench.digest [address]`.

On SQLite, and on PostgreSQL in the database that JIANFU_BENCH_POSTGRES (or the argument) names, which is emptied.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.core.digest import dump
from bot.core.group import Group, GroupKind, GroupState
from bot.core.ledger import Evidence, LedgerObject, ObjectState, ObjectType, Platform
from bot.core.ledger_log import HOST
from bot.core.model import Category
from bot.core.periods import Per, period_of
from bot.core.policy import BaseForms, Policy
from bot.core.units import Unit, UnitLevel
from bot.papers import chart, sheet
from bot.ports import Store
from bot.services import ledger
from bot.services.digest import gather
from bot.services.digest_sheet import unit_sheet
from bot.services.snapshot import take
from bot.texts import Catalogue
from storage.crypto import KeyVault
from storage.unit_of_work import open_store
from tests.bench.__main__ import say
from tests.bench.ledger import emptied

UNITS, ROWS, GROUPS = 10_000, 100_000, 2_000
ZONE, WEEK = ZoneInfo("Asia/Shanghai"), period_of(Per.WEEK, date(2026, 3, 11))
NOW = datetime(2026, 3, 16, 2, tzinfo=UTC)
PURPOSES = ("日常工作", "防汛抗旱", "秸秆禁烧", "党建工作", "项目推进", "招商引资", "乡村振兴")
NAMES = ("messages", "work", "task", "receipts", "late_work", "asks", "answers")
COUNTED = (*NAMES, *(f"finding.{each}" for each in Category))
Made = TypeVar("Made")


def row(number: int, unit_id: int, group_id: int | None) -> LedgerObject:
    """One of ten rows of a unit: groups standing, for projects and ended, every tenth an account."""
    place = number % 10
    kind = GroupKind.PROJECT if place in {3, 4, 5} else GroupKind.STANDING
    end = WEEK.last + timedelta(days=number % 60 - 30) if kind is GroupKind.PROJECT else None
    ended = {"state": ObjectState.DISSOLVED, "closed_on": WEEK.last - timedelta(days=number % 90)} if place == 6 else {}
    return LedgerObject(
        unit_id, ObjectType.ACCOUNT if place == 9 else ObjectType.GROUP, Platform.WECHAT, f"第{number}群", kind=kind,
        purpose=PURPOSES[number % 7], members=number % 400 + 3, end_date=end, group_id=group_id,
        created_on=WEEK.last - timedelta(days=number % 400), evidence=Evidence.OWNER if ended else None, **ended,
    )  # fmt: skip


async def fill(store: Store) -> None:
    """The ledger, its watched groups, and what was counted in them in a fortnight, and for forms in a year."""
    async with store.begin() as work:
        units = await work.units.add([Unit(f"{n}号村", UnitLevel.VILLAGE) for n in range(UNITS)])
        began = datetime(2025, 1, 1, tzinfo=UTC)
        groups = []
        for number in range(GROUPS):
            seen = Group(-number - 1, f"群{number}", state=GroupState.WATCHING, watching_since=began, joined_at=began)
            groups.append(await work.groups.add(seen))
        await work.commit()
    async with store.begin() as work:
        watched = {n * (ROWS // GROUPS): group.id for n, group in enumerate(groups)}
        rows = [row(n, units[n // 10].id, watched.get(n)) for n in range(ROWS)]
        await ledger.enter(work, rows, HOST, began)
        await work.commit()
    for day in (WEEK.last - timedelta(days=n) for n in range(14)):
        async with store.begin() as work:
            for group in groups:
                await work.counts.add(group.id, day, dict.fromkeys(NAMES, 3 + group.id % 5))
            await work.commit()
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(74)):
        async with store.begin() as work:
            for group in groups:
                await work.counts.add(group.id, day, {"data_collection": 1})
            await work.commit()


@contextmanager
def clocked(name: str) -> Iterator[None]:
    """Say how long the block took, by the clock and of the processor."""
    started, used = time.perf_counter(), time.process_time()
    yield
    say(name, time.perf_counter() - started, "s")
    say("  processor", time.process_time() - used, "s")


async def timed(name: str, made: Awaitable[Made]) -> Made:
    """Wait for something, and say how long it took."""
    with clocked(name):
        return await made


async def bench(address: str) -> None:
    """Every figure on one database."""
    store = await open_store(address, KeyVault.new())
    with clocked("(the ledger is made)"):
        await fill(store)
    policy, words = Policy(base_forms=BaseForms(2025, 1200)), Catalogue.load("zh-Hans")
    for weeks in range(7, 0, -1):
        async with store.begin() as work:
            await take(work, policy, ZONE, WEEK.last - timedelta(weeks=weeks))
            await work.commit()

    async def snapshot() -> None:
        async with store.begin() as work:
            await take(work, policy, ZONE, WEEK.last)
            await work.commit()

    await timed("a snapshot of a day", snapshot())
    async with store.begin() as work:
        data = await timed("the numbers of a digest", gather(work, policy, ZONE, WEEK, NOW))
    with clocked("its picture and caption, once more"):
        chart(dump(data), words)
    async with store.begin() as work:
        found = await timed("the rows of the sheet of units", unit_sheet(work, WEEK))
    with clocked("its workbook"):
        sheet(found, words)
    await store.close()


def main() -> None:
    """Print every figure."""
    postgres = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("JIANFU_BENCH_POSTGRES", "")
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write("The digest on SQLite\n")
        asyncio.run(bench(str(Path(folder) / "bench.db")))
    if postgres:
        sys.stdout.write("The digest on PostgreSQL\n")
        asyncio.run(emptied(postgres))
        asyncio.run(bench(postgres))


if __name__ == "__main__":
    main()
