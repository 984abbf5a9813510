"""Which days a message names, and which of them are rest days of the official calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.days import rest_day_mentions
from bot.core.worktime import WorkingHours, WorkTime
from config.calendar import load_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
THURSDAY = "2026-03-12T09:00"
SATURDAY = "2026-03-14T09:00"


@pytest.fixture(scope="module")
def worktime() -> WorkTime:
    return WorkTime(load_calendar(), WorkingHours(), SHANGHAI)


def mentions(text: str, at: str, worktime: WorkTime) -> list[str]:
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    return [text[start:end] for start, end in rest_day_mentions(text, moment, worktime)]


@pytest.mark.parametrize(
    ("text", "at", "named"),
    [
        pytest.param("周六来村里", THURSDAY, ["周六"], id="a weekday name"),
        pytest.param("下个礼拜天到校", THURSDAY, ["下个礼拜天"], id="a dialect name of next Sunday"),
        pytest.param("后天来园区", THURSDAY, ["后天"], id="the day after tomorrow is a Saturday"),
        pytest.param("3月15日进驻", THURSDAY, ["3月15日"], id="a date with month"),
        pytest.param("定于3.15到场", THURSDAY, ["3.15"], id="a date with a dot"),
        pytest.param("十月二日走访", "2026-09-24T10:00", ["十月二日"], id="a date in Chinese numerals"),
        pytest.param("14号上午到站", THURSDAY, ["14号"], id="a bare day of the month"),
        pytest.param("十四号上午到站", THURSDAY, ["十四号"], id="a bare day in Chinese numerals"),
        pytest.param("2号慰问环卫工人", "2026-04-29T10:00", ["2号"], id="a bare day of the next month"),
        pytest.param("明后两天进驻", "2026-03-13T09:00", ["明后"], id="the next two days"),
        pytest.param("周未下来看看", THURSDAY, ["周未"], id="a misspelt weekend"),
        pytest.param("检查改到周六", THURSDAY, ["周六"], id="moved to a rest day"),
        pytest.param("下个月5号领导下社区", "2026-03-30T10:00", ["下个月5号"], id="a day of the next month"),
        pytest.param("周日义诊改成上级暗访", THURSDAY, ["周日"], id="something else on the same Sunday"),
        pytest.param("周六的检查改为下村走访", THURSDAY, ["周六"], id="something else on the same Saturday"),
        pytest.param("周六的检查改为三家联合检查", THURSDAY, ["周六"], id="more of them on the same Saturday"),
        pytest.param("拜六来看围屋", THURSDAY, ["拜六"], id="a southern name of Saturday"),
        pytest.param("4月4日放假首日联合检查", "2026-04-02T10:00", ["4月4日"], id="the first day of a holiday"),
        pytest.param("星期六行政查房改为走访卫生室", THURSDAY, ["星期六"], id="another thing is done on the same day"),
        pytest.param("下午来看现场", SATURDAY, ["下午"], id="this afternoon, said on a Saturday"),
        pytest.param("4月6日到点位", "2026-04-02T10:00", ["4月6日"], id="a Monday that is a holiday"),
    ],
)
def test_a_rest_day_to_come_is_found(text: str, at: str, named: list[str], worktime: WorkTime) -> None:
    assert mentions(text, at, worktime) == named


@pytest.mark.parametrize(
    ("text", "at"),
    [
        pytest.param("周五来村里", THURSDAY, id="a working day"),
        pytest.param("5月9日全县检查", "2026-05-07T10:00", id="a Saturday that is worked"),
        pytest.param("周六前报来", THURSDAY, id="a limit"),
        pytest.param("周末之后再来", THURSDAY, id="after the weekend"),
        pytest.param("上周六来检查", THURSDAY, id="a day gone by"),
        pytest.param("原定周六的检查", THURSDAY, id="a plan that was dropped"),
        pytest.param("周日的观摩改到周一", THURSDAY, id="moved away from the rest day"),
        pytest.param("周六的检查改为周一", THURSDAY, id="changed to a working day"),
        pytest.param("周六放假，没人", THURSDAY, id="a day off"),
        pytest.param("周六的督查取消", THURSDAY, id="cancelled on the rest day"),
        pytest.param("本周日常检查", THURSDAY, id="daily, not Sunday"),
        pytest.param("周末愉快", THURSDAY, id="a wish"),
        pytest.param("到14号楼看现场", THURSDAY, id="a house number"),
        pytest.param("全长3.14公里", THURSDAY, id="a length"),
        pytest.param("下午来看现场", THURSDAY, id="this afternoon, said on a Thursday"),
        pytest.param("2月30日", THURSDAY, id="no such day"),
        pytest.param("下个月4号检查", "9999-12-03T10:00", id="a day behind the end of the calendar"),
        pytest.param("大后天检查", "9999-12-31T10:00", id="three days on, at the end of the calendar"),
        pytest.param("下下周六检查", "9999-12-31T10:00", id="two weeks on, at the end of the calendar"),
        pytest.param("上上周一来检查，下月5号", "0001-01-01T10:00", id="weeks ago, at the beginning of the calendar"),
        pytest.param("1号检查", "9999-12-30T10:00", id="the first, said at the end of the calendar"),
    ],
)
def test_no_rest_day_is_seen(text: str, at: str, worktime: WorkTime) -> None:
    assert mentions(text, at, worktime) == []


def test_a_long_text_of_days_is_read_in_linear_time(worktime: WorkTime) -> None:
    assert mentions("原定周六" * 20_000, THURSDAY, worktime) == []
