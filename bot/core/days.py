"""Days that a message names (周六, 10月2日, 明天), and which of them are rest days."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.core.model import Span
from bot.core.numerals import numeral_value
from bot.core.worktime import WorkTime

_WEEK = ("一1", "二2", "三3", "四4", "五5", "六6末未", "日天7")
_WEEKDAYS = {name: place for place, names in enumerate(_WEEK) for name in names}
_TODAY = ("今天", "今日", "今晚", "今早")
_AFTER_TOMORROW = ("后天", "后日")
_HAN_DAY = "[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_NO_DAY = "楼|线|院|店|门|文|机|厅|馆|会议|车|桌|仓|井|泵|窗|点位|岗|栋|幢|组|路|村|坑|炉|厂|群|项|标|病|公馆"
_DAY = re.compile(
    r"(?=[大今明后下本这上个周星礼拜\d一二三四五六七八九十])(?:"
    r"(?P<relative>大后天|今天|今日|今晚|今早|明天|明日|明早|明晚|明儿|明后(?=[两二天])|后天|后日|明(?=[两二]天))"
    r"|(?P<next>下下|下|本|这|上上|上)?(?:个)?(?:周|星期|礼拜|拜)"
    r"(?P<weekday>[一二三四五六日天末1-7]|未(?!来|必|成|婚|能|有|报|交|完))"
    r"(?!常|程|报|均|历|志|记|福|边|内|愉快|快乐|刊|期|岁)"
    r"|下个?月(?P<nextday>\d{1,2})(?:号|日)"
    r"|(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})(?:日|号)?(?!\d|\.)"
    r"|(?<![\d.])(?P<dotmonth>\d{1,2})[./](?P<dotday>\d{1,2})(?![\d.]|[元米个%级折倍分亿万吨亩斤公千平度版成])"
    rf"|(?P<hanmonth>十[一二]?|[一二三四五六七八九])月(?P<handay>{_HAN_DAY})(?:日|号)"
    rf"|(?<![\d月.])(?P<alone>\d{{1,2}})(?:号|日)(?!{_NO_DAY})"
    rf"|(?<![第月零〇百十一二三四五六七八九])(?P<hanalone>[二三]?十[一二三四五六七八九]?)号(?!{_NO_DAY}))"
)
_MONTH_AND_DAY = (("month", "day"), ("dotmonth", "dotday"), ("hanmonth", "handay"))
_GATE = re.compile("[今明后周星礼拜月号日./]")
_SOON = re.compile("(?:上午|下午|中午|晚上|一会儿?|待会儿?|等会儿?|等下|马上|这就|现在)")
_LIMITS = ("前", "之前", "以前", "后", "之后", "以后", "截止", "为止")
_PLANNED = re.compile(
    "(?:原定|原计划|原本|原来|原拟|本来|本定|原先|之前定|不是|不在|而非|避开)(?:于|在|是|的|定在|定于|说)?$"
)
_MOVED = re.compile(
    "[^。！!？?\n]{0,16}?(?:改到|改在|改至|改[为成](?=下{0,2}[本这]?个?(?:周|星期|礼拜|拜)|[明后今大]天|节后|工作日|下个?月|[\\d一二三四五六七八九十]{1,3}[月号日])|推到|推迟|延到|延至|延期|顺延|调到|调至|调整到|调整至|挪到|取消|不搞|不来|不去|不用来|不查)"
)
_OTHER_USE = re.compile(
    "(?:上午|下午|晚上|全天)?(?:的(?:会|活动|班|课|票|饭局|比赛|安排)|返程|返回|散会|照常休息|休息|正常休息|放假(?![首第头那期当也还仍照]))"
)
_MOVE_REACH = 24
"""Characters after a day in which the visit may be moved away from it."""


def rest_day_mentions(text: str, at: datetime, worktime: WorkTime) -> Iterator[Span]:
    """The spans of the normal text that name a rest day to come, seen from `at`; linear in the text."""
    return (span for span, rests in day_mentions(text, at, worktime) if rests)


def day_mentions(text: str, at: datetime, worktime: WorkTime) -> Iterator[tuple[Span, bool]]:
    """The spans of the normal text that name a day to come, and whether it is a rest day; linear in the text.

    Not a day on which something takes place: a limit (周六前, 周末之后), a day gone by (上周六), a day from
    which something is moved away (原定周六, 周六的检查改到周一). In a text that names no day at all, a
    part of the day (下午, 一会儿) means the day of the message.
    """
    local = worktime.local(at).date()
    named = False
    if _GATE.search(text):
        for match in _DAY.finditer(text):
            day = _date_within(match, local)
            if day is None:
                continue
            named = True
            if day >= local and not _set_aside(text, match):
                yield match.span(), not worktime.calendar.day(day).works
    if not named and not worktime.calendar.day(local).works:
        for match in _SOON.finditer(text):
            yield match.span(), True


def _set_aside(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if text.startswith(_LIMITS, end) or _OTHER_USE.match(text, end):
        return True
    if _PLANNED.search(text, max(0, start - 6), start):
        return True
    return _MOVED.match(text, end, end + _MOVE_REACH) is not None


def _date_within(match: re.Match[str], today: date) -> date | None:
    """The date that a match names; None for one beyond the ends of the calendar."""
    try:
        return _date_of(match, today)
    except OverflowError:
        return None


def _date_of(match: re.Match[str], today: date) -> date | None:
    if match["relative"]:
        return today + timedelta(days=_days_ahead(match["relative"]))
    if match["weekday"]:
        return _weekday(match["next"] or "", _WEEKDAYS[match["weekday"]], today)
    if match["nextday"]:
        return _in_next_month(int(match["nextday"]), today)
    for month, day in _MONTH_AND_DAY:
        if match[month]:
            return _near_date(_numeral(match[month]), _numeral(match[day]), today)
    return _in_month(_numeral(match["alone"] or match["hanalone"]), today)


def _days_ahead(relative: str) -> int:
    if relative == "大后天":
        return 3
    if relative in _AFTER_TOMORROW:
        return 2
    return 0 if relative in _TODAY else 1


def _weekday(which: str, weekday: int, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=weekday + 7 * {"下": 1, "下下": 2, "上": -1, "上上": -2}.get(which, 0))
    return day + timedelta(days=7) if not which and day < today else day


def _near_date(month: int, day: int, today: date) -> date | None:
    try:
        found = date(today.year, month, day)
    except ValueError:
        return None
    if found < today - timedelta(days=180) and today.year < date.max.year:
        return _near_date(month, day, date(today.year + 1, 1, 1))
    return found


def _in_month(day: int, today: date) -> date | None:
    """The day of this month, or of the next one when it is long past (1号 said on the 29th)."""
    found = _near_date(today.month, day, today)
    if found is not None and found < today - timedelta(days=14):
        return _in_next_month(day, today)
    return found


def _in_next_month(day: int, today: date) -> date | None:
    following = today.replace(day=1) + timedelta(days=32)
    return _near_date(following.month, day, following)


def _numeral(text: str) -> int:
    """The value of a numeral that the pattern of days has let through; 0, which is no day, for any other."""
    return int(text) if text.isdigit() else numeral_value(text) or 0
