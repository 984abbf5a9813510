"""Units, objects, snapshots, the log and the pointers, alike over the fake and both databases."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.core.changes import FIRST, Change, Role, first_broken
from bot.core.group import GroupKind
from bot.core.ledger import ClosingReason, Evidence, LedgerObject, ObjectState, ObjectType, Platform, Source
from bot.core.office import Binding, Code, Place, PlaceKind
from bot.core.snapshot import UnitDay
from bot.core.units import ContactRole, Unit, UnitLevel
from tests.storage.make_values import BIG, NOW, group, later

TODAY = NOW.date()
TOMORROW = later(days=1).date()
FULL_UNIT = Unit(
    "青山镇党政综合办（一）",
    UnitLevel.TOWNSHIP,
    is_department=True,
    aliases=("综合办", "青山辦"),
    hours="周一至周五 08:30-12:00 14:00-18:00",
    contacts={ContactRole.LIAISON: "党政办 0000"},
    place=7,
    cap=2,
    project_cap=9,
)
FULL_OBJECT = LedgerObject(
    unit_id=None,
    object_type=ObjectType.GROUP,
    platform=Platform.WECHAT,
    name="青山镇防汛 🌾",
    kind=GroupKind.PROJECT,
    owner="党政办主任",
    owner_level=UnitLevel.TOWNSHIP,
    members=86,
    purpose="防汛",
    approved_by="县网信办",
    approved_on=date(2026, 3, 1),
    created_on=date(2026, 2, 28),
    end_date=date(2026, 9, 30),
    state=ObjectState.DISSOLVED,
    closing_reason=ClosingReason.FINISHED,
    closed_on=date(2026, 10, 8),
    evidence=Evidence.OWNER,
    filing_number="青网备001",
    last_update=date(2026, 3, 2),
    freshness_days=10,
    seasonal=True,
    extensions=1,
    source=Source.FORM,
)


def unit(name="青山镇", **fields):
    return Unit(name, UnitLevel.TOWNSHIP, **fields)


def row(name="群", **fields):
    return LedgerObject(
        fields.pop("unit_id", None), fields.pop("object_type", ObjectType.GROUP), Platform.WECHAT, name, **fields
    )


def change(number=1, **fields):
    return Change(NOW, Role.OFFICE, "object", number, {"name": None}, {"name": f"群{number}"}, **fields)


def test_units_come_back_whole_and_in_the_order_of_the_ledger(stage):
    async def play(store):
        async with store.begin() as work:
            full, first, second = await work.units.add([FULL_UNIT, unit("甲村", place=1), unit("乙村")])
            assert full == replace(FULL_UNIT, id=full.id)
            below = replace(second, parent_id=first.id)
            await work.units.update([below])
            await work.commit()
        async with store.begin() as work:
            assert second.place > full.place - 7
            assert [await work.units.get(each.id) for each in (full, first)] == [full, first]
            assert await work.units.all() == sorted([full, first, below], key=lambda each: each.place)
            assert await work.units.get(999) is None
            assert await work.units.add([]) == []

    stage.run(play)


def test_units_are_shown_some_at_a_time_and_closed_ones_left_out(stage):
    async def play(store):
        async with store.begin() as work:
            await work.units.add([unit(name) for name in "甲乙丙丁"])
            closed = await work.units.named("乙")
            await work.units.update([replace(closed, closed_on=TODAY)])
            assert [each.name for each in await work.units.part(1, 2)] == ["丙", "丁"]
            assert await work.units.part(3, 2) == []
            assert await work.units.count() == 3

    stage.run(play)


@pytest.mark.parametrize(
    ("words", "found"),
    [("青山", ["青山镇", "大青山村"]), ("綜 合", ["青山镇"]), ("100%", ["100%村"]), ("_", []), (" ", []), ("无", [])],
)
def test_units_are_found_by_a_part_of_their_name(stage, words, found):
    async def play(store):
        async with store.begin() as work:
            closed = replace(unit("青山老镇"), closed_on=TODAY)
            await work.units.add([unit(aliases=("综合办",)), closed, unit("大青山村"), unit("100%村"), unit("1000村")])
            assert [each.name for each in await work.units.like(words, 5)] == found

    stage.run(play)


@pytest.mark.parametrize("name", ["綜合辦", " 综合 办", "青山办", "青山镇党政综合办(一)"])
def test_a_unit_is_found_as_people_write_its_name(stage, name):
    async def play(store):
        async with store.begin() as work:
            (full,) = await work.units.add([FULL_UNIT])
            assert await work.units.named(name) == full
            assert await work.units.named("") is None
            await work.units.add([unit("别处", aliases=(name,))])
            assert await work.units.named(name) is None  # shared by two

    stage.run(play)


def test_a_closed_or_renamed_unit_is_no_longer_found_by_its_name_and_stays_to_be_read(stage):
    async def play(store):
        async with store.begin() as work:
            one, other = await work.units.add([unit("甲"), unit("乙")])
            closed, renamed = replace(one, merged_into=other.id), replace(other, name="丙", closed_on=None)
            await work.units.update([closed, renamed])
            assert [await work.units.named(name) for name in "甲乙丙"] == [None, None, renamed]
            assert await work.units.all() == [renamed]
            assert await work.units.all(ended=True) == [closed, renamed]

    stage.run(play)


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


def test_changes_are_chained_over_transactions(stage):
    async def play(store):
        async with store.begin() as work:
            await work.changes.append([change(1), change(2, actor="a" * 32, reason="更名")])
            await work.commit()
        async with store.begin() as work:
            await work.changes.append([])
            await work.changes.append([change(1)])
            await work.commit()
        async with store.begin() as work:
            first, second, third = await work.changes.page(0, 9)
            assert [first.previous, second.previous, third.previous] == [FIRST, first.digest, second.digest]
            assert replace(second, id=0, previous=FIRST, digest="") == change(2, actor="a" * 32, reason="更名")
            assert first_broken([first, second, third]) is None
            assert first_broken([first, third]) == third
            assert first_broken([first, replace(second, reason="别的")]).noun_id == 2
            assert await work.changes.page(second.id, 9) == [third]
            assert await work.changes.latest(2) == [third, second]

    stage.run(play)


def test_changes_written_side_by_side_make_one_chain(stage):
    async def play(store):
        async def write(number):
            async with store.begin() as work:
                await work.changes.append([change(number)])
                await asyncio.sleep(0)
                await work.commit()

        await asyncio.gather(*(write(number) for number in range(12)))
        async with store.begin() as work:
            found = await work.changes.page(0, 99)
            assert len(found) == 12
            assert first_broken(found) is None

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
