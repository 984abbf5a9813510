"""End points outside working time, or less than sixty working minutes away."""

import pytest

from bot.core.model import MessageKind
from tests.make import Judge, found

CATEGORY = "late_deadline"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        pytest.param("验收单今晚十点前发我", "2026-03-11T15:00", id="ten in the evening"),
        pytest.param("方案今晚务必改好发我", "2026-03-11T16:00", id="a bare tonight"),
        pytest.param("明早七点前把早餐数报食堂", "2026-03-11T15:00", id="before work begins"),
        pytest.param("请于本周日前完成自查并上报", "2026-03-13T10:00", id="a Sunday"),
        pytest.param("这个周末把台账补好交给我", "2026-03-13T16:00", id="a bare weekend"),
        pytest.param("下班前把盘点表交上来", "2026-03-11T17:30", id="end of work in half an hour"),
        pytest.param("放工前交齐加班名单", "2026-03-11T17:40", id="end of work, as Canton says it"),
        pytest.param("半小时内各组报到岗人数", "2026-03-11T09:00", id="within half an hour"),
        pytest.param("十点二十前把名单给我", "2026-03-11T09:45", id="too soon in the morning"),
        pytest.param("请于10月4日前报送库存表", "2026-09-29T10:00", id="a holiday"),
        pytest.param("假期结束前各单位把台账上传", "2026-04-03T15:00", id="the end of a holiday"),
        pytest.param("五一期间各单位把台账报上来", "2026-04-29T15:00", id="in a holiday"),
        pytest.param("睡前把体温登记一下发群里", "2026-03-11T19:30", id="before sleep"),
        pytest.param("今晚无论如何把报表交上来", "2026-03-11T16:00", id="tonight, come what may"),
        pytest.param("今晚不管多晚都要把台账报上来", "2026-03-11T16:00", id="tonight, however late"),
        pytest.param("今晚没报完的别下班，台账务必报上来", "2026-03-11T16:00", id="tonight, for those behind"),
        pytest.param("連夜把數據核對完報我", "2026-03-11T17:00", id="through the night, traditional"),
        pytest.param("今 晚 八 点 前 报 名 单", "2026-03-11T15:00", id="spaced-out characters"),
        pytest.param("给各组一刻钟，把名单报我，快", "2026-03-11T10:00", id="a quarter of an hour is all"),
        pytest.param("给你们半小时，各组把人数报我", "2026-03-11T10:00", id="half an hour, only named"),
    ],
)
def test_late_end_point_is_found(judge: Judge, text: str, at: str) -> None:
    assert CATEGORY in found(judge(text, at))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        pytest.param("验收单下班前发我", "2026-03-11T10:00", id="a whole day"),
        pytest.param("请各科周五前报需求表", "2026-03-10T10:00", id="Friday"),
        pytest.param("明早把材料给我", "2026-03-11T16:00", id="tomorrow morning alone"),
        pytest.param("请马上把钥匙送来", "2026-03-11T16:00", id="at once"),
        pytest.param("中午12点前各班报人数", "2026-03-11T09:00", id="noon"),
        pytest.param("今晚七点开职工大会，请准时参加", "2026-03-11T10:00", id="a meeting begins"),
        pytest.param("周六上午九点消防演练，请各班准时集合", "2026-03-11T10:00", id="a drill on Saturday"),
        pytest.param("今晚停水，请大家提前储水", "2026-03-11T10:00", id="no water tonight"),
        pytest.param("国庆期间按值班表值班", "2026-09-29T10:00", id="duty in the holidays"),
        pytest.param("今晚我把报告写完了", "2026-03-11T20:00", id="tells of himself"),
        pytest.param("户数各村报我，今晚不用急，明天下午五点前", "2026-03-10T15:00", id="no hurry tonight"),
        pytest.param("材料不用今晚交，明天下午给我", "2026-03-11T16:00", id="not tonight"),
        pytest.param("请三日内反馈意见", "2026-03-10T10:00", id="three days"),
        pytest.param("周末打扰，库存请各公司下周二17点前报来", "2026-03-14T10:15", id="a weekend beside an end"),
        pytest.param("把今天的祭扫人数报给我", "2026-04-04T19:30", id="a day that only says which figures"),
        pytest.param("体检人数各科报一下，好让医院备早餐", "2026-03-11T14:40", id="a meal"),
        pytest.param("从今天起每日16点前报零报告", "2026-03-11T15:42", id="an hour of every day"),
        pytest.param("固定资产盘点表各股室月底前交", "2026-05-11T09:00", id="a month that ends on a Sunday"),
        pytest.param("各股室把春节期间离县人员表报一下", "2026-02-10T15:50", id="a holiday that a table is about"),
        pytest.param("请各村九十分钟把台账报上来", "2026-03-11T14:00", id="an hour and a half"),
        pytest.param("请各村一百二十分钟把台账报上来", "2026-03-11T14:00", id="two hours in minutes"),
        pytest.param("问卷请各位老师都填，一份大概十五分钟", "2026-03-11T16:05", id="how long a form takes"),
        pytest.param("十点半前各班把工具清点完报我", "2026-03-11T11:20", id="an hour of the morning that is over"),
        pytest.param("普法学习请各支部6月中旬前完成，名单报我", "2026-03-26T15:40", id="a third of a month"),
        pytest.param("今晚前半夜有冻雨，各站下班前把融雪盐数量报我", "2026-03-11T10:00", id="a part of the night"),
        pytest.param("路上开车二十分钟，请各位注意安全", "2026-03-10T10:00", id="how long a way takes"),
    ],
)
def test_comfortable_time_is_not(judge: Judge, text: str, at: str) -> None:
    assert CATEGORY not in found(judge(text, at))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("各村八点要把报表交上来\n能\n不能", id="an hour only named"),
        pytest.param("给各组十分钟，把名单报我\n好\n不行", id="minutes only named"),
    ],
)
def test_a_poll_has_no_finding_that_is_merely_possible(judge: Judge, text: str) -> None:
    verdict = judge(text, "2026-03-11T15:00", kind=MessageKind.POLL)
    assert [finding for finding in verdict.findings if not finding.score] == []
