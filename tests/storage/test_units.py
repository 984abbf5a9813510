"""Units, alike over the fake and both databases."""

from dataclasses import replace

import pytest

from tests.storage.make_values import FULL_UNIT, TODAY, unit


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
