"""The same words at other moments: what has passed, and what is still ahead."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import DeadlineKind
from tests.core.end_points import NOW, assert_only, find, moment

OTHER_MOMENTS = [
    pytest.param("03-10 20:00", "「18点前」", "03-11 18:00", DeadlineKind.CLOCK, id="an hour that has passed today"),
    pytest.param("03-10 14:30", "「5点前」", "03-10 17:00", DeadlineKind.CLOCK, id="five said in the afternoon"),
    pytest.param("03-10 14:30", "「8点前」", "03-10 20:00", DeadlineKind.CLOCK, id="eight said in the afternoon"),
    pytest.param("03-10 14:30", "「12点前」", "03-11 00:00", DeadlineKind.CLOCK, id="twelve said in the afternoon"),
    pytest.param("03-10 21:40", "「8点前」", "03-11 08:00", DeadlineKind.CLOCK, id="eight said late at night"),
    pytest.param("03-10 21:40", "「5点前」", "03-11 17:00", DeadlineKind.CLOCK, id="five said late at night"),
    pytest.param("03-10 23:00", "「1点前」", "03-11 01:00", DeadlineKind.CLOCK, id="one said shortly before midnight"),
    pytest.param(
        "03-10 00:30",
        "「半夜2点前」",
        "03-10 02:00",
        DeadlineKind.CLOCK,
        id="two at night said after midnight",
    ),
    pytest.param(
        "03-10 00:30",
        "「今晚2点前」",
        "03-10 02:00",
        DeadlineKind.CLOCK,
        id="two tonight said after midnight",
    ),
    pytest.param(
        "03-10 00:30",
        "「今晚12点前」",
        "03-11 00:00",
        DeadlineKind.CLOCK,
        id="twelve tonight said after midnight",
    ),
    pytest.param("03-10 06:30", "「早上8点之前」", "03-10 08:00", DeadlineKind.CLOCK, id="a morning hour said at dawn"),
    pytest.param(
        "03-10 19:00",
        "「今天18点前」",
        "03-10 18:00",
        DeadlineKind.CLOCK,
        id="an hour of today that has passed stays past",
    ),
    pytest.param(
        "03-10 13:00",
        "「今天12点前」",
        "03-11 00:00",
        DeadlineKind.CLOCK,
        id="twelve of today said after noon",
    ),
    pytest.param(
        "03-10 20:00",
        "「上班前」交我",
        "03-11 08:30",
        DeadlineKind.CLOCK,
        id="before work begins, said in the evening",
    ),
    pytest.param(
        "03-13 20:00",
        "「上班前」交我",
        "03-16 08:30",
        DeadlineKind.CLOCK,
        id="before work begins, said on Friday evening",
    ),
    pytest.param("03-10 20:00", "「下午上班前」", "03-11 14:00", DeadlineKind.CLOCK, id="before the afternoon's work"),
    pytest.param("03-13 15:00", "「周五前」", "03-13 18:00", DeadlineKind.DAY, id="a weekday said on that day"),
    pytest.param("03-13 20:00", "「周五前」", "03-20 18:00", DeadlineKind.DAY, id="a weekday said after its end"),
    pytest.param(
        "03-13 20:00",
        "「本周五前」",
        "03-13 23:59",
        DeadlineKind.DAY,
        id="this very weekday said after its work",
    ),
    pytest.param(
        "03-12 09:00",
        "「本周三前」",
        "03-11 18:00",
        DeadlineKind.DAY,
        id="a day of this week that has passed stays past",
    ),
    pytest.param("03-14 10:00", "「本周内」", "03-15 18:00", DeadlineKind.DAY, id="this week said on Saturday"),
    pytest.param("03-15 20:00", "「本周内」", "03-15 23:59", DeadlineKind.DAY, id="this week said on Sunday evening"),
    pytest.param("03-14 10:00", "「周末前」", "03-15 18:00", DeadlineKind.DAY, id="the weekend said on Saturday"),
    pytest.param("03-10 20:00", "「今天之内」", "03-10 23:59", DeadlineKind.DAY, id="within today said after work"),
    pytest.param("03-10 20:00", "「今日截止」", "03-10 23:59", DeadlineKind.DAY, id="closing today said after work"),
    pytest.param("03-20 09:00", "「15号前」", "04-15 18:00", DeadlineKind.DAY, id="a day of the month that has passed"),
    pytest.param(
        "03-15 20:00",
        "「15号前」",
        "03-15 23:59",
        DeadlineKind.DAY,
        id="a day of the month said after its work",
    ),
    pytest.param("04-10 09:00", "「31号前」", "05-31 18:00", DeadlineKind.DAY, id="a day that this month has not"),
    pytest.param(
        "01-05 09:00",
        "「12月31日前」",
        "2025-12-31 18:00",
        DeadlineKind.DAY,
        id="a date of last year within sixty days",
    ),
    pytest.param(
        "01-05 09:00",
        "「12月底前」",
        "12-31 18:00",
        DeadlineKind.DAY,
        id="the end of the year said in January",
    ),
    pytest.param(
        "12-30 09:00",
        "「1月5日前」",
        "2027-01-05 18:00",
        DeadlineKind.DAY,
        id="a date over the turn of the year",
    ),
    pytest.param("05-09 09:00", "「月底前」", "05-29 18:00", DeadlineKind.DAY, id="a month that ends on a Sunday"),
    pytest.param("05-29 19:00", "「月底前」", "05-31 18:00", DeadlineKind.DAY, id="its last Friday evening"),
    pytest.param("05-10 09:00", "「最迟5月20」直接报镇里", "05-20 18:00", DeadlineKind.DAY, id="a day without 日"),
    pytest.param("03-09 09:00", "「最迟3月十一」起报", "03-11 18:00", DeadlineKind.DAY, id="a day in Chinese numerals"),
    pytest.param(
        "03-09 09:00", "「最迟13号」线上提交", "03-13 18:00", DeadlineKind.DAY, id="a day before going online"
    ),
    pytest.param("03-09 09:00", "「最迟13日」选派名单", "03-13 18:00", DeadlineKind.DAY, id="a day before a choice"),
    pytest.param("03-13 09:14", "每日「九点前」", "03-16 09:00", DeadlineKind.CLOCK, id="an hour of every day"),
    pytest.param("05-30 09:00", "「月底前」", "05-31 18:00", DeadlineKind.DAY, id="its last weekend"),
    pytest.param(
        "12-10 09:00",
        "「下月5日前」",
        "2027-01-05 18:00",
        DeadlineKind.DAY,
        id="next month over the turn of the year",
    ),
    pytest.param("04-03 09:00", "「周一前」", "04-06 18:00", DeadlineKind.DAY, id="a weekday that is a holiday"),
    pytest.param("03-10 13:00", "「中午前」", "03-11 12:00", DeadlineKind.DAY, id="noon that has passed"),
    pytest.param("03-10 19:00", "「下班前」", "03-11 18:00", DeadlineKind.WORK_END, id="the end of work said after it"),
    pytest.param(
        "03-13 19:00",
        "「下班前」",
        "03-16 18:00",
        DeadlineKind.WORK_END,
        id="the end of work said on Friday evening",
    ),
    pytest.param(
        "05-09 10:00",
        "「下班前」",
        "05-09 17:00",
        DeadlineKind.WORK_END,
        id="the end of work on a make-up Saturday",
    ),
    pytest.param("03-12 09:00", "「三天内」", "03-16 18:00", DeadlineKind.SPAN, id="days that would end on Sunday"),
    pytest.param("04-03 09:00", "「2个工作日内」", "04-08 18:00", DeadlineKind.SPAN, id="working days over a holiday"),
    pytest.param(
        "01-31 09:00",
        "「一个月内」",
        "03-02 18:00",
        DeadlineKind.SPAN,
        id="a month from a day that the next has not",
    ),
    pytest.param("03-10 21:40", "「24小时内」", "03-11 21:40", DeadlineKind.SPAN, id="hours are counted to the minute"),
    pytest.param("03-15 19:00", "「周日」", "03-22 18:00", DeadlineKind.BARE, id="Sunday said on Sunday evening"),
    pytest.param(
        "03-10 02:00",
        "「连夜」",
        "03-10 08:00",
        DeadlineKind.BARE,
        id="through the night said after midnight",
    ),
    pytest.param(
        "03-10 11:20",
        "「10点半前」",
        "03-11 10:30",
        DeadlineKind.CLOCK,
        id="an hour of this morning's work that is over",
    ),
    pytest.param(
        "03-10 14:20", "「10点半前」", "03-10 22:30", DeadlineKind.CLOCK, id="an hour of the evening said after noon"
    ),
    pytest.param("03-10 22:00", "「连夜」", "03-11 08:00", DeadlineKind.BARE, id="through the night said at night"),
]


@pytest.mark.parametrize(("at", "marked", "then", "kind"), OTHER_MOMENTS)
def test_moment_follows_when_the_message_is_sent_at_another_time(
    at: str, marked: str, then: str, kind: DeadlineKind
) -> None:
    assert_only(marked, kind, then, moment(at))


def test_moment_is_past_when_an_old_year_is_stated_within_two_months() -> None:
    assert [found.moment for found in find("2026年2月20日前")] == [moment("02-20 18:00")]


@given(
    st.integers(0, 23),
    st.integers(0, 59),
    st.data(),
    st.sampled_from(["{}点前", "{}时之前", "今天{}点前", "{}:00前"]),
)
def test_hour_is_that_hour_of_today_when_still_ahead(hour: int, minute: int, data: st.DataObject, form: str) -> None:
    at = NOW.replace(hour=hour, minute=minute)
    stated = data.draw(st.integers(hour + 1, 24))
    midnight = at.replace(hour=0, minute=0)
    assert [found.moment for found in find(form.format(stated), at)] == [midnight + timedelta(hours=stated)]


@given(st.integers(0, 400), st.sampled_from(["{0.month}月{0.day}日前", "{0.month}.{0.day}前"]))
def test_date_is_the_next_one_when_it_has_no_year(days: int, form: str) -> None:
    day = (NOW + timedelta(days=min(days, 300))).date()
    assert [found.moment.date() for found in find(form.format(day))] == [day]
