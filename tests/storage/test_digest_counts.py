"""What a digest asks of the database, alike over the fake and both databases."""

from dataclasses import replace
from datetime import date

from bot.core.changes import Change, Role
from bot.core.group import Gap
from bot.core.load import Load
from bot.core.snapshot import UnitDay
from bot.core.units import Unit, UnitLevel
from tests.storage.make_values import BIG, NOW, finding, group, later

TODAY, TOMORROW, YESTERDAY = NOW.date(), later(days=1).date(), later(days=-1).date()


async def two_groups(work):
    return [await work.groups.add(group(BIG - number)) for number in range(2)]


def test_counts_of_a_stretch_of_days_come_group_by_group(stage):
    async def play(store):
        async with store.begin() as work:
            one, two = await two_groups(work)
            for day, amount in ((YESTERDAY, 1), (TODAY, 2), (TOMORROW, 4)):
                await work.counts.add(one.id, day, {"messages": amount})
            await work.counts.add(two.id, TODAY, {"messages": 5, "task": 1})
            expected = {one.id: {"messages": 3}, two.id: {"messages": 5, "task": 1}}
            assert await work.counts.by_group(YESTERDAY, TODAY) == expected
            await work.commit()
        async with store.begin() as work:
            assert await work.counts.by_group(YESTERDAY, TODAY) == expected
            assert await work.counts.by_group(date(2020, 1, 1), date(2020, 1, 1)) == {}

    stage.run(play)


def test_forms_of_a_year_are_summed_over_all_groups(stage):
    async def play(store):
        async with store.begin() as work:
            for each in await two_groups(work):
                for day in (date(2025, 12, 31), date(2026, 1, 1), TODAY):
                    await work.counts.add(each.id, day, {"data_collection": 3, "messages": 9})
            await work.commit()
        async with store.begin() as work:
            assert await work.counts.forms(date(2026, 1, 1), TODAY) == 12
            assert await work.counts.forms(TOMORROW, TOMORROW) == 0

    stage.run(play)


def test_posts_of_a_stretch_of_time_are_told_by_kind(stage):
    async def play(store):
        async with store.begin() as work:
            one, two = await two_groups(work)
            for id_, kind, at in ((one.id, "hint", NOW), (two.id, "hint", NOW), (two.id, "sign", NOW)):
                await work.posts.add(id_, kind, at)
            await work.posts.add(one.id, "hint", later(days=1))
            await work.posts.add(one.id, "hint", later(seconds=-1))
            assert await work.posts.totals(NOW, later(days=1)) == {"hint": 2, "sign": 1}

    stage.run(play)


def test_findings_taken_back_are_counted_by_when_they_were(stage):
    async def play(store):
        async with store.begin() as work:
            one, _ = await two_groups(work)
            marks = (None, later(seconds=-1), NOW, later(days=1))
            found = [finding(n, group_id=one.id, marked_wrong_at=at) for n, at in enumerate(marks)]
            await work.findings.add(found)
            assert await work.findings.taken_back(NOW, later(days=1)) == 1

    stage.run(play)


def test_gaps_of_all_groups_that_touch_a_stretch_come_by_their_beginning(stage):
    async def play(store):
        async with store.begin() as work:
            one, two = await two_groups(work)
            await work.groups.open_gap(Gap(two.id, later(hours=1), "privacy"))
            await work.groups.open_gap(Gap(one.id, later(hours=-2), "outage"))
            await work.groups.close_gaps(one.id, later(hours=2))
            await work.groups.open_gap(Gap(one.id, later(hours=5), "outage"))

            async def found(since, until):
                return [gap.group_id for gap in await work.groups.gaps_between(since, until)]

            assert await found(NOW, later(hours=3)) == [one.id, two.id]
            assert await found(later(hours=2), later(hours=5)) == [two.id]
            assert await found(later(hours=-3), later(hours=-2)) == []

    stage.run(play)


def test_changes_since_a_moment_come_oldest_first_and_of_one_kind(stage):
    async def play(store):
        async with store.begin() as work:
            at = (later(seconds=-1), NOW, later(days=1))
            for number, (moment, noun) in enumerate(
                [(at[0], "unit"), (at[1], "unit"), (at[1], "object"), (at[2], "unit")]
            ):
                await work.changes.append([Change(moment, Role.OFFICE, noun, number, {}, {"name": "x"})])
            assert [each.noun_id for each in await work.changes.since(NOW, "unit")] == [1, 3]

    stage.run(play)


async def two_units(work):
    return await work.units.add([Unit(name, UnitLevel.TOWNSHIP) for name in ("甲", "乙")])


def test_the_caps_of_a_unit_come_back(stage):
    async def play(store):
        async with store.begin() as work:
            (unit,) = await work.units.add([Unit("甲", UnitLevel.TOWNSHIP, cap=3, project_cap=5)])
            await work.commit()
        async with store.begin() as work:
            assert await work.units.get(unit.id) == unit
            await work.units.update([replace(unit, cap=None)])
            assert (await work.units.get(unit.id)).cap is None

    stage.run(play)


def test_the_load_of_units_is_summed_over_days(stage):
    async def play(store):
        async with store.begin() as work:
            one, two = await two_units(work)
            full = UnitDay(one.id, TODAY, members=10, messages=4, receipts=1, tasks=2, readings=2**40, work=3, late=1)
            await work.snapshots.put([full, replace(full, day=TOMORROW), replace(full, unit_id=two.id, day=YESTERDAY)])
            assert await work.snapshots.loads(TODAY, TOMORROW) == {one.id: Load(20, 8, 2**41, 2, 4, 6, 2)}
            assert await work.snapshots.of_day(TODAY) == [full]

    stage.run(play)


def test_units_above_their_own_cap_are_counted_by_day(stage):
    async def play(store):
        async with store.begin() as work:
            one, two = await two_units(work)
            days = [UnitDay(one.id, TODAY, standing=2), UnitDay(two.id, TODAY, standing=2, cap=2)]
            await work.snapshots.put([*days, UnitDay(one.id, YESTERDAY)])
            found = await work.snapshots.over([YESTERDAY, TODAY, TOMORROW])
            assert found == {YESTERDAY: (1, 0), TODAY: (2, 1)}
            assert await work.snapshots.over([]) == {}

    stage.run(play)


def test_days_that_nobody_needs_any_more_are_let_go(stage):
    async def play(store):
        async with store.begin() as work:
            one, _ = await two_units(work)
            await work.snapshots.put([UnitDay(one.id, day) for day in (YESTERDAY, TODAY)])
            await work.snapshots.forget(TODAY)
            await work.commit()
        async with store.begin() as work:
            assert await work.snapshots.last_day(YESTERDAY) is None
            assert len(await work.snapshots.of_day(TODAY)) == 1

    stage.run(play)
