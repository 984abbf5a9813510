"""Days as people name them: which date 下周五, 15号, 3月底 or 本周 means."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from bot.core.deadline_patterns import PAIR, THIS, WEEK, YEAR
from bot.core.numerals import numeral_value

_STAYS_PAST: Final = timedelta(days=60)
_RELATIVE: Final = {
    "今": 0,
    "今天": 0,
    "今日": 0,
    "今儿": 0,
    "本日": 0,
    "当天": 0,
    "当日": 0,
    "明": 1,
    "明天": 1,
    "明日": 1,
    "明儿": 1,
    "次日": 1,
    "翌日": 1,
    "后天": 2,
    "后日": 2,
    "大后天": 3,
    "大后日": 3,
}
_WEEKDAYS: Final = (
    {name: (day - 1) % 7 for day, name in enumerate("天一二三四五六日")}
    | {"末": 6}
    | {str(day + 1): day for day in range(7)}
)
_FRIDAY, _SUNDAY = 4, 6
_WEEK_NAME: Final = re.compile(f"(?P<which>{THIS}|每个?)?{WEEK}(?P<name>.)?")
_MONTH_NAME: Final = re.compile(
    f"(?:(?:(?P<year>{YEAR})年|(?P<word>[今明])年)? ?(?P<month>{PAIR}) ?月份?"
    f"|(?P<which>{THIS}|当|每个?|次)?月)"
    f" ?(?:(?P<day>{PAIR})[日号]?|(?P<part>.旬|[底末初中]))?"
)
_NUMERIC: Final = re.compile("(?:(?P<year>20[0-9]{2})[-/.])?(?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})[日号]?")
_DAY_OF_MONTH: Final = re.compile(f"(?P<day>{PAIR})[日号]")
_YEAR_END: Final = re.compile(f"(?:(?P<year>{YEAR})年|(?P<word>[今明本])?年)度?[底末]?")
_QUARTER_END: Final = re.compile("(?:本|这个?|(?P<number>[一二三四1-4]))?季度?[底末]?")
_PERIOD_END: Final = re.compile("(?:月份?|季度?|年度?)[底末]?$|(?:周|星期|礼拜)$")
_PART_ENDS: Final = {"初": 1, "上旬": 10, "中": 15, "中旬": 20}


class Day(NamedTuple):
    """A named day, and the one meant instead when its end has passed (a week later, or the weekend)."""

    day: date
    other: date | None = None


@lru_cache(maxsize=1024)
def read_day(text: str, today: date) -> Day | None:
    """Return the day that the whole of `text` names, seen from `today`; None for past and impossible ones.

    A period (本周, 3月, 年) stands for its last day, of the week the last that is commonly worked. Without
    a year the nearest date to come counts, unless one lies within the last sixty days.
    """
    offset = _RELATIVE.get(text)
    if offset is not None:
        return Day(today + timedelta(days=offset))
    if text[0] in "昨前去上":
        return None
    for pattern, resolve in _RESOLVERS:
        match = pattern.fullmatch(text)
        if match is not None:
            return resolve(match, today)
    return None


@lru_cache(maxsize=1024)
def read_day_before(text: str, today: date) -> Day | None:
    """Return the day by which something is due when 前 follows `text`.

    下周前 and 下月前 end with the period before them, 周末前 with Friday; what 3月前 means is unclear.
    """
    if text[-1] == "月":
        return Day(_last_of_month(today)) if "下" in text or text == "次月" else None
    week = _WEEK_NAME.fullmatch(text)
    if week is None or week["name"] not in {None, "末"}:
        return read_day(text, today)
    friday = _monday(today, week["which"]) + timedelta(days=_FRIDAY)
    if week["name"] is None and "下" in text:
        friday -= timedelta(days=7)
    return None if text[0] == "上" else Day(friday, friday + timedelta(days=2))


def is_period(text: str) -> bool:
    """Tell whether a day's words name a week, a month, a quarter or a year, or its end."""
    return _PERIOD_END.search(text) is not None


def is_weekend(text: str) -> bool:
    """Tell whether a day's words name a Saturday, a Sunday or a weekend."""
    return text[-1] in "六日天末67" and _WEEK_NAME.fullmatch(text) is not None


def _monday(today: date, which: str | None) -> date:
    """Return the Monday of this week, or of as many weeks later as `which` says 下."""
    return today + timedelta(days=7 * (which or "").count("下") - today.weekday())


def _read_week(match: re.Match[str], today: date) -> Day | None:
    which, name = match.group("which", "name")
    monday, week = _monday(today, which), timedelta(days=7)
    if name is None:
        return Day(monday + timedelta(days=_FRIDAY), monday + timedelta(days=_SUNDAY))
    day = monday + timedelta(days=_WEEKDAYS[name])
    if which is not None and which[0] != "每":
        return Day(day)
    if day < today:
        day += week
    return Day(day, day + week)


def _read_month(match: re.Match[str], today: date) -> Day | None:
    year, word, month, which, day_text, part = match.group("year", "word", "month", "which", "day", "part")
    day = numeral_value(day_text) if day_text else _PART_ENDS.get(part)
    if which is not None and which[0] == "每" and day is not None:
        return _next_of_month(day, today)
    if month is None:
        return _month_from(today, which, day)
    number = numeral_value(month) or 0
    if year is not None:
        return _recent(_date(_year(year), number, day), today)
    if word is not None:
        found = _date(today.year + (word == "明"), number, day)
        return None if found is None else Day(found)
    return _nearest(number, day, today, since=-1 if day_text else 0)


def _month_from(today: date, which: str | None, day: int | None) -> Day | None:
    """Read 本月, 下月 or a plain 月初, which is the next one."""
    if which is None and day is not None:
        return _next_of_month(day, today)
    shifted = today.month - 1 + sum((which or "").count(later) for later in "下次")
    found = _date(today.year + shifted // 12, shifted % 12 + 1, day)
    return None if found is None else Day(found)


def _read_numeric(match: re.Match[str], today: date) -> Day | None:
    year, month, day = match.group("year", "month", "day")
    if year is not None:
        return _recent(_date(int(year), int(month), int(day)), today)
    return _nearest(int(month), int(day), today, since=-1)


def _read_day_of_month(match: re.Match[str], today: date) -> Day | None:
    day = numeral_value(match["day"])
    return None if day is None else _next_of_month(day, today)


def _read_year_end(match: re.Match[str], today: date) -> Day | None:
    year, word = match.group("year", "word")
    if year is not None:
        return _recent(_date(_year(year), 12, 31), today)
    return Day(date(today.year + (word == "明"), 12, 31))


def _read_quarter_end(match: re.Match[str], today: date) -> Day | None:
    number = numeral_value(match["number"]) if match["number"] else (today.month + 2) // 3
    return None if number is None else _nearest(number * 3, None, today, since=0)


def _year(text: str) -> int:
    """Read a year; 26年 is 2026."""
    year = numeral_value(text) or 0
    return year + 2000 if year < 100 else year


def _date(year: int, month: int, day: int | None) -> date | None:
    """Return a date, of a month without a day the last, or None if the calendar has no such date."""
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day is not None and not 1 <= day <= last:
        return None
    return date(year, month, last if day is None else day)


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _recent(day: date | None, today: date) -> Day | None:
    """Keep a date with a stated year unless it is history."""
    return None if day is None or day < today - _STAYS_PAST else Day(day)


def _nearest(month: int, day: int | None, today: date, *, since: int) -> Day | None:
    """Return the first such date, `since` years from now at the earliest, that is no history."""
    for year in range(today.year + since, today.year + 2):
        found = _recent(_date(year, month, day), today)
        if found is not None:
            return found
    return None


def _next_of_month(day: int, today: date) -> Day | None:
    """Return the next such day of a month, today included."""
    for shift in range(today.month - 1, today.month + 2):
        found = _date(today.year + shift // 12, shift % 12 + 1, day)
        if found is not None and found >= today:
            return Day(found)
    return None


_RESOLVERS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Day | None]], ...]] = (
    (_WEEK_NAME, _read_week),
    (_DAY_OF_MONTH, _read_day_of_month),
    (_NUMERIC, _read_numeric),
    (_MONTH_NAME, _read_month),
    (_YEAR_END, _read_year_end),
    (_QUARTER_END, _read_quarter_end),
)
