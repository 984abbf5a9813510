"""Where end points are stated and where none is, in any text."""

import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.end_points import NOW, find

ALPHABET = (
    "今明后昨天日晚早上下中午周五六末月底年号点时分半刻前内后之以截止到至最迟班三十两0159"
    ":：.-/ （）()，。的在个小工作当连夜dl"
)


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
    pytest.param("跟11月一样交", id="a month to compare with"),
    pytest.param("最迟看一号文件", id="the number of a document"),
    pytest.param("截至3号楼", id="the number of a building"),
    pytest.param("慈善一日捐前", id="the name of a collection"),
    pytest.param("周五在前台领取", id="a front desk"),
    pytest.param("六点半前后", id="about an hour"),
    pytest.param("今晚前半夜", id="the first half of a night"),
    pytest.param("", id="an empty text"),
    pytest.param("收到，谢谢", id="a text without any time"),
]


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
