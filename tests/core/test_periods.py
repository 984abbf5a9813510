"""Periods: their names, and from when on each is due; nothing is skipped or repeated, whatever the clock does."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.periods import Per, Period, Schedule, after, before, period_of, read_period
from bot.core.worktime import WorkingHours, WorkTime
from config.calendar import load_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = WorkTime(load_calendar(), WorkingHours(), SHANGHAI)
WEEKLY = Schedule(Per.WEEK, time(9, 30))
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("per", "on", "key", "first", "last"),
    [
        pytest.param(Per.DAY, date(2026, 3, 11), "2026-03-11", date(2026, 3, 11), date(2026, 3, 11), id="a day"),
        pytest.param(Per.WEEK, date(2026, 3, 11), "2026-W11", date(2026, 3, 9), date(2026, 3, 15), id="a week"),
        pytest.param(Per.WEEK, date(2027, 1, 2), "2026-W53", date(2026, 12, 28), date(2027, 1, 3), id="week 53"),
        pytest.param(Per.MONTH, date(2026, 12, 31), "2026-12", date(2026, 12, 1), date(2026, 12, 31), id="a month"),
        pytest.param(Per.QUARTER, date(2026, 11, 5), "2026-Q4", date(2026, 10, 1), date(2026, 12, 31), id="a quarter"),
    ],
)
def test_a_period_has_one_name_and_its_days(per, on, key, first, last):
    period = period_of(per, on)
    assert (period.key, period.first, period.last) == (key, first, last)
    assert read_period(key) == period


@given(st.sampled_from(Per), DAYS)
def test_periods_follow_one_another_without_a_gap(per, on):
    period = period_of(per, on)
    assert period.first <= on <= period.last
    assert after(before(period)) == period
    assert before(period).last + timedelta(days=1) == period.first


@pytest.mark.parametrize("words", ["", "2026", "2026-W99", "2026-Q5", "2026-13", "x-y", "2026-02-30"])
def test_what_is_no_name_of_a_period_is_none(words):
    assert read_period(words) is None


@pytest.mark.parametrize(
    ("week", "due"),
    [
        pytest.param("2026-W10", at(3, 9, 9, 30), id="on Monday"),
        pytest.param("2026-W13", at(3, 30, 9, 30), id="before a holiday"),
        pytest.param("2026-W14", at(4, 7, 9, 30), id="on Tuesday, for Monday is a holiday"),
        pytest.param("2026-W06", at(2, 9, 9, 30), id="in the week before Spring Festival"),
        pytest.param("2026-W07", at(2, 24, 9, 30), id="after Spring Festival, which takes all of the week"),
        pytest.param("2026-W53", None, id="unknown: the next year has no calendar yet"),
    ],
)
def test_a_week_is_due_on_the_first_working_day_after_it(week, due):
    period = read_period(week)
    assert period is not None
    assert WEEKLY.due_at(period, OFFICE) == due


def test_an_hour_outside_working_time_waits_for_the_first_working_moment_of_that_day():
    assert Schedule(Per.WEEK, time(13, 0)).due_at(period_of(Per.WEEK, date(2026, 3, 4)), OFFICE) == at(3, 9, 14)


def keys(periods: list[Period]) -> list[str]:
    return [period.key for period in periods]


def test_after_a_stop_every_missed_week_is_due_the_oldest_first():
    assert keys(WEEKLY.due(OFFICE, at(3, 25), "2026-W08")) == ["2026-W09", "2026-W10", "2026-W11", "2026-W12"]


def test_nothing_is_due_before_its_hour_nor_again_after_it_was_done():
    assert WEEKLY.due(OFFICE, at(3, 9, 9, 29), "2026-W09") == []
    assert keys(WEEKLY.due(OFFICE, at(3, 9, 9, 30), "2026-W09")) == ["2026-W10"]
    assert WEEKLY.due(OFFICE, at(3, 9, 9, 31), "2026-W10") == []


def test_a_clock_that_was_set_back_repeats_nothing():
    assert WEEKLY.due(OFFICE, at(3, 2), "2026-W10") == []


def test_a_bot_that_was_never_there_looks_at_the_last_period_alone():
    assert keys(WEEKLY.due(OFFICE, at(3, 25), None)) == ["2026-W12"]


def test_a_day_needs_no_working_day():
    daily = Schedule(Per.DAY, time(0, 10), working_day=False, catch_up=3)
    assert keys(daily.due(OFFICE, at(2, 18), "2026-02-10")) == ["2026-02-15", "2026-02-16", "2026-02-17"]


@given(st.integers(0, 340 * 24 * 60), st.integers(1, 9))
def test_looking_at_any_pace_does_each_week_once(minutes, pace):
    now = at(1, 12) + timedelta(minutes=minutes)
    end = now + timedelta(days=60)
    done: list[str] = [before(period_of(Per.WEEK, now.date())).key]
    while now < end:
        for period in WEEKLY.due(OFFICE, now, done[-1]):
            due = WEEKLY.due_at(period, OFFICE)
            assert due is not None
            assert due <= now
            done.append(period.key)
        now += timedelta(days=pace, hours=5)
    first = read_period(done[0])
    for key in done[1:]:
        assert first is not None
        first = after(first)
        assert first.key == key
