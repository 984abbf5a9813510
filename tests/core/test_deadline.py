"""Stated end points, read as moments. Most rows are sent on Tuesday 10 March 2026 at nine."""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deadline import find_deadlines
from bot.core.model import Deadline, DeadlineKind

ZONE = ZoneInfo("Asia/Shanghai")
HOLIDAY = date(2026, 4, 6)
MAKE_UP_SATURDAY = date(2026, 5, 9)
ALPHABET = (
    "今明后昨天日晚早上下中午周五六末月底年号点时分半刻前内后之以截止到至最迟班三十两0159"
    ":：.-/ （）()，。的在个小工作当连夜dl"
)


def moment(text: str) -> datetime:
    """Read "03-10 09:00" of 2026, or a moment with its year."""
    return datetime.fromisoformat(text if len(text) > 11 else f"2026-{text}").replace(tzinfo=ZONE)


NOW = moment("03-10 09:00")


def end_of_work(day: date) -> datetime | None:
    """Work ends at six from Monday to Friday, at five on the make-up Saturday."""
    if day == MAKE_UP_SATURDAY:
        return datetime(day.year, day.month, day.day, 17, tzinfo=ZONE)
    if day == HOLIDAY or day.weekday() > 4:
        return None
    return datetime(day.year, day.month, day.day, 18, tzinfo=ZONE)


def find(text: str, at: datetime = NOW) -> tuple[Deadline, ...]:
    return tuple(find_deadlines(text, at, end_of_work))


def assert_only(marked: str, kind: DeadlineKind, then: str, at: datetime = NOW) -> None:
    """The words in 「」 are an end point, and nothing else is."""
    start, end = marked.index("「"), marked.index("」") - 1
    text = marked.replace("「", "").replace("」", "")
    assert find(text, at) == (Deadline((start, end), moment(then), kind),)


CLOCK_ROWS = [
    pytest.param("「今天18点前」报送", "03-10 18:00", id="an hour of today"),
    pytest.param("「今日18:00前」报", "03-10 18:00", id="a clock with a colon"),
    pytest.param("「今日18：00前」报", "03-10 18:00", id="a clock with the wide colon"),
    pytest.param("「下午5点半之前」", "03-10 17:30", id="half past in the afternoon"),
    pytest.param("「晚上十点前」", "03-10 22:00", id="a Chinese hour in the evening"),
    pytest.param("系统「晚八点锁」", "03-10 20:00", id="a system that locks"),
    pytest.param("「今天五点半我来收」", "03-10 17:30", id="somebody comes to collect"),
    pytest.param("「今天14:50之前」到系统确认", "03-10 14:50", id="something done in a system by then"),
    pytest.param("「今晚12点前」", "03-11 00:00", id="twelve tonight is the midnight that ends today"),
    pytest.param("「今晚12点半前」", "03-11 00:30", id="half past twelve tonight is tomorrow"),
    pytest.param("「今晚零点前」", "03-11 00:00", id="zero tonight is the midnight that ends today"),
    pytest.param("「今晚1点前」", "03-11 01:00", id="one tonight is after midnight"),
    pytest.param("「今晚凌晨1点前」", "03-11 01:00", id="the small hours of tonight"),
    pytest.param("「明早8点前」", "03-11 08:00", id="tomorrow morning"),
    pytest.param("「明天上午十点以前」", "03-11 10:00", id="tomorrow forenoon"),
    pytest.param("「后天中午12时前」", "03-12 12:00", id="noon the day after tomorrow"),
    pytest.param("「大后天9点前」", "03-13 09:00", id="three days on"),
    pytest.param("「截止今晚8点」", "03-10 20:00", id="the word for closing before the hour"),
    pytest.param("「截至今晚8点」", "03-10 20:00", id="the other word for closing before the hour"),
    pytest.param("「截止时间:3月15日18:00」", "03-15 18:00", id="a field of a form"),
    pytest.param("报名「截止日期为3月20日17:00」", "03-20 17:00", id="a closing date in a sentence"),
    pytest.param("「截止时间延长至今晚12点」", "03-11 00:00", id="a closing time put off"),
    pytest.param("填报「时限：3月12日12时」", "03-12 12:00", id="a time limit as a field"),
    pytest.param("请于「17时30分前」报", "03-10 17:30", id="hour and minutes in words"),
    pytest.param("「下午三点一刻前」", "03-10 15:15", id="a quarter past"),
    pytest.param("「下午3点三刻前」", "03-10 15:45", id="three quarters past"),
    pytest.param("「21:30截止」", "03-10 21:30", id="closing after the hour"),
    pytest.param("「晚8点 截止」", "03-10 20:00", id="closing after the hour and a space"),
    pytest.param("「今晚20:00准时截止」", "03-10 20:00", id="closing sharp"),
    pytest.param("「今天下午4点收齐」", "03-10 16:00", id="an hour at which all is collected"),
    pytest.param("系统将于「今晚24:00关闭」", "03-11 00:00", id="a system that closes"),
    pytest.param("「3月15日17:00结束填报」", "03-15 17:00", id="the filling in ends"),
    pytest.param("务必在「16点前」", "03-10 16:00", id="an hour without a day"),
    pytest.param("「5点前」", "03-10 17:00", id="five o'clock said in the morning"),
    pytest.param("「9点半前」", "03-10 09:30", id="the next half hour"),
    pytest.param("「12点前」", "03-10 12:00", id="twelve said in the morning"),
    pytest.param("「8点前」", "03-10 20:00", id="eight said after eight"),
    pytest.param("「8点到10点前」", "03-10 10:00", id="the end of a range of hours"),
    pytest.param("「下午2点到4点前」", "03-10 16:00", id="a range inside its half of the day"),
    pytest.param("「明天下午2-4点前」", "03-11 16:00", id="a short range of hours"),
    pytest.param("「晚上10点到凌晨1点前」", "03-11 01:00", id="a range over midnight"),
    pytest.param("「今天15:00-17:00前」", "03-10 17:00", id="a range of clocks"),
    pytest.param("「十八点前」", "03-10 18:00", id="a Chinese hour"),
    pytest.param("「二十点三十前」", "03-10 20:30", id="Chinese hour and minutes"),
    pytest.param("「廿一点前」", "03-10 21:00", id="the short twenty"),
    pytest.param("「两点半前」", "03-10 14:30", id="half past two"),
    pytest.param("「八点零五前」", "03-10 20:05", id="minutes with their zero"),
    pytest.param("「早上8点之前」", "03-11 08:00", id="a morning hour that has passed today"),
    pytest.param("「早上9点半之前」", "03-10 09:30", id="a morning hour still ahead"),
    pytest.param("「凌晨2点前」", "03-11 02:00", id="the small hours to come"),
    pytest.param("「今天凌晨2点前」", "03-11 02:00", id="the small hours of the coming night said of today"),
    pytest.param("「半夜12点前」", "03-11 00:00", id="twelve at night"),
    pytest.param("「深夜11点前」", "03-10 23:00", id="late at night"),
    pytest.param("「24点前」", "03-11 00:00", id="hour twenty-four"),
    pytest.param("「24:00前」", "03-11 00:00", id="the clock at twenty-four"),
    pytest.param("「0点前」", "03-11 00:00", id="hour zero"),
    pytest.param("「零点前」", "03-11 00:00", id="hour zero in Chinese"),
    pytest.param("「今天0点前」", "03-11 00:00", id="hour zero of today is to come"),
    pytest.param("「3月15日24时前」", "03-16 00:00", id="hour twenty-four of a date"),
    pytest.param("「3月15日零时前」", "03-15 00:00", id="hour zero of a date begins it"),
    pytest.param("「中午1点前」", "03-10 13:00", id="one at noon"),
    pytest.param("「傍晚6点前」", "03-10 18:00", id="six at dusk"),
    pytest.param("「明天5点前」", "03-11 17:00", id="a bare five of another day is in the afternoon"),
    pytest.param("「明天8点前」", "03-11 08:00", id="a bare eight of another day is in the morning"),
    pytest.param("「明天05:00前」", "03-11 05:00", id="a zero before the hour means the morning"),
    pytest.param("「18.30前」", "03-10 18:30", id="a dot between hour and minutes"),
    pytest.param("「下午5.30前」", "03-10 17:30", id="a dot after the half of the day"),
    pytest.param("在「18:00点之前」", "03-10 18:00", id="a clock with one word too many"),
    pytest.param("「18点整前」", "03-10 18:00", id="the hour sharp"),
    pytest.param("「23点59分59秒前」", "03-10 23:59", id="down to the second"),
    pytest.param("「3月15日（周日）18点前」", "03-15 18:00", id="a weekday in brackets between"),
    pytest.param("「明日（3月11日，周三）12:00前」", "03-11 12:00", id="a long remark in brackets between"),
    pytest.param("「3月15日17:00(星期日)前」", "03-15 17:00", id="a remark before the last word"),
    pytest.param("「3月15日周日18点前」", "03-15 18:00", id="a weekday between without brackets"),
    pytest.param("「本周五（3月13日）下午18:00前」", "03-13 18:00", id="weekday, date, half and hour"),
    pytest.param("「今天的18点前」", "03-10 18:00", id="a particle between"),
    pytest.param("「今天晚上务必于9点前」", "03-10 21:00", id="an urging word between"),
    pytest.param("「明天各村务必在18点前」上报", "03-11 18:00", id="the day said a few words earlier"),
    pytest.param("「今晚各村9点前」上报", "03-10 21:00", id="the evening said a few words earlier"),
    pytest.param("「3.15 18:00前」", "03-15 18:00", id="a short date and a clock"),
    pytest.param("「2026-03-20 18:00前」", "03-20 18:00", id="a date as computers write it"),
    pytest.param("「周五17点前」", "03-13 17:00", id="a weekday and an hour"),
    pytest.param("「每周日晚上8点前」", "03-15 20:00", id="a weekly hour"),
    pytest.param("每天「18点前」报零报告", "03-10 18:00", id="a daily hour"),
    pytest.param("「最迟明晚9点」", "03-11 21:00", id="at the latest"),
    pytest.param("「最晚今天下午4点」交", "03-10 16:00", id="at the latest, in other words"),
    pytest.param("「最迟不超过今晚9点」", "03-10 21:00", id="at the latest, said twice"),
    pytest.param("「不得晚于明天上午10点」", "03-11 10:00", id="no later than"),
    pytest.param("「今晚最迟9点」", "03-10 21:00", id="at the latest, after the day"),
    pytest.param("「ddl 今晚9点」", "03-10 21:00", id="the English abbreviation"),
    pytest.param("「deadline 20:00」", "03-10 20:00", id="the English word"),
    pytest.param("「dl:18点」", "03-10 18:00", id="the short abbreviation"),
    pytest.param("2.「18点前」上报", "03-10 18:00", id="an hour after the number of a list"),
    pytest.param("「18点前」后勤组报", "03-10 18:00", id="a department that begins with the word for after"),
    pytest.param("「18点前」来电告知", "03-10 18:00", id="a telephone call is no coming"),
    pytest.param("「18点前」上报到岗情况", "03-10 18:00", id="a report on who is present"),
    pytest.param("「18点前」反馈是否参会", "03-10 18:00", id="an answer on taking part"),
    pytest.param("「18点前」报到农业办邮箱", "03-10 18:00", id="sent to a mailbox, not reported in person"),
    pytest.param("「12点前」参加答题", "03-10 12:00", id="taking part in a quiz is no arrival"),
    pytest.param("「晚饭前」", "03-10 18:30", id="before supper"),
    pytest.param("「今晚睡前」", "03-10 22:00", id="before going to bed"),
    pytest.param("「天黑前」", "03-10 19:00", id="before dark"),
    pytest.param("「明天上班前」交我", "03-11 08:30", id="before work begins"),
]

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
    pytest.param("05-09 09:00", "「月底前」", "05-31 18:00", DeadlineKind.DAY, id="a month that ends on a Sunday"),
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
    pytest.param("03-10 22:00", "「连夜」", "03-11 08:00", DeadlineKind.BARE, id="through the night said at night"),
]

NO_END_POINTS = [
    pytest.param("马上报送，立即整改，尽快落实，抓紧", id="haste without a time"),
    pytest.param("明早把表交来", id="tomorrow morning alone"),
    pytest.param("明天上午交", id="tomorrow forenoon alone"),
    pytest.param("周五交", id="a working day alone"),
    pytest.param("今天下午4点报", id="an hour without an end"),
    pytest.param("明天9点开会", id="the begin of a meeting"),
    pytest.param("14:30前到会场", id="arrival at a hall"),
    pytest.param("8点前到岗", id="arrival at a post"),
    pytest.param("8点前集合", id="gathering"),
    pytest.param("8点前务必到场", id="arrival with an urging word"),
    pytest.param("8:50前各村书记到三楼会议室", id="arrival of people named"),
    pytest.param("14:30前所有参会人员携带材料到会场", id="arrival with papers"),
    pytest.param("8点前在镇政府集合", id="gathering at a place"),
    pytest.param("9点前签到就座", id="signing in and sitting down"),
    pytest.param("8:20前入场", id="going in"),
    pytest.param("下午2点前出发", id="setting off"),
    pytest.param("9点前报到。", id="reporting in person"),
    pytest.param("18点前 到会场", id="arrival after a space"),
    pytest.param("18点前来镇里领物资", id="coming to fetch something"),
    pytest.param("今天上午前往李家村", id="going somewhere"),
    pytest.param("开会2小时", id="a length of time"),
    pytest.param("昨天18点前已报", id="a report of yesterday"),
    pytest.param("我今天18点前已经把表交了", id="a report of today"),
    pytest.param("昨晚10点前的情况", id="last night"),
    pytest.param("上周五前", id="last week"),
    pytest.param("去年12月31日前", id="last year"),
    pytest.param("前天18点前", id="the day before yesterday"),
    pytest.param("三天前", id="days ago"),
    pytest.param("半小时前", id="half an hour ago"),
    pytest.param("3个工作日前", id="working days ago"),
    pytest.param("目前、日前、会前、提前、前期、以前、之前", id="words with before"),
    pytest.param("早前说过，早点报，早日完成", id="words with early"),
    pytest.param("饭前洗手", id="before a meal"),
    pytest.param("1998年1月1日前出生", id="a date of birth"),
    pytest.param("1月1日至3月15日的数据", id="a period of history"),
    pytest.param("3月15日止的数据", id="a closed period"),
    pytest.param("截至3月10日18时,全县累计接种3万人", id="a state of things"),
    pytest.param("截至目前,全镇已完成80%", id="a state of things by now"),
    pytest.param("截至2月28日,共完成120户", id="a state of things by a past date"),
    pytest.param("数据截止到3月31日", id="a period of data"),
    pytest.param("周五截止了吗", id="a question about closing"),
    pytest.param("10分钟左右", id="about ten minutes"),
    pytest.param("12点前后", id="about twelve"),
    pytest.param("15日前后", id="about a date"),
    pytest.param("3.15晚会", id="a television show"),
    pytest.param("v2.10前的版本", id="a version"),
    pytest.param("v2.10.15前", id="a longer version"),
    pytest.param("13800138000前", id="a telephone number"),
    pytest.param("12345678901234567前", id="a number of a card"),
    pytest.param("第3点前", id="an ordinal"),
    pytest.param("以下两点要求", id="points of a list"),
    pytest.param("比分3:2前", id="a score"),
    pytest.param("价格18.50元前", id="a price"),
    pytest.param("25点前", id="an impossible hour"),
    pytest.param("18点75前", id="impossible minutes"),
    pytest.param("2月30日前", id="an impossible date"),
    pytest.param("13月5日前", id="an impossible month"),
    pytest.param("国庆前、春节前、节前", id="holidays without a date"),
    pytest.param("活动当天18点前", id="the day of an event"),
    pytest.param("会议当天报到", id="the day of a meeting"),
    pytest.param("明天开会前", id="before a meeting"),
    pytest.param("3月前", id="before a month"),
    pytest.param("每2小时内报一次", id="a habit of hours"),
    pytest.param("事故发生后1小时内上报", id="a rule for accidents"),
    pytest.param("自签订之日起30日内", id="a term from a signature"),
    pytest.param("近三天内没打卡的", id="the days past"),
    pytest.param("14天内有旅居史的", id="a history of travel"),
    pytest.param("携带48小时内核酸证明", id="a test result"),
    pytest.param("视频时长控制在3分钟以内", id="the length of a film"),
    pytest.param("未来三天内有强降雨", id="a forecast"),
    pytest.param("请假不超过3天", id="a length of leave"),
    pytest.param("误差不超过1.5", id="a tolerance"),
    pytest.param("两年内", id="years"),
    pytest.param("今日内容", id="today's contents"),
    pytest.param("本周内刊", id="an inside paper"),
    pytest.param("半年内", id="half a year"),
    pytest.param("0个工作日内", id="no working days at all"),
    pytest.param("九十九个工作日内", id="more working days than anyone sets"),
    pytest.param("周末愉快", id="a wish"),
    pytest.param("一周六次", id="times a week"),
    pytest.param("本周日程安排", id="a programme of the week"),
    pytest.param("本周日常工作", id="daily work of the week"),
    pytest.param("本周日均", id="a daily average of the week"),
    pytest.param("周一至周日 9:00-17:00", id="opening days"),
    pytest.param("开放时间:早8点至晚8点", id="opening hours"),
    pytest.param("每周日值班", id="a weekly habit"),
    pytest.param("3月8日晚，某村", id="an evening that has passed"),
    pytest.param("证明上午", id="a word that ends in tomorrow"),
    pytest.param("周三前三名", id="a place in a ranking"),
    pytest.param("周五前一天", id="a day before"),
    pytest.param("周五在前台领取", id="a front desk"),
    pytest.param("", id="an empty text"),
    pytest.param("收到，谢谢", id="a text without any time"),
]


@pytest.mark.parametrize(("marked", "then"), CLOCK_ROWS)
def test_clock_is_read_when_it_ends_something(marked: str, then: str) -> None:
    assert_only(marked, DeadlineKind.CLOCK, then)


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


@pytest.mark.parametrize(("at", "marked", "then", "kind"), OTHER_MOMENTS)
def test_moment_follows_when_the_message_is_sent_at_another_time(
    at: str, marked: str, then: str, kind: DeadlineKind
) -> None:
    assert_only(marked, kind, then, moment(at))


@pytest.mark.parametrize("text", NO_END_POINTS)
def test_nothing_is_found_when_no_end_point_is_stated(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param(
            "请今天12点前报数，周五前交总结，今晚加班",
            ["今天12点前", "周五前", "今晚"],
            id="three end points in their order",
        ),
        pytest.param("周六、周日正常上班", ["周六", "周日"], id="both days of a weekend"),
        pytest.param("今晚8点到明早8点前", ["明早8点前"], id="a range of which only the end counts"),
        pytest.param("1.今天18点前报表;2.明天中午前交照片", ["今天18点前", "明天中午前"], id="the points of a list"),
        pytest.param(
            "通知：明天上午9:00开会,8:50前到会场签到,材料今日下班前报",
            ["今日下班前"],
            id="an end point beside a meeting",
        ),
    ],
)
def test_every_end_point_is_found_when_there_are_several(text: str, quoted: list[str]) -> None:
    assert [text[slice(*found.span)] for found in find(text)] == quoted


def test_moment_is_past_when_an_old_year_is_stated_within_two_months() -> None:
    assert [found.moment for found in find("2026年2月20日前")] == [moment("02-20 18:00")]


@given(st.text(ALPHABET, max_size=60), st.integers(0, 15 * 365 * 24 * 60))
def test_spans_lie_apart_and_inside_when_any_words_of_time_are_mixed(text: str, minutes: int) -> None:
    at = NOW + timedelta(minutes=minutes)
    end = 0
    for found in find(text, at):
        assert end <= found.span[0] < found.span[1] <= len(text)
        assert found.moment.tzinfo is not None
        end = found.span[1]


@given(st.text(max_size=200))
def test_any_text_is_read_when_it_is_no_chinese_at_all(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in (found.span for found in find(text)))


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


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("1", id="digits only"),
        pytest.param("今", id="half a word for today"),
        pytest.param("前", id="the last word only"),
        pytest.param("1:1:1:", id="broken clocks"),
        pytest.param(" ", id="spaces"),
        pytest.param("周", id="half a word for weekday"),
        pytest.param("十", id="numerals"),
        pytest.param("截止", id="closing and nothing else"),
        pytest.param("最迟", id="at the latest and nothing else"),
        pytest.param("今天（（", id="brackets that never close"),
        pytest.param("3月5日（12345678", id="remarks that never close"),
        pytest.param("1点前", id="end points only"),
        pytest.param("1点前务必请准时", id="urging words only"),
        pytest.param("1点前一一一一一一一一", id="long clauses after end points"),
        pytest.param("九十九个工作日内", id="long terms"),
        pytest.param("今晚8点到", id="ranges that never end"),
    ],
)
def test_long_text_is_read_in_time_when_it_is_made_to_be_slow(unit: str) -> None:
    text = (unit * (100_000 // len(unit)))[:99_999] + "前"
    begin = time.perf_counter()
    find(text)
    assert time.perf_counter() - begin < 5


def test_the_end_of_day_in_english_is_the_end_of_work() -> None:
    assert_only("finish by 「eod」", DeadlineKind.WORK_END, "03-10 18:00")
