"""Periods and days that a request for data names: a regular report of another period is not asked for twice."""

import re
from datetime import MAXYEAR, MINYEAR, datetime, timedelta

from bot.core.history import AskedBefore

_MONTH = dict(
    zip(
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"],
        map(str, range(1, 13)),
        strict=True,
    )
)
_DUE = re.compile(
    r"(?=[\d本这下周星礼今明后上中晚一二三四五六七八九十之以前为])(?:\d{1,2}月\d{1,2}[日号]|\d{1,2}[日号]|[本这下]?(?:周|星期|礼拜)[一二三四五六日天末]|[今明后][天晚日早])?"
    r"(?:上午|下午|中午|晚上)?(?:[\d一二三四五六七八九十]{1,3}(?:点|时)半?)?(?:下班)?(?:之?前|以前|为止)"
)
_PERIOD = re.compile(
    r"(?=[\d一二三四五六七八九十第上中下本这当新])(?:"
    r"(?P<month>\d{1,2}|[一二三四五六七八九]|十[一二]?)月(?:份)?(?:(?P<day>\d{1,2})(?:日|号))?|第?(?P<quarter>[一二三四1-4])季度"
    r"|[上下]半年|[上下]半月|[上中下]旬|(?P<year>20\d\d)年|第[一二三四五六七八九十\d]{1,2}[批周期]|(?P<which>上上|下下|[上下本这当]|新的?一?)个?(?:(?P<week>周)(?![一二三四五六日天末])|(?P<moon>月))|新的?一?[季期轮]|(?P<alone>\d{1,2})[号日](?!楼|线))"
)
_TODAY = ("今日", "当日", "日报", "每日", "今天的", "每天")
_DATED = re.compile("[月季半年第周日号期轮]")
"""The gate of `_PERIOD`: without any of these characters no period is named."""


def named_periods(words: str, message_id: str, at: datetime | None) -> tuple[str, frozenset[str]]:
    """The words without the periods and end points that they name, and one name for each period."""
    words = _DUE.sub(" ", words) if "前" in words or "为止" in words else words
    if not _DATED.search(words):
        return words, frozenset()
    named: list[re.Match[str]] = []
    words = _PERIOD.sub(lambda match: named.append(match) or " ", words)  # type: ignore[func-returns-value]
    return words, frozenset(_period(match, message_id, at) for match in named)


def own_day(text: str, at: datetime | None) -> frozenset[str]:
    """The day of a message that asks for the figures of this day."""
    if at is not None and ("日" in text or "天" in text) and any(word in text for word in _TODAY):
        return frozenset({_day(at)})
    return frozenset()


def other_period(known: AskedBefore, request: AskedBefore) -> bool:
    """Whether both name their period, and not the same one, or the later one names its own time, a new one."""
    if not request.periods:
        return False
    if any(period.startswith("新") for period in request.periods):
        return True
    if known.periods:
        return not known.periods & request.periods
    if known.at is None or request.at is None:
        return False
    own = request.periods & _own_periods(request.at)
    return bool(own) and not own & _own_periods(known.at)


def _own_periods(at: datetime) -> frozenset[str]:
    """The names of the day, week and month of a moment."""
    return frozenset((_day(at), _week(at), f"{at.month}月"))


def _day(at: datetime) -> str:
    return f"{at.month}月{at.day}"


def _week(at: datetime) -> str:
    return "{}W{}".format(*at.isocalendar())


def _number(text: str) -> str:
    """A number of a month, day or quarter in one way of writing it: 四 and 04 are 4."""
    return _MONTH.get(text, text.lstrip("0"))


def _period(match: re.Match[str], message_id: str, at: datetime | None) -> str:
    """One name for a period however it is written: 四月, 4月份 and, in April, 本月 are all the fourth month."""
    month, which = match["month"], match["which"]
    if month:
        return f"{_number(month)}月{_number(match['day'] or '')}"
    if match["quarter"]:
        return f"{_number(match['quarter'])}季度"
    if match["alone"]:
        return f"{at.month if at else ''}月{_number(match['alone'])}"
    if match[0][0] == "新" and not which:
        return f"{match[0]}{message_id}"
    if not which or at is None or not MINYEAR < at.year < MAXYEAR:
        return match[0]
    ahead = which.count("下") - which.count("上")
    return _week(at + timedelta(days=7 * ahead)) if match["week"] else f"{(at.month - 1 + ahead) % 12 + 1}月"
