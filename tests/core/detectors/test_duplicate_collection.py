"""The same data asked for again in the same chat."""

import pytest

from bot.core.model import Category, Fact
from bot.core.scene import Scene
from tests.make import Judge, found

CATEGORY = "duplicate_collection"


def asked(judge: Judge, scene: Scene, first: str, second: str) -> bool:
    judge(first, "2026-03-02T09:00", scene, id="1")
    return CATEGORY in found(judge(second, "2026-03-10T09:00", scene, id="2"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("各村报一下养牛户名单", "各村把养牛户名单报一下", id="the same words in another order"),
        pytest.param("请各班统计近视学生人数", "各班近视的孩子有多少，给我报个数", id="other words"),
        pytest.param("各村报送独居老人名单", "妇联要独居老年人的花名册，各村报一下", id="another office, a synonym"),
        pytest.param("各科室报车辆台账", "各科室再报一次车辆台账", id="says again"),
        pytest.param("请填https://t.example.cn/x1", "还是这个https://t.example.cn/x1 请再填一次", id="the same link"),
        pytest.param("各车间报职工人数和工龄", "人社要各车间员工人数、工龄，请统计一下", id="two columns"),
        pytest.param("请各园上报幼儿人数", "请各园再统计孩子人数报我", id="children"),
        pytest.param("各企业报用电量", "請各企業再報用電量", id="traditional characters"),
        pytest.param("各组撂荒地亩数统计一下，报文书", "请各组把荒着的地的亩数再报一遍", id="waste land"),
        pytest.param("请大家把车牌号发我", "保安室要车牌号，请大家再报我一次", id="number plates"),
        pytest.param("各支部交党员名册", "各支部把党员名册再交一份", id="the same roll"),
        pytest.param("各村报低保户姓名住址", "民政要低保户的姓名、住址，各村报我", id="names and addresses"),
    ],
)
def test_second_request_is_found(judge: Judge, scene: Scene, first: str, second: str) -> None:
    assert asked(judge, scene, first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("各村报2月份用水量", "各村报3月份用水量", id="a new month"),
        pytest.param("请报一季度产值", "请报二季度产值", id="a new quarter"),
        pytest.param("各村报养牛户名单", "各村报果园面积", id="other data"),
        pytest.param("各科室报车辆台账", "还没报车辆台账的科室抓紧", id="a reminder"),
        pytest.param("各科室报车辆台账", "车辆台账收齐了，谢谢", id="thanks"),
        pytest.param("各村报养牛户名单", "养牛户名单我已经报过了", id="an answer"),
        pytest.param("各科室报车辆台账", "车辆台账填错的请更正", id="a correction"),
        pytest.param("各班报住校生名单", "各班把缺考名单报教务处", id="another list"),
        pytest.param("各村报独居老人名单", "另外各村再报留守老人名单", id="besides"),
        pytest.param("请填https://t.example.cn/x1", "请填https://t.example.cn/x2", id="another link"),
        pytest.param("请各店报库存数", "今晚七点开会", id="a meeting"),
    ],
)
def test_other_request_is_not(judge: Judge, scene: Scene, first: str, second: str) -> None:
    assert not asked(judge, scene, first, second)


def test_a_request_long_ago_is_forgotten(judge: Judge, scene: Scene) -> None:
    judge("各村报养牛户名单", "2026-01-05T09:00", scene, id="1")
    assert CATEGORY not in found(judge("各村报养牛户名单", "2026-03-10T09:00", scene, id="2"))


WEDNESDAY, NEXT_TUESDAY, NEXT_MONTH = "2026-03-11T10:00", "2026-03-17T10:00", "2026-04-08T10:00"


@pytest.mark.parametrize(
    ("first", "second", "later", "again"),
    [
        pytest.param("本周接种人数报我", "本周接种人数报我", NEXT_TUESDAY, False, id="this week, said in two weeks"),
        pytest.param(
            "本周接种人数报我", "这周接种人数报我", "2026-03-13T10:00", True, id="this week, said twice in it"
        ),
        pytest.param("本周接种人数报我", "上周接种人数报我", NEXT_TUESDAY, True, id="last week, which was this week"),
        pytest.param("各村报用水量", "各村报本月用水量", NEXT_MONTH, False, id="its own month, a later one"),
        pytest.param("3月各村报用水量", "上月各村报用水量", NEXT_MONTH, True, id="last month by its name"),
        pytest.param(
            "下周排班表各班交来", "下周排班表各班交来", NEXT_TUESDAY, False, id="next week, said a week later"
        ),
        pytest.param("本周五报养牛户名单", "养牛户名单本周三再报一次", NEXT_TUESDAY, True, id="days to hand it in"),
        pytest.param("各线报在岗人数", "各线报今天的在岗人数", NEXT_TUESDAY, False, id="today, another day"),
        pytest.param("各班报工程进度表", "新一周的工程进度表，各班报", NEXT_TUESDAY, False, id="a new week"),
        pytest.param("各班报工程进度表", "新的一周的工程进度表，各班报", NEXT_TUESDAY, False, id="a new week, in full"),
        pytest.param("各班报工程进度表", "新一轮的工程进度表，各班报", NEXT_TUESDAY, False, id="a new round"),
        pytest.param("上周各村报用水量", "上上周各村报用水量", "2026-03-12T10:00", False, id="the week before last"),
        pytest.param("上周各村报用水量", "上上周各村报用水量", NEXT_TUESDAY, True, id="the week before last, the same"),
    ],
)
def test_a_period_named_from_today_is_told_by_the_calendar(
    judge: Judge, scene: Scene, first: str, second: str, later: str, again: bool
) -> None:
    judge(first, WEDNESDAY, scene, id="1")
    assert (CATEGORY in found(judge(second, later, scene, id="2"))) is again


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "9999-12-31T23:00"])
def test_a_period_beyond_the_calendar_does_no_harm(judge: Judge, scene: Scene, at: str) -> None:
    for number, text in enumerate(("各村报上周用水量", "各村报下周用水量", "各村报下月用水量")):
        assert judge(text, at, scene, id=str(number)).failures == ()


def test_another_chat_knows_nothing(judge: Judge) -> None:
    judge("各村报养牛户名单", id="1")
    assert CATEGORY not in found(judge("各村报养牛户名单", id="2"))


def test_the_finding_names_the_first_request(judge: Judge, scene: Scene) -> None:
    judge("各村报养牛户名单", scene=scene, id="1")
    (finding,) = (f for f in judge("各村再报养牛户名单", scene=scene, id="2").findings if f.category == CATEGORY)
    assert finding.refers_to == "1"


COLUMNS = ("姓名", "年龄", "监护人", "联系电话")


def asked_by_table(judge: Judge, scene: Scene, *tables: tuple[str, tuple[str, ...]]) -> list[str | None]:
    """The ids of the earlier requests to which the last of these (text, columns) refers."""
    verdicts = [judge(text, scene=scene, id=str(n), columns=columns) for n, (text, columns) in enumerate(tables, 1)]
    return [f.refers_to for f in verdicts[-1].findings if f.category is Category.DUPLICATE_COLLECTION]


def test_a_table_with_the_same_columns_is_the_same_data(judge: Judge, scene: Scene) -> None:
    again = ("新表见附件，请各村本周五前返回", ("姓名", "年龄", "监护人", "联系电话"))
    assert asked_by_table(judge, scene, ("请各村填一下附表", COLUMNS), again) == ["1"]


def test_a_table_with_other_columns_is_other_data(judge: Judge, scene: Scene) -> None:
    other = ("新表见附件，请各村本周五前返回", ("井号", "水位", "口径", "管护人"))
    assert asked_by_table(judge, scene, ("请各村填一下附表", COLUMNS), other) == []


def test_an_order_with_a_table_attached_asks_for_data(judge: Judge) -> None:
    assert Fact.DATA_COLLECTION in judge("请各村看附件，周五前弄好", columns=COLUMNS).facts


def test_the_same_file_to_fill_in_again_is_the_same_data(judge: Judge, scene: Scene) -> None:
    judge("请各村填好这张表返我", scene=scene, id="1", file_name="困难职工.xlsx")
    verdict = judge("附表请各村周五前再报", scene=scene, id="2", file_name="困难职工.xlsx")
    assert CATEGORY in found(verdict)


def test_a_message_that_admits_it_needs_no_earlier_one(judge: Judge) -> None:
    verdict = judge("对不住各位，同一份党员信息表组织部又要一次，麻烦再填一遍")
    assert [finding.refers_to for finding in verdict.findings if finding.category == CATEGORY] == [None]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("上周报给民政的那张孤儿花名册，今天团委也要，各村原样再报一遍", id="another office has it"),
        pytest.param("表格报过的各位对不住，平台清空了，全部重新填一遍", id="the system lost it"),
        pytest.param("独居老人台账第三次收了，还是那几栏，各组再报", id="for the third time"),
    ],
)
def test_who_says_that_the_data_were_given_is_believed_without_an_earlier_request(judge: Judge, text: str) -> None:
    (finding,) = [each for each in judge(text).findings if each.category == CATEGORY]
    assert (finding.reason, finding.refers_to) == ("given_before", None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("农业站要的大棚数我把上次的汇总直接转过去了，大家不用再报", id="spared a second time"),
        pytest.param("同一张表报了三遍了，真是服了", id="a complaint"),
        pytest.param("养殖户台账请各组月底前报我", id="a first request"),
    ],
)
def test_what_is_not_asked_for_again_is_left_alone(judge: Judge, text: str) -> None:
    assert CATEGORY not in found(judge(text))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("沿街铺面的户主和电话抄一份给我", "电话户主再抄一遍，前头那本找不着了", id="shares some words"),
        pytest.param(
            "哪家喂了几头牛，写好给我", "各组养殖的数再报一次，农业站也要，上回报过的", id="quite other words"
        ),
    ],
)
def test_who_says_that_it_was_asked_before_is_believed(judge: Judge, scene: Scene, first: str, second: str) -> None:
    assert asked(judge, scene, first, second)


def test_what_was_hardly_a_request_is_remembered_and_not_blamed(judge: Judge, scene: Scene) -> None:
    verdict = judge("各家养了多少鸡，今天都说一下", scene=scene, id="1")
    assert CATEGORY not in found(verdict)
    assert CATEGORY in found(judge("各家养了多少鸡，再统计一遍报我", scene=scene, id="2"))
