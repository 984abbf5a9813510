import pickle
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadMoment, UnknownYear
from bot.core.workcal import DutyRoster, QuietDays, Shift, WorkCalendar
from bot.core.worktime import SEARCH_DAYS, Range, WorkingHours, WorkTime
from config.calendar import load_calendar

ZONE = ZoneInfo("Asia/Shanghai")
OFFICIAL = load_calendar()
OFFICE = WorkTime(OFFICIAL, WorkingHours(), ZONE)
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


NIGHT = Shift(at("2026-03-06T20:00"), at("2026-03-07T08:00"))
LONG_EVENING = Shift(at("2026-03-04T17:00"), at("2026-03-04T22:00"))
SATURDAY = Shift(at("2026-03-14T08:00"), at("2026-03-14T16:00"))
NEXT_YEAR = Shift(at("2027-03-05T20:00"), at("2027-03-06T08:00"))
GUARD = WorkTime(OFFICIAL, WorkingHours(), ZONE, shifts=(NIGHT, LONG_EVENING, SATURDAY, NEXT_YEAR))
NIGHTLY = WorkTime(OFFICIAL, WorkingHours.parse("Mon-Fri 08:00-12:00 22:00-06:00"), ZONE)
MUSEUM = WorkTime(OFFICIAL, WorkingHours.parse("Tue-Sun 09:00-17:00"), ZONE)
SIX_DAYS = WorkTime(OFFICIAL, WorkingHours.parse("Mon-Fri 08:30-18:00; Sat 09:00-12:00"), ZONE)


@pytest.mark.parametrize(
    ("moment", "inside", "after"),
    [
        pytest.param("2026-03-04T08:29", False, True, id="08:29, a minute early"),
        pytest.param("2026-03-04T08:30", True, False, id="08:30, the start"),
        pytest.param("2026-03-04T12:00:59", True, False, id="12:00, the last minute of the morning"),
        pytest.param("2026-03-04T12:01", False, False, id="12:01, lunch is not after hours"),
        pytest.param("2026-03-04T13:00", False, False, id="13:00, lunch is not after hours"),
        pytest.param("2026-03-04T18:00:59", True, False, id="18:00 and seconds, the last minute"),
        pytest.param("2026-03-04T18:01", False, True, id="18:01, a minute late"),
        pytest.param("2026-03-04T23:59", False, True, id="23:59"),
        pytest.param("2026-02-14T09:00", True, False, id="a make-up Saturday keeps weekday hours"),
        pytest.param("2026-02-14T18:01", False, True, id="the evening of a make-up Saturday"),
        pytest.param("2026-10-05T09:00", False, True, id="a Monday of a holiday"),
        pytest.param("2026-10-05T13:00", False, True, id="noon of a holiday is no lunch break"),
        pytest.param("2026-03-07T10:00", False, True, id="an ordinary Saturday"),
    ],
)
def test_working_time_when_hours_are_the_default(moment: str, inside: bool, after: bool) -> None:
    assert (OFFICE.inside(at(moment)), OFFICE.after_hours(at(moment))) == (inside, after)


@pytest.mark.parametrize(
    ("work", "moment", "inside", "after"),
    [
        pytest.param(NIGHTLY, "2026-03-05T23:00", True, False, id="before midnight"),
        pytest.param(NIGHTLY, "2026-03-07T05:00", True, False, id="after midnight, Friday night on Saturday"),
        pytest.param(NIGHTLY, "2026-03-07T06:01", False, True, id="Saturday, after the night"),
        pytest.param(NIGHTLY, "2026-03-05T15:00", False, False, id="the gap within a split day"),
        pytest.param(NIGHTLY, "2026-03-02T05:00", False, True, id="Monday morning, no night before"),
        pytest.param(GUARD, "2026-03-06T20:00", True, False, id="a shift begins"),
        pytest.param(GUARD, "2026-03-06T19:00", False, True, id="between the day's end and a shift"),
        pytest.param(GUARD, "2026-03-07T08:00:30", True, False, id="a shift ends on a Saturday"),
        pytest.param(GUARD, "2026-03-07T08:01", False, True, id="a minute after a shift"),
        pytest.param(SIX_DAYS, "2026-03-07T10:00", True, False, id="a Saturday in the unit's own week"),
        pytest.param(SIX_DAYS, "2026-04-04T10:00", False, True, id="that Saturday, but a holiday"),
        pytest.param(SIX_DAYS, "2026-02-14T15:00", True, False, id="that Saturday, but made up"),
        pytest.param(MUSEUM, "2026-02-14T10:00", True, False, id="made up where Monday rests"),
    ],
)
def test_working_time_when_the_unit_has_its_own(work: WorkTime, moment: str, inside: bool, after: bool) -> None:
    assert (work.inside(at(moment)), work.after_hours(at(moment))) == (inside, after)


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        pytest.param("2026-12-31T23:59", True, id="the last minute of a known year"),
        pytest.param("2027-01-01T00:00", False, id="the first minute of an unknown year"),
        pytest.param("2027-03-05T21:00", True, id="a shift in an unknown year"),
    ],
)
def test_a_moment_is_flagged_when_the_calendar_is_unknown(moment: str, known: bool) -> None:
    assert GUARD.known(at(moment)) is known


def test_a_moment_is_judged_in_the_units_zone_when_it_comes_from_another() -> None:
    assert OFFICE.inside(datetime(2026, 3, 4, 0, 30, tzinfo=UTC))
    assert OFFICE.after_hours(datetime(2026, 3, 4, 15, 59, tzinfo=UTC))


def test_a_moment_is_taken_in_the_units_zone_when_it_is_naive() -> None:
    assert OFFICE.local(datetime(2026, 3, 4, 9)) == at("2026-03-04T09:00")  # noqa: DTZ001


def test_a_moment_is_refused_when_its_zone_leads_beyond_the_last_year() -> None:
    with pytest.raises(BadMoment, match="out_of_range"):
        OFFICE.inside(datetime.max.replace(tzinfo=UTC))


def test_working_time_is_told_when_the_year_is_absurd() -> None:
    assert OFFICE.after_hours(datetime.min.replace(tzinfo=ZONE))
    assert OFFICE.after_hours(datetime.max.replace(tzinfo=ZONE))


def test_quiet_days_are_told_when_the_unit_or_its_calendar_names_them() -> None:
    calendar = OFFICIAL.with_marks({}, quiet=[date(2026, 3, 4)])
    work = WorkTime(calendar, WorkingHours(), ZONE, quiet=QuietDays(weekdays=frozenset({3})))
    assert [work.is_quiet(at(f"2026-03-0{day}T10:00")) for day in (3, 4, 5)] == [False, True, True]


def test_duty_changes_no_hours_when_a_group_is_on_it() -> None:
    work, night = WorkTime(OFFICIAL, WorkingHours(), ZONE, duty=DutyRoster((NIGHT,))), at("2026-03-06T21:00")
    assert (work.on_duty(night, "any"), work.after_hours(night)) == (True, True)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param("2026-03-04T18:00:30", "2026-03-04T18:00:30", id="itself while working"),
        pytest.param("2026-03-04T12:30", "2026-03-04T14:00", id="the afternoon, at lunch"),
        pytest.param("2026-03-06T18:01", "2026-03-09T08:30", id="Monday, on a Friday evening"),
        pytest.param("2026-02-13T20:00", "2026-02-14T08:30", id="the make-up Saturday"),
        pytest.param("2026-09-30T18:01", "2026-10-08T08:30", id="after the National Day holiday"),
    ],
)
def test_the_next_working_moment_is_found_when_work_has_ended(moment: str, expected: str) -> None:
    assert OFFICE.next_working(at(moment)) == at(expected)


@pytest.mark.parametrize("moment", [at("2026-03-04T10:00"), datetime.max.replace(tzinfo=ZONE)], ids=str)
def test_no_working_moment_is_found_when_nobody_ever_works(moment: datetime) -> None:
    idle = WorkTime(OFFICIAL, WorkingHours(((),) * 7), ZONE)
    with pytest.raises(UnknownYear, match=f"'year': {moment.year}"):
        idle.next_working(moment)


@pytest.mark.parametrize(
    ("work", "on", "expected"),
    [
        pytest.param(OFFICE, "2026-03-04", "2026-03-04T18:00", id="a workday"),
        pytest.param(OFFICE, "2026-02-14", "2026-02-14T18:00", id="a make-up Saturday"),
        pytest.param(OFFICE, "2026-10-05", None, id="a holiday"),
        pytest.param(NIGHTLY, "2026-03-05", "2026-03-06T06:00", id="a night shift ends on the next day"),
        pytest.param(GUARD, "2026-03-04", "2026-03-04T22:00", id="a shift that prolongs the day"),
        pytest.param(GUARD, "2026-03-06", "2026-03-06T18:00", id="a shift that begins later"),
        pytest.param(GUARD, "2026-03-07", None, id="a shift of the day before"),
        pytest.param(GUARD, "2026-03-14", "2026-03-14T16:00", id="a shift on a day of rest"),
    ],
)
def test_the_end_of_work_when_asked_for_a_day(work: WorkTime, on: str, expected: str | None) -> None:
    assert work.end_of_work(date.fromisoformat(on)) == (at(expected) if expected else None)


@pytest.mark.parametrize(
    ("work", "start", "end", "minutes"),
    [
        pytest.param(OFFICE, "2026-03-04T00:00", "2026-03-05T00:00", 450, id="a whole workday"),
        pytest.param(OFFICE, "2026-03-04T11:00", "2026-03-04T15:00", 120, id="lunch does not count"),
        pytest.param(OFFICE, "2026-03-04T18:00", "2026-03-05T08:30", 0, id="a night"),
        pytest.param(OFFICE, "2026-03-06T17:00", "2026-03-09T09:00", 90, id="a weekend"),
        pytest.param(OFFICE, "2026-03-05T09:00", "2026-03-04T09:00", 0, id="reversed"),
        pytest.param(NIGHTLY, "2026-03-06T23:00", "2026-03-07T12:00", 420, id="a night into Saturday"),
        pytest.param(GUARD, "2026-03-04T16:00", "2026-03-04T23:00", 360, id="a shift over the day's end"),
    ],
)
def test_working_minutes_are_counted(work: WorkTime, start: str, end: str, minutes: int) -> None:
    assert work.minutes_between(at(start), at(end)) == minutes


def test_working_minutes_stop_growing_when_the_end_is_absurdly_far() -> None:
    start = at("2026-03-04T10:00")
    counted = OFFICE.minutes_between(start, start + timedelta(days=SEARCH_DAYS))
    assert OFFICE.minutes_between(start, datetime.max.replace(tzinfo=ZONE)) == counted


def test_working_time_is_the_same_when_it_was_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(GUARD)).inside(at("2026-03-06T21:00"))  # noqa: S301


MORNING, AFTERNOON, NIGHT_HOURS = (time(8, 30), time(12)), (time(14), time(18)), (time(20), time(8))
NONE: tuple[Range, ...] = ()
OFFICE_WEEK = ((MORNING, AFTERNOON),) * 5 + (NONE, NONE)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("Mon-Fri 08:30-12:00 14:00-18:00", OFFICE_WEEK, id="English"),
        pytest.param("monday - friday 8:30-12:00, 14:00-18:00", OFFICE_WEEK, id="full names and spaces"),
        pytest.param("周一至周五 08:30-12:00,14:00-18:00", OFFICE_WEEK, id="Chinese"),
        pytest.param("週一到週五 14:00-18:00、08:30-12:00", OFFICE_WEEK, id="traditional, out of order"),
        pytest.param(
            "星期一至五\uff1a\uff10\uff18\uff1a\uff13\uff10\uff0d\uff11\uff12\uff1a\uff10\uff10"
            "\uff0c14\uff1a00\u201418\uff1a00\u3002",
            OFFICE_WEEK,
            id="full-width digits, colons, comma and dashes",
        ),
        pytest.param(
            "Mon,Wed 08:30-12:00; 礼拜天 14:00\uff5e18:00\uff1b\n周六 00:00-24:00",
            ((MORNING,), NONE, (MORNING,), NONE, NONE, ((time(), time()),), (AFTERNOON,)),
            id="groups, lists of days and a whole day",
        ),
        pytest.param(
            "Sat-Mon 20:00-08:00",
            ((NIGHT_HOURS,), NONE, NONE, NONE, NONE, (NIGHT_HOURS,), (NIGHT_HOURS,)),
            id="days round the week's end, a range over midnight",
        ),
    ],
)
def test_hours_are_read_when_people_write_them(text: str, days: tuple[tuple[Range, ...], ...]) -> None:
    assert WorkingHours.parse(text).days == days


@pytest.mark.parametrize(
    ("text", "reason", "value"),
    [
        pytest.param("", "no_hours", "", id="nothing"),
        pytest.param("Mon-Fri", "no_hours", "Mon-Fri", id="no times"),
        pytest.param("08:30-12:00", "day", "08:30-12:00", id="no days"),
        pytest.param("Mon- 08:30-12:00", "day", "Mon-08:30-12:00", id="half a range of days"),
        pytest.param("Funday 08:30-12:00", "day", "Funday", id="no such day"),
        pytest.param("周一 上午08:30-12:00", "day", "上午", id="a word that is no day"),
        pytest.param("Mon 8-12", "range", "8-12", id="hours without minutes"),
        pytest.param("Mon 08:30-12:00-14:00", "range", "08:30-12:00-14:00", id="three times"),
        pytest.param("Mon 08:30-25:00", "clock", "08:30-25:00", id="no such hour"),
        pytest.param("Mon 24:00-08:00", "clock", "24:00-08:00", id="24:00 is no start"),
        pytest.param("Mon 08:00-8:00", "empty_range", "08:00-8:00", id="no length"),
        pytest.param("Mon 08:00-12:00 11:00-13:00", "overlap", "11:00-13:00", id="overlapping"),
        pytest.param("Mon 08:00-09:00; Mon 10:00-11:00", "day_twice", "Mon 10:00-11:00", id="a day twice"),
    ],
)
def test_hours_are_refused_with_the_reason_when_unreadable(text: str, reason: str, value: str) -> None:
    with pytest.raises(BadMoment) as caught:
        WorkingHours.parse(text)
    assert (caught.value.reason, caught.value.fields) == (reason, {"value": value})


def test_hours_are_refused_when_the_week_has_not_seven_days() -> None:
    with pytest.raises(BadMoment, match="week"):
        WorkingHours(((MORNING,),))


MOMENTS = st.datetimes(datetime(2018, 6, 1), datetime(2028, 6, 1), timezones=st.just(ZONE))  # noqa: DTZ001
NEAR = st.timedeltas(timedelta(0), timedelta(days=12))
FAR = st.timedeltas(timedelta(0), timedelta(days=900))
WORKS = st.sampled_from([OFFICE, GUARD, NIGHTLY, SIX_DAYS])


@given(WORKS, MOMENTS, NEAR, NEAR)
def test_minutes_add_up_when_cut(work: WorkTime, start: datetime, one: timedelta, two: timedelta) -> None:
    middle, end = start + one, start + one + two
    parts = work.minutes_between(start, middle) + work.minutes_between(middle, end)
    assert work.minutes_between(start, end) == parts


@given(WORKS, MOMENTS, FAR, FAR)
def test_minutes_never_shrink(work: WorkTime, start: datetime, one: timedelta, two: timedelta) -> None:
    sooner, later = sorted([start + one, start + two])
    assert work.minutes_between(start, sooner) <= work.minutes_between(start, later)


@given(WORKS, MOMENTS, NEAR)
def test_minutes_never_exceed_the_wall_clock(work: WorkTime, moment: datetime, length: timedelta) -> None:
    start = moment.replace(second=0, microsecond=0)
    assert 0 <= work.minutes_between(start, start + length) <= length // MINUTE


@given(WORKS, MOMENTS)
def test_the_next_working_moment_is_inside_and_no_minute_before_it_is(work: WorkTime, moment: datetime) -> None:
    found = work.next_working(moment)
    assert found >= moment
    assert work.inside(found)
    assert work.minutes_between(moment, found) == 0
    assert found == moment or not work.inside(found - MINUTE)


@given(WORKS, MOMENTS)
def test_what_is_inside_is_never_after_hours(work: WorkTime, moment: datetime) -> None:
    assert not (work.inside(moment) and work.after_hours(moment))


@given(st.text("周一至五六日MonFri0123458:;-, ：，－"))
def test_hours_are_read_or_refused_by_name_when_the_text_is_any(text: str) -> None:
    with suppress(BadMoment):
        assert len(WorkingHours.parse(text).days) == 7


def test_the_cache_holds_when_an_export_names_every_day_of_decades() -> None:
    work = WorkTime(WorkCalendar(), WorkingHours(), ZONE)
    days = [at("2000-01-01T09:00") + timedelta(days) for days in range(12_000)]
    assert all(work.inside(moment) is work.calendar.day(moment.date()).works for moment in days)
