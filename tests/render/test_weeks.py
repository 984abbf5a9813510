from datetime import date, timedelta

import pytest

from bot.core.audit import WeekCount
from bot.core.model import Category
from bot.render.weeks import stretches
from tests.render.make_report import MONDAY, weeks


def test_no_weeks_make_no_stretch() -> None:
    assert stretches((), 10) == ()


def test_few_weeks_stay_single() -> None:
    assert [week.label for week in stretches(weeks(2), 10)] == ["2026-03-02", "2026-03-09"]


def test_a_week_without_messages_is_not_left_out() -> None:
    first, third = WeekCount(MONDAY, 1, {}), WeekCount(MONDAY + timedelta(weeks=2), 3, {})

    assert [week.messages for week in stretches((first, third), 10)] == [1, 0, 3]


@pytest.mark.parametrize("number", [11, 53, 400])
def test_many_weeks_are_joined_and_nothing_is_lost(number: int) -> None:
    joined = stretches(weeks(number, {Category.RANKING: 2}), 10)

    assert len(joined) <= 10
    assert sum(week.messages for week in joined) == sum(week.messages for week in weeks(number))
    assert sum(week.suspected[Category.RANKING] for week in joined) == 2 * number


def test_a_joined_stretch_names_both_its_ends() -> None:
    assert stretches(weeks(4), 2)[0].label == "2026-03-02 – 2026-03-15"


def test_the_end_of_time_is_no_fault() -> None:
    last = WeekCount(date(9999, 12, 27), 1, {})

    assert stretches((WeekCount(MONDAY, 1, {}), last), 3)[-1].messages == 1
