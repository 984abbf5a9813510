"""One group for one unit, counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.dissolve import Terms
from bot.core.ledger import ObjectState, ObjectType
from bot.core.load import Load
from bot.core.onegroup import Watched, caps_of, count_units, single
from bot.core.snapshot import UnitDay
from bot.core.unit_tree import UnitTree
from tests.core.ledger_rows import COUNTY, OFFICE, TODAY, TOWN, TREE, VILLAGE, gone, project, row


def counted(*rows, units=TREE, watched=None, cap=1) -> dict[int, UnitDay]:
    return {each.unit_id: each for each in count_units(units, rows, watched or {}, TODAY, cap, Terms())}


def test_a_second_standing_group_is_above_the_rule():
    assert counted(row(1), row(2))[2].over == 1


def test_one_group_is_what_the_rule_allows():
    assert counted(row(1))[2].over == 0


def test_a_project_group_with_an_end_date_stands_apart():
    day = counted(row(1), project(2, date(2026, 9, 30)))[2]
    assert (day.standing, day.projects, day.over) == (1, 1, 0)


def test_a_project_group_without_an_end_date_counts_as_standing():
    assert counted(row(1), project(2, None))[2].standing == 2


def test_the_same_group_on_another_platform_counts_once():
    assert counted(row(1), row(2, twin_of=1), row(3, twin_of=2))[2].standing == 1


def test_two_groups_that_name_one_another_as_twins_count_once():
    assert [each.id for each in single([row(1, twin_of=2), row(2, twin_of=1)])] == [1]


def test_the_twin_of_an_ended_group_counts_itself():
    assert counted(gone(1), row(2, twin_of=1))[2].standing == 1


@pytest.mark.parametrize("state", [ObjectState.DISSOLVED, ObjectState.MERGED])
def test_an_ended_group_does_not_count(state):
    assert counted(row(1), row(2, state=state))[2].standing == 1


def test_a_group_that_waits_for_its_end_to_be_confirmed_still_counts():
    assert counted(row(1), row(2, state=ObjectState.AWAITING))[2].standing == 2


def test_a_group_without_approval_is_not_filed_and_no_wrong():
    day = counted(row(1), row(2, unit_id=4, approved_by="县网信办"))
    assert (day[2].unfiled, day[2].over) == (1, 0)
    assert day[4].unfiled == 0


def test_accounts_and_apps_are_no_groups():
    day = counted(row(1, object_type=ObjectType.ACCOUNT), row(2, object_type=ObjectType.APP))[2]
    assert (day.standing, day.accounts, day.apps) == (0, 1, 1)


def test_a_group_is_overdue_only_after_the_grace():
    ends = [TODAY - timedelta(days=7), TODAY - timedelta(days=8)]
    assert counted(*(project(n, end) for n, end in enumerate(ends)))[2].overdue == 1


def test_a_cap_holds_for_the_units_below_until_one_has_its_own():
    tree = UnitTree.of([replace(COUNTY, cap=3), TOWN, replace(OFFICE, cap=2), replace(VILLAGE, project_cap=4)])
    assert [caps_of(tree, id_, 1).standing for id_ in (1, 2, 3, 4)] == [3, 3, 2, 3]
    assert [caps_of(tree, id_, 1).projects for id_ in (2, 4)] == [None, 4]


def test_without_any_cap_in_the_tree_the_setting_holds():
    assert counted(row(1), row(2), cap=2)[2].over == 0


def test_a_closed_unit_has_no_day():
    assert 4 not in counted(units=(COUNTY, TOWN, replace(VILLAGE, closed_on=TODAY)))


def test_a_unit_without_groups_has_a_day_of_its_own():
    assert counted()[3] == UnitDay(3, TODAY)


def test_the_units_stand_in_the_order_of_the_ledger():
    assert list(counted(row(1, unit_id=4), row(2, unit_id=4))) == [1, 2, 3, 4]


def test_the_load_of_twins_is_added_up_though_they_count_once():
    load = Load(seats=10, messages=5, readings=50, receipts=1, tasks=2, work=3, late=1)
    watched = {7: Watched(load, whole=True), 8: Watched(load, whole=False)}
    day = counted(row(1, group_id=7), row(2, twin_of=1, group_id=8), watched=watched)[2]
    assert (day.standing, day.seen, day.members, day.messages, day.readings) == (1, 1, 20, 10, 100)
