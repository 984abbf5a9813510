"""Work sent outside working time: what counts as work, and when."""

from collections.abc import Callable

import pytest

from bot.core.model import Category, Direction, Verdict

NIGHT = "2026-03-11T21:40"
Judge = Callable[..., Verdict]


def directions(verdict: Verdict) -> list[Direction | None]:
    return [finding.direction for finding in verdict.findings if finding.category is Category.AFTER_HOURS]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("请各村把防火台账整理好，明天上午检查", id="a polite order"),
        pytest.param("請各網格員把明日迎檢的資料備齊", id="an order in traditional script"),
        pytest.param("小刘，明天的会议材料再改一版发我", id="a leader to a colleague"),
        pytest.param("还没报危房排查表的抓紧", id="a chase"),
        pytest.param("＠所有人　明早８点到岗", id="a full-width order"),
    ],
)
def test_work_given_at_night_asks(judge: Judge, text: str) -> None:
    assert directions(judge(text, at=NIGHT)) == [Direction.ASKS]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("书记，入户走访今天全部完成，共32户", id="a report of finished work"),
        pytest.param("我村秸秆禁烧巡查情况已上报", id="a member has reported"),
        pytest.param(
            "西街的井盖补上了，明天再压一遍",
            id="a repair is done",
            marks=pytest.mark.xfail(reason="a known miss: what somebody means to do tomorrow reads like an order"),
        ),
    ],
)
def test_work_reported_at_night_answers(judge: Judge, text: str) -> None:
    assert directions(judge(text, at=NIGHT)) == [Direction.ANSWERS]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("大家晚安，早点休息", id="a good night"),
        pytest.param("收到", id="a bare acknowledgement"),
        pytest.param("孩子发烧了，我明天请个假", id="a sick note"),
        pytest.param("天天填表，累死了，没完没了", id="a complaint"),
        pytest.param("帮我家娃投一票，谢谢啦", id="private canvassing"),
        pytest.param("周末一起去爬山吃火锅啊", id="a plan for the weekend"),
        pytest.param("祝各位中秋快乐，阖家幸福", id="a festival wish"),
        pytest.param("值夜班看星星，也算浪漫", id="talk with a word of work in it"),
        pytest.param("会议纪要写错一个字，被领导笑了一年", id="a story from work"),
        pytest.param(
            "明天起不用再交日报了",
            id="work is taken away",
            marks=pytest.mark.xfail(reason="a known miss: what is no longer to be done reads like news of work"),
        ),
        pytest.param("请教各位，新系统怎么改密码", id="a question among colleagues"),
        pytest.param("我闺女学校天天布置打卡，我比她还累", id="a child's school"),
    ],
)
def test_what_is_no_work_information_is_not_found(judge: Judge, text: str) -> None:
    assert directions(judge(text, at=NIGHT)) == []


@pytest.mark.parametrize(
    ("at", "outside"),
    [
        pytest.param("2026-03-11T08:29", True, id="a minute before work"),
        pytest.param("2026-03-11T08:30", False, id="the first minute of work"),
        pytest.param("2026-03-11T13:00", False, id="the lunch break"),
        pytest.param("2026-03-11T18:00", False, id="the last minute of work"),
        pytest.param("2026-03-11T18:01", True, id="a minute after work"),
        pytest.param("2026-02-28T10:00", False, id="a make-up Saturday"),
        pytest.param("2026-10-05T10:00", True, id="a Monday of the National Day holiday"),
        pytest.param("2026-03-14T10:00", True, id="a Saturday"),
    ],
)
def test_the_calendar_decides_what_is_outside(judge: Judge, at: str, outside: bool) -> None:
    assert bool(directions(judge("请各村把防火台账整理好上报", at=at))) is outside
