"""Units counted for a day, of the ledger as it was when the day ended."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.group import Gap, Group, GroupKind, GroupState
from bot.core.ledger import LedgerObject, ObjectState, ObjectType, Platform
from bot.core.ledger_log import HOST
from bot.core.policy import Policy
from bot.core.units import Unit, UnitLevel
from bot.services import ledger, units
from bot.services.snapshot import merged_gaps, take
from tests.fakes import InMemoryStore
from tests.handlers.stage import SHANGHAI

DAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 12, tzinfo=SHANGHAI)
LATER = NOON + timedelta(days=2)


def row(unit_id: int | None, **fields: Any) -> LedgerObject:
    usual = {"object_type": ObjectType.GROUP, "platform": Platform.WECHAT, "name": "群", "kind": GroupKind.STANDING}
    return LedgerObject(unit_id, **{**usual, **fields})


def group(chat_id: int = -1, **fields: Any) -> Group:
    return Group(chat_id, "群", **{"state": GroupState.WATCHING, "watching_since": NOON - timedelta(days=30), **fields})


def day_of(prepare, day: date = DAY):
    """The day of the one unit, after `prepare(work, unit)`."""

    async def go():
        store = InMemoryStore()
        async with store.begin() as work:
            (town,) = await units.add(work, [Unit("前柏镇", UnitLevel.TOWNSHIP)], HOST, NOON - timedelta(days=30))
            await prepare(work, town)
            assert await take(work, Policy(), SHANGHAI, day) == 1
            return (await work.snapshots.of_day(day))[0]

    return asyncio.run(go())


def test_a_unit_is_counted_with_the_load_of_its_watched_groups():
    async def prepare(work, town):
        seen = await work.groups.add(group())
        await ledger.enter(work, [row(town.id, group_id=seen.id, members=30), row(town.id)], HOST, NOON)
        counts = {"messages": 20, "task": 4, "work": 8, "late_work": 2, "receipts": 5}
        await work.counts.add(seen.id, DAY, counts)
        await work.counts.add(seen.id, DAY + timedelta(days=1), {"messages": 999})

    day = day_of(prepare)
    assert (day.standing, day.over, day.seen, day.members) == (2, 1, 1, 30)
    assert (day.messages, day.readings, day.tasks, day.work, day.late, day.receipts) == (20, 600, 4, 8, 2, 5)


def test_a_missed_day_is_counted_as_the_ledger_was_then():
    async def prepare(work, town):
        (first,) = await ledger.enter(work, [row(town.id)], HOST, NOON)
        ended = replace(first, state=ObjectState.DISSOLVED, closed_on=LATER.date())
        await ledger.alter(work, [(first, ended)], HOST, LATER)
        await ledger.enter(work, [row(town.id), row(town.id)], HOST, LATER)

    assert day_of(prepare).standing == 1


def test_a_unit_closed_since_is_counted_for_the_day_on_which_it_was_open():
    async def prepare(work, town):
        await units.close(work, town, HOST, LATER, LATER.date())

    assert day_of(prepare).unit_id == 1


def test_a_group_with_a_gap_on_that_day_was_not_seen_whole():
    async def prepare(work, town):
        seen = await work.groups.add(group())
        await ledger.enter(work, [row(town.id, group_id=seen.id)], HOST, NOON)
        await work.groups.open_gap(Gap(seen.id, NOON, "outage"))
        await work.groups.close_gaps(seen.id, NOON + timedelta(hours=1))

    assert day_of(prepare).seen == 0


def test_a_gap_of_another_day_does_not_matter():
    async def prepare(work, town):
        seen = await work.groups.add(group())
        await ledger.enter(work, [row(town.id, group_id=seen.id)], HOST, NOON)
        await work.groups.open_gap(Gap(seen.id, LATER, "outage"))

    assert day_of(prepare).seen == 1


def test_a_group_that_was_left_before_has_no_load():
    async def prepare(work, town):
        left = await work.groups.add(group(state=GroupState.LEFT, left_at=NOON - timedelta(days=3)))
        await ledger.enter(work, [row(town.id, group_id=left.id, members=30)], HOST, NOON)

    day = day_of(prepare)
    assert (day.standing, day.seen, day.members) == (1, 0, 0)


def test_counting_a_day_again_replaces_it():
    async def prepare(work, town):
        await take(work, Policy(), SHANGHAI, DAY)
        await ledger.enter(work, [row(town.id)], HOST, NOON)

    assert day_of(prepare).standing == 1


def test_gaps_that_touch_one_another_are_one():
    hours = [NOON + timedelta(hours=n) for n in range(6)]
    gaps = [
        Gap(1, hours[0], "x", hours[2]),
        Gap(2, hours[1], "x", hours[3]),
        Gap(1, hours[4], "x"),
        Gap(2, hours[5], "x"),
    ]
    assert merged_gaps(gaps) == [
        (hours[0], hours[3], frozenset({1, 2})),
        (hours[4], None, frozenset({1, 2})),
    ]
