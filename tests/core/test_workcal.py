from datetime import UTC, date, datetime, timedelta

import chinese_calendar  # type: ignore[import-untyped]
import pytest

from bot.core.errors import BadMoment
from bot.core.workcal import DayMark, DutyRoster, QuietDays, Shift, WorkCalendar, fixed_holiday
from config.calendar import load_calendar

OFFICIAL = load_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_day_equals_the_official_list_when_the_year_is_shipped(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days) for days in range(366)]
    wrong = [
        on
        for on in days
        if on.year == year and (OFFICIAL.day(on).works != chinese_calendar.is_workday(on) or not OFFICIAL.day(on).known)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("on", "works"),
    [
        pytest.param(date(2018, 12, 29), True, id="a Saturday made up for the New Year to come"),
        pytest.param(date(2018, 12, 31), False, id="a Monday off by the notice of the year to come"),
    ],
)
def test_a_december_day_is_known_when_the_notice_of_the_next_year_names_it(on: date, works: bool) -> None:
    day = OFFICIAL.day(on)
    assert (day.works, day.known) == (works, True)


@pytest.mark.parametrize(
    ("on", "works", "ordinary", "note"),
    [
        pytest.param(date(2026, 3, 4), True, True, "", id="an ordinary Wednesday"),
        pytest.param(date(2026, 3, 7), False, True, "", id="an ordinary Saturday"),
        pytest.param(date(2026, 2, 14), True, False, "春节调休", id="a make-up Saturday"),
        pytest.param(date(2026, 10, 5), False, False, "国庆节", id="a Monday of a holiday"),
    ],
)
def test_a_day_says_why_when_a_notice_moved_it(on: date, works: bool, ordinary: bool, note: str) -> None:
    day = OFFICIAL.day(on)
    assert (day.works, day.ordinary, day.note) == (works, ordinary, note)


def test_a_marked_day_names_its_notice_when_a_later_one_changed_it() -> None:
    assert "国办发明电〔2019〕3号" in OFFICIAL.day(date(2019, 5, 3)).source
    assert "国办发明电〔2020〕1号" in OFFICIAL.day(date(2020, 2, 1)).source


@pytest.mark.parametrize(
    ("on", "works"),
    [
        pytest.param(date(2027, 1, 1), False, id="New Year is statutory"),
        pytest.param(date(2027, 10, 1), False, id="National Day is statutory"),
        pytest.param(date(2028, 5, 2), False, id="2 May is statutory since 2025"),
        pytest.param(date(2018, 5, 2), True, id="2 May was no holiday before 2025"),
        pytest.param(date(2027, 5, 3), True, id="3 May is a guess from the week"),
        pytest.param(date(2027, 2, 8), True, id="the Spring Festival cannot be guessed"),
        pytest.param(date(2027, 3, 6), False, id="a weekend rests"),
    ],
)
def test_a_day_is_flagged_when_the_year_is_unknown(on: date, works: bool) -> None:
    day = OFFICIAL.day(on)
    assert (day.works, day.known, OFFICIAL.knows(on.year)) == (works, False, False)


def test_a_statutory_day_is_named_when_the_year_is_unknown() -> None:
    assert OFFICIAL.day(date(2027, 10, 2)).note == fixed_holiday(date(2027, 10, 2)) == "国庆节"


def test_single_days_are_overridden_when_an_office_adds_its_own() -> None:
    local = {date(2026, 3, 4): DayMark(works=False, note="县庆", source="local")}
    calendar = OFFICIAL.with_marks(local)
    assert not calendar.day(date(2026, 3, 4)).works
    assert calendar.day(date(2026, 3, 5)).works
    assert OFFICIAL.day(date(2026, 3, 4)).works


def test_a_year_is_known_when_an_office_adds_it() -> None:
    calendar = OFFICIAL.with_marks({date(2027, 2, 8): DayMark(works=False)}, years=[2027])
    assert calendar.knows(2027)
    assert calendar.day(date(2027, 3, 5)).known
    assert not calendar.day(date(2027, 2, 8)).works


def test_a_calendar_stays_as_it_is_when_the_given_marks_change_later() -> None:
    marks = {date(2026, 3, 4): DayMark(works=False)}
    calendar = WorkCalendar(marks, [2026])
    marks.clear()
    assert not calendar.day(date(2026, 3, 4)).works


@pytest.mark.parametrize(
    ("on", "quiet"),
    [
        pytest.param(date(2026, 3, 2), True, id="a Monday, named as a weekday"),
        pytest.param(date(2026, 3, 4), True, id="a Wednesday, named as a date"),
        pytest.param(date(2026, 3, 5), False, id="a Thursday, not named"),
    ],
)
def test_a_day_is_quiet_when_its_weekday_or_date_is_named(on: date, quiet: bool) -> None:
    assert QuietDays(frozenset({date(2026, 3, 4)}), frozenset({0})).covers(on) is quiet


ROSTER = DutyRoster(
    (
        Shift(at("2026-03-05T20:00"), at("2026-03-06T08:00"), "flood"),
        Shift(at("2026-03-05T21:00"), at("2026-03-05T22:00"), "flood"),
        Shift(at("2026-03-07T00:00"), at("2026-03-08T00:00")),
    )
)


@pytest.mark.parametrize(
    ("moment", "group", "covered"),
    [
        pytest.param(at("2026-03-05T19:59"), "flood", False, id="a minute before"),
        pytest.param(at("2026-03-05T20:00"), "flood", True, id="at the start"),
        pytest.param(at("2026-03-06T07:00"), "flood", True, id="after a shorter shift within it ended"),
        pytest.param(at("2026-03-06T08:00:59"), "flood", True, id="in the last minute"),
        pytest.param(at("2026-03-06T08:01"), "flood", False, id="a minute after"),
        pytest.param(at("2026-03-06T07:00").astimezone(UTC), "flood", True, id="told in another zone"),
        pytest.param(at("2026-03-05T23:00"), "school", False, id="a group that is not on duty"),
        pytest.param(at("2026-03-07T12:00"), "school", True, id="a shift of every group"),
        pytest.param(at("2026-03-05T23:00"), "", False, id="nobody asked for, a shift of one group"),
    ],
)
def test_a_roster_covers_a_group_when_a_shift_of_it_runs(moment: datetime, group: str, covered: bool) -> None:
    assert ROSTER.covers(moment, group) is covered


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        pytest.param(at("2026-03-05T20:00"), at("2026-03-05T20:00"), "shift", id="no length"),
        pytest.param(at("2026-03-05T20:00"), at("2026-03-05T08:00"), "shift", id="end before start"),
        pytest.param(at("2026-03-05T20:00"), at("2062-03-05T20:00"), "shift", id="decades long"),
        pytest.param(datetime(2026, 3, 5), at("2026-03-06T08:00"), "naive", id="no zone"),  # noqa: DTZ001
    ],
)
def test_a_shift_is_refused_when_it_cannot_be_meant(start: datetime, end: datetime, reason: str) -> None:
    with pytest.raises(BadMoment) as caught:
        Shift(start, end)
    assert caught.value.reason == reason
    assert "2026-03-05" in str(caught.value.fields["value"])
