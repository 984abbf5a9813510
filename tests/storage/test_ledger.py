"""Objects, snapshots and pointers, alike over the fake and both databases."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.changes import Role
from bot.core.ledger import ObjectState, Platform
from bot.core.office import Binding, Code, Place, PlaceKind
from bot.core.snapshot import UnitDay
from tests.storage.make_values import BIG, FULL_OBJECT, FULL_UNIT, NOW, TODAY, TOMORROW, change, group, later, row, unit


def test_a_row_comes_back_whole(stage):
    async def play(store):
        async with store.begin() as work:
            (place,) = await work.units.add([unit()])
            group_id = (await work.groups.add(group())).id
            (other,) = await work.objects.add([row()])
            (full,) = await work.objects.add(
                [replace(FULL_OBJECT, unit_id=place.id, group_id=group_id, twin_of=other.id, merged_into=other.id)]
            )
            await work.commit()
        async with store.begin() as work:
            assert full.id > other.id
            assert await work.objects.get(full.id) == full
            assert await work.objects.of_group(group_id) == full
            assert await work.objects.of_unit(place.id) == [full]
            assert await work.objects.of_unit(None) == [other]
            assert await work.objects.all() == [other]
            assert await work.objects.all(ended=True) == [other, full]
            assert await work.objects.get(999) is None
            assert await work.objects.named(Platform.WECHAT, "群") == [other]
            assert await work.objects.named(Platform.WECHAT, full.name) == []

    stage.run(play)


def test_rows_that_end_in_a_stretch_of_days_are_found(stage):
    async def play(store):
        async with store.begin() as work:
            days = [None, TODAY, TOMORROW, date(2026, 9, 30)]
            _, today, tomorrow, _ = await work.objects.add([row(str(day), end_date=day) for day in days])
            assert await work.objects.ending(TODAY, TOMORROW) == [today, tomorrow]
            await work.objects.update([replace(today, state=ObjectState.DISSOLVED)])
            assert await work.objects.ending(TODAY, TOMORROW) == [tomorrow]

    stage.run(play)


def test_many_rows_keep_their_order_and_numbers(stage):
    async def play(store):
        async with store.begin() as work:
            added = await work.objects.add([row(f"{n}") for n in range(2_500)])
            assert [each.name for each in added] == [f"{n}" for n in range(2_500)]
            assert await work.objects.all() == [*added]

    stage.run(play)


def test_the_row_of_a_deleted_group_stays(stage):
    async def play(store):
        async with store.begin() as work:
            group_id = (await work.groups.add(group())).id
            (stored,) = await work.objects.add([row(group_id=group_id)])
            await work.groups.delete(group_id)
            assert await work.objects.get(stored.id) == replace(stored, group_id=None)

    stage.run(play)


@pytest.mark.parametrize("both", [True, False], ids=["both have a row", "one has a row"])
def test_two_records_of_one_group_keep_one_row(stage, both):
    async def play(store):
        async with store.begin() as work:
            older, newer = await work.groups.add(group(-5)), await work.groups.add(group(BIG))
            stays, gone = await work.objects.add(
                [row("旧", group_id=older.id if both else None), row(group_id=newer.id)]
            )
            (twin,) = await work.objects.add([row("QQ", twin_of=gone.id)])
            await work.objects.update([replace(stays, twin_of=gone.id)])
            await work.groups.migrate(-5, BIG)
            await work.commit()
            if both:
                assert await work.objects.all() == [stays, replace(twin, twin_of=stays.id)]
            else:
                assert await work.objects.of_group(older.id) == replace(gone, group_id=older.id)
                assert len(await work.objects.all()) == 3

    stage.run(play)


def test_counts_of_a_day_are_replaced_and_read_by_day_and_unit(stage):
    async def play(store):
        async with store.begin() as work:
            one, two = await work.units.add([unit("甲"), unit("乙")])
            full = UnitDay(one.id, TODAY, 3, 2, 4, 1, 5, 6, 7, 800, 900, 10, 11)
            await work.snapshots.put([UnitDay(one.id, TODAY), UnitDay(two.id, TODAY, 1)])
            await work.snapshots.put([full, UnitDay(one.id, TOMORROW)])
            assert await work.snapshots.of_day(TODAY) == [full, UnitDay(two.id, TODAY, 1)]
            assert await work.snapshots.of_unit(one.id, TODAY, TOMORROW) == [full, UnitDay(one.id, TOMORROW)]
            assert await work.snapshots.last_day(TODAY) == TODAY
            assert await work.snapshots.last_day(later(days=-1).date()) is None

    stage.run(play)


def test_what_was_pointed_out_waits_until_the_office_is_done(stage):
    async def play(store):
        async with store.begin() as work:
            first, second = [await work.pointers.add(words, TODAY) for words in ("还有一个群", "另一个群")]
            assert await work.pointers.open(9) == {first: "还有一个群", second: "另一个群"}
            assert await work.pointers.settle(first)
            assert not await work.pointers.settle(first)
            assert await work.pointers.open(1) == {second: "另一个群"}

    stage.run(play)


async def fill_ledger(work, group_id):
    """A row in every table of the ledger and the office; some refer to later ones."""
    full, other = await work.units.add([FULL_UNIT, unit("乙村")])
    await work.units.update([replace(full, parent_id=other.id)])
    first, last = await work.objects.add([row(), replace(FULL_OBJECT, unit_id=full.id, group_id=group_id)])
    await work.objects.update([replace(first, twin_of=last.id)])
    await work.snapshots.put([UnitDay(full.id, TODAY)])
    await work.changes.append([change(1), change(2)])
    await work.pointers.add("还有一个群", TODAY)
    await work.office.bind(Place(PlaceKind.DESK, BIG, "专项办", NOW))
    await work.office.keep_code(Code("1", "contact", NOW, full.id))
    await work.office.give_role(Binding("b" * 32, 7_000_000_000, Role.UNIT_CONTACT, full.id, NOW))
    await work.periods.claim("digest", "2026-W10", NOW)


def test_rows_that_wait_for_word_of_their_end_are_found_and_no_others(stage):
    async def play(store):
        async with store.begin() as work:
            await work.objects.add([row("a"), row("b", state=ObjectState.AWAITING), row("c", state=ObjectState.MERGED)])
            assert [each.name for each in await work.objects.awaiting()] == ["b"]

    stage.run(play)


def test_the_last_day_on_which_a_group_wrote_is_known(stage):
    async def play(store):
        async with store.begin() as work:
            here, there = await work.groups.add(group(-1)), await work.groups.add(group(-2))
            await work.counts.add(here.id, TODAY, {"messages": 2, "task": 1})
            await work.counts.add(here.id, TOMORROW, {"task": 1})
            await work.counts.add(there.id, TOMORROW, {"messages": 1})
            assert await work.counts.last_day(here.id, "messages", TOMORROW) == TODAY
            assert await work.counts.last_day(here.id, "messages", later(days=-1).date()) is None

    stage.run(play)
