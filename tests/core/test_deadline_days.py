"""End points that are days, terms, the end of work or an evening, read as moments."""

import pytest

from bot.core.model import DeadlineKind
from tests.core.end_points import assert_only

DAY_ROWS = [
    pytest.param("「周五前」", "03-13 18:00", id="a weekday"),
    pytest.param("「周1前」", "03-16 18:00", id="a weekday as a digit"),
    pytest.param("「本周日前」", "03-15 18:00", id="a rest day ends at the usual hour"),
    pytest.param("「星期天之前」", "03-15 18:00", id="the other word for week"),
    pytest.param("「礼拜六前」", "03-14 18:00", id="the third word for week"),
    pytest.param("「下周三前」", "03-18 18:00", id="next week"),
    pytest.param("「下下周三前」", "03-25 18:00", id="the week after next"),
    pytest.param("「下周一上午前」", "03-16 12:00", id="the forenoon of next Monday"),
    pytest.param("「每周五前」", "03-13 18:00", id="a weekly day"),
    pytest.param("「3月15日前」", "03-15 18:00", id="a date"),
    pytest.param("「三月十五日前」", "03-15 18:00", id="a date in Chinese numerals"),
    pytest.param("1.「3月15日前」上报", "03-15 18:00", id="a date after the number of a list"),
    pytest.param("「3月5日前」", "03-05 18:00", id="a date just past stays past"),
    pytest.param("「1月5日前」", "2027-01-05 18:00", id="a date long past is next year's"),
    pytest.param("「15号前」", "03-15 18:00", id="a day of the month"),
    pytest.param("「5号前」", "04-05 18:00", id="a day of the month that has passed"),
    pytest.param("「31号前」", "03-31 18:00", id="the last day of the month"),
    pytest.param("「12.5前」", "12-05 18:00", id="a short date with a dot"),
    pytest.param("「3/15前」", "03-15 18:00", id="a short date with a stroke"),
    pytest.param("3.10-「3.15前」", "03-15 18:00", id="the end of a range of dates"),
    pytest.param("15-「20号前」", "03-20 18:00", id="the end of a range of days"),
    pytest.param("「2026年3月20日前」", "03-20 18:00", id="a date with its year"),
    pytest.param("「二〇二六年三月二十日前」", "03-20 18:00", id="a date with its year in Chinese"),
    pytest.param("「26年6月底前」", "06-30 18:00", id="a short year"),
    pytest.param("「明年3月底前」", "2027-03-31 18:00", id="a month of next year"),
    pytest.param("「3月15日（含）前」", "03-15 18:00", id="a remark before the last word"),
    pytest.param("「月底前」", "03-31 18:00", id="the end of the month"),
    pytest.param("「本月底前」", "03-31 18:00", id="the end of this month"),
    pytest.param("「2月底前」", "02-28 18:00", id="the end of last month stays past"),
    pytest.param("「12月底前」", "12-31 18:00", id="the end of a month far off"),
    pytest.param("「下月初前」", "04-01 18:00", id="the beginning of next month"),
    pytest.param("「月初前」", "04-01 18:00", id="a plain beginning of the month is the next"),
    pytest.param("「下个月5号前」", "04-05 18:00", id="a day of next month"),
    pytest.param("「每月25日前」", "03-25 18:00", id="a monthly day"),
    pytest.param("「3月中旬前」", "03-20 18:00", id="the middle of a month"),
    pytest.param("「年底前」", "12-31 18:00", id="the end of the year"),
    pytest.param("「季度末前」", "03-31 18:00", id="the end of the quarter"),
    pytest.param("「一季度末前」", "03-31 18:00", id="the end of a numbered quarter"),
    pytest.param("「本周内」", "03-13 18:00", id="this week"),
    pytest.param("「这周之内」", "03-13 18:00", id="this week in other words"),
    pytest.param("「下周内」", "03-20 18:00", id="next week"),
    pytest.param("「下周前」", "03-13 18:00", id="before next week"),
    pytest.param("「下月前」", "03-31 18:00", id="before next month"),
    pytest.param("「周末前」", "03-13 18:00", id="before the weekend"),
    pytest.param("「本月内」", "03-31 18:00", id="this month"),
    pytest.param("「3月内」完成", "03-31 18:00", id="a numbered month"),
    pytest.param("「年内」", "12-31 18:00", id="this year"),
    pytest.param("「今天之内」", "03-10 18:00", id="within today"),
    pytest.param("「今日内」", "03-10 18:00", id="within today, shorter"),
    pytest.param("「明天之内」", "03-11 18:00", id="within tomorrow"),
    pytest.param("「当天」报", "03-10 18:00", id="on the same day"),
    pytest.param("「当日」 办结", "03-10 18:00", id="settled on the same day"),
    pytest.param("「今天上午前」", "03-10 12:00", id="the forenoon"),
    pytest.param("「中午前」", "03-10 12:00", id="noon"),
    pytest.param("「下午前」", "03-10 18:00", id="the afternoon ends with the work"),
    pytest.param("「明天一早前」", "03-11 08:00", id="first thing tomorrow"),
    pytest.param("「明早前」", "03-11 08:00", id="tomorrow morning"),
    pytest.param("「今晚前」", "03-10 23:59", id="before tonight is said of its end"),
    pytest.param("「今晚截止」", "03-10 23:59", id="closing tonight"),
    pytest.param("「明天中午截止」", "03-11 12:00", id="closing at noon"),
    pytest.param("「周五截止」", "03-13 18:00", id="closing on a weekday"),
    pytest.param("「最迟本周」", "03-13 18:00", id="this week at the latest"),
    pytest.param("「dl:周五」", "03-13 18:00", id="an abbreviation and a weekday"),
    pytest.param("报名时间3月1日至「3月15日止」", "03-15 18:00", id="the end of a period"),
    pytest.param("「周五前」排查完毕", "03-13 18:00", id="a check that begins like a row"),
    pytest.param("「周五前」进行整改", "03-13 18:00", id="carrying out is no going forward"),
    pytest.param("「周五前」台账报送", "03-13 18:00", id="a ledger is no front desk"),
    pytest.param("「周五前」送到会议室", "03-13 18:00", id="a thing is brought, nobody arrives"),
    pytest.param("3月1日前出生的老人名单请在「周四前」报", "03-12 18:00", id="a date of birth beside an end point"),
]

WORK_END_ROWS = [
    pytest.param("「下班前」", "03-10 18:00", id="the end of work"),
    pytest.param("「今天下班前」", "03-10 18:00", id="the end of work today"),
    pytest.param("「明天下班之前」", "03-11 18:00", id="the end of work tomorrow"),
    pytest.param("「周四下班前」", "03-12 18:00", id="the end of work on a weekday"),
    pytest.param("「周日下班前」", "03-15 18:00", id="the end of work on a rest day"),
    pytest.param("「11月30日下班前」", "11-30 18:00", id="the end of work on a date"),
    pytest.param("「中午下班前」", "03-10 12:00", id="the end of the morning's work"),
    pytest.param("「上午下班前」", "03-10 12:00", id="the end of the forenoon's work"),
    pytest.param("「下午下班前」", "03-10 18:00", id="the end of the afternoon's work"),
    pytest.param("「今天（周二）下班以前」", "03-10 18:00", id="a remark before the end of work"),
    pytest.param("「最晚周五下班」", "03-13 18:00", id="the end of work at the latest"),
]

SPAN_ROWS = [
    pytest.param("「半小时内」", "03-10 09:30", id="half an hour"),
    pytest.param("「半个小时之内」", "03-10 09:30", id="half an hour, longer"),
    pytest.param("「10分钟内」", "03-10 09:10", id="minutes"),
    pytest.param("「十五分钟内」", "03-10 09:15", id="minutes in Chinese"),
    pytest.param("「一刻钟内」", "03-10 09:15", id="a quarter of an hour"),
    pytest.param("「一小时以内」", "03-10 10:00", id="an hour"),
    pytest.param("「一个半小时内」", "03-10 10:30", id="an hour and a half"),
    pytest.param("「1.5小时内」", "03-10 10:30", id="a decimal of hours"),
    pytest.param("「1h内」", "03-10 10:00", id="an abbreviation of hours"),
    pytest.param("「两个钟头内」", "03-10 11:00", id="spoken hours"),
    pytest.param("「2个钟内」", "03-10 11:00", id="hours of the south"),
    pytest.param("「30min内」", "03-10 09:30", id="an abbreviation of minutes"),
    pytest.param("「24小时内」", "03-11 09:00", id="a day of hours"),
    pytest.param("「半天内」", "03-10 13:00", id="half a day"),
    pytest.param("「三天内」", "03-13 18:00", id="days end with the work"),
    pytest.param("「五天内」", "03-16 18:00", id="a term that would end on Sunday ends on Monday"),
    pytest.param("「两三天内」", "03-13 18:00", id="of two or three the larger"),
    pytest.param("3-「5天内」", "03-16 18:00", id="the end of a range of days"),
    pytest.param("「3个工作日内」", "03-13 18:00", id="working days inside a week"),
    pytest.param("「5个工作日内」", "03-17 18:00", id="working days over a weekend"),
    pytest.param("「一周内」", "03-17 18:00", id="a week"),
    pytest.param("「半个月内」", "03-25 18:00", id="half a month"),
    pytest.param("「一个月内」", "04-10 18:00", id="a month"),
    pytest.param("「十分钟后截止」", "03-10 09:10", id="closing in minutes"),
    pytest.param("收到通知后「1小时内」反馈", "03-10 10:00", id="an hour from this notice"),
    pytest.param("即日起「三天内」", "03-13 18:00", id="days from today"),
    pytest.param("「三天内」部署到位", "03-13 18:00", id="a verb that begins like inside"),
]

BARE_ROWS = [
    pytest.param("「今晚」加班", "03-10 23:59", id="tonight"),
    pytest.param("「今天晚上」", "03-10 23:59", id="tonight in full"),
    pytest.param("「今夜」", "03-10 23:59", id="this night"),
    pytest.param("「明晚」", "03-11 23:59", id="tomorrow night"),
    pytest.param("「周末」", "03-15 18:00", id="the weekend"),
    pytest.param("「这周末」", "03-15 18:00", id="this weekend"),
    pytest.param("「周六」", "03-14 18:00", id="Saturday"),
    pytest.param("「周日」", "03-15 18:00", id="Sunday"),
    pytest.param("「星期天」", "03-15 18:00", id="Sunday in another word"),
    pytest.param("「礼拜天」", "03-15 18:00", id="Sunday in the third word"),
    pytest.param("「下周六」", "03-21 18:00", id="Saturday next week"),
    pytest.param("「连夜」赶工", "03-11 08:00", id="through the night"),
    pytest.param("「今晚8点」开会", "03-10 20:00", id="an hour of tonight"),
    pytest.param("「周日下午3点」", "03-15 15:00", id="an hour of Sunday"),
    pytest.param("「晚上8点」交", "03-10 20:00", id="an evening hour without a day"),
    pytest.param("「周六上午」", "03-14 12:00", id="a part of Saturday"),
    pytest.param("「周三晚上」", "03-11 23:59", id="the evening of a working day"),
    pytest.param("「周日」记得报", "03-15 18:00", id="Sunday before the word for remember"),
]


@pytest.mark.parametrize(("marked", "then"), DAY_ROWS)
def test_day_is_read_when_it_ends_something(marked: str, then: str) -> None:
    assert_only(marked, DeadlineKind.DAY, then)


@pytest.mark.parametrize(("marked", "then"), WORK_END_ROWS)
def test_end_of_work_is_read_when_named(marked: str, then: str) -> None:
    assert_only(marked, DeadlineKind.WORK_END, then)


@pytest.mark.parametrize(("marked", "then"), SPAN_ROWS)
def test_span_is_counted_when_it_begins_now(marked: str, then: str) -> None:
    assert_only(marked, DeadlineKind.SPAN, then)


@pytest.mark.parametrize(("marked", "then"), BARE_ROWS)
def test_evening_or_weekend_is_bare_when_only_named(marked: str, then: str) -> None:
    assert_only(marked, DeadlineKind.BARE, then)


def test_the_end_of_day_in_english_is_the_end_of_work() -> None:
    assert_only("finish by 「eod」", DeadlineKind.WORK_END, "03-10 18:00")
