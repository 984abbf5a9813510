"""The sheet of all units: in the order of the ledger, and nothing of hardly anybody."""

import asyncio
from datetime import date

import pytest

from bot.core.ledger import Evidence, ObjectState
from bot.core.ledger_log import HOST
from bot.core.snapshot import UnitDay
from bot.core.units import Unit, UnitLevel
from bot.services import ledger, units
from bot.services.digest_sheet import unit_sheet
from tests.fakes import InMemoryStore
from tests.services.make_digest import WEDNESDAY, WEEK
from tests.services.test_snapshot import row


def sheet_of(prepare):
    async def go():
        store = InMemoryStore()
        async with store.begin() as work:
            await prepare(work)
            return await unit_sheet(work, WEEK)

    return asyncio.run(go())


def test_the_sheet_has_all_units_in_the_order_of_the_ledger():
    async def prepare(work):
        made = await units.add(work, [Unit(name, UnitLevel.TOWNSHIP) for name in ("丙", "甲", "乙")], HOST, WEDNESDAY)
        await work.snapshots.put([UnitDay(unit.id, date(2026, 3, 15), standing=9 - unit.id) for unit in made])

    assert [line.path for line in sheet_of(prepare).lines] == ["丙", "甲", "乙"]


def test_the_load_of_hardly_anybody_is_not_shown_in_the_sheet():
    async def prepare(work):
        made = await units.add(work, [Unit(name, UnitLevel.TOWNSHIP) for name in ("甲", "乙")], HOST, WEDNESDAY)
        days = [UnitDay(unit.id, date(2026, 3, 15), seen=1, members=4 + n, messages=9) for n, unit in enumerate(made)]
        await work.snapshots.put(days)

    shown = [None if line.load is None else line.load.messages for line in sheet_of(prepare).lines]
    assert shown == [None, 9]


def test_a_week_that_nobody_counted_has_an_empty_sheet():
    async def prepare(work):
        await units.add(work, [Unit("甲", UnitLevel.TOWNSHIP)], HOST, WEDNESDAY)
        await work.snapshots.put([UnitDay(1, date(2026, 3, 8))])

    assert (sheet_of(prepare).day, sheet_of(prepare).lines) == (None, ())


@pytest.mark.parametrize("counted", [True, False], ids=["of a counted week", "of one that nobody counted"])
def test_the_sheet_tells_how_many_running_rows_have_no_unit(counted):
    async def prepare(work):
        (town,) = await units.add(work, [Unit("甲", UnitLevel.TOWNSHIP)], HOST, WEDNESDAY)
        if counted:
            await work.snapshots.put([UnitDay(town.id, date(2026, 3, 15))])
        ended = row(None, state=ObjectState.DISSOLVED, closed_on=WEDNESDAY.date(), evidence=Evidence.OFFICE)
        await ledger.enter(work, [row(None), ended], HOST, WEDNESDAY)

    assert sheet_of(prepare).unassigned == 1
