from datetime import UTC, datetime, timedelta

import pytest

from bot.core.health import Health, check_calendar, check_cases, check_clock
from bot.core.policy import Policy
from bot.core.workcal import WorkCalendar

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("years", "now", "health"),
    [
        pytest.param({2026}, NOW, Health.GOOD, id="this year is known in November"),
        pytest.param({2026}, NOW.replace(month=12), Health.NOTE, id="the next year is due in December"),
        pytest.param({2026, 2027}, NOW.replace(month=12), Health.GOOD, id="both years are known"),
        pytest.param({2025}, NOW, Health.BAD, id="this year is missing"),
        pytest.param(set(), NOW, Health.BAD, id="no year is known"),
    ],
)
def test_the_calendar_is_checked_for_the_years_that_are_due(years, now, health):
    assert check_calendar(WorkCalendar(years=years), now).health is health


@pytest.mark.parametrize(
    ("told", "health"),
    [
        pytest.param(NOW - timedelta(seconds=59), Health.GOOD, id="nearly right"),
        pytest.param(NOW + timedelta(minutes=5), Health.BAD, id="five minutes slow"),
        pytest.param(None, Health.NOTE, id="the platform named no time"),
    ],
)
def test_the_clock_is_compared_with_the_platforms(told, health):
    assert check_clock(NOW, told).health is health


@pytest.mark.parametrize(("access", "data", "code"), [(90, 365, "cases"), (90, 90, "cases"), (90, 89, "cases_order")])
def test_words_of_cases_that_go_before_they_are_sealed_off_are_told(access, data, code):
    assert check_cases(Policy(case_access_days=access, case_data_days=data)).code == code
