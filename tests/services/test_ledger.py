"""The ledger fills itself from watched groups, the tree of units keeps its history, and every change is logged."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.core.changes import Role, first_broken
from bot.core.errors import BadInput
from bot.core.group import Group, GroupKind, GroupState
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.ledger_log import HOST, SEALED, Author
from bot.core.unit_tree import UnitTree
from bot.core.units import ContactRole, Unit, UnitLevel
from bot.services import ledger, units
from tests.fakes import InMemoryStore

NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
TODAY = NOW.date()
END = date(2026, 9, 30)
CONTACT = Author(Role.UNIT_CONTACT, "c" * 32)


def unit(name, level=UnitLevel.TOWNSHIP, **fields):
    return Unit(name, level, **fields)


def played(play):
    """Runs `play(work)` in one transaction, and checks that the log is whole."""
    store = InMemoryStore()

    async def run():
        async with store.begin() as work:
            await play(work)
            assert first_broken(await work.changes.page(0, 999)) is None

    asyncio.run(run())


async def watched(work, **fields):
    group = await work.groups.add(Group(-1, "青山镇防汛", **fields))
    return group, await ledger.follow(work, group, NOW)


async def last_change(work):
    return (await work.changes.latest(1))[0]


def test_a_group_has_a_row_as_soon_as_the_bot_comes_and_it_is_filled_by_what_admins_state():
    async def play(work):
        (town,) = await units.add(work, [unit("青山镇", aliases=("青山",))], HOST, NOW)
        group, row = await watched(work)
        assert (row.unit_id, row.kind, row.members) == (None, None, None)
        stated = replace(group, unit="青山", kind=GroupKind.PROJECT, end_date=END, purpose="防汛", owner="-", hours="")
        row = await ledger.follow(work, stated, NOW, group)
        assert (row.unit_id, row.kind, row.end_date, row.purpose, row.owner) == (
            town.id,
            GroupKind.PROJECT,
            END,
            "防汛",
            "",
        )
        logged = await last_change(work)
        assert (logged.role, logged.actor) == (Role.SYSTEM, "")
        assert logged.after == {"unit_id": town.id, "kind": "project", "end_date": "2026-09-30", "purpose": "防汛"}
        assert logged.before == {"unit_id": None, "kind": None, "end_date": None, "purpose": ""}

    played(play)


def test_what_the_office_wrote_stands_when_something_else_changes_in_the_group():
    async def play(work):
        group, row = await watched(work, purpose="防汛", end_date=END)
        office = replace(row, purpose="防汛抗旱", end_date=date(2026, 12, 31))
        await ledger.alter(work, [(row, office)], HOST, NOW)
        followed = await ledger.follow(work, replace(group, title="新名"), NOW, group)
        assert followed == replace(office, name="新名")

    played(play)


def test_the_row_that_the_office_entered_before_is_the_groups():
    async def play(work):
        entered = LedgerObject(None, ObjectType.GROUP, Platform.TELEGRAM, "青山镇防汛", approved_by="网信办")
        (entered,) = await ledger.enter(work, [entered], HOST, NOW)
        group, row = await watched(work)
        assert row == replace(entered, group_id=group.id)
        assert len(await work.objects.all()) == 1

    played(play)


def test_a_group_without_the_bot_is_not_dissolved():
    async def play(work):
        group, row = await watched(work)
        await ledger.sighted(work, replace(group, state=GroupState.LEFT), NOW, watched=False)
        assert await work.objects.get(row.id) == row
        assert (await last_change(work)).after == {"watched": False}

    played(play)


def test_a_count_of_members_is_logged_only_when_it_changed():
    async def play(work):
        group, _ = await watched(work)
        before = (await last_change(work)).id
        for members in (40, 40, 41):
            await ledger.counted(work, group, members, NOW)
        assert [each.after for each in await work.changes.page(before, 9)] == [{"members": 40}, {"members": 41}]

    played(play)


def test_groups_that_waited_for_a_unit_are_given_it_when_it_comes():
    async def play(work):
        _, row = await watched(work, unit="青山镇")
        (town,) = await units.add(work, [unit("青山镇")], HOST, NOW)
        assert (await work.objects.get(row.id)).unit_id == town.id

    played(play)


def test_a_renamed_unit_is_still_found_and_its_contacts_are_not_in_the_log():
    async def play(work):
        (town,) = await units.add(work, [unit("青山乡")], HOST, NOW)
        renamed = replace(town, name="青山镇", contacts={ContactRole.LIAISON: "0000"})
        assert await units.alter(work, [(town, renamed)], HOST, NOW, "乡改镇") == 1
        assert (await work.units.named("青山乡")).name == "青山镇"
        logged = await last_change(work)
        assert (logged.reason, logged.after["contacts"], logged.after["aliases"]) == ("乡改镇", SEALED, "青山乡")

    played(play)


def test_a_merged_unit_stays_to_be_read_and_everything_of_it_goes_on_in_the_other():
    async def play(work):
        gone, stays = await units.add(work, [unit("甲镇"), unit("乙镇")], HOST, NOW)
        (village,) = await units.add(work, [unit("丙村", UnitLevel.VILLAGE, parent_id=gone.id)], HOST, NOW)
        row = LedgerObject(gone.id, ObjectType.GROUP, Platform.WECHAT, "甲镇群")
        (row,) = await ledger.enter(work, [row], HOST, NOW)
        await units.merge(work, gone, stays, HOST, NOW, TODAY)
        assert (await work.units.get(gone.id)).merged_into == stays.id
        assert (await work.units.named("甲镇")).id == stays.id
        assert (await work.units.get(village.id)).parent_id == stays.id
        assert (await work.objects.get(row.id)).unit_id == stays.id
        assert (await last_change(work)).before == {"unit_id": gone.id}

    played(play)


def test_only_the_office_changes_the_tree_and_no_unit_stands_below_itself():
    async def play(work):
        with pytest.raises(BadInput, match="not_office"):
            await units.add(work, [unit("甲")], CONTACT, NOW)
        (county,) = await units.add(work, [unit("县", UnitLevel.COUNTY)], HOST, NOW)
        (town,) = await units.add(work, [unit("镇", parent_id=county.id)], HOST, NOW)
        with pytest.raises(BadInput, match="unit_circle"):
            await units.alter(work, [(county, replace(county, parent_id=town.id))], HOST, NOW)
        with pytest.raises(BadInput, match="unit_circle"):
            await units.merge(work, county, town, HOST, NOW, TODAY)
        assert len(await work.changes.page(0, 9)) == 2

    played(play)


def test_hours_are_taken_over_from_the_nearest_unit_above_that_states_some():
    async def play(work):
        (county,) = await units.add(work, [unit("县", UnitLevel.COUNTY, hours="周一至周五 09:00-17:00")], HOST, NOW)
        (town,) = await units.add(work, [unit("镇", parent_id=county.id)], HOST, NOW)
        assert await units.hours_of(work, town) == county.hours == UnitTree.of([county, town]).hours(town.id)
        assert await units.hours_of(work, None) == ""

    played(play)


def test_units_are_found_by_some_letters_of_their_name():
    towns = [unit("大青山镇", id=1), unit("青山镇", id=2, aliases=("蓝水",)), unit("丙村", id=3)]
    assert [each.id for each in units.matching(towns, "青 山", 9)] == [2, 1]
    assert [each.id for each in units.matching(towns, "藍水", 9)] == [2]
    assert units.matching(towns, "丁", 9) == []
