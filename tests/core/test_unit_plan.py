"""What a list of units would do to the tree."""

from dataclasses import replace

import pytest

from bot.core.unit_plan import plan_units
from bot.core.units import ContactRole, Unit, UnitLevel

COUNTY = Unit("青山县", UnitLevel.COUNTY, id=1, place=1)
TOWN = Unit("青山镇", UnitLevel.TOWNSHIP, id=2, parent_id=1, place=2)


def planned(*rows, known=()):
    return plan_units(list(enumerate(rows, 2)), known)


def test_units_may_stand_before_those_above_them_and_levels_are_told_by_names():
    effect = planned({"name": "前柏村", "parent": "青山镇"}, {"name": "青山镇", "parent": "青山县"}, {"name": "青山县"})
    assert [(each.after.level, each.parent_place) for each in effect.new] == [
        (UnitLevel.VILLAGE, 1),
        (UnitLevel.TOWNSHIP, 2),
        (UnitLevel.COUNTY, None),
    ]


def test_a_unit_whose_name_tells_no_level_has_that_of_the_unit_above():
    rows = [{"name": "第一中学", "parent": "农业农村局"}, {"name": "农业农村局", "parent": "青山县"}]
    beside = [{"name": "党政办", "parent": "青山镇"}, {"name": "青山镇"}, {"name": "专班"}]
    levels = [each.after.level for each in planned(*rows, *beside, known=[COUNTY]).new]
    county, township, village = UnitLevel.COUNTY, UnitLevel.TOWNSHIP, UnitLevel.VILLAGE
    assert levels == [county, county, township, township, village]


def test_a_known_unit_is_found_again_and_only_what_is_stated_changes():
    cells = {"name": "青山镇", "parent": "青山县", "aliases": "青山、蓝镇", "liaison": "0000", "hours": ""}
    effect = planned({"name": "青山县"}, cells, known=[COUNTY, TOWN])
    changed = replace(TOWN, aliases=("青山", "蓝镇"), contacts={ContactRole.LIAISON: "0000"})
    assert [each.after for each in effect.changed] == [changed]
    assert (effect.unchanged, effect.wrong) == (1, 0)


def test_departments_of_one_name_under_different_units_are_two():
    rows = [{"name": "综合办", "parent": name, "is_department": "是"} for name in ("青山县", "青山镇")]
    first = planned(*rows, known=[COUNTY, TOWN])
    assert [each.after.parent_id for each in first.new] == [1, 2]
    known = [replace(each.after, id=number) for number, each in enumerate(first.new, 3)]
    assert planned(*rows, known=[COUNTY, TOWN, *known]).unchanged == 2


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        pytest.param([{"name": "甲村", "parent": "没有的"}], (2, "parent", "unit_unknown"), id="no such parent"),
        pytest.param([{"name": "甲村"}, {"name": "甲村"}], (3, "name", "twice"), id="twice"),
        pytest.param([{"name": "甲", "level": "很高"}], (2, "level", "word"), id="no level"),
        pytest.param([{"name": "甲", "hours": "白天"}], (2, "hours", "hours"), id="no hours"),
        pytest.param([{"parent": "甲"}], (2, "name", "missing"), id="no name"),
        pytest.param(
            [{"name": "甲", "parent": "乙"}, {"name": "乙", "parent": "甲"}], (2, "parent", "circle"), id="a circle"
        ),
    ],
)
def test_what_is_wrong_is_said_with_row_and_field(rows, problem):
    found = planned(*rows).problems
    assert problem in [(each.row, each.field, each.key) for each in found]
