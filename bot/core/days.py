"""Days that a message names (周六, 10月2日, 明天), and which of them are rest days."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.core.model import Span
from bot.core.worktime import WorkTime

_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5, "1": 0, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "7": 6}  # fmt: skip
_RELATIVE = {"今天": 0, "今日": 0, "今晚": 0, "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明儿": 1, "后天": 2, "大后天": 3}
_DAY = re.compile(
    r"(?P<relative>大后天|今天|今日|今晚|明天|明日|明早|明晚|明儿|后天)"
    r"|(?P<next>下下|下|本|这|上)?(?:个)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末1-7])"
    r"|(?P<month>\d{1,2})(?:月|\.|/)(?P<day>\d{1,2})(?:日|号)?(?!\d|\.)"
    r"|(?P<hanmonth>十[一二]?|[一二三四五六七八九])月(?P<handay>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:日|号)"
    r"|(?<![\d月.])(?P<alone>\d{1,2})(?:号|日)(?!楼|线|院|店|门|文|机|厅|馆|会议|车|桌|仓|井|泵|窗)"
)
_GATE = re.compile("[今明后周星礼月号日]")


def rest_day_mentions(text: str, at: datetime, worktime: WorkTime) -> Iterator[Span]:
    """The spans of the normal text that name a rest day, seen from the moment `at`; linear in the text.

    A day that is only a limit (周六前, 周末之后) is not a day on which something takes place.
    """
    if not _GATE.search(text):
        return
    local = worktime.local(at).date()
    for match in _DAY.finditer(text):
        if text[match.end() : match.end() + 2].startswith(("前", "之前", "以前", "后", "之后", "以后")):
            continue
        day = _date_of(match, local)
        if day is not None and not worktime.calendar.day(day).works:
            yield match.span()


def _date_of(match: re.Match[str], today: date) -> date | None:
    if match["relative"]:
        return today + timedelta(days=_RELATIVE[match["relative"]])
    if match["weekday"]:
        return _weekday(match["next"] or "", _WEEKDAYS[match["weekday"]], today)
    if match["month"]:
        return _near_date(int(match["month"]), int(match["day"]), today)
    if match["hanmonth"]:
        return _near_date(_number(match["hanmonth"]), _number(match["handay"]), today)
    return _near_date(today.month, int(match["alone"]), today)


def _weekday(which: str, weekday: int, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=weekday + 7 * {"下": 1, "下下": 2, "上": -1}.get(which, 0))
    return day + timedelta(days=7) if not which and day < today else day


def _near_date(month: int, day: int, today: date) -> date | None:
    try:
        found = date(today.year, month, day)
    except ValueError:
        return None
    if found < today - timedelta(days=180) and today.year < date.max.year:
        return _near_date(month, day, date(today.year + 1, 1, 1))
    return found


def _number(text: str) -> int:
    if text == "十":
        return 10
    if text.startswith("十"):
        return 10 + _NUMERALS[text[1]]
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _NUMERALS[tens] * 10 + (_NUMERALS[ones] if ones else 0)
    return _NUMERALS[text]
