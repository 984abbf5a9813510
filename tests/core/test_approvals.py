"""Whether a text stands on the list of approvals: by number, by name, within the dates, and never by guessing."""

from datetime import date

import pytest

from bot.core.approvals import Answer, Approval, ApprovalIndex, ApprovalKind, newest_first, number_key

DAY = date(2026, 3, 11)
FLOOD = Approval(
    "2026年春季防汛物资检查", number="青检〔2026〕3号", first=date(2026, 3, 1), last=date(2026, 3, 31), id=1
)
FORM = Approval("防汛物资检查整改情况统计表", ApprovalKind.FORM, number="B-12", id=2)
LEDGER = Approval("脱贫户收入台账", ApprovalKind.FORM, id=3)
LATER = Approval("森林防火督查", number="青督2026-7", first=date(2026, 5, 1), last=date(2026, 5, 31), id=4)
QUARTER = Approval("第一季度安全生产隐患排查统计表", ApprovalKind.COLLECTION, id=5)
SERIAL = Approval("学校食堂抽查", number="2026-1", id=7)
OPEN = Approval("食品安全专项检查", number="青检〔2026〕30号", first=date(2026, 1, 1), id=6)
INDEX = ApprovalIndex([FLOOD, FORM, LEDGER, LATER, QUARTER, OPEN, SERIAL], date(2026, 1, 5))


@pytest.mark.parametrize(
    ("text", "answer", "items"),
    [
        pytest.param("青检〔2026〕3号", Answer.LISTED, [FLOOD], id="the number"),
        pytest.param("青检[2026]3号", Answer.LISTED, [FLOOD], id="with other brackets"),
        pytest.param("青檢（２０２６）３號", Answer.LISTED, [FLOOD], id="traditional and wide"),
        pytest.param("各村：按青检 〔2026〕 3 号文，明天来检查。", Answer.LISTED, [FLOOD], id="inside a message"),
        pytest.param("b-12", Answer.LISTED, [FORM], id="a short number as the whole text"),
        pytest.param("B-12。", Answer.LISTED, [FORM], id="with a full stop"),
        pytest.param("青检〔2026〕33号", Answer.NOT_LISTED, [], id="a longer number is another one"),
        pytest.param("青检〔2026〕30号", Answer.LISTED, [OPEN], id="nor is a shorter one found in it"),
        pytest.param("按 2026-1 号检查", Answer.LISTED, [SERIAL], id="a serial number of a year"),
        pytest.param("2026-1，2026-3", Answer.LISTED, [SERIAL], id="in a row of numbers"),
        pytest.param("请各村于2026-1-15前报送秸秆情况", Answer.NOT_LISTED, [], id="a date is no number"),
        pytest.param("请各村于2026/1/15前报送秸秆情况", Answer.NOT_LISTED, [], id="however it is written"),
        pytest.param("附件12-2026-1 秸秆情况", Answer.NOT_LISTED, [], id="nor is the end of a longer number"),
        pytest.param("青督2026-7", Answer.OTHER_DATES, [LATER], id="by number outside its dates"),
        pytest.param("关于开展2026年春季防汛物资检查的通知", Answer.LISTED, [FLOOD], id="the name in a notice"),
        pytest.param("请报送脫貧戶收入臺賬，周五前报", Answer.LISTED, [LEDGER], id="the name in traditional script"),
        pytest.param("请填防汛物资检查整改情况统计表", Answer.LISTED, [FORM], id="the longer of two names"),
        pytest.param("森林防火督查组明天到", Answer.OTHER_DATES, [LATER], id="by name outside its dates"),
        pytest.param("关于开展2025年春季防汛物资检查的通知", Answer.SEVERAL, [FLOOD, FORM], id="of another year"),
        pytest.param("报送第二季度安全生产隐患排查统计表", Answer.SEVERAL, [QUARTER], id="of another quarter"),
        pytest.param("春季防汛物资检查", Answer.LISTED, [FLOOD], id="the name without its year"),
        pytest.param("夏季防汛物资检查", Answer.SEVERAL, [FLOOD, FORM], id="all but a character of the name"),
        pytest.param("防汛物资检查", Answer.SEVERAL, [FLOOD, FORM], id="part of two names"),
        pytest.param("青检〔2026〕3号和青检〔2026〕30号", Answer.SEVERAL, [FLOOD, OPEN], id="two numbers"),
        pytest.param("秸秆禁烧情况排查", Answer.NOT_LISTED, [], id="something else"),
        pytest.param("检查", Answer.MORE_WORDS, [], id="too few words"),
        pytest.param("3号", Answer.MORE_WORDS, [], id="a bare number"),
        pytest.param("🌾", Answer.MORE_WORDS, [], id="no words"),
    ],
)
def test_what_the_list_says(text, answer, items):
    found = INDEX.verify(text, DAY)
    assert (found.answer, sorted(each.id for each in found.items)) == (answer, [each.id for each in items])


def test_without_a_list_nothing_is_known():
    assert ApprovalIndex([]).verify("青检〔2026〕3号", DAY).answer is Answer.NO_LIST


def test_an_empty_list_of_a_day_is_a_list():
    assert ApprovalIndex([], DAY).verify("森林防火督查", DAY).answer is Answer.NOT_LISTED


def test_an_item_approved_twice_is_listed_for_the_dates_that_hold():
    autumn = Approval(FLOOD.name, number=FLOOD.number, first=date(2026, 9, 1), last=date(2026, 9, 30), id=9)
    index = ApprovalIndex([FLOOD, autumn], DAY)
    assert index.verify(FLOOD.number, DAY).items == [FLOOD]
    assert index.verify(FLOOD.number, date(2026, 6, 1)) == index.verify(FLOOD.name, date(2026, 6, 1))
    assert index.verify(FLOOD.number, date(2026, 6, 1)).answer is Answer.OTHER_DATES


def test_many_candidates_are_cut_short_and_it_is_said():
    index = ApprovalIndex([Approval(f"{name}村安全隐患排查表") for name in "甲乙丙丁戊己庚"], DAY)
    found = index.verify("安全隐患排查", DAY)
    assert (found.answer, len(found.items), found.more) == (Answer.SEVERAL, 5, True)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("请各村报送脱贫户收入台账", True),
        ("请各村报送森林防火督查情况", False),
        ("请各村报送秸秆禁烧台账", False),
        ("按青检〔2026〕3号报送名单", True),
        ("防汛物资检查", False),
    ],
)
def test_a_request_counts_as_listed_only_when_it_is_recognised_and_in_time(text, listed):
    assert INDEX.lists(text, DAY) is listed


@pytest.mark.parametrize(("day", "stale"), [(date(2026, 4, 5), False), (date(2026, 4, 6), True)])
def test_a_list_grows_old(day, stale):
    assert INDEX.is_stale(day, 90) is stale
    assert ApprovalIndex([]).is_stale(day, 90)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("青检〔2026〕3号", "青检 (2026) 3号", True),
        ("青检〔2026〕3号", "青检〔202〕63号", False),
        ("A-12", "ａ－12", True),
        ("A-12", "A1-2", False),
    ],
)
def test_numbers_are_compared_without_the_form_of_their_brackets(one, other, same):
    assert (number_key(one) == number_key(other)) is same


def test_what_ends_last_comes_first():
    assert [each.id for each in newest_first([FLOOD, LATER, OPEN])] == [6, 4, 1]
