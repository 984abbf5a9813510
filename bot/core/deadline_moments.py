"""From the parts of a stated end point to its moment, by the working hours of the office."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Final

from bot.core.deadline_clock import HALF_ENDS, MIDNIGHT, NOON, Half, on_day
from bot.core.deadline_days import Day
from bot.core.numerals import numeral_value

_MORNING_START: Final = 8 * 60 + 30
_MORNING: Final = 8 * 60
_NIGHT_ENDS: Final = 6
_AFTERNOON_START: Final = 14 * 60
_USUAL_END: Final = 18 * 60
_HALF_DAY: Final = timedelta(hours=4)
_HOUR: Final = timedelta(hours=1)
_LOOK_AHEAD: Final = 31
_MOST_WORKDAYS: Final = 60
_MINUTES: Final = {"分": 1, "m": 1, "刻": 15, "小": 60, "钟": 60, "h": 60}
_DAYS: Final = {"天": 1, "日": 1, "自": 1, "周": 7, "星": 7, "礼": 7}
_HABITS: Final = {
    "早": 7 * 60 + 30,
    "午": NOON,
    "中": NOON,
    "晚": 18 * 60 + 30,
    "睡": 22 * 60,
    "黑": 19 * 60,
    "落": 19 * 60,
    "亮": 6 * 60,
    "叫": 5 * 60,
    "起": 7 * 60,
    "灯": 22 * 60,
    "上": 22 * 60,
    "锁": 22 * 60,
}
"""When a mark of the day usually comes: found by its last character that stands here."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The moment a message was sent (aware, local), and the end of work of every date (None: a rest day).

    `loose` is said where hours and days that are only named are looked for too.
    """

    at: datetime
    end_of_work: Callable[[date], datetime | None]
    loose: bool = False

    def end(self, day: date) -> datetime:
        """Return the end of work of `day`, on a rest day the usual hour."""
        return self.end_of_work(day) or on_day(day, _USUAL_END, self.at)

    def on(self, day: Day | None, moment_of: Callable[[date], datetime], *, workdays: bool = False) -> datetime:
        """Return the moment on a named day or its other reading, without a day the next such moment.

        With `workdays`, only today or a day with an end of work is next.
        """
        moment = moment_of(self.at.date() if day is None else day.day)
        if moment > self.at:
            return moment
        if day is not None:
            return moment if day.other is None else moment_of(day.other)
        for shift in range(1, _LOOK_AHEAD):
            later = self.at.date() + timedelta(days=shift)
            if not workdays or self.end_of_work(later) is not None:
                return moment_of(later)
        return moment

    def last_workday(self, day: date) -> date:
        """Return `day`, or the last day before it whose work is not over: 月底前 asks nobody to work on a Sunday."""
        for shift in range(min(_LOOK_AHEAD, (day - self.at.date()).days + 1)):
            end = self.end_of_work(day - timedelta(days=shift))
            if end is not None and end > self.at:
                return day - timedelta(days=shift)
        return day

    def first_of_daily(self, moment_of: Callable[[date], datetime]) -> datetime:
        """Return that hour of today if more than an hour is left until then, or of the next working day."""
        today = self.at.date()
        later = self.workday_from(today + timedelta(days=1))
        moment = moment_of(later)
        return moment - (later - today) if moment - (later - today) > self.at + _HOUR else moment

    def workday_from(self, day: date) -> date:
        """Return `day` or the next working day: no term ends on a rest day (Civil Code, art. 203)."""
        for shift in range(_LOOK_AHEAD):
            later = day + timedelta(days=shift)
            if self.end_of_work(later) is not None:
                return later
        return day


def day_end(day: Day, sent: Sent, *, period: bool = False) -> datetime:
    """Return when 周五前 or 今天之内 ends: with the work of the day, or with today when its work is over.

    A `period` ends with the work of its last working day.
    """
    if period:
        day = day._replace(day=sent.last_workday(day.day))
    moment = sent.on(day, sent.end)
    today = sent.at.date()
    return on_day(today, MIDNIGHT - 1, sent.at) if moment <= sent.at and today in day else moment


def half_end(half: Half, day: Day | None, sent: Sent) -> datetime:
    """Return when 明天上午前 or 今晚之内 ends; the afternoon ends with the work."""
    minutes = HALF_ENDS.get(half)
    if minutes is None:
        return sent.on(day, sent.end)
    if half is Half.DAWN and day is not None and day.day == sent.at.date():
        minutes = MIDNIGHT
    return sent.on(day, lambda named: on_day(named, minutes, sent.at))


def after_night(sent: Sent) -> datetime:
    """Return when work through the night (连夜) ends: eight in the morning of the next day."""
    small_hours = sent.at.hour < _NIGHT_ENDS
    return on_day(sent.at.date(), _MORNING + (0 if small_hours else MIDNIGHT), sent.at)


def mark_moment(mark: str, half: Half | None, day: Day | None, sent: Sent) -> datetime:
    """Return when a mark of the day comes: 下班, 上班, a meal (晚饭), 睡, 天黑."""
    if mark[0] in "下收放走" and half not in {Half.FORENOON, Half.NOON}:
        return sent.on(day, sent.end, workdays=True)
    if mark[0] in "下收放走":
        minutes = NOON
    elif mark.startswith("上班"):
        minutes = _AFTERNOON_START if half is Half.AFTERNOON else _MORNING_START
    else:
        minutes = next(_HABITS[character] for character in mark[::-1] if character in _HABITS)
    return sent.on(day, lambda named: on_day(named, minutes, sent.at), workdays="班" in mark)


def amount_moment(amount: str, unit: str, sent: Sent, *, half_more: bool) -> datetime | None:
    """Return the moment at which a stretch of time from the message on ends; None for no sensible number.

    Minutes and hours are counted exactly, half a day as four hours; days, weeks and months run to the end
    of work of their last day.
    """
    number = _read_amount(amount)
    if number is None:
        return None
    number += 0.5 if half_more else 0
    if unit[0] in _MINUTES:
        return sent.at + timedelta(minutes=number * _MINUTES[unit[0]])
    if unit == "工作日":
        return _after_workdays(ceil(number), sent)
    if unit == "天" and number < 1:
        return sent.at + _HALF_DAY
    return sent.end(sent.workday_from(_after_days(number, unit, sent.at.date())))


def _read_amount(text: str) -> float | None:
    """Read 半, 1.5, 十五; of 两三 the larger."""
    if text == "半":
        return 0.5
    if text[0] in "0123456789":
        return float(text)
    rough = len(text) == 2 and not any(unit in text for unit in "十百廿")
    return numeral_value(text[1] if rough else text)


def _after_workdays(number: int, sent: Sent) -> datetime | None:
    """Return the end of work of the last of so many working days after today."""
    if number > _MOST_WORKDAYS:
        return None
    moment, day = None, sent.at.date()
    for _ in range(number * 2 + _LOOK_AHEAD):
        if number == 0:
            break
        day += timedelta(days=1)
        end = sent.end_of_work(day)
        if end is not None:
            moment, number = end, number - 1
    return moment if number == 0 else None


def _after_days(number: float, unit: str, today: date) -> date:
    if unit != "月":
        return today + timedelta(days=ceil(number * _DAYS[unit[0]]))
    month = today.month - 1 + int(number)
    year, month = today.year + month // 12, month % 12 + 1
    day = min(today.day, monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=15 if number % 1 else 0)
