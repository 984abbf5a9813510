"""Groups that came back, and several groups for one matter."""

from datetime import timedelta

import pytest

from bot.core.ledger import ObjectState
from bot.core.matters import matters, rebounds
from bot.core.onegroup import single
from bot.core.purposes import alike, matter_of
from bot.core.unit_tree import UnitTree
from tests.core.ledger_rows import TODAY, TREE, gone, row

TREE_OF = UnitTree.of(TREE)
WEEK = TODAY - timedelta(days=6)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("防汛专班", "防汛抗旱工作群", True),
        ("防汛工作群", "森林防火工作群", False),
        ("秸秆禁烧", "秸稈禁燒工作", True),
        ("日常工作", "日常工作联络", False),
        ("", "", False),
        ("春耕生产", "春季招聘", False),
    ],
)
def test_purposes_are_compared_by_what_they_are_about(one, other, same):
    assert alike(matter_of(one), matter_of(other)) is same


def test_where_no_purpose_is_stated_the_name_tells_the_matter():
    assert alike(matter_of("", "前柏镇防汛群"), matter_of("", "前柏镇防汛工作群"))


def came_back(closed, fresh, days=60):
    return [each.fresh.id for each in rebounds([closed, fresh], {fresh.id: TODAY}, WEEK, TODAY, days)]


@pytest.mark.parametrize(("days_ago", "found"), [(0, [2]), (60, [2]), (61, [])])
def test_a_new_group_for_the_same_matter_is_found_for_two_months(days_ago, found):
    closed = gone(1, TODAY - timedelta(days=days_ago), purpose="防汛")
    assert came_back(closed, row(2, purpose="防汛抗旱")) == found


def test_the_number_of_days_is_a_local_setting():
    assert came_back(gone(1, TODAY - timedelta(days=40), purpose="防汛"), row(2, purpose="防汛"), days=30) == []


def test_new_work_is_no_rebound():
    assert came_back(gone(1, purpose="防汛"), row(2, purpose="招商引资")) == []


def test_another_units_group_is_no_rebound():
    assert came_back(gone(1, purpose="防汛"), row(2, unit_id=4, purpose="防汛")) == []


def test_a_group_that_was_there_before_the_other_ended_is_no_rebound():
    assert came_back(gone(1, TODAY + timedelta(days=1), purpose="防汛"), row(2, purpose="防汛")) == []


def test_a_group_of_which_nobody_knows_when_it_began_is_not_accused():
    assert rebounds([gone(1, purpose="防汛"), row(2, purpose="防汛")], {}, WEEK, TODAY) == []


def found(*rows):
    return [tuple(each.id for each in matter) for matter in matters(single(rows), TREE_OF)]


def test_two_groups_of_a_unit_for_one_matter_are_found():
    assert found(row(1, purpose="防汛"), row(2, purpose="防汛抗旱"), row(3, purpose="招商引资")) == [(1, 2)]


def test_a_department_beside_its_government_is_the_same_unit():
    assert found(row(1, unit_id=2, purpose="防汛"), row(2, unit_id=3, purpose="防汛")) == [(1, 2)]


def test_each_level_may_have_a_group_for_its_own_staff():
    assert found(row(1, unit_id=1, purpose="防汛"), row(2, unit_id=2, purpose="防汛"), row(3, unit_id=4)) == []


def test_twins_and_ended_groups_are_no_second_group():
    ended = row(3, purpose="防汛", state=ObjectState.DISSOLVED)
    assert found(row(1, purpose="防汛"), row(2, purpose="防汛", twin_of=1), ended) == []


def test_groups_without_a_unit_are_not_put_together():
    assert found(row(1, unit_id=None, purpose="防汛"), row(2, unit_id=None, purpose="防汛")) == []
